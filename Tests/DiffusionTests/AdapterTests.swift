import Foundation
import Imaging
import Tensor
import Testing

@testable import Diffusion

/// What files beside a model change, equal to what diffusers or the method's own formula makes of it.
@Suite("Adapters")
struct AdapterTests {
    private static let borrowed = ["vae", "text_encoder", "tokenizer", "model_index.json"]

    private func request() -> RenderRequest {
        var request = RenderRequest(
            prompt: "a bottle on a white table", width: 16, height: 16, steps: 10, guidanceScale: 2, seed: 9, scheduler: .euler)
        request.negativePrompt = "light"
        request.syntax = .plain
        return request
    }

    private func image(_ golden: Golden, _ name: String, side: Int) throws -> RasterImage {
        let values = try golden.integers(name)
        var image = RasterImage(width: side, height: side, fill: .black)
        for pixel in 0..<side * side {
            image[pixel % side, pixel / side] = RGBA(
                UInt8(values[pixel * 3]), UInt8(values[pixel * 3 + 1]), UInt8(values[pixel * 3 + 2]))
        }
        return image
    }

    private func latent(_ model: FamilyModel, _ adapters: Adapters = Adapters(), _ request: RenderRequest) throws -> Tensor {
        let pipeline = try DiffusionPipeline(model: model.folder, adapters: adapters)
        var sequence = try pipeline.denoise(request, cancellation: CancellationFlag())
        var last: DenoisingStep?
        while let step = try sequence.next() { last = step }
        return try #require(last).latent
    }

    private func compare(_ actual: Tensor, _ expected: Tensor, within limit: Float = 1e-3, _ name: String = #function) {
        let error = relativeError(actual, expected)
        noteError(name, error)
        #expect(error < limit, "relative error \(error)")
    }

    // MARK: ControlNet

    @Test("A ControlNet, and two with scales and periods of their own")
    func control() throws {
        let model = try FamilyModel("control", borrowing: Self.borrowed)
        let golden = try model.golden()
        let pictures = try (0..<2).map { try image(golden, "picture\($0)", side: 16) }
        var adapters = Adapters()
        adapters.controlNets = [model.folder.appending(path: "control0")]
        var request = request()
        request.controls = [RenderRequest.Control(image: pictures[0], scale: 0.8)]
        compare(try latent(model, adapters, request), try golden.picture("one"))
        adapters.controlNets.append(model.folder.appending(path: "control1"))
        request.controls = [
            RenderRequest.Control(image: pictures[0], scale: 0.7, period: 0...0.6),
            RenderRequest.Control(image: pictures[1], scale: 1.2, period: 0.2...1),
        ]
        compare(try latent(model, adapters, request), try golden.picture("both"))
    }

    @Test("A ControlNet in a single file, under the names of diffusers and of the original code")
    func controlFile() throws {
        let model = try FamilyModel("control", borrowing: Self.borrowed)
        let golden = try model.golden()
        let weights = model.folder.appending(path: "control0/diffusion_pytorch_model.safetensors")
        var request = request()
        request.controls = [RenderRequest.Control(image: try image(golden, "picture0", side: 16), scale: 0.8)]
        var adapters = Adapters()
        adapters.controlNets = [weights]
        compare(try latent(model, adapters, request), try golden.picture("one"))

        let original = model.folder.appending(path: "original.safetensors")
        let tensors = try StoredTensor.read(weights)
        try StoredTensor.write(
            Dictionary(uniqueKeysWithValues: tensors.map { ("control_model." + Self.originalControlName($0.key), $0.value) }), to: original)
        adapters.controlNets = [original]
        compare(try latent(model, adapters, request), try golden.picture("one"))
    }

    /// Names of the two-level ControlNet in lllyasviel/ControlNet's code.
    private static func originalControlName(_ name: String) -> String {
        let rules = [
            ("time_embedding.linear_1", "time_embed.0"), ("time_embedding.linear_2", "time_embed.2"),
            ("controlnet_cond_embedding.conv_in", "input_hint_block.0"), ("controlnet_cond_embedding.blocks.0", "input_hint_block.2"),
            ("controlnet_cond_embedding.blocks.1", "input_hint_block.4"), ("controlnet_cond_embedding.conv_out", "input_hint_block.6"),
            ("conv_in", "input_blocks.0.0"), ("down_blocks.0.resnets.0", "input_blocks.1.0"),
            ("down_blocks.0.attentions.0", "input_blocks.1.1"), ("down_blocks.0.downsamplers.0.conv", "input_blocks.2.0.op"),
            ("down_blocks.1.resnets.0", "input_blocks.3.0"), ("mid_block.resnets.0", "middle_block.0"),
            ("mid_block.attentions.0", "middle_block.1"), ("mid_block.resnets.1", "middle_block.2"),
            ("controlnet_mid_block", "middle_block_out.0"), ("controlnet_down_blocks.0", "zero_convs.0.0"),
            ("controlnet_down_blocks.1", "zero_convs.1.0"), ("controlnet_down_blocks.2", "zero_convs.2.0"),
            ("controlnet_down_blocks.3", "zero_convs.3.0"),
        ]
        let residual = [
            (".norm1.", ".in_layers.0."), (".conv1.", ".in_layers.2."), (".time_emb_proj.", ".emb_layers.1."),
            (".norm2.", ".out_layers.0."), (".conv2.", ".out_layers.3."), (".conv_shortcut.", ".skip_connection."),
        ]
        guard let rule = rules.first(where: { name.hasPrefix($0.0 + ".") }) else { return name }
        let rest = String(name.dropFirst(rule.0.count))
        guard rule.0.contains("resnets"), let inner = residual.first(where: { rest.hasPrefix($0.0) }) else { return rule.1 + rest }
        return rule.1 + inner.1 + rest.dropFirst(inner.0.count)
    }

    // MARK: IP-Adapter

    @Test("An IP-Adapter, base and Plus: the encoder's output and the picture", arguments: ["base", "plus"])
    func imageAdapter(_ edition: String) throws {
        let model = try FamilyModel("ip-adapter", borrowing: Self.borrowed)
        let golden = try model.golden()
        let picture = try image(golden, "picture", side: 24)
        var adapters = Adapters()
        adapters.ipAdapter = model.folder.appending(path: "\(edition).safetensors")
        let pipeline = try DiffusionPipeline(model: model.folder, adapters: adapters)
        let encoding = try #require(pipeline.imageEncoder).encode(CLIPPicture.tensor(picture, size: 24), cancellation: CancellationFlag())
        let actual = edition == "plus" ? encoding.patches : encoding.pooled
        compare(
            actual.reshaped([actual.count]), element(1, of: try golden.tensor("\(edition).embeds")).reshaped([actual.count]), within: 1e-4)
        var request = request()
        request.styles = [RenderRequest.Style(image: picture, scale: 0.7)]
        compare(try latent(model, adapters, request), try golden.picture(edition))
    }

    @Test("A style of scale 0 is not heard; one that keeps to the background leaves what is kept alone")
    func stylePlaces() throws {
        let model = try FamilyModel("ip-adapter", borrowing: Self.borrowed)
        let picture = try image(model.golden(), "picture", side: 24)
        var adapters = Adapters()
        adapters.ipAdapter = model.folder.appending(path: "base.safetensors")
        var request = request()
        let plain = try latent(model, adapters, request)
        request.styles = [RenderRequest.Style(image: picture, scale: 0)]
        compare(try latent(model, adapters, request), plain, within: 1e-6)
        // Everything is kept, so a style that keeps to the background is heard nowhere.
        request.styles = [RenderRequest.Style(image: picture, scale: 1)]
        request.base = .inpainting(RasterImage(width: 16, height: 16, fill: .midGrey), kept: Mask(width: 16, height: 16, fill: 255))
        request.background = RenderRequest.Background(phrases: [], mode: .hard)
        let pipeline = try DiffusionPipeline(model: model.folder, adapters: adapters)
        var sequence = try pipeline.denoise(request, cancellation: CancellationFlag())
        let guided = try #require(try sequence.next()).predictedOriginal
        request.styles = []
        request.background = nil
        sequence = try pipeline.denoise(request, cancellation: CancellationFlag())
        compare(guided, try #require(try sequence.next()).predictedOriginal, within: 1e-6)
    }

    // MARK: LoRA

    @Test("Three LoRAs with weights, in the names of kohya-ss, peft and older diffusers")
    func lowRank() throws {
        let model = try FamilyModel("lora", borrowing: Self.borrowed)
        var adapters = Adapters()
        adapters.loras = [("kohya", Float(0.8)), ("peft", -0.5), ("older", 1)].map {
            Adapters.WeightedFile(url: model.folder.appending(path: "\($0.0).safetensors"), weight: $0.1)
        }
        compare(try latent(model, adapters, request()), try model.golden().picture("latents"))
    }

    @Test("A LoRA for another model, of another kind or shape is refused by name")
    func badLoRA() throws {
        let model = try FamilyModel("lora", borrowing: Self.borrowed)
        let file = model.folder.appending(path: "peft.safetensors")
        let tensors = try StoredTensor.read(file)
        func message(_ changed: [String: StoredTensor]) throws -> String {
            try StoredTensor.write(changed, to: file)
            var adapters = Adapters()
            adapters.loras = [Adapters.WeightedFile(url: file)]
            let error = #expect(throws: ModelError.self) { try DiffusionPipeline(model: model.folder, adapters: adapters) }
            return error?.description ?? ""
        }
        let key = "unet.down_blocks.0.attentions.0.transformer_blocks.0.attn2.to_k.lora_A.weight"
        var changed = tensors
        changed[key.replacing("down_blocks.0", with: "down_blocks.7")] = changed.removeValue(forKey: key)
        #expect(try message(changed).contains("another family"))
        changed = tensors
        changed["unet.x.hada_w1_a"] = tensors[key]
        #expect(try message(changed).contains("hada_w1_a"))
        changed = tensors
        changed[key] = StoredTensor([Float](repeating: 0, count: 21), shape: [3, 7])
        #expect(try message(changed).contains("peft.safetensors"))
        changed = tensors
        changed[key]?.floats[0] = .nan
        let text = try message(changed)
        #expect(text.contains(key) && text.contains("NaN"))
    }

    @Test("SDXL's LoRAs by the block numbers of the original code")
    func originalBlocks() {
        let pairs = [
            ("input_blocks_4_1_transformer_blocks_0_attn1_to_q", "down_blocks_1_attentions_0_transformer_blocks_0_attn1_to_q"),
            ("input_blocks_3_0_op", "down_blocks_0_downsamplers_0_conv"), ("input_blocks_8_0_in_layers_2", "down_blocks_2_resnets_1_conv1"),
            ("middle_block_1_proj_in", "mid_block_attentions_0_proj_in"), ("middle_block_2_out_layers_3", "mid_block_resnets_1_conv2"),
            ("output_blocks_5_2_conv", "up_blocks_1_upsamplers_0_conv"),
            ("output_blocks_0_1_proj_out", "up_blocks_0_attentions_0_proj_out"),
            ("time_embed_2", "time_embedding_linear_2"), ("down_blocks_0_attentions_0_proj_in", "down_blocks_0_attentions_0_proj_in"),
        ]
        for (old, new) in pairs { #expect(OriginalBlockNumbers.renamed(old, layersPerBlock: 2) == new) }
    }

    // MARK: Words of the background

    @Test("Words that only the background hears, at every resolution", arguments: [BackgroundMode.soft, .hard])
    func background(_ mode: BackgroundMode) throws {
        let model = try FamilyModel("background", borrowing: Self.borrowed)
        let golden = try model.golden()
        let kept = Mask(width: 16, height: 16, values: try golden.integers("kept").map { UInt8($0) })
        var request = request()
        request.base = .inpainting(try image(golden, "picture", side: 16), kept: kept)
        let plain = try latent(model, request)
        request.background = RenderRequest.Background(phrases: ["bottle", "white table"], mode: mode)
        compare(try latent(model, request), try golden.picture(mode.rawValue))
        #expect(relativeError(plain, try golden.picture(mode.rawValue)) > 1e-2, "the guide must matter")
        request.background?.mode = .off
        #expect(try latent(model, request).values == plain.values)
    }

    @Test("The mask is reduced by its maximum for hard, by its mean for soft")
    func reduction() {
        var mask = Mask(width: 8, height: 8, fill: 0)
        mask[0, 0] = 255
        for y in 4..<8 { for x in 4..<8 { mask[x, y] = 255 } }
        #expect(AttentionGuide.background(mask, height: 2, width: 2, mode: .hard) == [0, 1, 1, 0])
        #expect(AttentionGuide.background(mask, height: 2, width: 2, mode: .soft) == [15.0 / 16, 1, 1, 0])
        #expect(AttentionGuide.background(mask, height: 1, width: 1, mode: .hard) == [0])
    }

    @Test("Style and control pictures need their adapters")
    func missingAdapters() throws {
        let model = try FamilyModel("lora", borrowing: Self.borrowed)
        let picture = RasterImage(width: 16, height: 16, fill: .white)
        var styled = request()
        styled.styles = [RenderRequest.Style(image: picture)]
        var controlled = request()
        controlled.controls = [RenderRequest.Control(image: picture)]
        for request in [styled, controlled] {
            #expect(throws: ModelError.self) { try latent(model, request) }
        }
    }

    private func latent(_ model: FamilyModel, _ request: RenderRequest) throws -> Tensor { try latent(model, Adapters(), request) }
}
