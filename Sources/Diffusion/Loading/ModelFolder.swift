import Foundation

/// A diffusers directory: `model_index.json` and a folder for each component.
struct ModelFolder: ModelSource {
    let url: URL
    let components: Set<ModelComponent>

    /// Checks that `url` is a diffusers directory.
    ///
    /// - Throws: `ModelError`
    init(_ url: URL) throws {
        self.url = url
        guard FileManager.default.fileExists(atPath: url.appending(path: "model_index.json").path) else {
            throw ModelError.missingFile(
                path: url.appending(path: "model_index.json").path, advice: "Choose the folder of a diffusers model.")
        }
        components = Set(ModelComponent.allCases.filter { FileManager.default.fileExists(atPath: url.appending(path: $0.rawValue).path) })
    }

    func file(_ component: ModelComponent, _ name: String) -> URL {
        url.appending(path: component.rawValue).appending(path: name)
    }

    func configuration(_ component: ModelComponent) throws -> (data: Data, path: String) {
        let file = file(component, component == .scheduler ? "scheduler_config.json" : "config.json")
        return (try ConfigurationFile.contents(of: file), file.path)
    }

    func openWeights(_ component: ModelComponent) throws -> WeightStore {
        let isText = component == .textEncoder || component == .secondTextEncoder
        return try ComponentWeights.open(url.appending(path: component.rawValue), stem: isText ? "model" : ComponentWeights.diffusersStem)
    }

    func tokenizerFiles(_ component: ModelComponent) throws -> TokenizerFiles {
        try TokenizerFiles(folder: url.appending(path: component.rawValue))
    }
}

/// The weights in a component's folder, under any of the names that diffusers and transformers write.
enum ComponentWeights {
    static let diffusersStem = "diffusion_pytorch_model"

    /// Opens float32 weights if the folder has them, else the half-precision variant, in one file or several.
    ///
    /// - Throws: `ModelError`
    static func open(_ folder: URL, stem: String) throws -> WeightStore {
        for variant in ["", ".fp16", ".non_ema"] {
            let whole = folder.appending(path: "\(stem)\(variant).safetensors")
            if FileManager.default.fileExists(atPath: whole.path) { return WeightStore(try SafetensorsFile(url: whole)) }
            let index = folder.appending(path: "\(stem).safetensors.index\(variant).json")
            if FileManager.default.fileExists(atPath: index.path) { return try ShardIndex.open(index) }
        }
        let pickled = folder.appending(path: stem == diffusersStem ? "\(stem).bin" : "pytorch_model.bin")
        if FileManager.default.fileExists(atPath: pickled.path) { throw ModelError.pickledWeights(path: pickled.path) }
        throw ModelError.missingFile(
            path: folder.appending(path: "\(stem).safetensors").path,
            advice: "The model folder has no weights for its \(folder.lastPathComponent).")
    }
}
