import Foundation
import GRDB

/// A product photo in the catalogue. The photo itself lies in `products/` and is never changed.
public struct Product: Codable, Sendable, Equatable, Identifiable {
    public let id: Int64
    /// Unique in the catalogue, safe to show; also the name of the product's folder in `candidates/`.
    public let name: String
    /// The file in `products/`, exactly as it is called there.
    public let fileName: String
    /// The model's identifier of the product's category; nil until somebody chose one.
    public var categoryIdentifier: String?
    /// Pixels of the upright photo (EXIF orientation applied).
    public let width: Int
    public let height: Int
    /// How the product was told from its background: the raw value of Imaging's `CutoutMethod`.
    public let cutoutMethod: String
    /// 0 (a guess) … 1 (certain).
    public let cutoutCertainty: Double
    /// What a person should look at before trusting the cutout, or nil.
    public let warning: String?
    public let importedAt: Date

    init(row: Row) {
        id = row["id"]
        name = row["name"]
        fileName = row["fileName"]
        categoryIdentifier = row["categoryIdentifier"]
        width = row["width"]
        height = row["height"]
        cutoutMethod = row["cutoutMethod"]
        cutoutCertainty = row["cutoutCertainty"]
        warning = row["warning"]
        importedAt = row["importedAt"]
    }
}

/// A brand picture whose light and materials a background may follow. It lies in `references/` and is never changed.
public struct Reference: Codable, Sendable, Equatable, Identifiable {
    public let id: Int64
    /// Unique in the catalogue, safe to show.
    public let name: String
    /// The file in `references/`, exactly as it is called there.
    public let fileName: String

    init(row: Row) {
        id = row["id"]
        name = row["name"]
        fileName = row["fileName"]
    }
}
