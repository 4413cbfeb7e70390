import Foundation

/// An architecture to measure without its weights: the configurations of a model folder that matter to speed.
public enum BenchmarkShape: String, CaseIterable, Sendable {
    /// Stable Diffusion 1.5 (runwayml/stable-diffusion-v1-5), 512 x 512 pixels.
    case stableDiffusion15 = "sd15"
    /// The starter model, 256 x 256 pixels.
    case starter

    /// Width and height of a latent, in cells.
    var latentSide: Int {
        switch self {
        case .stableDiffusion15: 64
        case .starter: 32
        }
    }

    /// `unet/config.json`; what is left out has diffusers' defaults, which are Stable Diffusion's.
    private var unet: String {
        switch self {
        case .stableDiffusion15: #"{"cross_attention_dim": 768}"#
        case .starter:
            #"""
            {"in_channels": 9, "sample_size": 32, "block_out_channels": [64, 128, 256], "layers_per_block": 1, "attention_head_dim": 4,
             "cross_attention_dim": 256, "norm_num_groups": 8,
             "down_block_types": ["DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"],
             "up_block_types": ["CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"]}
            """#
        }
    }

    /// `vae/config.json`
    private var autoencoder: String {
        switch self {
        case .stableDiffusion15:
            #"""
            {"_class_name": "AutoencoderKL", "block_out_channels": [128, 256, 512, 512], "layers_per_block": 2,
             "down_block_types": ["DownEncoderBlock2D", "DownEncoderBlock2D", "DownEncoderBlock2D", "DownEncoderBlock2D"],
             "up_block_types": ["UpDecoderBlock2D", "UpDecoderBlock2D", "UpDecoderBlock2D", "UpDecoderBlock2D"]}
            """#
        case .starter:
            #"""
            {"_class_name": "AutoencoderTiny", "encoder_block_out_channels": [16, 16, 16, 16], "num_encoder_blocks": [0, 0, 0, 0],
             "decoder_block_out_channels": [64, 64, 64, 64], "num_decoder_blocks": [4, 3, 2, 0]}
            """#
        }
    }

    /// `text_encoder/config.json`
    private var textEncoder: String {
        switch self {
        case .stableDiffusion15: #"{"hidden_size": 768, "intermediate_size": 3072, "num_attention_heads": 12}"#
        case .starter:
            #"""
            {"vocab_size": 2147, "hidden_size": 256, "intermediate_size": 1024, "num_hidden_layers": 4, "num_attention_heads": 4}
            """#
        }
    }

    func unetConfiguration() throws -> UNetConfiguration { try decode(unet) }
    func autoencoderConfiguration() throws -> AutoencoderConfiguration { try decode(autoencoder) }
    func textEncoderConfiguration() throws -> TextEncoderConfiguration { try decode(textEncoder) }

    private func decode<Value: Decodable>(_ json: String) throws -> Value {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(Value.self, from: Data(json.utf8))
    }
}
