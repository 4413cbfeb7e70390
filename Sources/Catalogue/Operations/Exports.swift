import Foundation
import GRDB
import Imaging

extension Catalogue {
    /// Stores the finished picture of a candidate as `exports/<product>-<number>.<png|jpg>`; an earlier export of it gives way.
    ///
    /// - Parameters:
    ///   - encoded: the whole file's bytes.
    ///   - format: decides the file's extension.
    @discardableResult
    public func storeExport(_ encoded: Data, format: PictureFormat = .png, candidateID: Int64) throws -> Export {
        try write { db in
            guard let candidate = try Self.candidate(db, id: candidateID) else { throw CatalogueError.unknownCandidate("\(candidateID)") }
            let name = try String.fetchOne(db, sql: "SELECT name FROM product WHERE id = ?", arguments: [candidate.productID]) ?? "product"
            let fileName = "exports/\(name)-\(candidate.number).\(format == .png ? "png" : "jpg")"
            try FileBytes.makeFolder(subfolder("exports"))
            try FileBytes.write(encoded, to: folder.appendingPathComponent(fileName), replacing: true)
            try db.execute(
                sql: #"INSERT INTO export (candidateID, fileName, at, "by") VALUES (?, ?, ?, ?)"#,
                arguments: [candidateID, fileName, Date(), user])
            let id = db.lastInsertedRowID
            guard let row = try Row.fetchOne(db, sql: "SELECT * FROM export WHERE id = ?", arguments: [id]) else {
                throw CatalogueError.file(path: fileName, reason: "its row is gone")
            }
            return Export(row: row)
        }
    }

    /// Writes a contact sheet or another file that belongs to the exported set as a whole into `exports/`.
    /// - Returns: where it lies.
    @discardableResult
    public func storeExtra(_ data: Data, named fileName: String) throws -> URL {
        try write { _ in
            try FileBytes.makeFolder(subfolder("exports"))
            let url = subfolder("exports").appendingPathComponent(fileName)
            try FileBytes.write(data, to: url, replacing: true)
            return url
        }
    }

    /// Every export of one candidate or of all, oldest first.
    public func exports(candidateID: Int64? = nil) throws -> [Export] {
        try read { db in
            let filter = candidateID.map { "WHERE candidateID = \($0)" } ?? ""
            return try Row.fetchAll(db, sql: "SELECT * FROM export \(filter) ORDER BY id").map(Export.init)
        }
    }
}
