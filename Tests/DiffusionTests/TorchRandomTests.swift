import Testing

@testable import Diffusion

@Suite("torch's random numbers")
struct TorchRandomTests {
    @Test("torch.randn, below 16 numbers, at whole blocks of 16 and with a ragged end, also for seeds over 32 bits")
    func normals() throws {
        let golden = try Golden("random.safetensors")
        #expect(golden.names.count >= 10)
        for name in golden.names {
            let parts = name.split(separator: ".")
            let seed = try #require(UInt64(parts[0]))
            let count = try #require(Int(parts[1]))
            var generator = TorchRandom(seed: seed)
            let actual = generator.normals(count)
            // torch's vectorised logarithm and sine differ from the C library's in the last bits.
            let error = relativeError(actual, try golden.tensor(name).values)
            #expect(actual.count == count && error < 1e-6, "\(name): relative error \(error)")
        }
    }
}
