import Foundation
import Tensor
import Testing

@testable import Diffusion

@Suite("Packed weights on disk")
struct PackedWeightsTests {
    private let key = PackedWeightsFile.Key(text: "weights 1")
    private let folder = TemporaryDirectory()

    private var url: URL { folder.url.appending(path: "packed.cache") }

    private func open(_ key: PackedWeightsFile.Key? = nil, limit: Int = 1 << 30, reserve: Int = 0) throws -> PackedWeightsFile {
        try #require(PackedWeightsFile(url, key: key ?? self.key, limit: limit, reserve: reserve))
    }

    private func bytes(_ seed: UInt8, count: Int = 10_000) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) ^ seed }
    }

    @discardableResult
    private func keep(_ bytes: [UInt8], _ name: String, in file: PackedWeightsFile) -> Bool {
        bytes.withUnsafeBytes { file.keep($0, named: name) != nil }
    }

    private func kept(_ name: String, count: Int = 10_000, in file: PackedWeightsFile) -> [UInt8]? {
        file.array(named: name, byteCount: count).map { Array(UnsafeRawBufferPointer(start: $0, count: count)) }
    }

    @Test("Arrays are there again, in this run and the next, on whole pages")
    func roundTrip() throws {
        do {
            let file = try open()
            #expect(!file.hasHistory && keep(bytes(1), "a", in: file) && keep(bytes(2, count: 77), "b", in: file))
            #expect(kept("a", in: file) == bytes(1))
        }
        let file = try open()
        #expect(file.hasHistory && kept("a", in: file) == bytes(1) && kept("b", count: 77, in: file) == bytes(2, count: 77))
        #expect(kept("a", count: 9_999, in: file) == nil, "another size is another array")
        #expect(kept("c", in: file) == nil)
        #expect(UInt(bitPattern: file.array(named: "b", byteCount: 77)) % 4096 == 0)
    }

    @Test("Other weights, versions or processors make a new file")
    func otherKey() throws {
        try keep(bytes(1), "a", in: open())
        let file = try open(PackedWeightsFile.Key(text: "weights 2"))
        #expect(!file.hasHistory && kept("a", in: file) == nil && keep(bytes(3), "a", in: file))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["packed.cache"], "nothing is left over")
    }

    @Test("A file that was cut off keeps what is whole, and goes on from there", arguments: [1, 5_000, 12_000, 16_000])
    func cutOff(_ bytesLost: Int) throws {
        do {
            let file = try open()
            keep(bytes(1), "a", in: file)
            keep(bytes(2), "b", in: file)
        }
        let whole = try Data(contentsOf: url)
        try whole.dropLast(bytesLost).write(to: url)
        do {
            let file = try open()
            #expect(kept("a", in: file) == bytes(1) && kept("b", in: file) == nil)
            #expect(keep(bytes(3), "b", in: file))
        }
        #expect(try kept("b", in: open()) == bytes(3))
    }

    @Test("A damaged array is not used, and the file is made anew", arguments: [4096 + 4096 + 5, 4096 + 4096 + 9_999])
    func damaged(_ position: Int) throws {
        try keep(bytes(1), "a", in: open())
        var data = try Data(contentsOf: url)
        data[position] ^= 0x10
        try data.write(to: url)
        let file = try open()
        #expect(kept("a", in: file) == nil && !keep(bytes(1), "a", in: file))
        #expect(!FileManager.default.fileExists(atPath: url.path))
        #expect(try keep(bytes(1), "a", in: open()))
    }

    @Test("A damaged record hides itself and what follows")
    func damagedRecord() throws {
        try keep(bytes(1), "a", in: open())
        var data = try Data(contentsOf: url)
        data[4096 + 8] ^= 1
        try data.write(to: url)
        #expect(try kept("a", in: open()) == nil)
    }

    @Test("Two at once: the second reads and does not add")
    func twoProcesses() throws {
        let first = try open()
        keep(bytes(1), "a", in: first)
        let second = try open()
        #expect(kept("a", in: second) == bytes(1) && !keep(bytes(2), "b", in: second))
        #expect(keep(bytes(2), "b", in: first))
    }

    @Test("Neither a full disk nor a limit nor a missing folder is an error")
    func noRoom() throws {
        #expect(try !keep(bytes(1), "a", in: open(reserve: 1 << 60)))
        #expect(try !keep(bytes(1), "a", in: open(limit: 8_000)))
        let nowhere = folder.url.appending(path: "missing/packed.cache")
        #expect(PackedWeightsFile(nowhere, key: key, limit: 1 << 30) == nil)
    }

    @Test("Beside the model, else in the cache folder; forgetting removes both")
    func places() throws {
        let model = folder.url.appending(path: "photo.safetensors")
        try Data().write(to: model)
        let places = PackedWeightsPlace.places(for: model, .bfloat16)
        #expect(places.first?.lastPathComponent == "photo.backdrop-packed-bf16.cache")
        #expect(places.first?.deletingLastPathComponent().lastPathComponent == folder.url.lastPathComponent)
        #expect(places.dropFirst().allSatisfy { $0.path.hasSuffix("-backdrop-packed-bf16.cache") })
        #expect(PackedWeightsPlace.places(for: folder.url, .float32).first?.lastPathComponent == "backdrop-packed-f32.cache")

        // A folder that does not exist stands for one that cannot be written: the next place is taken.
        let file = PackedWeightsPlace.open(
            [folder.url.appending(path: "missing/a.cache"), folder.url.appending(path: "new/b.cache")], key, limit: 1)
        #expect(file?.url.lastPathComponent == "b.cache")

        try Data(repeating: 0, count: 500).write(to: try #require(places.first))
        #expect(PackedWeightsPlace.files(of: model).map(\.bytes) == [500])
        #expect(try PackedWeightsPlace.clear(model) == 500)
        #expect(PackedWeightsPlace.files(of: model).isEmpty)
    }

    // MARK: Networks on packed weights

    private func unet(_ residence: WeightResidence) throws -> UNet {
        let blueprint = try ModelBlueprint(directory: Golden.tinyModel)
        return try UNet(
            Weights(blueprint.openWeights(.unet), cancellation: nil, residence: residence, component: "unet"), blueprint.unet)
    }

    private func prediction(_ unet: UNet) throws -> Tensor {
        let golden = try Golden("unet.safetensors")
        let prompt = try unet.prepare(golden.tensor("encoder_hidden_states"))
        return try unet(golden.picture("sample"), timestep: 500, prompt: prompt, cancellation: CancellationFlag())
    }

    @Test("A network computes the same from weights in memory, packed at every call, and packed on disk by this run or another")
    func networks() throws {
        let resident = WeightResidence()
        let whole = try unet(resident)
        let expected = try prediction(whole)
        #expect(withExtendedLifetime(whole) { resident.residentBytes } > 0)

        let streamed = WeightResidence(isStreamed: true)
        let thin = try unet(streamed)
        #expect(relativeError(try prediction(thin), expected) < 1e-5)
        #expect(withExtendedLifetime(thin) { streamed.residentBytes } == 0)

        for isStreamed in [false, true] {
            let archived = WeightResidence(isStreamed: isStreamed, archive: try open())
            let network = try unet(archived)
            #expect(try prediction(network).values == expected.values)
            #expect(archived.residentBytes == 0)
            archived.release(.everything)
            #expect(try prediction(network).values == expected.values)
        }
    }

    @Test("What was given back is read and packed anew")
    func release() throws {
        let residence = WeightResidence()
        let network = try unet(residence)
        let expected = try prediction(network)
        let bytes = residence.residentBytes
        residence.release(.cheap)
        #expect(residence.residentBytes == bytes, "nothing here is larger than what it was made of")
        residence.release(.everything)
        #expect(residence.residentBytes == 0)
        #expect(try prediction(network).values == expected.values)
        #expect(residence.residentBytes == bytes)
    }

    @Test("Little memory: steps on streamed weights, and a picture in tiles")
    func lowMemory() throws {
        let pipeline = try DiffusionPipeline(model: Golden.tinyModel, options: LoadingOptions(memory: .low))
        let request = RenderRequest(
            prompt: "a jar", width: 32, height: 24, steps: 2, guidanceScale: 3, seed: 1, scheduler: .ddim)
        var sequence = try pipeline.denoise(request, cancellation: CancellationFlag())
        var last: DenoisingStep?
        while let step = try sequence.next() { last = step }
        let latent = try #require(last).latent
        let spread = latent.values.reduce(0) { max($0, abs($1)) }
        #expect(spread.isFinite && spread > 0.1)
        let picture = try pipeline.decode(latent, cancellation: CancellationFlag())
        #expect(picture.width == 32 && picture.height == 24)
        #expect(pipeline.autoencoder is TiledAutoencoder)
    }
}

/// A folder for the time of a test.
final class TemporaryDirectory {
    let url = FileManager.default.temporaryDirectory.appending(path: "packed-\(UUID().uuidString)")

    init() {
        try? FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }
}
