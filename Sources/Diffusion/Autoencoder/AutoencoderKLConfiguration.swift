import Foundation

/// `vae/config.json`: the architecture of an `AutoencoderKL`
/// (diffusers `models/autoencoders/autoencoder_kl.py`; keys left out have that class's defaults).
struct AutoencoderKLConfiguration: Decodable, Sendable {
    /// Colour channels, 3.
    let inChannels: Int
    let latentChannels: Int
    let blockOutChannels: [Int]
    /// Residual blocks an encoder block; a decoder block has one more.
    let layersPerBlock: Int
    let normGroups: Int
    /// A latent is (encoder's mean - shift) * scalingFactor.
    let scalingFactor: Float
    let shiftFactor: Float
    let usesQuantConvolution: Bool
    let usesPostQuantConvolution: Bool
    let hasMidAttention: Bool

    /// Pixels a latent cell is wide and high.
    var latentScale: Int { 1 << (blockOutChannels.count - 1) }

    private enum CodingKeys: String, CodingKey {
        case inChannels, outChannels, downBlockTypes, upBlockTypes, blockOutChannels, layersPerBlock, actFn, latentChannels, normNumGroups
        case scalingFactor, shiftFactor, latentsMean, latentsStd, useQuantConv, usePostQuantConv, midBlockAddAttention
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let require = ConfigurationProblem.require
        inChannels = try values.decodeIfPresent(Int.self, forKey: .inChannels) ?? 3
        let outChannels = try values.decodeIfPresent(Int.self, forKey: .outChannels) ?? 3
        try require(
            inChannels == 3 && outChannels == 3, "pictures have 3 channels, not in_channels \(inChannels) and out_channels \(outChannels)")
        latentChannels = try values.decodeIfPresent(Int.self, forKey: .latentChannels) ?? 4
        blockOutChannels = try values.decodeIfPresent([Int].self, forKey: .blockOutChannels) ?? [64]
        let blocks = blockOutChannels.count
        let down = try values.decodeIfPresent([String].self, forKey: .downBlockTypes) ?? ["DownEncoderBlock2D"]
        let up = try values.decodeIfPresent([String].self, forKey: .upBlockTypes) ?? ["UpDecoderBlock2D"]
        try require(
            (1...8).contains(blocks) && down == Array(repeating: "DownEncoderBlock2D", count: blocks)
                && up == Array(repeating: "UpDecoderBlock2D", count: blocks),
            "only DownEncoderBlock2D and UpDecoderBlock2D are supported, one of each for every entry of block_out_channels")
        layersPerBlock = try values.decodeIfPresent(Int.self, forKey: .layersPerBlock) ?? 1
        normGroups = try values.decodeIfPresent(Int.self, forKey: .normNumGroups) ?? 32
        let groups = normGroups
        try ConfigurationProblem.requireSizes([layersPerBlock], upTo: 64, "layers_per_block")
        try ConfigurationProblem.requireSizes([latentChannels] + blockOutChannels, upTo: 1 << 16, "latent_channels or block_out_channels")
        try require(
            groups > 0 && blockOutChannels.allSatisfy { $0 > 0 && $0 % groups == 0 },
            "block_out_channels \(blockOutChannels) cannot be split into \(groups) groups")
        let activation = try values.decodeIfPresent(String.self, forKey: .actFn) ?? "silu"
        try require(["silu", "swish"].contains(activation), "act_fn \(activation) is not supported")
        scalingFactor = try values.decodeIfPresent(Float.self, forKey: .scalingFactor) ?? 0.18215
        try require(scalingFactor.isFinite && scalingFactor > 0, "scaling_factor \(scalingFactor) makes no sense")
        shiftFactor = try values.decodeIfPresent(Float.self, forKey: .shiftFactor) ?? 0
        for key in [CodingKeys.latentsMean, .latentsStd] where try values.decodeIfPresent([Float].self, forKey: key) != nil {
            throw ConfigurationProblem("latents_mean and latents_std are not supported")
        }
        usesQuantConvolution = try values.decodeIfPresent(Bool.self, forKey: .useQuantConv) ?? true
        usesPostQuantConvolution = try values.decodeIfPresent(Bool.self, forKey: .usePostQuantConv) ?? true
        hasMidAttention = try values.decodeIfPresent(Bool.self, forKey: .midBlockAddAttention) ?? true
    }
}
