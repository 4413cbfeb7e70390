import Foundation

/// What is in a model, and whether it is complete: for people who wonder what a file is.
public struct ModelInspection: Sendable, Encodable {
    /// One component and its weights.
    public struct Component: Sendable, Encodable {
        public let name: String
        public let parameters: Int
        /// How many tensors are stored as each element type, such as `F16`.
        public let types: [String: Int]
        /// Tensors that its architecture asks for and the weights lack.
        public let missing: [String]
        /// Tensors of another shape than its architecture asks for.
        public let misshapen: [String]
        /// Tensors that its architecture does not ask for.
        public let unused: [String]
    }

    /// One file of weights.
    public struct File: Sendable, Encodable {
        public let path: String
        public let bytes: Int
        /// Of the whole file, in hexadecimal; WebUI shows the first ten digits as the model's hash.
        public let sha256: String
    }

    public let path: String
    /// `Stable Diffusion 1.x, inpainting`.
    public let architecture: String
    public let prediction: Prediction
    /// Width and height that the model was trained at, in pixels.
    public let nativeSize: Int
    public let components: [Component]
    public let files: [File]

    /// Whether every component has every tensor, in its shape.
    public var isComplete: Bool { components.allSatisfy { $0.missing.isEmpty && $0.misshapen.isEmpty } }

    /// Looks a model over; only the digests read more than headers.
    ///
    /// - Throws: `ModelError` where it cannot be recognised at all
    public init(_ url: URL) throws {
        let source = try ModelLocator.open(url)
        let blueprint = try ModelBlueprint(source)
        path = url.path
        architecture = (source as? SingleFileCheckpoint)?.architecture ?? blueprint.architecture
        prediction = blueprint.scheduler.predictionType
        nativeSize = blueprint.unet.sampleSize * blueprint.autoencoder.latentScale
        let stores = try blueprint.weightedComponents.map { ($0, try blueprint.openWeights($0)) }
        components = try stores.map { component, store in
            let audit = WeightAudit()
            try blueprint.build(component, Weights(store, cancellation: nil, audit: audit))
            let types = Dictionary(grouping: store.locations.values, by: \.entry.elementType.rawValue).mapValues(\.count)
            return Component(
                name: component.rawValue, parameters: store.parameterCount, types: types, missing: audit.missing,
                misshapen: audit.misshapen, unused: audit.unused(in: store))
        }
        var seen: Set<String> = []
        files = stores.flatMap(\.1.files).filter { seen.insert($0.url.path).inserted }
            .map { File(path: $0.url.path, bytes: $0.byteCount, sha256: $0.sha256()) }
    }
}

extension ModelBlueprint {
    /// `Stable Diffusion 1.x, inpainting`, by what tells the families apart.
    fileprivate var architecture: String {
        let family =
            unet.addedConditions != nil ? "XL" : textEncoder.hiddenActivation == .gelu ? "2.x" : "1.x"
        return [
            "Stable Diffusion \(family)", isInpainting ? "inpainting" : nil, scheduler.predictionType == .velocity ? "v-prediction" : nil,
        ]
        .compactMap { $0 }.joined(separator: ", ")
    }

    /// Builds a component's layers, for its weights to be asked for.
    fileprivate func build(_ component: ModelComponent, _ weights: Weights) throws {
        switch component {
        case .unet: _ = try UNet(weights, unet)
        case .autoencoder: _ = try autoencoder.makeAutoencoder(weights)
        case .textEncoder: _ = try CLIPTextModel(weights, textEncoder)
        case .secondTextEncoder: _ = try CLIPTextModel(weights, secondTextEncoder ?? textEncoder)
        case .tokenizer, .secondTokenizer, .scheduler: break
        }
    }
}

extension SafetensorsFile {
    /// The digest of the whole file.
    func sha256() -> String {
        var digest = SHA256()
        withSampledBytes(count: 1, size: byteCount) { digest.update($0) }
        return digest.finalized()
    }
}
