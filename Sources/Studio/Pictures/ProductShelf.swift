import Catalogue
import Foundation
import Imaging
import Synchronization

/// A product ready for work: decoded, and told from its background.
struct PreparedProduct: Sendable {
    let photo: Photo
    let cutout: Cutout

    /// The canvas of a shape around it.
    func layout(_ aspect: AspectRatio) -> CanvasLayout {
        CanvasLayout.make(photo: photo, cutout: cutout, aspect: aspect)
    }

    /// Bytes it holds, about.
    var cost: Int {
        photo.image.pixels.count + (photo.deep?.count ?? 0) * 2 + cutout.mask.values.count
    }
}

/// Prepares products for every worker, and keeps the last ones: decoding and cutting out a large photo takes a second.
final class ProductShelf: Sendable {
    private struct Key: Hashable {
        let product: ProductID
        let file: String
        let modified: Date?
    }

    /// A product that is ready, or being made ready by the one who holds the lock.
    private final class Place: Sendable {
        let content = Mutex<PreparedProduct?>(nil)
    }

    private struct Contents {
        var places: [Key: Place] = [:]
        /// Least recently used first.
        var order: [Key] = []
        var costs: [Key: Int] = [:]

        /// Lets go of the products that were not used for longest, but never of `kept`.
        mutating func trim(to budget: Int, keeping kept: Key) {
            var total = costs.values.reduce(0, +)
            for key in order where total > budget && key != kept {
                total -= costs.removeValue(forKey: key) ?? 0
                places[key] = nil
                order.removeAll { $0 == key }
            }
        }
    }

    /// A few large photos, or a hundred usual ones; an SD 1.5 model takes ten times as much.
    private static let budget = 400 << 20

    private let catalogue: Catalogue
    private let contents = Mutex(Contents())

    init(catalogue: Catalogue) {
        self.catalogue = catalogue
    }

    /// Not `FileManager`'s: that looks up the file's owner as well, through the name service, over a socket.
    private static func modificationDate(of url: URL) -> Date? {
        var status = stat()
        guard stat(url.path, &status) == 0 else { return nil }
        return Date(timeIntervalSince1970: Double(status.st_mtim.tv_sec) + Double(status.st_mtim.tv_nsec) / 1e9)
    }

    /// The product with this row, made ready now if it isn't.
    /// - Throws: `PictureError`, `CatalogueError`, `StudioError.productGone`.
    func product(_ id: ProductID) throws -> PreparedProduct {
        guard let record = try catalogue.product(id: id) else { throw StudioError.productGone(name: "\(id)") }
        let url = catalogue.url(of: record)
        let key = Key(product: id, file: record.fileName, modified: Self.modificationDate(of: url))
        let place = contents.withLock { contents in
            let place = contents.places[key] ?? Place()
            contents.places[key] = place
            contents.order.removeAll { $0 == key }
            contents.order.append(key)
            return place
        }
        let prepared = try place.content.withLock { content in
            if let content { return content }
            let photo = try Photo.load(url)
            var method = CutoutMethod(rawValue: record.cutoutMethod)
            // Imported where the network is, opened where it is not: the next best, as for a new photo.
            if method == .learned, CutoutNetwork.weights() == nil { method = nil }
            let made = PreparedProduct(photo: photo, cutout: try Cutout.make(from: photo, method: method))
            content = made
            return made
        }
        contents.withLock { contents in
            contents.costs[key] = prepared.cost
            contents.trim(to: Self.budget, keeping: key)
        }
        return prepared
    }
}
