import Foundation

/// A whole model in one safetensors file with the names of the original Stable Diffusion code, as designers' collections hold it.
///
/// The architecture follows from the tensors and is written down as the `config.json` that diffusers would have, so that it
/// is read and checked like any other. Averaged copies of the weights (`model_ema.*`) are left where they are.
struct SingleFileCheckpoint: ModelSource {
    let url: URL
    /// What the tensors are recognised as, for people: `Stable Diffusion 1.x, inpainting`.
    let architecture: String
    private let stores: [ModelComponent: WeightStore]
    private let configurations: [ModelComponent: Data]
    private let hasSecondEncoder: Bool

    var components: Set<ModelComponent> {
        Set(stores.keys).union([.scheduler, .tokenizer]).union(hasSecondEncoder ? [.secondTokenizer] : [])
    }

    /// - Throws: `ModelError`
    init(_ url: URL) throws {
        try self.init(SafetensorsFile(url: url))
    }

    init(_ file: SafetensorsFile) throws {
        url = file.url
        let path = file.url.path
        let whole = WeightStore(file)
        let unetStore = whole.scoped("model.diffusion_model.")
        guard let unet = UNetNames(unetStore.shapes) else {
            throw ModelError.unsupported(
                path: path, feature: "a file without the UNet of a Stable Diffusion model (model.diffusion_model.*)",
                advice: "LoRA, ControlNet and embedding files go beside a model: --lora, --control, --embedding.")
        }
        var stores = [ModelComponent.unet: unetStore.renamed(unet.originals)]
        let autoencoderStore = whole.scoped(whole.hasPrefix("first_stage_model.") ? "first_stage_model." : "vae.")
        let autoencoder = AutoencoderNames(autoencoderStore.shapes)
        stores[.autoencoder] = autoencoder.map { autoencoderStore.renamed($0.originals) }

        var encoders: [(component: ModelComponent, names: TextEncoderNames)] = []
        for prefix in Self.textPrefixes where encoders.count < 2 && whole.hasPrefix(prefix) {
            let store = whole.scoped(prefix)
            guard let names = TextEncoderNames(store.shapes) else { continue }
            let component: ModelComponent = encoders.isEmpty ? .textEncoder : .secondTextEncoder
            encoders.append((component, names))
            stores[component] = store.renamed(names.originals)
        }
        self.stores = stores
        hasSecondEncoder = encoders.count == 2
        let recognition = ArchitectureRecognition(
            unet: unet, unetShapes: unetStore.shapes, autoencoder: autoencoder,
            latentChannels: autoencoderStore.shapes["post_quant_conv.weight"]?.first ?? 4, encoders: encoders.map(\.names),
            isVelocity: whole.locations["v_pred"] != nil, isZeroSNR: whole.locations["ztsnr"] != nil,
            globalStep: try whole.locations["global_step"].flatMap(Self.globalStep))
        architecture = recognition.name
        var configurations: [ModelComponent: Data] = [
            .unet: try JSONEncoder().encode(recognition.unetConfiguration),
            .scheduler: try JSONEncoder().encode(recognition.schedulerConfiguration),
        ]
        if let autoencoder = recognition.autoencoderConfiguration { configurations[.autoencoder] = try JSONEncoder().encode(autoencoder) }
        for (index, encoder) in encoders.enumerated() {
            configurations[encoder.component] = try JSONEncoder().encode(recognition.textConfiguration(index))
        }
        self.configurations = configurations
    }

    func configuration(_ component: ModelComponent) throws -> (data: Data, path: String) {
        guard let data = configurations[component] else { throw missing(component) }
        return (data, url.path)
    }

    func openWeights(_ component: ModelComponent) throws -> WeightStore {
        guard let store = stores[component] else { throw missing(component) }
        return store
    }

    func tokenizerFiles(_ component: ModelComponent) throws -> TokenizerFiles {
        // OpenCLIP pads with the vocabulary's first piece, OpenAI's CLIP with the end token.
        let isOpenCLIP = component == .secondTokenizer || stores[.textEncoder]?.contains { $0.isPartOfMatrix } == true
        return try TokenizerFiles.clip(padding: isOpenCLIP ? "!" : nil)
    }

    private func missing(_ component: ModelComponent) -> ModelError {
        .missingFile(
            path: "\(url.path) (\(component.rawValue))",
            advice: "The file has no \(component.rawValue): choose an edition of the model that is complete.")
    }

    /// Where text encoders stand: SD 1.x, SD 2.x, SDXL's first and second.
    private static let textPrefixes = [
        "cond_stage_model.transformer.", "cond_stage_model.model.", "conditioner.embedders.0.transformer.",
        "conditioner.embedders.1.model.",
    ]

    /// How long the model was trained: a scalar that some files carry.
    private static func globalStep(_ location: WeightStore.Location) throws -> Int? {
        guard location.entry.elementType == .int64, location.entry.count == 1 else { return nil }
        return location.file.withBytes(of: location.entry) { Int($0.loadUnaligned(as: Int64.self)) }
    }
}

extension WeightStore {
    /// Shapes by name.
    var shapes: [String: [Int]] { locations.mapValues(\.shape) }

    func hasPrefix(_ prefix: String) -> Bool {
        locations.keys.contains { $0.hasPrefix(prefix) }
    }

    func contains(where condition: (Location) -> Bool) -> Bool {
        locations.values.contains(where: condition)
    }

    /// The same tensors under new names, given with the old ones they come from.
    func renamed(_ originals: [String: String]) -> WeightStore {
        renamed(originals.mapValues { ($0, Part.whole) })
    }

    /// The same tensors or parts of them under new names, given with the old ones they come from.
    func renamed(_ originals: [String: TextEncoderNames.Original]) -> WeightStore {
        var result: [String: Location] = [:]
        for (new, original) in originals {
            guard var location = locations[original.name] else { continue }
            location.part = original.part
            result[new] = location
        }
        return WeightStore(path: path, locations: result)
    }
}

extension WeightStore.Location {
    /// Whether it is one of several in one stored matrix.
    var isPartOfMatrix: Bool {
        if case .rows = part { return true }
        return false
    }
}
