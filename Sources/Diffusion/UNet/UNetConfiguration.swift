/// `unet/config.json`: the architecture of a `UNet2DConditionModel`
/// (diffusers `models/unets/unet_2d_condition.py`; keys left out have that class's defaults).
struct UNetConfiguration: Decodable, Sendable {
    enum DownBlockKind: String, Decodable, Sendable {
        case plain = "DownBlock2D"
        case crossAttention = "CrossAttnDownBlock2D"
    }

    enum UpBlockKind: String, Decodable, Sendable {
        case plain = "UpBlock2D"
        case crossAttention = "CrossAttnUpBlock2D"
    }

    /// Latent width and height that the model was trained at.
    let sampleSize: Int
    /// Nine for inpainting: latent 4, mask 1, masked-image latent 4.
    private(set) var inChannels: Int
    let outChannels: Int
    let centerInputSample: Bool
    /// Time embedding: cosines before sines.
    let flipSinToCos: Bool
    let freqShift: Float
    let downBlockKinds: [DownBlockKind]
    let hasMidBlock: Bool
    let upBlockKinds: [UpBlockKind]
    let blockOutChannels: [Int]
    /// Residual blocks a down block; an up block has one more.
    let layersPerBlock: [Int]
    let downsamplePadding: Int
    let normGroups: Int
    let normEpsilon: Float
    /// Channels of the text encoder's hidden states.
    let crossAttentionChannels: [Int]
    let transformerLayersPerBlock: [Int]
    /// Heads a block. SD 1.x files call this `attention_head_dim`, though it is the number of heads.
    let headsPerBlock: [Int]
    let usesLinearProjection: Bool
    /// What SDXL is told beside the timestep; nil for other models.
    let addedConditions: AddedConditions?
    /// Channels of the guidance scale's embedding in models distilled with guidance (LCM); nil for others.
    let guidanceChannels: Int?

    /// The pooled prompt and six numbers about the picture's size (`addition_embed_type` `text_time`).
    struct AddedConditions: Sendable {
        /// Channels of the sinusoids of each number.
        let numberChannels: Int
        /// Channels of pooled prompt and sinusoids together.
        let inputChannels: Int

        /// Channels of the pooled prompt.
        var pooledChannels: Int { inputChannels - 6 * numberChannels }
    }

    private enum CodingKeys: String, CodingKey {
        case className = "_className"
        case sampleSize, inChannels, outChannels, centerInputSample, flipSinToCos, freqShift, downBlockTypes, midBlockType, upBlockTypes
        case onlyCrossAttention, blockOutChannels, layersPerBlock, downsamplePadding, midBlockScaleFactor, actFn, normNumGroups, normEps
        case crossAttentionDim, transformerLayersPerBlock, attentionHeadDim, numAttentionHeads, useLinearProjection, dualCrossAttention
        case classEmbedType, additionEmbedType, numClassEmbeds, resnetTimeScaleShift, timeEmbeddingType, timeCondProjDim, encoderHidDim
        case timeEmbeddingActFn, timestepPostAct, convInKernel, convOutKernel, attentionType, timeEmbeddingDim, crossAttentionNorm
        case resnetSkipTimeAct, resnetOutScaleFactor, midBlockOnlyCrossAttention, additionTimeEmbedDim
        case projectionClassEmbeddingsInputDim, addTimeEmbeddingMaxPeriod, reverseTransformerLayersPerBlock, encoderHidDimType
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        try Self.refuseUnsupported(values)
        let require = ConfigurationProblem.require

        blockOutChannels = try values.decodeIfPresent([Int].self, forKey: .blockOutChannels) ?? [320, 640, 1280, 1280]
        let blocks = blockOutChannels.count
        try require((1...8).contains(blocks), "block_out_channels \(blockOutChannels) makes no sense")
        try ConfigurationProblem.requireSizes(blockOutChannels, upTo: 1 << 16, "block_out_channels")

        sampleSize = try values.decodeIfPresent(Int.self, forKey: .sampleSize) ?? 64
        inChannels = try values.decodeIfPresent(Int.self, forKey: .inChannels) ?? 4
        outChannels = try values.decodeIfPresent(Int.self, forKey: .outChannels) ?? 4
        try ConfigurationProblem.requireSizes(
            [sampleSize, inChannels, outChannels], upTo: 1 << 16, "sample_size, in_channels or out_channels")
        centerInputSample = try values.decodeIfPresent(Bool.self, forKey: .centerInputSample) ?? false
        flipSinToCos = try values.decodeIfPresent(Bool.self, forKey: .flipSinToCos) ?? true
        freqShift = try values.decodeIfPresent(Float.self, forKey: .freqShift) ?? 0
        try require(blockOutChannels[0] >= 4 && blockOutChannels[0] % 2 == 0, "block_out_channels[0] must be even and at least 4")

        downBlockKinds =
            try values.decodeIfPresent([DownBlockKind].self, forKey: .downBlockTypes)
            ?? [.crossAttention, .crossAttention, .crossAttention, .plain]
        upBlockKinds =
            try values.decodeIfPresent([UpBlockKind].self, forKey: .upBlockTypes)
            ?? downBlockKinds.reversed().map { $0 == .plain ? .plain : .crossAttention }
        try require(
            downBlockKinds.count == blocks && upBlockKinds.count == blocks,
            "down_block_types, up_block_types and block_out_channels differ in length")
        hasMidBlock =
            values.contains(.midBlockType)
            ? try values.decodeIfPresent(String.self, forKey: .midBlockType) != nil
            : true

        layersPerBlock = try (values.decodeIfPresent(PerBlock<Int>.self, forKey: .layersPerBlock) ?? PerBlock(2))
            .expanded(to: blocks, key: "layers_per_block")
        downsamplePadding = try values.decodeIfPresent(Int.self, forKey: .downsamplePadding) ?? 1
        normGroups = try values.decodeIfPresent(Int.self, forKey: .normNumGroups) ?? 32
        normEpsilon = try values.decodeIfPresent(Float.self, forKey: .normEps) ?? 1e-5
        let groups = normGroups
        try require(
            groups > 0 && blockOutChannels.allSatisfy { $0 % groups == 0 },
            "block_out_channels \(blockOutChannels) cannot be split into \(groups) groups")
        try ConfigurationProblem.requireSizes(layersPerBlock, upTo: 64, "layers_per_block")
        try require((0...1).contains(downsamplePadding), "downsample_padding must be 0 or 1")

        crossAttentionChannels = try (values.decodeIfPresent(PerBlock<Int>.self, forKey: .crossAttentionDim) ?? PerBlock(1280))
            .expanded(to: blocks, key: "cross_attention_dim")
        transformerLayersPerBlock = try (values.decodeIfPresent(PerBlock<Int>.self, forKey: .transformerLayersPerBlock) ?? PerBlock(1))
            .expanded(to: blocks, key: "transformer_layers_per_block")
        try ConfigurationProblem.requireSizes(transformerLayersPerBlock, upTo: 64, "transformer_layers_per_block")
        try ConfigurationProblem.requireSizes(crossAttentionChannels, upTo: 1 << 20, "cross_attention_dim")
        let heads =
            try values.decodeIfPresent(PerBlock<Int>.self, forKey: .numAttentionHeads)
            ?? values.decodeIfPresent(PerBlock<Int>.self, forKey: .attentionHeadDim) ?? PerBlock(8)
        headsPerBlock = try heads.expanded(to: blocks, key: "attention_head_dim")
        try require(
            zip(headsPerBlock, blockOutChannels).allSatisfy { $0 > 0 && $1 % $0 == 0 },
            "block_out_channels \(blockOutChannels) cannot be split into \(headsPerBlock) heads")
        usesLinearProjection = try values.decodeIfPresent(Bool.self, forKey: .useLinearProjection) ?? false
        guidanceChannels = try values.decodeIfPresent(Int.self, forKey: .timeCondProjDim)
        try require(
            guidanceChannels.map { (4...1 << 20).contains($0) && $0 % 2 == 0 } ?? true, "time_cond_proj_dim must be even and at least 4")
        addedConditions = try Self.addedConditions(values)
    }

    private static func addedConditions(_ values: KeyedDecodingContainer<CodingKeys>) throws -> AddedConditions? {
        guard try values.decodeIfPresent(String.self, forKey: .additionEmbedType) != nil else { return nil }
        let conditions = AddedConditions(
            numberChannels: try values.decode(Int.self, forKey: .additionTimeEmbedDim),
            inputChannels: try values.decode(Int.self, forKey: .projectionClassEmbeddingsInputDim))
        try ConfigurationProblem.require(
            (4...1 << 16).contains(conditions.numberChannels) && conditions.numberChannels % 2 == 0 && conditions.inputChannels <= 1 << 20
                && conditions.pooledChannels > 0,
            "projection_class_embeddings_input_dim has no room for six embeddings of addition_time_embed_dim and a prompt")
        return conditions
    }

    /// The same architecture for a ControlNet, which sees the latent only.
    func forControl(latentChannels: Int) -> UNetConfiguration {
        var copy = self
        copy.inChannels = latentChannels
        return copy
    }

    /// Names every option whose value asks for something the engine does not compute, rather than computing something else.
    private static func refuseUnsupported(_ values: KeyedDecodingContainer<CodingKeys>) throws {
        if let name = try values.decodeIfPresent(String.self, forKey: .className),
            name != "UNet2DConditionModel", name != "ControlNetModel"
        {
            throw ConfigurationProblem("the engine runs UNet2DConditionModel and ControlNetModel, not \(name)")
        }
        let fixed: [(CodingKeys, String, Set<String>)] = [
            (.actFn, "act_fn", ["silu", "swish"]), (.resnetTimeScaleShift, "resnet_time_scale_shift", ["default"]),
            (.timeEmbeddingType, "time_embedding_type", ["positional"]), (.midBlockType, "mid_block_type", ["UNetMidBlock2DCrossAttn"]),
            (.attentionType, "attention_type", ["default"]), (.classEmbedType, "class_embed_type", []),
            (.additionEmbedType, "addition_embed_type", ["text_time"]), (.timeEmbeddingActFn, "time_embedding_act_fn", []),
            (.timestepPostAct, "timestep_post_act", []), (.crossAttentionNorm, "cross_attention_norm", []),
            (.encoderHidDimType, "encoder_hid_dim_type", []),
        ]
        for (key, name, allowed) in fixed {
            if let value = try values.decodeIfPresent(String.self, forKey: key), !allowed.contains(value) {
                throw ConfigurationProblem("\(name) \(value) is not supported")
            }
        }
        let absent: [(CodingKeys, String)] = [
            (.numClassEmbeds, "num_class_embeds"), (.encoderHidDim, "encoder_hid_dim"),
            (.timeEmbeddingDim, "time_embedding_dim"),
        ]
        for (key, name) in absent where try values.decodeIfPresent(Int.self, forKey: key) != nil {
            throw ConfigurationProblem("\(name) is not supported")
        }
        let numbers: [(CodingKeys, String, Float)] = [
            (.convInKernel, "conv_in_kernel", 3), (.convOutKernel, "conv_out_kernel", 3),
            (.midBlockScaleFactor, "mid_block_scale_factor", 1), (.resnetOutScaleFactor, "resnet_out_scale_factor", 1),
        ]
        for (key, name, supported) in numbers {
            if let value = try values.decodeIfPresent(Float.self, forKey: key), value != supported {
                throw ConfigurationProblem("\(name) \(value) is not supported")
            }
        }
        let switches: [(CodingKeys, String)] = [
            (.dualCrossAttention, "dual_cross_attention"), (.resnetSkipTimeAct, "resnet_skip_time_act"),
            (.midBlockOnlyCrossAttention, "mid_block_only_cross_attention"), (.onlyCrossAttention, "only_cross_attention"),
        ]
        for (key, name) in switches where try values.decodeIfPresent(PerBlock<Bool>.self, forKey: key)?.contains(true) == true {
            throw ConfigurationProblem("\(name) is not supported")
        }
    }
}
