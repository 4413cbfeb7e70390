import Foundation
import GRDB

// MARK: - Looking things up

extension Catalogue {
    /// All products, by name as people sort (`vase-2` before `vase-10`).
    public func products() throws -> [Product] {
        try read { db in try Self.products(db) }
    }

    /// One product; nil where there is none.
    public func product(id: Int64) throws -> Product? {
        try read { db in try Row.fetchOne(db, sql: "SELECT * FROM product WHERE id = ?", arguments: [id]).map(Product.init) }
    }

    /// The product of that name (case does not matter) or file name.
    /// - Throws: ``CatalogueError/unknownProduct(_:)``.
    public func product(named name: String) throws -> Product {
        let row = try read { db in
            try Row.fetchOne(
                db, sql: "SELECT * FROM product WHERE nameKey = ? OR fileName = ? ORDER BY id",
                arguments: [SafeName.key(name), name])
        }
        guard let row else { throw CatalogueError.unknownProduct(SafeName.displayable(name)) }
        return Product(row: row)
    }

    /// All reference pictures, by name.
    public func references() throws -> [Reference] {
        try read { db in try Self.references(db) }
    }

    /// The reference of that name (case does not matter) or file name.
    /// - Throws: ``CatalogueError/unknownReference(_:)``.
    public func reference(named name: String) throws -> Reference {
        let row = try read { db in
            try Row.fetchOne(
                db, sql: "SELECT * FROM reference WHERE nameKey = ? OR fileName = ? ORDER BY id",
                arguments: [SafeName.key(name), name])
        }
        guard let row else { throw CatalogueError.unknownReference(SafeName.displayable(name)) }
        return Reference(row: row)
    }

    /// The candidates of one product by number, or of all products by product and number.
    public func candidates(productID: Int64? = nil) throws -> [Candidate] {
        try read { db in try Self.candidates(db, productID: productID) }
    }

    /// One candidate; nil where there is none.
    public func candidate(id: Int64) throws -> Candidate? {
        try read { db in try Self.candidate(db, id: id) }
    }

    /// Candidate `number` of a product.
    /// - Throws: ``CatalogueError/unknownCandidate(_:)``.
    public func candidate(of product: Product, number: Int) throws -> Candidate {
        let candidate = try read { db in
            try Row.fetchOne(db, sql: Self.selectCandidate + " WHERE productID = ? AND number = ?", arguments: [product.id, number])
                .map(Candidate.init)
        }
        guard let candidate else { throw CatalogueError.unknownCandidate("\(number) of \(product.name)") }
        return candidate
    }

    /// All that a screen shows, read at one moment.
    public func contents() throws -> CatalogueContents {
        try read { db in
            CatalogueContents(
                products: try Self.products(db), references: try Self.references(db), candidates: try Self.candidates(db, productID: nil),
                unfinishedJobs: try Self.unfinishedJobs(db), drafts: try Self.drafts(db),
                treatments: try Self.treatments(db),
                canUndo: try Self.undoStep(db, user: user) != nil, canRedo: try Self.redoStep(db, user: user) != nil)
        }
    }

    /// Whether this user has a step to take back, and one to bring back.
    public func history() throws -> (canUndo: Bool, canRedo: Bool) {
        try read { db in (try Self.undoStep(db, user: user) != nil, try Self.redoStep(db, user: user) != nil) }
    }

    // MARK: Where the files lie

    /// The photo of a product.
    public func url(of product: Product) -> URL { subfolder("products").appendingPathComponent(product.fileName) }

    /// The picture of a reference.
    public func url(of reference: Reference) -> URL { subfolder("references").appendingPathComponent(reference.fileName) }

    /// The generated background of a candidate.
    public func url(of candidate: Candidate) -> URL { folder.appendingPathComponent(candidate.fileName) }

    /// An exported picture.
    public func url(of export: Export) -> URL { folder.appendingPathComponent(export.fileName) }
}

extension Catalogue {
    static func products(_ db: Database) throws -> [Product] {
        inPeoplesOrder(try Row.fetchAll(db, sql: "SELECT * FROM product ORDER BY id").map(Product.init), by: \.name)
    }

    static func references(_ db: Database) throws -> [Reference] {
        inPeoplesOrder(try Row.fetchAll(db, sql: "SELECT * FROM reference ORDER BY id").map(Reference.init), by: \.name)
    }

    /// Candidates with the decision that stands: the newest that was not taken back.
    private static let selectCandidate = """
        SELECT candidate.*, standing."by" AS decidedBy, standing.at AS decidedAt FROM candidate
        LEFT JOIN (SELECT candidateID, MAX(id), "by", at FROM decision WHERE state = 'standing' GROUP BY candidateID) AS standing
        ON standing.candidateID = candidate.id
        """

    static func candidates(_ db: Database, productID: Int64?) throws -> [Candidate] {
        let filter = productID.map { "WHERE productID = \($0)" } ?? ""
        return try Row.fetchAll(db, sql: selectCandidate + " \(filter) ORDER BY productID, number").map(Candidate.init)
    }

    static func candidate(_ db: Database, id: Int64) throws -> Candidate? {
        try Row.fetchOne(db, sql: selectCandidate + " WHERE candidate.id = ?", arguments: [id]).map(Candidate.init)
    }

    private static func inPeoplesOrder<Record>(_ records: [Record], by name: KeyPath<Record, String>) -> [Record] {
        records.sorted { NaturalOrder.precedes($0[keyPath: name], $1[keyPath: name]) }
    }
}
