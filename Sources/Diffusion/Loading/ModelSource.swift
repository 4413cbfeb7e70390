import Foundation

/// Where a model's components are: a diffusers directory, or a single-file checkpoint.
protocol ModelSource: Sendable {
    /// The directory or file.
    var url: URL { get }

    /// Which components there are.
    var components: Set<ModelComponent> { get }

    /// A component's `config.json`, and the path to name in messages about it.
    ///
    /// - Throws: `ModelError`
    func configuration(_ component: ModelComponent) throws -> (data: Data, path: String)

    /// Opens a component's weights and checks their headers.
    ///
    /// - Throws: `ModelError`
    func openWeights(_ component: ModelComponent) throws -> WeightStore

    /// What a tokenizer's files say.
    ///
    /// - Throws: `ModelError`
    func tokenizerFiles(_ component: ModelComponent) throws -> TokenizerFiles
}

/// Components by the names that diffusers gives their folders.
enum ModelComponent: String, CaseIterable, Sendable {
    case unet
    case autoencoder = "vae"
    case textEncoder = "text_encoder"
    case secondTextEncoder = "text_encoder_2"
    case tokenizer
    case secondTokenizer = "tokenizer_2"
    case scheduler
}

extension ModelSource {
    /// Decodes a component's `config.json`.
    func configuration<Value: Decodable>(_ component: ModelComponent, as type: Value.Type) throws -> Value {
        let (data, path) = try configuration(component)
        return try ConfigurationFile.decode(type, from: data, path: path)
    }
}

/// Opens whatever is at a path as a model.
enum ModelLocator {
    /// - Throws: `ModelError` naming what is wrong with it, a pickle above all
    static func open(_ url: URL) throws -> any ModelSource {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isDirectory) else {
            throw ModelError.missingFolder(path: url.path)
        }
        guard FileManager.default.isReadableFile(atPath: url.path) else {
            throw ModelError.unreadableFile(path: url.path, reason: "no permission")
        }
        if isDirectory.boolValue { return try ModelFolder(url) }
        if pickleSuffixes.contains(url.pathExtension.lowercased()) { throw ModelError.pickledWeights(path: url.path) }
        return try SingleFileCheckpoint(url)
    }

    private static let pickleSuffixes: Set<String> = ["ckpt", "pt", "pth", "bin", "pkl"]
}
