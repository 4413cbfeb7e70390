import Catalogue
import Foundation
import Imaging

enum Pictures {
    /// A dark box on white.
    static func product(shade: UInt8, width: Int = 60, height: Int = 48) -> RasterImage {
        var image = RasterImage(width: width, height: height, fill: RGBA(255, 255, 255, 255))
        for y in (height / 4)..<(height * 3 / 4) {
            for x in (width / 4)..<(width * 3 / 4) { image[x, y] = RGBA(shade, 30, 90, 255) }
        }
        return image
    }

    static func png(shade: UInt8 = 60, width: Int = 60, height: Int = 48) throws -> Data {
        try PNGCodec.encode(product(shade: shade, width: width, height: height))
    }
}

/// A catalogue on disk with a few products, made by the program itself.
final class SampleCatalogue {
    let folder: TemporaryFolder
    var url: URL { folder.url.appendingPathComponent("catalogue") }

    init(_ names: [String]) throws {
        folder = try TemporaryFolder()
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        let photos = try names.enumerated().map { index, name in
            try folder.write(try Pictures.png(shade: UInt8(20 + index)), "incoming/\(name).png").path
        }
        let outcome = try Program.run(["import"] + photos, in: url)
        guard outcome.status == 0 else { throw Failure(outcome.errors) }
    }

    struct Failure: Error {
        let words: String

        init(_ words: String) { self.words = words }
    }

    /// Runs the program in the catalogue.
    func run(_ arguments: String..., environment: [String: String] = [:]) throws -> Program.Outcome {
        try Program.run(arguments, in: url, environment: environment)
    }

    func listing() throws -> Listing {
        try run("list", "--json").json(Listing.self)
    }

    /// Everything there is: every row that a designer would miss, and every file with its bytes.
    func dump() throws -> [String] {
        let catalogue = try Catalogue(folder: url, creating: false)
        let contents = try catalogue.contents()
        var lines = contents.products.map { "\($0)" } + contents.references.map { "\($0)" } + contents.candidates.map { "\($0)" }
        lines += contents.drafts.sorted { $0.key < $1.key }.map { "\($0)" }
        lines += try catalogue.decisions().map { "\($0)" } + catalogue.exports().map { "\($0)" } + catalogue.jobs().map { "\($0)" }
        catalogue.close()
        for path in try files() { lines.append("\(path) \(try Data(contentsOf: url.appendingPathComponent(path)).hashValue)") }
        return lines
    }

    /// Every file but the database's own, sorted.
    func files() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: url.path).filter { path in
            let isFolder = access(url.appendingPathComponent(path).path + "/.", F_OK) == 0
            return !isFolder && !path.hasPrefix("backdrop.sqlite")
        }.sorted()
    }

    func bytes(_ path: String) throws -> Data { try Data(contentsOf: url.appendingPathComponent(path)) }
}

/// What `list --json` writes; a script relies on these keys.
struct Listing: Decodable {
    struct Product: Decodable {
        let name: String
        let path: String
        let width: Int
        let height: Int
        let category: String?
        let warning: String?
        let approved: Int
        let rejected: Int
        let open: Int
        let candidates: [Candidate]
    }

    struct Candidate: Decodable {
        let product: String
        let candidate: Int
        let decision: String
        let path: String
        let seconds: Double
        let settings: GenerationSettings
    }

    let products: [Product]
    let references: [String]
    let unfinished: Int

    var candidates: [Candidate] { products.flatMap(\.candidates) }
}

/// What `generate --json` writes.
struct Generation: Decodable {
    let candidates: [Listing.Candidate]
    let failures: [String]
    let interrupted: Bool
}
