import Foundation

/// A diffusers directory: `model_index.json` and a folder for each component.
public struct ModelFolder: Sendable {
    public let url: URL

    /// Checks that `url` is a diffusers directory with all the components that an inpainting model has.
    ///
    /// - Throws: `ModelError`
    public init(_ url: URL) throws {
        self.url = url
        let path = url.path
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else { throw ModelError.missingFolder(path: path) }
        guard isDirectory.boolValue else {
            if Self.pickleSuffixes.contains(url.pathExtension.lowercased()) { throw ModelError.pickledWeights(path: path) }
            throw ModelError.unsupported(
                path: path, feature: "a model in a single file",
                advice:
                    "Convert it with diffusers (StableDiffusionInpaintPipeline.from_single_file, then save_pretrained) and give the folder."
            )
        }
        guard FileManager.default.isReadableFile(atPath: path) else { throw ModelError.unreadableFile(path: path, reason: "no permission") }
        guard FileManager.default.fileExists(atPath: url.appending(path: "model_index.json").path) else {
            throw ModelError.missingFile(
                path: url.appending(path: "model_index.json").path, advice: "Choose the folder of a diffusers model.")
        }
    }

    /// Components by the names diffusers gives their folders.
    enum Component: String, CaseIterable {
        case unet
        case autoencoder = "vae"
        case textEncoder = "text_encoder"
        case tokenizer
        case scheduler
    }

    func file(_ component: Component, _ name: String) -> URL {
        url.appending(path: component.rawValue).appending(path: name)
    }

    /// Decodes a component's `config.json`.
    func configuration<Value: Decodable>(_ component: Component, as type: Value.Type) throws -> Value {
        try ConfigurationFile.decode(type, at: configurationFile(component))
    }

    func configurationFile(_ component: Component) -> URL {
        file(component, component == .scheduler ? "scheduler_config.json" : "config.json")
    }

    /// Where a component's weights are: float32 if the folder has them, else the half-precision variant.
    func weightsFile(_ component: Component) throws -> URL {
        let stem = component == .textEncoder ? "model" : "diffusion_pytorch_model"
        for name in ["\(stem).safetensors", "\(stem).fp16.safetensors", "\(stem).non_ema.safetensors"] {
            let candidate = file(component, name)
            if FileManager.default.fileExists(atPath: candidate.path) { return candidate }
        }
        let pickled = file(component, component == .textEncoder ? "pytorch_model.bin" : "\(stem).bin")
        if FileManager.default.fileExists(atPath: pickled.path) { throw ModelError.pickledWeights(path: pickled.path) }
        if FileManager.default.fileExists(atPath: file(component, "\(stem).safetensors.index.json").path) {
            throw ModelError.unsupported(
                path: file(component, "\(stem).safetensors.index.json").path, feature: "a component split over several files",
                advice: "Save it with save_pretrained(max_shard_size=\"100GB\").")
        }
        throw ModelError.missingFile(
            path: file(component, "\(stem).safetensors").path, advice: "The model folder has no weights for its \(component.rawValue).")
    }

    private static let pickleSuffixes: Set<String> = ["ckpt", "pt", "pth", "bin", "pkl"]
}
