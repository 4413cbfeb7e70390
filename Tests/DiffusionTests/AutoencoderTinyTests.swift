import Foundation
import Tensor
import Testing

@testable import Diffusion

@Suite("The small autoencoder without norms")
struct AutoencoderTinyTests {
    private let golden: Golden
    private let autoencoder: any Autoencoder
    /// `scaling_factor` of the golden `tiny-autoencoder`.
    private let scale: Float = 0.8

    init() throws {
        golden = try Golden("tiny-autoencoder.safetensors")
        let copy = try ModelCopy()
        try copy.remove("vae")
        try FileManager.default.copyItem(at: Golden.folder.appending(path: "tiny-autoencoder"), to: copy.file("vae"))
        let blueprint = try ModelBlueprint(directory: copy.url)
        autoencoder = try blueprint.autoencoder.makeAutoencoder(Weights(blueprint.openWeights(.autoencoder), cancellation: nil))
    }

    @Test("Latents are those of diffusers, scaled")
    func encoding() throws {
        let actual = try autoencoder.encode(golden.picture("picture"), cancellation: CancellationFlag()).mean
        let expected = mapped(try golden.picture("encoded")) { $0 * scale }
        let error = relativeError(actual, expected)
        #expect(error < 1e-4, "relative error \(error)")
    }

    @Test("Pictures are those of diffusers, latents beyond the soft bound included")
    func decoding() throws {
        let latent = mapped(try golden.picture("latent")) { $0 * scale }
        let actual = try autoencoder.decode(latent, cancellation: CancellationFlag())
        let error = relativeError(actual, try golden.picture("decoded"))
        #expect(error < 1e-4, "relative error \(error)")
    }
}
