import Foundation
import Tensor
import Testing

@testable import Diffusion

@Suite("The autoencoder")
struct AutoencoderTests {
    private let golden: Golden

    init() throws {
        golden = try Golden("autoencoder.safetensors")
    }

    private func autoencoder(_ folder: URL = Golden.tinyModel, precision: Precision = .float32) throws -> any Autoencoder {
        let blueprint = try ModelBlueprint(directory: folder)
        return try blueprint.autoencoder.makeAutoencoder(
            Weights(blueprint.openWeights(.autoencoder), precision: precision, cancellation: nil))
    }

    @Test("In bfloat16 pictures stay within 3% of diffusers' float32", .enabled(if: Precision.bfloat16.isNative))
    func bfloat16() throws {
        let latent = mapped(try golden.picture("latent")) { $0 * 0.7 }
        let actual = try autoencoder(precision: .bfloat16).decode(latent, cancellation: CancellationFlag())
        let error = relativeError(actual, try golden.picture("decoded"))
        #expect((1e-4..<3e-2).contains(error), "relative error \(error)")
    }

    @Test("Latents are the scaled means of diffusers")
    func encoding() throws {
        let actual = try autoencoder().encode(golden.picture("picture"), cancellation: CancellationFlag()).mean
        let expected = mapped(try golden.picture("mean")) { $0 * 0.7 }
        let error = relativeError(actual, expected)
        #expect(error < 1e-4, "relative error \(error)")
    }

    @Test("Pictures are those of diffusers")
    func decoding() throws {
        let latent = mapped(try golden.picture("latent")) { $0 * 0.7 }
        let actual = try autoencoder().decode(latent, cancellation: CancellationFlag())
        let error = relativeError(actual, try golden.picture("decoded"))
        #expect(error < 1e-4, "relative error \(error)")
    }

    @Test("In tiles that overlap, latents and pictures are those of diffusers' tiling; what fits a tile is taken whole")
    func tiles() throws {
        let golden = try Golden("tiled-autoencoder.safetensors")
        let whole = try autoencoder()
        let tiled = TiledAutoencoder(whole, scale: 2, side: 8)
        let flag = CancellationFlag()
        let latent = mapped(try golden.picture("latent")) { $0 * 0.7 }
        let picture = try tiled.decode(latent, cancellation: flag)
        let decodingError = relativeError(picture, try golden.picture("decoded"))
        noteError("tiled decoding", decodingError)
        #expect(decodingError < 1e-4, "relative error \(decodingError)")
        let mean = mapped(try golden.picture("mean")) { $0 * 0.7 }
        let encodingError = relativeError(try tiled.encode(golden.picture("picture"), cancellation: flag).mean, mean)
        noteError("tiled encoding", encodingError)
        #expect(encodingError < 1e-4, "relative error \(encodingError)")
        #expect(try relativeError(picture, whole.decode(latent, cancellation: flag)) > 1e-3)
        let large = TiledAutoencoder(whole, scale: 2, side: 24)
        #expect(try large.decode(latent, cancellation: flag).values == whole.decode(latent, cancellation: flag).values)
    }

    @Test("AutoencoderTiny: latents and pictures are those of diffusers")
    func tiny() throws {
        let golden = try Golden("tiny-autoencoder.safetensors")
        let folder = Golden.folder.appending(path: "tiny-autoencoder")
        let configuration = try ConfigurationFile.decode(AutoencoderConfiguration.self, at: folder.appending(path: "config.json"))
        let file = try SafetensorsFile(url: folder.appending(path: "diffusion_pytorch_model.safetensors"))
        let autoencoder = try configuration.makeAutoencoder(Weights(WeightStore(file), cancellation: nil))
        #expect(configuration.latentScale == 4)
        let flag = CancellationFlag()
        let scale: Float = 0.8
        let latents = mapped(try golden.picture("encoded")) { $0 * scale }
        let encodingError = relativeError(try autoencoder.encode(golden.picture("picture"), cancellation: flag).mean, latents)
        #expect(encodingError < 1e-4, "relative error \(encodingError)")
        let latent = mapped(try golden.picture("latent")) { $0 * scale }
        let decodingError = relativeError(try autoencoder.decode(latent, cancellation: flag), try golden.picture("decoded"))
        #expect(decodingError < 1e-4, "relative error \(decodingError)")
    }

    @Test("The older names of the attention's weights load alike")
    func olderNames() throws {
        let copy = try ModelCopy()
        let newer = ["to_q": "query", "to_k": "key", "to_v": "value", "to_out.0": "proj_attn"]
        try copy.editTensors(ModelCopy.autoencoderWeights) { tensors in
            for (name, tensor) in tensors {
                for (new, old) in newer where name.contains(".\(new).") {
                    tensors[name] = nil
                    var renamed = tensor
                    if name.hasSuffix("weight") { renamed.shape += [1, 1] }
                    tensors[name.replacingOccurrences(of: ".\(new).", with: ".\(old).")] = renamed
                }
            }
        }
        let picture = try golden.picture("picture")
        let flag = CancellationFlag()
        let old = try autoencoder(copy.url).encode(picture, cancellation: flag).mean
        let new = try autoencoder().encode(picture, cancellation: flag).mean
        #expect(old.values == new.values)
    }

    @Test("A shift factor is taken off before scaling and put back after")
    func shift() throws {
        let copy = try ModelCopy()
        try copy.set("shift_factor", to: 0.25, in: "vae/config.json")
        let shifted = try autoencoder(copy.url)
        let plain = try autoencoder()
        let flag = CancellationFlag()
        let picture = try golden.picture("picture")
        let latent = try plain.encode(picture, cancellation: flag).mean
        let expected = mapped(latent) { $0 - 0.25 * 0.7 }
        let encoded = try shifted.encode(picture, cancellation: flag).mean
        let decoded = try shifted.decode(expected, cancellation: flag)
        let unshifted = try plain.decode(latent, cancellation: flag)
        #expect(relativeError(encoded, expected) < 1e-5)
        #expect(relativeError(decoded, unshifted) < 1e-4)
    }
}
