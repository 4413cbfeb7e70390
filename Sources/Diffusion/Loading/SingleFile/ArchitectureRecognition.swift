/// The configurations that diffusers' own editions of the Stable Diffusion family have, for what is found in a single file
/// (diffusers `loaders/single_file_utils.py`: there they are fetched, here they are derived from shapes).
struct ArchitectureRecognition {
    let unet: UNetNames
    let unetShapes: [String: [Int]]
    let autoencoder: AutoencoderNames?
    let latentChannels: Int
    let encoders: [TextEncoderNames]
    /// The marker `v_pred`, which files trained to predict velocity carry.
    let isVelocity: Bool
    /// The marker `ztsnr`: trained on a schedule that ends in pure noise.
    let isZeroSNR: Bool
    let globalStep: Int?

    private enum Family: String {
        case first = "Stable Diffusion 1.x"
        case second = "Stable Diffusion 2.x"
        case xl = "Stable Diffusion XL"
    }

    private var family: Family {
        if unetShapes["label_emb.0.0.weight"] != nil { return .xl }
        return encoders.first?.isOpenCLIP == true ? .second : .first
    }

    private var inputChannels: Int { dimension("input_blocks.0.0.weight", 1) ?? latentChannels }

    /// For people.
    var name: String {
        let isInpainting = inputChannels == 2 * latentChannels + 1
        return [family.rawValue, isInpainting ? "inpainting" : nil, predictsVelocity ? "v-prediction" : nil].compactMap { $0 }
            .joined(separator: ", ")
    }

    /// Files of SD 2.x don't say what they predict. The 768-pixel editions, which predict velocity, are the common ones; the
    /// 512-pixel base was published after 110,000 further steps, and inpainting editions derive from it.
    private var predictsVelocity: Bool {
        isVelocity || (family == .second && inputChannels == latentChannels && globalStep != 110_000)
    }

    var unetConfiguration: [String: ConfigurationValue] {
        let channels = unet.levels.map(\.channels)
        let contextChannels = dimension("middle_block.1.transformer_blocks.0.attn2.to_k.weight", 1) ?? encoders.first?.hiddenSize ?? 768
        // Heads are the one thing that shapes don't tell: 8 in SD 1.x, 64 channels each since.
        let heads = family == .first ? channels.map { _ in 8 } : channels.map { max($0 / 64, 1) }
        let kinds = unet.levels.map { $0.transformerLayers > 0 }
        var values: [String: ConfigurationValue] = [
            "_class_name": "UNet2DConditionModel",
            "sample_size": .number(Double(nativeSize / 8)),
            "in_channels": .number(Double(inputChannels)),
            "out_channels": .number(Double(dimension("out.2.weight", 0) ?? latentChannels)),
            "block_out_channels": .numbers(channels),
            "layers_per_block": .number(Double(unet.layersPerBlock)),
            "down_block_types": .texts(kinds.map { $0 ? "CrossAttnDownBlock2D" : "DownBlock2D" }),
            "up_block_types": .texts(kinds.reversed().map { $0 ? "CrossAttnUpBlock2D" : "UpBlock2D" }),
            "cross_attention_dim": .number(Double(contextChannels)),
            "attention_head_dim": .numbers(heads),
            "transformer_layers_per_block": .numbers(transformerLayers),
            "use_linear_projection": .flag(dimension("middle_block.1.proj_in.weight", nil) == 2),
        ]
        if let projection = dimension("label_emb.0.0.weight", 1) {
            values["addition_embed_type"] = "text_time"
            values["projection_class_embeddings_input_dim"] = .number(Double(projection))
            // Six numbers about the picture's size, as sinusoids, follow the pooled prompt.
            values["addition_time_embed_dim"] = .number(Double((projection - (encoders.last?.projectionSize ?? 0)) / 6))
        }
        if let channels = dimension("time_embed.cond_proj.weight", 1) { values["time_cond_proj_dim"] = .number(Double(channels)) }
        return values
    }

    /// Levels without a transformer get the depth of the middle block, which has the last level's.
    private var transformerLayers: [Int] {
        let middle = (0...).prefix { unetShapes["middle_block.1.transformer_blocks.\($0).attn2.to_k.weight"] != nil }.count
        return unet.levels.map { $0.transformerLayers > 0 ? $0.transformerLayers : max(middle, 1) }
    }

    var autoencoderConfiguration: [String: ConfigurationValue]? {
        guard let autoencoder else { return nil }
        let count = autoencoder.blockOutChannels.count
        return [
            "_class_name": "AutoencoderKL",
            "latent_channels": .number(Double(latentChannels)),
            "block_out_channels": .numbers(autoencoder.blockOutChannels),
            "layers_per_block": .number(Double(autoencoder.layersPerBlock)),
            "down_block_types": .texts(Array(repeating: "DownEncoderBlock2D", count: count)),
            "up_block_types": .texts(Array(repeating: "UpDecoderBlock2D", count: count)),
            "scaling_factor": .number(family == .xl ? 0.13025 : 0.18215),
        ]
    }

    func textConfiguration(_ index: Int) -> [String: ConfigurationValue] {
        let names = encoders[index]
        // CLIP's heads are 64 channels wide in every size.
        var values: [String: ConfigurationValue] = [
            "vocab_size": .number(Double(names.vocabularySize)),
            "hidden_size": .number(Double(names.hiddenSize)),
            "intermediate_size": .number(Double(names.intermediateSize)),
            "num_attention_heads": .number(Double(max(names.hiddenSize / 64, 1))),
            "max_position_embeddings": .number(Double(names.maximumTokens)),
            "hidden_act": names.isOpenCLIP ? "gelu" : "quick_gelu",
            "eos_token_id": 49407,
        ]
        // SD 2.x reads OpenCLIP's last layer but one, then the final norm: the last layer is never run.
        let runs = family == .second ? max(names.layerCount - 1, 1) : names.layerCount
        values["num_hidden_layers"] = .number(Double(runs))
        if family == .xl, let size = names.projectionSize, index == encoders.count - 1 {
            values["architectures"] = .texts(["CLIPTextModelWithProjection"])
            values["projection_dim"] = .number(Double(size))
        }
        return values
    }

    /// As published with the original models (`SCHEDULER_DEFAULT_CONFIG`).
    var schedulerConfiguration: [String: ConfigurationValue] {
        [
            "_class_name": family == .xl ? "EulerDiscreteScheduler" : "PNDMScheduler", "num_train_timesteps": 1000,
            "beta_schedule": "scaled_linear", "beta_start": 0.00085, "beta_end": 0.012, "set_alpha_to_one": false, "skip_prk_steps": true,
            "steps_offset": 1, "timestep_spacing": .text(isZeroSNR ? "trailing" : "leading"), "clip_sample": false,
            "prediction_type": .text(predictsVelocity ? "v_prediction" : "epsilon"), "rescale_betas_zero_snr": .flag(isZeroSNR),
        ]
    }

    private var nativeSize: Int {
        switch family {
        case .first: 512
        case .second: predictsVelocity ? 768 : 512
        case .xl: 1024
        }
    }

    /// A tensor's size along an axis, or its number of axes where `axis` is nil.
    private func dimension(_ name: String, _ axis: Int?) -> Int? {
        guard let shape = unetShapes[name] else { return nil }
        guard let axis else { return shape.count }
        return axis < shape.count ? shape[axis] : nil
    }
}

/// A value of a `config.json` to be written.
enum ConfigurationValue: Encodable, ExpressibleByStringLiteral, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByBooleanLiteral
{
    case number(Double)
    case numbers([Int])
    case text(String)
    case texts([String])
    case flag(Bool)

    init(stringLiteral value: String) { self = .text(value) }
    init(floatLiteral value: Double) { self = .number(value) }
    init(integerLiteral value: Int) { self = .number(Double(value)) }
    init(booleanLiteral value: Bool) { self = .flag(value) }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .number(let value):
            if let whole = Int(exactly: value) { try container.encode(whole) } else { try container.encode(value) }
        case .numbers(let values): try container.encode(values)
        case .text(let value): try container.encode(value)
        case .texts(let values): try container.encode(values)
        case .flag(let value): try container.encode(value)
        }
    }
}
