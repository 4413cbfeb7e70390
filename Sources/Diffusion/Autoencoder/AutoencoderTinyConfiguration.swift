/// `vae/config.json`: the architecture of an `AutoencoderTiny`
/// (diffusers `models/autoencoders/autoencoder_tiny.py`; keys left out have that class's defaults).
struct AutoencoderTinyConfiguration: Decodable, Sendable {
    let latentChannels: Int
    /// One width for all levels: the layers between levels keep it.
    let encoderChannels: Int
    let decoderChannels: Int
    /// Residual blocks a level, full resolution first.
    let encoderBlocks: [Int]
    /// Residual blocks a level, latent resolution first.
    let decoderBlocks: [Int]
    /// A latent is the encoder's output times this.
    let scalingFactor: Float

    /// Pixels a latent cell is wide and high.
    var latentScale: Int { 1 << (decoderBlocks.count - 1) }

    private enum CodingKeys: String, CodingKey {
        case inChannels, outChannels, encoderBlockOutChannels, decoderBlockOutChannels, actFn, upsampleFn, latentChannels
        case upsamplingScalingFactor, numEncoderBlocks, numDecoderBlocks, scalingFactor, shiftFactor
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let require = ConfigurationProblem.require
        func value<Value: Decodable>(_ key: CodingKeys, default fallback: Value) throws -> Value {
            try values.decodeIfPresent(Value.self, forKey: key) ?? fallback
        }
        func width(_ key: CodingKeys, levels: Int) throws -> Int {
            let widths = try value(key, default: [64, 64, 64, 64])
            let width = widths.first ?? 0
            try require(
                width > 0 && widths == Array(repeating: width, count: levels), "\(key.stringValue) must be one width for \(levels) levels")
            return width
        }
        latentChannels = try value(.latentChannels, default: 4)
        encoderBlocks = try value(.numEncoderBlocks, default: [1, 3, 3, 3])
        decoderBlocks = try value(.numDecoderBlocks, default: [3, 3, 3, 1])
        let levels = decoderBlocks.count
        try require(
            (1...8).contains(levels) && encoderBlocks.count == levels && (encoderBlocks + decoderBlocks).allSatisfy((0...64).contains),
            "num_encoder_blocks \(encoderBlocks) and num_decoder_blocks \(decoderBlocks) do not fit together")
        encoderChannels = try width(.encoderBlockOutChannels, levels: levels)
        decoderChannels = try width(.decoderBlockOutChannels, levels: levels)
        scalingFactor = try value(.scalingFactor, default: 1)
        try ConfigurationProblem.requireSizes(
            [latentChannels, encoderChannels, decoderChannels], upTo: 1 << 16, "latent_channels or block_out_channels")
        try require(scalingFactor.isFinite && scalingFactor > 0, "scaling_factor \(scalingFactor) makes no sense")
        try require(try value(.inChannels, default: 3) == 3 && value(.outChannels, default: 3) == 3, "pictures have 3 channels")
        try require(try value(.actFn, default: "relu") == "relu", "only act_fn relu is supported")
        try require(try value(.upsampleFn, default: "nearest") == "nearest", "only upsample_fn nearest is supported")
        try require(try value(.upsamplingScalingFactor, default: 2) == 2, "upsampling_scaling_factor must be 2")
        try require(try value(.shiftFactor, default: Float(0)) == 0, "shift_factor must be 0")
    }
}
