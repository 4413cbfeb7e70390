import Foundation
import GRDB
import Imaging

/// One of the two folders that a designer fills: the pictures in it, and how each gets its row.
enum Shelf: String, CaseIterable {
    case products, references

    /// The shelf's table.
    var table: String {
        switch self {
        case .products: "product"
        case .references: "reference"
        }
    }

    /// A picture on the shelf, as the database knows it.
    struct Entry {
        let id: Int64
        let name: String
        let fileName: String
        let digest: String
        let stamp: FileBytes.Stamp

        init(row: Row) {
            id = row["id"]
            name = row["name"]
            fileName = row["fileName"]
            digest = row["digest"]
            stamp = FileBytes.Stamp(size: row["fileSize"], modified: row["fileModified"])
        }
    }

    /// A file that was looked into and found good.
    struct Inspected {
        let digest: String
        /// Of a product only.
        let facts: PhotoFacts?
        let format: PictureFormat
    }

    func entries(_ db: Database) throws -> [Entry] {
        try Row.fetchAll(db, sql: "SELECT id, name, fileName, digest, fileSize, fileModified FROM \(table) ORDER BY id").map(Entry.init)
    }

    func entry(_ db: Database, digest: String) throws -> Entry? {
        let sql = "SELECT id, name, fileName, digest, fileSize, fileModified FROM \(table) WHERE digest = ? ORDER BY id"
        return try Row.fetchOne(db, sql: sql, arguments: [digest]).map(Entry.init)
    }

    /// The name itself, or with a number behind it, that no picture on the shelf has. `isTaken` may know more reasons against one.
    func freeName(_ db: Database, stem: String, isTaken: (String) throws -> Bool = { _ in false }) throws -> String {
        try SafeName.free(stem) { name in
            let count = try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM \(table) WHERE nameKey = ?", arguments: [SafeName.key(name)])
            return try count != 0 || isTaken(name)
        }
    }

    /// Adds the row of a file that lies on the shelf.
    func insert(
        _ db: Database, name: String, fileName: String, stamp: FileBytes.Stamp, inspected: Inspected, user: String,
        into report: inout ImportReport
    ) throws {
        var columns: [(String, (any DatabaseValueConvertible)?)] = [
            ("name", name), ("nameKey", SafeName.key(name)), ("fileName", fileName), ("importedAt", Date()), ("importedBy", user),
        ]
        columns += contentColumns(stamp: stamp, inspected: inspected)
        let names = columns.map(\.0).joined(separator: ", ")
        let places = columns.map { _ in "?" }.joined(separator: ", ")
        try db.execute(sql: "INSERT INTO \(table) (\(names)) VALUES (\(places))", arguments: StatementArguments(columns.map(\.1)))
        guard let row = try Row.fetchOne(db, sql: "SELECT * FROM \(table) WHERE id = ?", arguments: [db.lastInsertedRowID]) else { return }
        switch self {
        case .products: report.products.append(Product(row: row))
        case .references: report.references.append(Reference(row: row))
        }
    }

    /// Lets a row follow its file, which was replaced or renamed by hand.
    func update(_ db: Database, id: Int64, fileName: String, stamp: FileBytes.Stamp, inspected: Inspected?) throws {
        var columns: [(String, (any DatabaseValueConvertible)?)] = [
            ("fileName", fileName), ("fileSize", stamp.size), ("fileModified", stamp.modified),
        ]
        if let inspected { columns += contentColumns(stamp: stamp, inspected: inspected) }
        let settings = columns.map { "\($0.0) = ?" }.joined(separator: ", ")
        try db.execute(sql: "UPDATE \(table) SET \(settings) WHERE id = ?", arguments: StatementArguments(columns.map(\.1) + [id]))
    }

    private func contentColumns(stamp: FileBytes.Stamp, inspected: Inspected) -> [(String, (any DatabaseValueConvertible)?)] {
        var columns: [(String, (any DatabaseValueConvertible)?)] = [
            ("digest", inspected.digest), ("fileSize", stamp.size), ("fileModified", stamp.modified),
        ]
        if let facts = inspected.facts {
            columns += [
                ("width", facts.width), ("height", facts.height), ("cutoutMethod", facts.cutoutMethod.rawValue),
                ("cutoutCertainty", facts.cutoutCertainty), ("warning", facts.warning),
            ]
        }
        return columns
    }
}
