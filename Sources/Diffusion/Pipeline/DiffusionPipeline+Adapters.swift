import Foundation

extension DiffusionPipeline {
    /// The IP-Adapter and the image encoder it reads: the one that is asked for, else the model's own, if it has one.
    static func loadIPAdapter(
        _ adapters: Adapters, unet: UNet, blueprint: ModelBlueprint, cancellation: CancellationFlag?
    ) throws -> (IPAdapter?, CLIPVisionModel?) {
        guard let url = adapters.ipAdapter ?? blueprint.ownStyle?.adapter else { return (nil, nil) }
        let adapter = try IPAdapter(
            WeightStore(AdapterFile.open(url)), layerCount: unet.crossAttentionCount,
            channels: blueprint.unet.crossAttentionChannels[0], cancellation: cancellation)
        let beside = url.deletingLastPathComponent()
        let places = [
            adapters.imageEncoder, blueprint.ownStyle?.imageEncoder, blueprint.source.url.appending(path: "image_encoder"),
            beside.appending(path: "image_encoder"),
            beside.deletingLastPathComponent().appending(path: "image_encoder"),
        ].compactMap { $0 }
        guard let folder = places.first(where: { FileManager.default.fileExists(atPath: $0.appending(path: "config.json").path) }) else {
            throw ModelError.missingFile(
                path: beside.appending(path: "image_encoder/config.json").path,
                advice: "An IP-Adapter needs CLIP's image encoder: put its folder beside the adapter, or name it.")
        }
        let configuration = try ConfigurationFile.decode(CLIPVisionConfiguration.self, at: folder.appending(path: "config.json"))
        let encoder = try CLIPVisionModel(
            Weights(ComponentWeights.open(folder, stem: "model"), cancellation: cancellation), configuration)
        let delivered = adapter.readsPatches ? configuration.hiddenSize : configuration.projectionSize
        guard delivered == adapter.imageChannels else {
            throw ModelError.unsupported(
                path: folder.path, feature: "an image encoder of \(delivered) channels under this IP-Adapter",
                advice: "The adapter reads \(adapter.imageChannels): take the encoder that was published with it.")
        }
        return (adapter, encoder)
    }
}

extension ControlNet {
    /// Loads a diffusers folder, or a single file with the names of diffusers or of the original ControlNet code.
    ///
    /// - Throws: `ModelError`, also where it does not fit the model
    static func load(_ url: URL, blueprint: ModelBlueprint, cancellation: CancellationFlag?) throws -> ControlNet {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isDirectory) else {
            throw ModelError.missingFolder(path: url.path)
        }
        let configuration: UNetConfiguration
        let store: WeightStore
        if isDirectory.boolValue {
            configuration = try ConfigurationFile.decode(UNetConfiguration.self, at: url.appending(path: "config.json"))
            store = try ComponentWeights.open(url, stem: ComponentWeights.diffusersStem)
        } else {
            // A file does not tell its number of heads; the model's own is that of the copy.
            configuration = blueprint.unet.forControl(latentChannels: blueprint.autoencoder.latentChannels)
            store = try ControlNetNames.renamed(WeightStore(AdapterFile.open(url)))
        }
        guard configuration.blockOutChannels == blueprint.unet.blockOutChannels,
            configuration.crossAttentionChannels[0] == blueprint.unet.crossAttentionChannels[0]
        else {
            throw ModelError.unsupported(
                path: url.path, feature: "this ControlNet on this model", advice: "Choose one that was made for the model's family.")
        }
        return try ControlNet(Weights(store, cancellation: cancellation), configuration)
    }
}
