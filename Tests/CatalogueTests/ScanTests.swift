import Foundation
import Testing

@testable import Catalogue

@Suite("Files that a designer put into the project folder by hand")
struct ScanTests {
    let temporary: TemporaryFolder
    let catalogue: Catalogue

    init() throws {
        temporary = try TemporaryFolder()
        catalogue = try Catalogue(folder: temporary.url, user: "aiko")
    }

    @Test("New files are taken in where they lie, once")
    func newFiles() throws {
        try temporary.write(try Pictures.png(shade: 1), "products/vase.png")
        try temporary.write(try Pictures.png(shade: 2), "products/50% #1?.png")
        try temporary.write(try Pictures.png(shade: 3), "references/spring.png")
        let report = try catalogue.scan()
        #expect(report.products.map(\.name) == ["50% #1?", "vase"])
        #expect(report.references.map(\.name) == ["spring"])
        #expect(try catalogue.scan().isEmpty)
        for product in try catalogue.products() { #expect(FileManager.default.fileExists(atPath: catalogue.url(of: product).path)) }
    }

    @Test("A name that lies there decomposed keeps its file name, and is found by its composed one")
    func decomposedName() throws {
        let name = "ボトル".decomposedStringWithCanonicalMapping
        try temporary.write(try Pictures.png(), "products/\(name).png")
        let product = try #require(try catalogue.scan().products.first)
        #expect(Array(product.fileName.utf8) == Array("\(name).png".utf8))
        #expect(Array(product.name.utf8) == Array("ボトル".utf8))
        #expect(try catalogue.scan().isEmpty)
    }

    @Test("A bad file is one line at every scan, and changes nothing")
    func badFile() throws {
        try temporary.write(Data("hello".utf8), "products/text.png")
        try temporary.write(try Pictures.png(), "products/good.png")
        #expect(try catalogue.scan().products.map(\.name) == ["good"])
        let before = try catalogue.dump()
        let report = try catalogue.scan()
        #expect(report.problems.map(\.file) == ["text.png"])
        #expect(try catalogue.dump() == before)
    }

    @Test("A file that was renamed by hand keeps its product, its number and its candidates")
    func renamed() throws {
        try temporary.write(try Pictures.png(), "products/vase.png")
        let product = try #require(try catalogue.scan().products.first)
        let candidate = try catalogue.storeSample(product)
        try FileManager.default.moveItem(
            at: temporary.url.appendingPathComponent("products/vase.png"), to: temporary.url.appendingPathComponent("products/red vase.png")
        )
        let report = try catalogue.scan()
        #expect(report.changed == ["vase"] && report.products.isEmpty && report.missing.isEmpty)
        #expect(try catalogue.products().map(\.fileName) == ["red vase.png"])
        #expect(try catalogue.candidates(productID: product.id) == [candidate])
    }

    @Test("A photo that was replaced is looked at again; a bad replacement changes nothing")
    func replaced() throws {
        try temporary.write(try Pictures.png(width: 48, height: 40), "products/vase.png")
        _ = try catalogue.scan()
        try temporary.write(try Pictures.png(width: 64, height: 80), "products/vase.png")
        #expect(try catalogue.scan().changed == ["vase"])
        #expect(try catalogue.product(named: "vase").height == 80)
        let before = try catalogue.dump()
        try temporary.write(Data("oops".utf8), "products/vase.png")
        #expect(try catalogue.scan().problems.count == 1)
        #expect(try catalogue.dump() == before)
    }

    @Test("A file that went away is said to be missing, and its product stays")
    func missing() throws {
        let file = try temporary.write(try Pictures.png(), "products/vase.png")
        _ = try catalogue.scan()
        try FileManager.default.removeItem(at: file)
        #expect(try catalogue.scan().missing == ["vase"])
        #expect(try catalogue.products().count == 1)
    }

    @Test("Other files are named and left alone, hidden ones are not even named")
    func others() throws {
        try temporary.write(Data("x".utf8), "products/shoot.heic")
        try temporary.write(Data("x".utf8), "products/.hidden.png")
        #expect(try catalogue.scan().ignored == ["shoot.heic"])
        #expect(try catalogue.scan().problems.isEmpty)
    }

    @Test("A name that is not UTF-8 is one line")
    func invalidName() throws {
        let path = temporary.url.path + "/products/"
        let bytes = Array(path.utf8).map(CChar.init(bitPattern:)) + [CChar(bitPattern: 0xFF), CChar(bitPattern: 0xFE)] + [0]
        let descriptor = open(bytes, O_CREAT | O_WRONLY, 0o644)
        try #require(descriptor >= 0)
        close(descriptor)
        let report = try catalogue.scan()
        #expect(report.problems.count == 1 && report.problems.first?.message.contains("UTF-8") == true)
    }
}
