import Foundation
import GRDB
import Imaging
import Testing

@testable import Catalogue

@Suite("Importing photos and references")
struct ImportTests {
    let temporary: TemporaryFolder
    let catalogue: Catalogue

    init() throws {
        temporary = try TemporaryFolder()
        catalogue = try Catalogue(folder: temporary.url.appendingPathComponent("catalogue"), user: "aiko")
    }

    @Test("A photo is copied byte for byte, and noted with its size and cutout")
    func copying() throws {
        let photo = try temporary.write(try Pictures.png(width: 60, height: 44), "in/white sneaker.png")
        let report = catalogue.importProducts([photo])
        #expect(report.problems.isEmpty)
        let product = try #require(report.products.first)
        #expect(product.name == "white sneaker" && product.fileName == "white sneaker.png")
        #expect(product.width == 60 && product.height == 44)
        // Where the learned cutout is installed, it may be the surer one of the two.
        #expect([.plainBackground, .learned].contains(CutoutMethod(rawValue: product.cutoutMethod)))
        #expect(try Data(contentsOf: catalogue.url(of: product)) == Data(contentsOf: photo))
        #expect(try catalogue.products() == [product])
    }

    @Test("The same bytes are not taken twice, whatever they are called")
    func duplicates() throws {
        let data = try Pictures.png()
        let first = try temporary.write(data, "in/vase.png")
        let second = try temporary.write(data, "in/copy of vase.png")
        #expect(catalogue.importProducts([first]).products.count == 1)
        let report = catalogue.importProducts([second, first])
        #expect(report.products.isEmpty)
        #expect(report.duplicates == [.init(file: "copy of vase.png", of: "vase"), .init(file: "vase.png", of: "vase")])
        #expect(try listing(catalogue.folder).filter { $0.hasPrefix("products/") } == ["products/vase.png"])
    }

    @Test("What lies in the catalogue's own folder is taken in where it lies, by any path that leads there")
    func ownFolder() throws {
        let file = try temporary.write(try Pictures.png(), "catalogue/products/vase.png")
        let link = temporary.url.appendingPathComponent("link")
        try FileManager.default.createSymbolicLink(at: link, withDestinationURL: file.deletingLastPathComponent())
        #expect(catalogue.importProducts([link.appendingPathComponent("vase.png")]).products.map(\.fileName) == ["vase.png"])
        #expect(catalogue.importProducts([file]).duplicates == [.init(file: "vase.png", of: "vase")])
        try Pictures.png(shade: 9).write(to: file)
        #expect(catalogue.importProducts([file.deletingLastPathComponent()]).changed == ["vase"])
        #expect(try listing(catalogue.folder).filter { $0.hasPrefix("products/") } == ["products/vase.png"])
    }

    @Test("Different photos of one name both come in, also where only the case or the ending differs")
    func collisions() throws {
        let names = ["a/vase.png", "b/vase.png", "c/VASE.png", "d/vase.PNG"]
        let photos = try names.enumerated().map { try temporary.write(try Pictures.png(shade: UInt8($0.offset)), $0.element) }
        let report = catalogue.importProducts(photos)
        #expect(report.products.map(\.name) == ["vase", "vase-2", "VASE-3", "vase-4"])
        for (product, photo) in zip(report.products, photos) {
            #expect(try Data(contentsOf: catalogue.url(of: product)) == Data(contentsOf: photo))
        }
    }

    @Test("Japanese names, decomposed ones too, are kept composed")
    func japanese() throws {
        let decomposed = "ボトル-桜".decomposedStringWithCanonicalMapping
        let photo = try temporary.write(try Pictures.png(), "in/\(decomposed).png")
        let product = try #require(catalogue.importProducts([photo]).products.first)
        #expect(Array(product.name.unicodeScalars) == Array("ボトル-桜".unicodeScalars))
        #expect(try catalogue.product(named: decomposed).id == product.id)
        #expect(FileManager.default.fileExists(atPath: catalogue.url(of: product).path))
    }

    @Test(
        "Hostile names steer nothing",
        arguments: ["\u{1B}]0;owned\u{07}", "-rf", "...", "a\nb", "tab\there", "evil\u{202E}gnp", String(repeating: "長", count: 80)])
    func hostileNames(stem: String) throws {
        let photo = try temporary.write(try Pictures.png(), "in/\(stem).png")
        let report = catalogue.importProducts([photo])
        let product = try #require(report.products.first)
        #expect(product.name == SafeName.displayable(product.name))
        #expect(!product.name.hasPrefix("-") && !product.name.hasPrefix(".") && !product.name.isEmpty)
        #expect(product.fileName.utf8.count < 200)
        #expect(try Data(contentsOf: catalogue.url(of: product)) == Data(contentsOf: photo))
        _ = try catalogue.storeSample(product)
    }

    @Test("A folder gives all pictures in it and below, and says what it left alone")
    func folders() throws {
        try temporary.write(try Pictures.png(shade: 1), "in/b.png")
        try temporary.write(try Pictures.png(shade: 2), "in/deeper/a.png")
        try temporary.write(Data("notes".utf8), "in/notes.txt")
        try temporary.write(Data("x".utf8), "in/.DS_Store")
        let report = catalogue.importProducts([temporary.url.appendingPathComponent("in")])
        #expect(report.products.map(\.name) == ["b", "a"])
        #expect(report.ignored == ["notes.txt"] && report.problems.isEmpty)
    }

    @Test("Files that are no good each give one line and leave the catalogue as it was")
    func badFiles() throws {
        let good = try Pictures.png()
        var huge = good
        huge.replaceSubrange(16..<24, with: [0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60])  // 60,000 x 60,000
        let files = try [
            temporary.write(good.prefix(good.count / 2), "in/truncated.png"), temporary.write(Data(), "in/empty.png"),
            temporary.write(Data("hello".utf8), "in/text.png"), temporary.write(huge, "in/huge.png"),
            temporary.write(Data([0xFF, 0xD8, 0xFF, 0xE0, 0, 0]), "in/broken.jpg"), temporary.url.appendingPathComponent("in/absent.png"),
        ]
        let before = (try catalogue.dump(), try listing(catalogue.folder))
        let report = catalogue.importProducts(files)
        #expect(report.products.isEmpty && report.problems.count == files.count)
        for (problem, file) in zip(report.problems.sorted { $0.file < $1.file }, files.map(\.path).sorted()) {
            #expect(problem.message.contains(URL(fileURLWithPath: problem.file).lastPathComponent), "\(file)")
            #expect(!problem.message.contains("\n"))
        }
        #expect(try catalogue.dump() == before.0)
        #expect(try listing(catalogue.folder) == before.1)
        #expect(catalogue.importProducts([try temporary.write(good, "in/good.png")]).products.count == 1)
    }

    @Test("References lie in their own folder, and share no names with products")
    func references() throws {
        let picture = try temporary.write(try Pictures.png(), "in/spring.png")
        #expect(catalogue.importProducts([picture]).products.count == 1)
        let report = catalogue.importReferences([picture])
        #expect(report.references.map(\.name) == ["spring"])
        #expect(try catalogue.url(of: catalogue.reference(named: "Spring")).path.hasSuffix("references/spring.png"))
        #expect(throws: CatalogueError.unknownReference("autumn")) { try catalogue.reference(named: "autumn") }
    }

    @Test("An import that is told to stop keeps what it had")
    func stopping() throws {
        let photos = try (0..<4).map { try temporary.write(try Pictures.png(shade: UInt8($0)), "in/\($0).png") }
        let report = catalogue.importProducts(photos) { done, total, _ in total == 4 && done < 2 }
        #expect(report.stopped && report.products.count == 2)
        #expect(try catalogue.products().count == 2)
    }

    @Test("Products are sorted as people count")
    func order() throws {
        let catalogue = try Catalogue.with(["vase-10", "Vase-2", "can"], in: temporary)
        #expect(try catalogue.products().map(\.name) == ["can", "Vase-2", "vase-10"])
    }
}
