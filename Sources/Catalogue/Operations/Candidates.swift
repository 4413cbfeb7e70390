import Foundation
import GRDB
import Imaging

extension Catalogue {
    /// The keyword of the PNG text entry that holds a candidate's settings as JSON.
    public static let settingsKeyword = "backdrop"

    /// Stores a generated background: the file first and durably, then its row, so that no half-written candidate is ever listed.
    /// The same picture with the same settings makes the same bytes.
    ///
    /// - Parameters:
    ///   - image: the background at the model's resolution.
    ///   - productID: whose background it is.
    ///   - settings: what made it; embedded in the file.
    ///   - seconds: what making it took.
    ///   - jobID: the job it belongs to, which counts one more as done in the same transaction.
    @discardableResult
    public func storeCandidate(
        _ image: RasterImage, productID: Int64, settings: GenerationSettings, seconds: Double, jobID: Int64? = nil
    ) throws -> Candidate {
        let json = try StableJSON.encode(settings)
        let png = try PNGCodec.encode(image, text: [(keyword: Self.settingsKeyword, text: json)])
        var placed: URL?
        do {
            return try write { db in
                guard
                    let product = try Row.fetchOne(db, sql: "SELECT * FROM product WHERE id = ?", arguments: [productID]).map(Product.init)
                else { throw CatalogueError.unknownProduct("\(productID)") }
                let number = try nextNumber(db, product: product)
                let fileName = "candidates/\(product.name)/\(number).png"
                let url = folder.appendingPathComponent(fileName)
                try FileBytes.makeFolder(url.deletingLastPathComponent())
                try FileBytes.write(png, to: url, replacing: true)
                placed = url
                try db.execute(
                    sql: """
                        INSERT INTO candidate (productID, number, fileName, settings, seconds, createdAt) VALUES (?, ?, ?, ?, ?, ?)
                        """,
                    arguments: [productID, number, fileName, json, seconds, Date()])
                let id = db.lastInsertedRowID
                if let jobID { try Self.countPicture(db, jobID: jobID) }
                guard let candidate = try Self.candidate(db, id: id) else { throw CatalogueError.unknownCandidate("\(id)") }
                return candidate
            }
        } catch {
            if let placed { unlink(placed.path) }
            throw error
        }
    }

    /// One more than the highest, past every file that is not a candidate of ours. A candidate of ours without a row was
    /// left by a process that died between the two; it is not listed, and the next one takes its place.
    private func nextNumber(_ db: Database, product: Product) throws -> Int {
        let highest = try Int.fetchOne(db, sql: "SELECT MAX(number) FROM candidate WHERE productID = ?", arguments: [product.id]) ?? 0
        let folder = subfolder("candidates").appendingPathComponent(product.name, isDirectory: true)
        var number = highest + 1
        while true {
            let url = folder.appendingPathComponent("\(number).png")
            if access(url.path, F_OK) != 0 || Self.isCandidate(url) { return number }
            number += 1
        }
    }

    private static func isCandidate(_ url: URL) -> Bool {
        guard let data = try? Data(contentsOf: url), let entries = try? PNGCodec.text(in: data) else { return false }
        return entries.contains { $0.keyword == settingsKeyword }
    }
}
