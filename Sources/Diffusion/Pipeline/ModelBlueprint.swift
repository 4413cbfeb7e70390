import Foundation

/// Every configuration of a model, checked against one another; no weights yet.
struct ModelBlueprint {
    let source: any ModelSource
    let unet: UNetConfiguration
    let autoencoder: AutoencoderConfiguration
    let textEncoder: TextEncoderConfiguration
    /// SDXL's second text encoder, whose states stand beside the first's.
    let secondTextEncoder: TextEncoderConfiguration?
    let scheduler: SchedulerConfiguration
    /// An empty negative prompt counts as zeros (SDXL).
    let zeroesEmptyNegative: Bool
    let backdrop: BackdropConfiguration?

    /// - Parameter directory: a diffusers directory, or a single-file checkpoint
    /// - Throws: `ModelError`
    init(directory: URL) throws {
        try self.init(ModelLocator.open(directory))
    }

    init(_ source: any ModelSource) throws {
        self.source = source
        unet = try source.configuration(.unet, as: UNetConfiguration.self)
        autoencoder = try source.configuration(.autoencoder, as: AutoencoderConfiguration.self)
        textEncoder = try source.configuration(.textEncoder, as: TextEncoderConfiguration.self)
        secondTextEncoder =
            source.components.contains(.secondTextEncoder)
            ? try source.configuration(.secondTextEncoder, as: TextEncoderConfiguration.self) : nil
        scheduler = try source.configuration(.scheduler, as: SchedulerConfiguration.self)
        backdrop = try ConfigurationFile.decodeIfPresent(BackdropConfiguration.self, at: source.url.appending(path: "backdrop.json"))
        let index = try ConfigurationFile.decodeIfPresent(ModelIndex.self, at: source.url.appending(path: "model_index.json"))
        zeroesEmptyNegative = index?.forceZerosForEmptyPrompt ?? (secondTextEncoder != nil)
        try checkFit()
    }

    /// `model_index.json`, as far as it matters here.
    private struct ModelIndex: Decodable {
        let forceZerosForEmptyPrompt: Bool?
    }

    /// Widths and heights must be multiples of this, in pixels: every halving of the UNet must come out even.
    var sizeMultiple: Int { autoencoder.latentScale << (unet.blockOutChannels.count - 1) }

    /// Whether the UNet sees mask and masked picture beside the latent.
    var isInpainting: Bool { unet.inChannels == 2 * autoencoder.latentChannels + 1 + layoutChannels }

    /// Input channels that show the scene's layout.
    var layoutChannels: Int { backdrop?.layout?.channels.count ?? 0 }

    /// The style adapter that the model brings along, with its image encoder.
    var ownStyle: (adapter: URL, imageEncoder: URL, scale: Float)? {
        backdrop?.style.map {
            (source.url.appending(path: $0.adapter), source.url.appending(path: $0.imageEncoder), $0.scale ?? 1)
        }
    }

    private func checkFit() throws {
        let path = try source.configuration(.unet).path
        let latent = autoencoder.latentChannels
        guard unet.outChannels == latent else {
            throw ModelError.badConfiguration(
                path: path, problem: "out_channels is \(unet.outChannels), but the autoencoder's latent has \(latent)")
        }
        guard unet.inChannels == latent || isInpainting else {
            throw ModelError.unsupported(
                path: path, feature: "a UNet with \(unet.inChannels) input channels",
                advice: "Choose a text-to-image model (\(latent)) or an inpainting model (\(2 * latent + 1): latent, mask, masked picture)."
            )
        }
        let hidden = textEncoder.hiddenSize + (secondTextEncoder?.hiddenSize ?? 0)
        guard unet.crossAttentionChannels.allSatisfy({ $0 == hidden }) else {
            throw ModelError.badConfiguration(
                path: path,
                problem: "cross_attention_dim is \(unet.crossAttentionChannels), but the text encoder has hidden_size \(hidden)")
        }
        if let added = unet.addedConditions {
            let pooled = (secondTextEncoder ?? textEncoder).projectionSize
            guard pooled == added.pooledChannels else {
                throw ModelError.badConfiguration(
                    path: path,
                    problem: "the UNet adds a pooled prompt of \(added.pooledChannels) channels, but the text encoder makes \(pooled ?? 0)")
            }
        }
        if let map = backdrop?.latentRgb,
            map.factors.count != latent || map.factors.contains(where: { $0.count != 3 }) || map.bias.count != 3
        {
            throw ModelError.badConfiguration(
                path: source.url.appending(path: "backdrop.json").path,
                problem: "latent_rgb is not \(latent) factors and a bias of 3 numbers each")
        }
        if let layout = backdrop?.layout, !LayoutMap.agrees(with: layout) {
            throw ModelError.unsupported(
                path: source.url.appending(path: "backdrop.json").path, feature: "a layout of \(layout.channels.joined(separator: ", "))",
                advice: "This version knows nearness, identity and shadow; a newer version of Backdrop may know more.")
        }
    }
}

extension ModelBlueprint {
    /// Opens the weights of a component and checks their headers.
    func openWeights(_ component: ModelComponent) throws -> WeightStore {
        try source.openWeights(component)
    }

    /// Components that have weights.
    var weightedComponents: [ModelComponent] {
        [.unet, .autoencoder, .textEncoder] + (secondTextEncoder == nil ? [] : [.secondTextEncoder])
    }

    /// A tokenizer that fits its text encoder.
    ///
    /// - Throws: `ModelError`
    func makeTokenizer(_ component: ModelComponent) throws -> CLIPTokenizer {
        let encoder = component == .secondTokenizer ? secondTextEncoder ?? textEncoder : textEncoder
        let files = try source.tokenizerFiles(component)
        let tokenizer = try CLIPTokenizer(files, maximumTokens: encoder.maximumTokens)
        guard tokenizer.identifierLimit <= encoder.vocabularySize else {
            throw ModelError.badConfiguration(
                path: files.path,
                problem:
                    "has identifiers up to \(tokenizer.identifierLimit - 1), but the text encoder knows \(encoder.vocabularySize)")
        }
        return tokenizer
    }

    /// The description, with parameters counted from the headers.
    func describe() throws -> ModelDescription {
        let stores = try weightedComponents.map(openWeights)
        let counts = stores.map(\.parameterCount)
        return ModelDescription(
            name: backdrop?.name ?? source.url.standardizedFileURL.deletingPathExtension().lastPathComponent, version: backdrop?.version,
            licence: backdrop?.licence, directory: source.url, nativeSize: unet.sampleSize * autoencoder.latentScale,
            latentScale: autoencoder.latentScale, sizeMultiple: sizeMultiple,
            parameterCounts: .init(unet: counts[0], autoencoder: counts[1], textEncoder: counts.dropFirst(2).reduce(0, +)),
            categories: categories, recommended: recommended,
            acceptsLayout: layoutChannels > 0, readsScenes: layoutChannels > 0 && backdrop?.layout?.sketch != nil,
            hearsStyle: ownStyle != nil,
            weightsFingerprint: try ModelFingerprint.make(source, components: weightedComponents, stores: stores),
            weightsTimes: ModelFingerprint.times(stores))
    }

    private var categories: [ModelCategory] {
        (backdrop?.categories ?? []).map {
            ModelCategory(identifier: $0.identifier, name: $0.name, nameJapanese: $0.nameJa ?? $0.name, parent: $0.parent)
        }
    }

    private var recommended: RecommendedSettings {
        let isFewStep = scheduler.className == "LCMScheduler"
        let fallback = isFewStep ? RecommendedSettings.latentConsistency : .stableDiffusion
        let own = backdrop?.recommended
        let sampler = own?.sampler.flatMap(SchedulerKind.init(rawValue:)) ?? fallback.sampler
        return RecommendedSettings(
            steps: own?.steps ?? fallback.steps, guidance: own?.guidance ?? fallback.guidance,
            sampler: scheduler.flowShift == nil ? sampler : .euler, negativePrompt: own?.negative ?? fallback.negativePrompt)
    }
}
