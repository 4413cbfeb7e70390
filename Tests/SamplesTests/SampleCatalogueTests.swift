import Foundation
import Imaging
import Testing

/// The sample catalogue as a designer would meet it: what each picture is there for, and that the program can use it.
@Suite("The sample catalogue exercises real life")
struct SampleCatalogueTests {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("samples/spring-catalogue")

    static func files(in shelf: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent(shelf).path).sorted()
    }

    static func product(_ name: String) throws -> Photo {
        try Photo.load(folder.appendingPathComponent("products").appendingPathComponent(name))
    }

    @Test("Every product has a brief, and every brief a product")
    func briefs() throws {
        let text = try String(contentsOf: Self.folder.appendingPathComponent("briefs.tsv"), encoding: .utf8)
        let rows = text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { $0.split(separator: "\t") }
        #expect(rows.allSatisfy { $0.count == 3 })
        let products = try Self.files(in: "products").map { $0.prefix { $0 != "." } }
        #expect(rows.compactMap(\.first).sorted() == products.sorted())
        #expect(products.count >= 8)
    }

    @Test("Three brand pictures are there to follow")
    func references() throws {
        let names = try Self.files(in: "references")
        #expect(names.count == 3)
        for name in names {
            let photo = try Photo.load(Self.folder.appendingPathComponent("references").appendingPathComponent(name))
            #expect(min(photo.width, photo.height) >= 512)
        }
    }

    @Test("The large one has 24 megapixels")
    func large() throws {
        let photo = try Self.product("cream-lumi.jpg")
        #expect(photo.width * photo.height == 24_000_000)
    }

    @Test("The one stored on its side stands upright")
    func turned() throws {
        let name = "handbag-orta.jpg"
        let bytes = try Data(contentsOf: Self.folder.appendingPathComponent("products").appendingPathComponent(name))
        #expect(bytes.prefix(64).range(of: Data("Exif".utf8)) != nil)
        let photo = try Self.product(name)
        #expect(photo.height > photo.width)
    }

    @Test("The 16-bit one carries more than 8 bits")
    func deep() throws {
        let samples = try #require(try Self.product("vase-tidepool.png").deep)
        #expect(samples.contains { $0 % 257 != 0 })
    }

    @Test("There is a tall one and a wide one")
    func shapes() throws {
        let tall = try Self.product("oil-oliveto.jpg")
        #expect(tall.height > 2 * tall.width)
        let wide = try Self.product("sneaker-lark.png")
        #expect(wide.width >= 2 * wide.height)
    }

    @Test("Cut-out products have clear surroundings and soft edges", arguments: ["perfume-aurelie.png", "watch-meridian.png", "ボトル-桜.png"])
    func alpha(of name: String) throws {
        let photo = try Self.product(name)
        #expect(!photo.isOpaque)
        let alphas = Set(stride(from: 3, to: photo.image.pixels.count, by: 4).map { photo.image.pixels[$0] })
        #expect(photo.image.pixels[3] == 0)
        #expect(alphas.contains { $0 > 0 && $0 < 255 })
        #expect(alphas.contains(255))
    }

    @Test(
        "The product is found, and nobody has to look twice",
        arguments: [
            "perfume-aurelie.png", "mug-speckle.png", "lipstick-rosso.png", "vase-tidepool.png", "ボトル-桜.png", "sneaker-lark.png",
            "watch-meridian.png", "headphones-hush.jpg", "cream-lumi.jpg", "handbag-orta.jpg", "oil-oliveto.jpg",
        ])
    func cutout(of name: String) throws {
        let photo = try Self.product(name)
        let cutout = try Cutout.make(from: photo)
        #expect(cutout.method == (photo.isOpaque ? .plainBackground : .alpha))
        #expect(cutout.certainty >= Cutout.doubtful, "\(cutout.warning ?? "")")
        let share = Double(cutout.mask.values.lazy.filter { $0 > 127 }.count) / Double(cutout.mask.values.count)
        #expect((0.08...0.75).contains(share))
    }
}
