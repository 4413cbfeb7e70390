import Foundation

/// Every configuration of a model folder, checked against one another; no weights yet.
struct ModelBlueprint {
    let folder: ModelFolder
    let unet: UNetConfiguration
    let autoencoder: AutoencoderConfiguration
    let textEncoder: TextEncoderConfiguration
    let scheduler: SchedulerConfiguration
    let backdrop: BackdropConfiguration?

    /// - Throws: `ModelError`
    init(directory: URL) throws {
        folder = try ModelFolder(directory)
        unet = try folder.configuration(.unet, as: UNetConfiguration.self)
        autoencoder = try folder.configuration(.autoencoder, as: AutoencoderConfiguration.self)
        textEncoder = try folder.configuration(.textEncoder, as: TextEncoderConfiguration.self)
        scheduler = try folder.configuration(.scheduler, as: SchedulerConfiguration.self)
        backdrop = try ConfigurationFile.decodeIfPresent(BackdropConfiguration.self, at: directory.appending(path: "backdrop.json"))
        try checkFit()
    }

    /// Widths and heights must be multiples of this, in pixels: every halving of the UNet must come out even.
    var sizeMultiple: Int { autoencoder.latentScale << (unet.blockOutChannels.count - 1) }

    private func checkFit() throws {
        let path = folder.file(.unet, "config.json").path
        let latent = autoencoder.latentChannels
        guard unet.outChannels == latent else {
            throw ModelError.badConfiguration(
                path: path, problem: "out_channels is \(unet.outChannels), but the autoencoder's latent has \(latent)")
        }
        guard unet.inChannels != latent else {
            throw ModelError.unsupported(
                path: path, feature: "a text-to-image model (\(latent) input channels)",
                advice: "Choose an inpainting edition of the model, which has \(2 * latent + 1).")
        }
        guard unet.inChannels == 2 * latent + 1 else {
            throw ModelError.unsupported(
                path: path, feature: "a UNet with \(unet.inChannels) input channels",
                advice: "Choose an inpainting model, which has \(2 * latent + 1): latent, mask, masked picture.")
        }
        guard unet.crossAttentionChannels.allSatisfy({ $0 == textEncoder.hiddenSize }) else {
            throw ModelError.badConfiguration(
                path: path,
                problem:
                    "cross_attention_dim is \(unet.crossAttentionChannels), but the text encoder has hidden_size \(textEncoder.hiddenSize)")
        }
        if let map = backdrop?.latentRgb,
            map.factors.count != latent || map.factors.contains(where: { $0.count != 3 }) || map.bias.count != 3
        {
            throw ModelError.badConfiguration(
                path: folder.url.appending(path: "backdrop.json").path,
                problem: "latent_rgb is not \(latent) factors and a bias of 3 numbers each")
        }
    }
}

extension ModelBlueprint {
    /// Opens the weights of a component and checks their header.
    func openWeights(_ component: ModelFolder.Component) throws -> SafetensorsFile {
        try SafetensorsFile(url: folder.weightsFile(component))
    }

    /// The description, with parameters counted from the headers.
    func describe() throws -> ModelDescription {
        let files = [try openWeights(.unet), try openWeights(.autoencoder), try openWeights(.textEncoder)]
        let counts = files.map { $0.header.entries.values.reduce(0) { $0 + $1.count } }
        return ModelDescription(
            name: backdrop?.name ?? folder.url.standardizedFileURL.lastPathComponent, version: backdrop?.version,
            licence: backdrop?.licence,
            directory: folder.url, nativeSize: unet.sampleSize * autoencoder.latentScale, latentScale: autoencoder.latentScale,
            sizeMultiple: sizeMultiple,
            parameterCounts: .init(unet: counts[0], autoencoder: counts[1], textEncoder: counts[2]), categories: categories,
            recommended: recommended, weightsFingerprint: try ModelFingerprint.make(folder, weights: files))
    }

    private var categories: [ModelCategory] {
        (backdrop?.categories ?? []).map {
            ModelCategory(identifier: $0.identifier, name: $0.name, nameJapanese: $0.nameJa ?? $0.name, parent: $0.parent)
        }
    }

    private var recommended: RecommendedSettings {
        let fallback = RecommendedSettings.stableDiffusion
        guard let given = backdrop?.recommended else { return fallback }
        return RecommendedSettings(
            steps: given.steps ?? fallback.steps, guidance: given.guidance ?? fallback.guidance,
            sampler: given.sampler.flatMap(SchedulerKind.init(rawValue:)) ?? fallback.sampler,
            negativePrompt: given.negative ?? fallback.negativePrompt)
    }
}
