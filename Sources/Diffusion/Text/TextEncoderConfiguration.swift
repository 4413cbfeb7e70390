/// `text_encoder/config.json`: the architecture of a `CLIPTextModel`
/// (transformers `models/clip/configuration_clip.py`, `CLIPTextConfig`; keys left out have that class's defaults).
struct TextEncoderConfiguration: Decodable, Sendable {
    /// The activation between the two layers of a perceptron.
    enum HiddenActivation: String, Decodable, Sendable {
        /// x * sigmoid(1.702 x), as in SD 1.x.
        case quickGELU = "quick_gelu"
        /// The exact GELU, as in SD 2.x.
        case gelu
    }

    let vocabularySize: Int
    let hiddenSize: Int
    let intermediateSize: Int
    let layerCount: Int
    let headCount: Int
    /// Tokens a prompt, the two that frame it included: 77 for CLIP.
    let maximumTokens: Int
    let hiddenActivation: HiddenActivation
    let layerNormEpsilon: Float
    /// Outputs of the projection of the pooled state; nil for a `CLIPTextModel`, which has none.
    let projectionSize: Int?
    /// The token at whose position the pooled state is read; 2 stands for the largest identifier, as in older files.
    let endToken: Int

    /// What a layer is told.
    var layer: CLIPEncoderLayer.Architecture {
        CLIPEncoderLayer.Architecture(
            channels: hiddenSize, innerChannels: intermediateSize, heads: headCount, activation: hiddenActivation,
            normEpsilon: layerNormEpsilon)
    }

    private enum CodingKeys: String, CodingKey {
        case vocabSize, hiddenSize, intermediateSize, numHiddenLayers, numAttentionHeads, maxPositionEmbeddings, hiddenAct, layerNormEps
        case architectures, projectionDim, eosTokenId
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let require = ConfigurationProblem.require
        let name = try values.decodeIfPresent([String].self, forKey: .architectures)?.first ?? "CLIPTextModel"
        try require(
            ["CLIPTextModel", "CLIPTextModelWithProjection"].contains(name), "the engine runs CLIPTextModel, not \(name)")
        projectionSize = name == "CLIPTextModel" ? nil : try values.decodeIfPresent(Int.self, forKey: .projectionDim) ?? 512
        endToken = try values.decodeIfPresent(Int.self, forKey: .eosTokenId) ?? 49407
        vocabularySize = try values.decodeIfPresent(Int.self, forKey: .vocabSize) ?? 49408
        hiddenSize = try values.decodeIfPresent(Int.self, forKey: .hiddenSize) ?? 512
        intermediateSize = try values.decodeIfPresent(Int.self, forKey: .intermediateSize) ?? 2048
        layerCount = try values.decodeIfPresent(Int.self, forKey: .numHiddenLayers) ?? 12
        headCount = try values.decodeIfPresent(Int.self, forKey: .numAttentionHeads) ?? 8
        maximumTokens = try values.decodeIfPresent(Int.self, forKey: .maxPositionEmbeddings) ?? 77
        hiddenActivation = try values.decodeIfPresent(HiddenActivation.self, forKey: .hiddenAct) ?? .quickGELU
        layerNormEpsilon = try values.decodeIfPresent(Float.self, forKey: .layerNormEps) ?? 1e-5
        try require(
            (0...256).contains(layerCount) && maximumTokens > 2,
            "num_hidden_layers must be 0 to 256 and max_position_embeddings at least 3")
        try ConfigurationProblem.requireSizes(
            [vocabularySize, hiddenSize, intermediateSize, maximumTokens, projectionSize ?? 1], upTo: 1 << 22,
            "vocab_size, hidden_size, intermediate_size, max_position_embeddings or projection_dim")
        try require(headCount > 0 && hiddenSize % headCount == 0, "hidden_size \(hiddenSize) cannot be split into \(headCount) heads")
    }
}
