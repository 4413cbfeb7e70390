import Foundation
import Tensor

/// `image_encoder/config.json`: the architecture of a `CLIPVisionModelWithProjection`
/// (transformers `models/clip/configuration_clip.py`, `CLIPVisionConfig`; keys left out have that class's defaults).
struct CLIPVisionConfiguration: Decodable, Sendable {
    let hiddenSize: Int
    let layerCount: Int
    let projectionSize: Int
    /// Width and height of the picture, in pixels.
    let imageSize: Int
    let patchSize: Int
    let layer: CLIPEncoderLayer.Architecture

    private enum CodingKeys: String, CodingKey {
        case hiddenSize, intermediateSize, numHiddenLayers, numAttentionHeads, imageSize, patchSize, projectionDim, hiddenAct, layerNormEps
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        func value(_ key: CodingKeys, _ fallback: Int) throws -> Int { try values.decodeIfPresent(Int.self, forKey: key) ?? fallback }
        hiddenSize = try value(.hiddenSize, 768)
        layerCount = try value(.numHiddenLayers, 12)
        projectionSize = try value(.projectionDim, 512)
        imageSize = try value(.imageSize, 224)
        patchSize = try value(.patchSize, 32)
        layer = CLIPEncoderLayer.Architecture(
            channels: hiddenSize, innerChannels: try value(.intermediateSize, 3072), heads: try value(.numAttentionHeads, 12),
            activation: try values.decodeIfPresent(TextEncoderConfiguration.HiddenActivation.self, forKey: .hiddenAct) ?? .quickGELU,
            normEpsilon: try values.decodeIfPresent(Float.self, forKey: .layerNormEps) ?? 1e-5)
        try ConfigurationProblem.require(
            (1...256).contains(layerCount) && imageSize >= patchSize, "num_hidden_layers must be 1 to 256, image_size at least patch_size")
        try ConfigurationProblem.requireSizes(
            [hiddenSize, layer.innerChannels, projectionSize, patchSize, imageSize], upTo: 1 << 14,
            "hidden_size, intermediate_size, projection_dim, patch_size or image_size")
        try ConfigurationProblem.require(
            layer.heads > 0 && hiddenSize % layer.heads == 0, "hidden_size \(hiddenSize) cannot be split into \(layer.heads) heads")
    }
}

/// Turns a picture into vectors that IP-Adapters read
/// (transformers `models/clip/modeling_clip.py`, `CLIPVisionModelWithProjection`).
final class CLIPVisionModel {
    /// What a picture becomes.
    struct Encoding {
        /// The whole picture in one vector, `[1, projection]`.
        let pooled: Tensor
        /// The last layer's input: the class token, then every patch, `[1, 1 + patches, channels]`.
        let patches: Tensor
    }

    let configuration: CLIPVisionConfiguration
    private let patchEmbedding: Convolution2D
    /// `[1, 1, channels]`
    private let classEmbedding: Tensor
    /// `[1, 1 + patches, channels]`
    private let positionEmbedding: Tensor
    private let inputNorm: LayerNorm
    private let layers: [CLIPEncoderLayer]
    private let outputNorm: LayerNorm
    private let projection: Linear

    /// - Throws: `ModelError` where weights and configuration do not fit; `CancellationError`
    init(_ weights: Weights, _ configuration: CLIPVisionConfiguration) throws {
        self.configuration = configuration
        let channels = configuration.hiddenSize
        projection = try weights.linear("visual_projection", inputs: channels, outputs: configuration.projectionSize, bias: false)
        let weights = weights.scope("vision_model")
        let patch = configuration.patchSize
        patchEmbedding = try weights.convolution(
            "embeddings.patch_embedding", inputs: 3, outputs: channels, kernel: patch, stride: patch, padding: .all(0), bias: false)
        classEmbedding = try weights.tensor("embeddings.class_embedding", shape: [channels]).reshaped([1, 1, channels])
        let side = configuration.imageSize / patch
        let count = side * side + 1
        positionEmbedding = try weights.tensor("embeddings.position_embedding.weight", shape: [count, channels])
            .reshaped([1, count, channels])
        inputNorm = try weights.layerNorm("pre_layrnorm", channels: channels, epsilon: configuration.layer.normEpsilon)
        layers = try (0..<configuration.layerCount).map {
            try CLIPEncoderLayer(weights.scope("encoder.layers.\($0)"), configuration.layer)
        }
        outputNorm = try weights.layerNorm("post_layernorm", channels: channels, epsilon: configuration.layer.normEpsilon)
    }

    /// - Parameter picture: `[1, imageSize, imageSize, 3]`, normalised as CLIP expects it
    /// - Throws: `CancellationError`
    func encode(_ picture: Tensor, cancellation: CancellationFlag) throws -> Encoding {
        let channels = configuration.hiddenSize
        let embedded = try patchEmbedding(picture)
        let sequence = joinedTokens([classEmbedding, embedded.reshaped([1, embedded.shape[1] * embedded.shape[2], channels])])
        var hidden = try inputNorm(add(sequence, positionEmbedding))
        var patches = hidden
        for layer in layers {
            try cancellation.check()
            patches = hidden
            hidden = try layer(hidden, mask: .none)
        }
        let first = hidden.withUnsafeBuffer { Tensor(Array($0[..<channels]), shape: [1, channels]) }
        return Encoding(pooled: try projection(outputNorm(first)), patches: patches)
    }
}
