import Foundation
import Testing

@testable import Diffusion

@Suite("Single files and shards")
struct SingleFileTests {
    /// The message with which a single file is refused after `change`.
    private func message(_ change: (inout [String: StoredTensor]) -> Void) throws -> String {
        let model = try FamilyModel("sd1-inpainting")
        var tensors = try StoredTensor.read(model.file)
        change(&tensors)
        try StoredTensor.write(tensors, to: model.file)
        let error = #expect(throws: ModelError.self) { try DiffusionPipeline(model: model.file) }
        let text = error?.description ?? ""
        #expect(text.contains(model.file.path))
        return text
    }

    private static let tensor = "model.diffusion_model.middle_block.0.in_layers.2.weight"

    @Test("A missing tensor is named as the engine knows it, others as the file has them")
    func damage() throws {
        #expect(try message { $0[Self.tensor] = nil }.contains("mid_block.resnets.0.conv1.weight"))
        let misshapen = try message { $0[Self.tensor] = StoredTensor([0, 0], shape: [2]).stored(as: "F16") }
        #expect(misshapen.contains(Self.tensor) && misshapen.contains("[2]"))
        let notFinite = try message { $0[Self.tensor]?.bytes.replaceSubrange(0..<2, with: [0x00, 0x7C]) }
        #expect(notFinite.contains(Self.tensor) && notFinite.contains("infinite"))
        #expect(try message { $0[Self.tensor]?.elementType = "I16" }.contains("I16"))
        #expect(try message { $0 = $0.filter { !$0.key.hasPrefix("first_stage_model.") } }.contains("vae"))
        #expect(try message { $0 = $0.filter { !$0.key.hasPrefix("cond_stage_model.") } }.contains("text_encoder"))
        #expect(try message { $0 = $0.filter { !$0.key.hasPrefix("model.diffusion_model.") } }.contains("UNet"))
    }

    @Test("An incomplete file is inspected, not refused: what is missing and misshapen is listed")
    func inspection() throws {
        let model = try FamilyModel("sd1-inpainting")
        var tensors = try StoredTensor.read(model.file)
        tensors[Self.tensor] = nil
        tensors["model.diffusion_model.out.2.bias"] = StoredTensor([1, 2], shape: [2])
        try StoredTensor.write(tensors, to: model.file)
        let inspection = try ModelInspection(model.file)
        #expect(!inspection.isComplete)
        #expect(inspection.components[0].missing == ["mid_block.resnets.0.conv1.weight"])
        #expect(inspection.components[0].misshapen == ["conv_out.bias [2], not [4]"])
    }

    @Test("Weights in several files with an index load like those in one")
    func shards() throws {
        let copy = try ModelCopy()
        let whole = try InpaintingPipeline.describe(directory: copy.url)
        try copy.shard(ModelCopy.unetWeights)
        #expect(try copy.loadingError() == nil)
        let description = try InpaintingPipeline.describe(directory: copy.url)
        #expect(description.parameterCounts == whole.parameterCounts)
        try copy.remove("unet/diffusion_pytorch_model-00002-of-00002.safetensors")
        #expect(try copy.loadingError()?.description.contains("00002-of-00002") == true)
    }

    @Test("An index that names a file elsewhere is refused")
    func indexElsewhere() throws {
        let copy = try ModelCopy()
        try copy.shard(ModelCopy.unetWeights)
        let index = "unet/diffusion_pytorch_model.safetensors.index.json"
        try copy.set("weight_map", to: ["conv_in.weight": "../../secret.safetensors"], in: index)
        #expect(try copy.loadingError()?.description.contains("secret.safetensors is not a safetensors file beside it") == true)
    }

    @Test("A pickle is refused, with what to do")
    func pickle() throws {
        let file = TemporaryFile("model.ckpt")
        try Data([0x80, 2, 0x7D, 0x71]).write(to: file.url)
        let error = #expect(throws: ModelError.self) { try DiffusionPipeline(model: file.url) }
        #expect(error?.description.contains("safetensors edition") == true)
    }

    @Test("A LoRA where a model was expected says what it is for")
    func notAModel() throws {
        let file = try FamilyModel("lora")
        let error = #expect(throws: ModelError.self) { try DiffusionPipeline(model: file.folder.appending(path: "peft.safetensors")) }
        #expect(error?.description.contains("--lora") == true)
    }
}
