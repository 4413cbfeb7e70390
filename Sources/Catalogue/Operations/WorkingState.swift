import Foundation
import GRDB
import Imaging

extension Catalogue {
    /// Gives a product its category, by the model's identifier, or takes it away.
    public func setCategory(_ identifier: String?, of productID: Int64) throws {
        try write { db in
            try db.execute(sql: "UPDATE product SET categoryIdentifier = ? WHERE id = ?", arguments: [identifier, productID])
            guard db.changesCount == 1 else { throw CatalogueError.unknownProduct("\(productID)") }
            // How much of the frame fits depends on the category.
            try Self.forgetWarnings(db, productID: productID)
        }
    }

    /// What was last typed and chosen for a product; nil when nothing was yet.
    public func draft(productID: Int64) throws -> ProductDraft? {
        try read { db in
            try String.fetchOne(db, sql: "SELECT body FROM draft WHERE productID = ?", arguments: [productID])
                .map { try StableJSON.decode(ProductDraft.self, from: $0) }
        }
    }

    /// Keeps what was typed and chosen for products.
    public func saveDrafts(_ drafts: [ProductDraft]) throws {
        try write { db in
            for draft in drafts {
                try db.execute(
                    sql: "INSERT INTO draft (productID, body) VALUES (?, ?) ON CONFLICT (productID) DO UPDATE SET body = excluded.body",
                    arguments: [draft.productID, try StableJSON.encode(draft)])
            }
        }
    }

    /// How a product is cut out, placed and finished; ``ProductTreatment/none`` where nothing was set.
    public func treatment(productID: Int64) throws -> ProductTreatment {
        try read { db in
            try String.fetchOne(db, sql: "SELECT body FROM treatment WHERE productID = ?", arguments: [productID])
                .map { try StableJSON.decode(ProductTreatment.self, from: $0) } ?? .none
        }
    }

    /// Keeps how a product is cut out, placed and finished.
    public func saveTreatment(_ treatment: ProductTreatment, productID: Int64) throws {
        try write { db in
            try db.execute(
                sql: "INSERT INTO treatment (productID, body) VALUES (?, ?) ON CONFLICT (productID) DO UPDATE SET body = excluded.body",
                arguments: [productID, try StableJSON.encode(treatment)])
            try Self.forgetWarnings(db, productID: productID)
        }
    }

    static func treatments(_ db: Database) throws -> [Int64: ProductTreatment] {
        var result: [Int64: ProductTreatment] = [:]
        for row in try Row.fetchAll(db, sql: "SELECT productID, body FROM treatment") {
            result[row["productID"]] = try StableJSON.decode(ProductTreatment.self, from: row["body"])
        }
        return result
    }

    /// Where this user's screen stood, for example the selected product; nil when it was never kept.
    public func viewState(_ key: String) throws -> String? {
        try read { db in
            try String.fetchOne(db, sql: "SELECT value FROM viewState WHERE user = ? AND key = ?", arguments: [user, key])
        }
    }

    /// Keeps where this user's screen stands; nil forgets it.
    public func setViewState(_ value: String?, for key: String) throws {
        try write { db in
            guard let value else {
                return try db.execute(sql: "DELETE FROM viewState WHERE user = ? AND key = ?", arguments: [user, key])
            }
            try db.execute(
                sql: "INSERT INTO viewState (user, key, value) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
                arguments: [user, key, value])
        }
    }

    static func drafts(_ db: Database) throws -> [Int64: ProductDraft] {
        let rows = try Row.fetchAll(db, sql: "SELECT productID, body FROM draft")
        return try Dictionary(
            uniqueKeysWithValues: rows.map { ($0["productID"], try StableJSON.decode(ProductDraft.self, from: $0["body"])) })
    }
}
