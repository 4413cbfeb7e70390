import Foundation
import Tensor
import Testing

@testable import Diffusion

@Suite("The UNet")
struct UNetTests {
    @Test("Its prediction equals that of diffusers, at both ends of the schedule", arguments: [0, 1])
    func prediction(_ item: Int) throws {
        let golden = try Golden("unet.safetensors")
        let error = try Self.error(folder: Golden.tinyModel, golden: golden, item: item)
        noteError("UNet", error)
        #expect(error < 1e-4, "relative error \(error)")
    }

    @Test("So does that of a UNet with lists of heads, linear projections, more transformer layers and sines first")
    func variant() throws {
        let copy = try ModelCopy()
        for name in ["config.json", "diffusion_pytorch_model.safetensors"] {
            try copy.remove("unet/\(name)")
            try FileManager.default.copyItem(at: Golden.folder.appending(path: "tiny-unet/\(name)"), to: copy.file("unet/\(name)"))
        }
        let error = try Self.error(folder: copy.url, golden: Golden("unet-variant.safetensors"), item: 0)
        noteError("UNet", error)
        #expect(error < 1e-4, "relative error \(error)")
    }

    static func error(folder: URL, golden: Golden, item: Int) throws -> Float {
        let blueprint = try ModelBlueprint(directory: folder)
        let unet = try UNet(Weights(blueprint.openWeights(.unet), cancellation: nil), blueprint.unet)
        let states = element(item, of: try golden.tensor("encoder_hidden_states"))
        let timestep = try golden.integers("timesteps")[item]
        let actual = try unet(
            element(item, of: golden.picture("sample")), timestep: Float(timestep), prompt: unet.prepare(states),
            cancellation: CancellationFlag())
        return relativeError(actual, element(item, of: try golden.picture("output")))
    }

    @Test("A picture comes out the same alone and in a batch")
    func batch() throws {
        let golden = try Golden("unet.safetensors")
        let blueprint = try ModelBlueprint(directory: Golden.tinyModel)
        let unet = try UNet(Weights(blueprint.openWeights(.unet), cancellation: nil), blueprint.unet)
        let sample = try golden.picture("sample")
        let states = try golden.tensor("encoder_hidden_states")
        let flag = CancellationFlag()
        let together = try unet(sample, timestep: 500, prompt: unet.prepare(states), cancellation: flag)
        for item in 0..<2 {
            let alone = try unet(
                element(item, of: sample), timestep: 500, prompt: unet.prepare(element(item, of: states)), cancellation: flag)
            #expect(relativeError(element(item, of: together), alone) < 1e-5)
        }
    }

    @Test("Timestep waves: cosines first where flipped, and the shift of the frequencies")
    func sinusoids() {
        let flipped = TimestepEmbedding.sinusoids(of: 10, channels: 4, flipSinToCos: true, freqShift: 0)
        let plain = TimestepEmbedding.sinusoids(of: 10, channels: 4, flipSinToCos: false, freqShift: 1)
        #expect(relativeError(flipped, [cos(10), cos(0.1), sin(10), sin(0.1)]) < 1e-6)
        #expect(relativeError(plain, [sin(10), sin(0.001), cos(10), cos(0.001)]) < 1e-6)
    }
}
