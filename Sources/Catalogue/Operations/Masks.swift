import Foundation
import GRDB
import Imaging

extension Catalogue {
    /// Keeps a mask made in another program as `masks/<product>-<digest>.png`. Masks are never overwritten, so that going back to an earlier
    /// one finds it.
    ///
    /// - Returns: its path, relative to the project folder.
    public func storeMask(_ mask: Mask, productID: Int64) throws -> String {
        let encoded = try PNGCodec.encode(mask)
        var digest = ContentDigest()
        encoded.withUnsafeBytes { digest.update($0) }
        let fileName = "masks/\(try productName(productID))-\(digest.finish().prefix(12)).png"
        try FileBytes.makeFolder(subfolder("masks"))
        try FileBytes.write(encoded, to: folder.appendingPathComponent(fileName), replacing: true)
        return fileName
    }

    /// Writes a mask for another program: a grey PNG as large as the photo.
    ///
    /// - Parameter url: where; nil for `masks/<product>.png` in the project folder.
    /// - Returns: where it lies.
    public func writeMask(_ mask: Mask, productID: Int64, to url: URL? = nil) throws -> URL {
        let target = try url ?? subfolder("masks").appendingPathComponent("\(productName(productID)).png")
        if url == nil { try FileBytes.makeFolder(subfolder("masks")) }
        try FileBytes.write(try PNGCodec.encode(mask), to: target, replacing: true)
        return target
    }

    private func productName(_ id: Int64) throws -> String {
        try read { db in
            guard let name = try String.fetchOne(db, sql: "SELECT name FROM product WHERE id = ?", arguments: [id]) else {
                throw CatalogueError.unknownProduct("\(id)")
            }
            return name
        }
    }
}
