import Foundation
import Testing

@testable import Diffusion

@Suite("Damaged and unsuitable models are refused in one clear line")
struct BadModelTests {
    private let copy: ModelCopy

    init() throws {
        copy = try ModelCopy()
    }

    /// The message of the error with which the damaged copy is refused.
    private func message(sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
        let error = try #require(try copy.loadingError(), sourceLocation: sourceLocation)
        let text = error.localizedDescription
        #expect(!text.contains("\n") && text.hasSuffix("."), "one full sentence a line", sourceLocation: sourceLocation)
        return text
    }

    @Test("The undamaged copy loads")
    func undamaged() throws {
        #expect(try copy.loadingError() == nil)
    }

    @Test("A folder that is not there, and one that is no model")
    func missingFolder() throws {
        let nowhere = copy.file("nowhere")
        #expect(throws: ModelError.missingFolder(path: nowhere.path)) { try InpaintingPipeline.describe(directory: nowhere) }
        #expect(throws: ModelError.self) { try InpaintingPipeline.describe(directory: copy.file("unet")) }
    }

    @Test("Missing weights", arguments: [ModelCopy.unetWeights, ModelCopy.autoencoderWeights, ModelCopy.textWeights])
    func missingWeights(_ path: String) throws {
        try copy.remove(path)
        #expect(try message().contains(path))
        #expect(throws: ModelError.self) { try InpaintingPipeline.describe(directory: copy.url) }
    }

    @Test(
        "Missing configurations",
        arguments: [
            "unet/config.json", "vae/config.json", "text_encoder/config.json", "scheduler/scheduler_config.json", "model_index.json",
            "tokenizer/vocab.json", "tokenizer/merges.txt",
        ])
    func missingConfiguration(_ path: String) throws {
        try copy.remove(path)
        #expect(try message().contains(path))
    }

    @Test("Truncated weights")
    func truncated() throws {
        try copy.edit(ModelCopy.unetWeights) { $0.removeLast($0.count / 2) }
        #expect(try message().contains("truncated"))
    }

    @Test("Weights of zero bytes")
    func empty() throws {
        try copy.edit(ModelCopy.unetWeights) { $0 = Data() }
        #expect(try message().contains(ModelCopy.unetWeights))
    }

    @Test("A missing tensor is named")
    func missingTensor() throws {
        try copy.editTensors(ModelCopy.unetWeights) { $0["mid_block.resnets.1.conv2.bias"] = nil }
        #expect(try message().contains("mid_block.resnets.1.conv2.bias"))
    }

    @Test("A tensor of the wrong shape is named, with both shapes")
    func wrongShape() throws {
        try copy.editTensors(ModelCopy.unetWeights) { $0["conv_out.bias"] = StoredTensor([0, 0, 0], shape: [3]) }
        let text = try message()
        #expect(text.contains("conv_out.bias") && text.contains("[3]") && text.contains("[4]"))
    }

    @Test("Weights of another architecture than the configuration's")
    func otherArchitecture() throws {
        try copy.set("cross_attention_dim", to: 64, in: "unet/config.json")
        try copy.set("hidden_size", to: 64, in: "text_encoder/config.json")
        #expect(try message().contains("shape"))
    }

    @Test("NaN and infinity are found at load", arguments: [Float.nan, .infinity, -.infinity])
    func notFinite(_ value: Float) throws {
        try copy.editTensors(ModelCopy.autoencoderWeights) { $0["decoder.conv_in.weight"]?.floats[7] = value }
        #expect(try message().contains("decoder.conv_in.weight"))
    }

    @Test("NaN in half precision is found too", arguments: [("F16", 0x7E00), ("BF16", 0x7FC0)])
    func notFiniteHalf(_ type: (name: String, bits: UInt16)) throws {
        try copy.editTensors(ModelCopy.unetWeights) { tensors in
            let words = [type.bits, 0, 0, 0].map(\.littleEndian)
            tensors["conv_out.bias"] = StoredTensor(elementType: type.name, shape: [4], bytes: words.withUnsafeBytes { Data($0) })
        }
        #expect(try message().contains("conv_out.bias"))
    }

    @Test("Whole numbers in the place of weights")
    func wholeNumbers() throws {
        try copy.editTensors(ModelCopy.unetWeights) {
            $0["conv_out.bias"] = StoredTensor(elementType: "I64", shape: [4], bytes: Data(count: 32))
        }
        #expect(try message().contains("I64"))
    }

    @Test("Pickled weights are refused with advice")
    func pickledWeights() throws {
        try copy.remove(ModelCopy.unetWeights)
        try Data([0x80, 2]).write(to: copy.file("unet/diffusion_pytorch_model.bin"))
        #expect(try message().contains("pickle"))
        let checkpoint = copy.file("model.ckpt")
        try Data([0x80, 2]).write(to: checkpoint)
        #expect(throws: ModelError.pickledWeights(path: checkpoint.path)) { try InpaintingPipeline.describe(directory: checkpoint) }
    }

    @Test("A UNet of neither kind is told apart, and what to choose instead")
    func fiveChannels() throws {
        try copy.set("in_channels", to: 5, in: "unet/config.json")
        #expect(try message().contains("5 input channels") && message().contains("inpainting"))
        #expect(throws: ModelError.self) { try InpaintingPipeline.describe(directory: copy.url) }
    }

    @Test("A configuration that is no JSON")
    func noJSON() throws {
        try copy.edit("unet/config.json") { $0 = Data("{".utf8) }
        #expect(try message().contains("unet/config.json"))
    }

    @Test(
        "Values that make no sense are named",
        arguments: [
            ("unet/config.json", "norm_num_groups", 0), ("unet/config.json", "norm_num_groups", 7),
            ("unet/config.json", "attention_head_dim", 5),
            ("unet/config.json", "layers_per_block", 0), ("unet/config.json", "block_out_channels", 16),
            ("vae/config.json", "norm_num_groups", 3),
            ("vae/config.json", "scaling_factor", 0), ("text_encoder/config.json", "num_attention_heads", 5),
            ("text_encoder/config.json", "max_position_embeddings", 1), ("scheduler/scheduler_config.json", "num_train_timesteps", 0),
            ("scheduler/scheduler_config.json", "beta_end", 2),
        ])
    func nonsense(_ setting: (file: String, key: String, value: Int)) throws {
        try copy.set(setting.key, to: setting.value, in: setting.file)
        #expect(try message().contains(setting.file))
    }

    @Test(
        "Features the engine lacks are named, not computed wrongly",
        arguments: [
            ("unet/config.json", "act_fn", "mish"), ("unet/config.json", "addition_embed_type", "image"),
            ("unet/config.json", "resnet_time_scale_shift", "scale_shift"), ("unet/config.json", "_class_name", "FluxTransformer2DModel"),
            ("vae/config.json", "_class_name", "AsymmetricAutoencoderKL"), ("text_encoder/config.json", "hidden_act", "relu"),
            ("scheduler/scheduler_config.json", "_class_name", "EDMEulerScheduler"),
            ("scheduler/scheduler_config.json", "beta_schedule", "squaredcos_cap_v2"),
        ])
    func unsupported(_ setting: (file: String, key: String, value: String)) throws {
        try copy.set(setting.key, to: setting.value, in: setting.file)
        let text = try message()
        #expect(text.contains(setting.file) && text.contains(setting.value))
    }

    @Test("A tokenizer with more identifiers than the text encoder has embeddings")
    func tokenizerTooLarge() throws {
        try Data(#"{"<new>": 90000}"#.utf8).write(to: copy.file("tokenizer/added_tokens.json"))
        #expect(try message().contains("90000"))
    }

    @Test("A linear map to colour that does not fit the latent")
    func badLatentMap() throws {
        try Data(#"{"latent_rgb":{"factors":[[1,2,3]],"bias":[0,0,0]}}"#.utf8).write(to: copy.file("backdrop.json"))
        #expect(try message().contains("latent_rgb"))
    }
}
