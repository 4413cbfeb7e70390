import Foundation
import Tensor

/// Keys and values of pictures for the UNet's cross attention, and the projection that makes picture tokens
/// (IP-Adapter, arXiv 2308.06721; the file layout of tencent-ailab/IP-Adapter, in safetensors).
final class IPAdapter {
    /// Base: a few tokens from the encoder's pooled output. Plus: a resampler over its patches.
    private enum Projection {
        case base(ImageProjection)
        case plus(Resampler)
    }

    private let projection: Projection
    private let keys: [Linear]
    private let values: [Linear]
    /// Channels of a picture token.
    let channels: Int
    /// Channels of what the image encoder must deliver: its pooled output (base) or its patches (Plus).
    let imageChannels: Int

    /// Whether the image encoder's patches are read rather than its pooled output.
    var readsPatches: Bool {
        if case .plus = projection { return true }
        return false
    }

    /// - Parameters:
    ///   - layerCount: cross-attention layers of the UNet
    ///   - channels: of the UNet's prompt
    /// - Throws: `ModelError` where the file does not fit the UNet; `CancellationError`
    init(_ store: WeightStore, layerCount: Int, channels: Int, cancellation: CancellationFlag?) throws {
        let weights = Weights(store, cancellation: cancellation)
        let image = weights.scope("image_proj")
        if image.contains("latents") {
            let resampler = try Resampler(image, outputs: channels)
            projection = .plus(resampler)
            imageChannels = resampler.inputChannels
        } else {
            let base = try ImageProjection(image, outputs: channels, path: store.path)
            projection = .base(base)
            imageChannels = base.inputChannels
        }
        self.channels = channels
        var (keys, values): ([Linear], [Linear]) = ([], [])
        for layer in 0..<layerCount {
            // Self-attention layers have the even numbers, and no weights.
            let weights = weights.scope("ip_adapter.\(2 * layer + 1)")
            let outputs = weights.shape(of: "to_k_ip.weight")?.first ?? channels
            keys.append(try weights.linear("to_k_ip", inputs: channels, outputs: outputs, bias: false))
            values.append(try weights.linear("to_v_ip", inputs: channels, outputs: outputs, bias: false))
        }
        self.keys = keys
        self.values = values
    }

    /// Picture tokens, `[1, tokens, channels]`, of what the image encoder makes of a picture.
    func tokens(_ encoding: CLIPVisionModel.Encoding) throws -> Tensor {
        switch projection {
        case .base(let projection): try projection(encoding.pooled)
        case .plus(let resampler): try resampler(encoding.patches)
        }
    }

    /// Keys and values of `tokens`, `[batch, tokens, channels]`, for a layer of the UNet.
    fileprivate func attention(_ tokens: Tensor, layer: Int, scale: Float) throws -> AttentionLayer.Picture {
        AttentionLayer.Picture(key: try keys[layer](tokens), value: try values[layer](tokens), scale: scale)
    }
}

/// A style picture as the UNet hears it.
struct PicturePrompt {
    let adapter: IPAdapter
    /// `[batch, tokens, channels]`
    let tokens: Tensor
    /// How strongly it is heard; 1 is as in the adapter's training.
    let scale: Float

    /// - Parameter layer: in the order of adapter files
    func attention(layer: Int) throws -> AttentionLayer.Picture {
        try adapter.attention(tokens, layer: layer, scale: scale)
    }
}

/// The base adapter's projection: one vector becomes a few tokens (diffusers `ImageProjection`).
struct ImageProjection {
    private let projection: Linear
    private let norm: LayerNorm
    private let outputs: Int

    var inputChannels: Int { projection.inputChannels }

    init(_ weights: Weights, outputs: Int, path: String) throws {
        guard let shape = weights.shape(of: "proj.weight"), shape.count == 2, shape[0] % outputs == 0, shape[0] > 0, shape[1] > 0 else {
            throw ModelError.unsupported(
                path: path, feature: "an IP-Adapter of this kind for this model (image_proj.proj.weight)",
                advice: "Choose a base or Plus adapter made for the model's family.")
        }
        projection = try weights.linear("proj", inputs: shape[1], outputs: shape[0])
        norm = try weights.layerNorm("norm", channels: outputs)
        self.outputs = outputs
    }

    /// - Parameter pooled: `[1, channels]`
    /// - Returns: `[1, tokens, outputs]`
    func callAsFunction(_ pooled: Tensor) throws -> Tensor {
        let tokens = try projection(pooled)
        return try norm(tokens.reshaped([1, tokens.count / outputs, outputs]))
    }
}
