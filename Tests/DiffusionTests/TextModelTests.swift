import Foundation
import Tensor
import Testing

@testable import Diffusion

@Suite("CLIP's text model")
struct TextModelTests {
    @Test(
        "Hidden states equal those of transformers, whichever activation the configuration names",
        arguments: [("quick_gelu", "last_hidden_state"), ("gelu", "gelu_last_hidden_state")])
    func hiddenStates(_ example: (activation: String, tensor: String)) throws {
        let golden = try Golden("text.safetensors")
        let copy = try ModelCopy()
        try copy.set("hidden_act", to: example.activation, in: "text_encoder/config.json")
        let blueprint = try ModelBlueprint(directory: copy.url)
        let model = try CLIPTextModel(Weights(blueprint.openWeights(.textEncoder), cancellation: nil), blueprint.textEncoder)
        let ids = try golden.integers("ids")
        let expected = try golden.tensor(example.tensor)
        for prompt in 0..<2 {
            let actual = try model.encode(Array(ids[prompt * 77..<(prompt + 1) * 77]), cancellation: CancellationFlag()).states
            let error = relativeError(actual, element(prompt, of: expected))
            noteError("text encoder, \(example.activation)", error)
            #expect(error < 1e-4, "relative error \(error)")
        }
    }

    @Test("Names under text_model, as older files have them, load alike")
    func olderNames() throws {
        let copy = try ModelCopy()
        try copy.editTensors(ModelCopy.textWeights) { tensors in
            let isOld = tensors.keys.contains { $0.hasPrefix("text_model.") }
            tensors = Dictionary(
                uniqueKeysWithValues: tensors.map {
                    (isOld ? String($0.key.dropFirst("text_model.".count)) : "text_model." + $0.key, $0.value)
                })
            tensors["text_model.embeddings.position_ids"] = StoredTensor(elementType: "I64", shape: [1, 1], bytes: Data(count: 8))
        }
        #expect(try copy.loadingError() == nil)
    }
}
