import Foundation
import GRDB
import Imaging

@testable import Catalogue

/// A folder that lives as long as the test.
final class TemporaryFolder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("catalogue-\(UUID().uuidString)", isDirectory: true)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// Writes a file into the folder, making the folders on its way.
    @discardableResult
    func write(_ data: Data, _ path: String) throws -> URL {
        let file = url.appendingPathComponent(path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: file)
        return file
    }
}

enum Pictures {
    /// A product on a plain background: a dark square on white, `shade` telling one picture from another.
    static func product(shade: UInt8 = 60, width: Int = 48, height: Int = 40) -> RasterImage {
        var image = RasterImage(width: width, height: height, fill: RGBA(255, 255, 255, 255))
        for y in (height / 4)..<(height * 3 / 4) {
            for x in (width / 4)..<(width * 3 / 4) { image[x, y] = RGBA(shade, 30, 90, 255) }
        }
        return image
    }

    static func png(shade: UInt8 = 60, width: Int = 48, height: Int = 40) throws -> Data {
        try PNGCodec.encode(product(shade: shade, width: width, height: height))
    }

    static func background(seed: UInt8 = 1) -> RasterImage {
        RasterImage(width: 16, height: 16, fill: RGBA(seed, seed &* 3, 128, 255))
    }
}

extension GenerationSettings {
    static func sample(prompt: String = "on warm concrete", seed: UInt64 = 7) -> GenerationSettings {
        GenerationSettings(
            prompt: prompt, negativePrompt: "text", categoryIdentifier: "<shoes>", steps: 12, guidance: 4.5, seed: seed, sampler: "ddim",
            aspect: .square, width: 256, height: 256, referenceName: nil, referenceStrength: 0, modelName: "starter",
            modelFingerprint: "abc", engineVersion: "1")
    }
}

extension Catalogue {
    /// A catalogue in `folder` with products of these names.
    static func with(_ names: [String], in folder: TemporaryFolder, user: String = "aiko") throws -> Catalogue {
        let catalogue = try Catalogue(folder: folder.url.appendingPathComponent("catalogue"), user: user)
        for (index, name) in names.enumerated() {
            let photo = try folder.write(try Pictures.png(shade: UInt8(20 + index)), "incoming/\(name).png")
            let report = catalogue.importProducts([photo])
            guard report.problems.isEmpty else { throw CatalogueError.picture(path: name, reason: "\(report.problems)") }
        }
        return catalogue
    }

    /// Stores a candidate that came from nowhere in particular.
    func storeSample(_ product: Product, seed: UInt64 = 7) throws -> Candidate {
        try storeCandidate(
            Pictures.background(seed: UInt8(truncatingIfNeeded: seed)), productID: product.id, settings: .sample(seed: seed), seconds: 1.5)
    }

    /// Every row of every table, to compare before and after.
    func dump() throws -> [String] {
        try read { db in
            let tables = try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
            return try tables.flatMap { table in
                try Row.fetchAll(db, sql: "SELECT * FROM \"\(table)\"").map { "\(table) \($0)" }
            }
        }
    }
}

/// Everything below a folder: path and size, without the database's own files.
func listing(_ folder: URL) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { !$0.hasPrefix("backdrop.sqlite") }.sorted()
}
