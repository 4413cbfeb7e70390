import Catalogue
import Foundation
import Imaging
import Synchronization

/// A product ready for work: decoded, and told from its background.
struct PreparedProduct: Sendable {
    let photo: Photo
    let cutout: Cutout
    /// The photo as it was taken, where ``photo`` is one with the product's own corrections.
    var original: Photo?
    /// What the designer has set for it; the corrections of its mask and of its own look are in cutout and photo already.
    var treatment = ProductTreatment.none

    /// The canvas of a shape around it.
    func layout(_ aspect: AspectRatio, placement: Placement = .standard) -> CanvasLayout {
        CanvasLayout.make(photo: photo, cutout: cutout, aspect: aspect, placement: placement)
    }

    /// The canvas that a picture with these settings is painted on.
    func layout(_ settings: GenerationSettings) -> CanvasLayout {
        layout(settings.aspect, placement: settings.placement ?? .standard)
    }

    /// A background as the designer wants it.
    func adjusted(_ background: RasterImage) -> RasterImage { treatment.background.apply(to: background) }

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
        /// How it is cut out, by hand or as it comes.
        let method: CutoutMethod?
        /// A mask from elsewhere that stands in for it.
        let mask: String?
    }

    /// A product with its mask and its own look corrected, kept until the corrections change.
    private struct Correction {
        let key: Key
        let refinement: MaskRefinement
        let strokes: [MaskStroke]
        let adjustment: Adjustment
        let product: PreparedProduct
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
        var corrections: [ProductID: Correction] = [:]

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
    /// What decoding takes of the work that makes a large photo ready.
    private static let decodingShare = 0.3

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
    ///
    /// - Parameter progress: while it is made ready, told some times a second how much of that is done, 0...1; what it throws gives it up.
    /// - Throws: `PictureError`, `CatalogueError`, `StudioError.productGone`, what `progress` throws.
    func product(_ id: ProductID, progress: CutoutProgress = { _ in }) throws -> PreparedProduct {
        guard let record = try catalogue.product(id: id) else { throw StudioError.productGone(name: "\(id)") }
        let url = catalogue.url(of: record)
        let treatment = try catalogue.treatment(productID: id)
        let key = Key(
            product: id, file: record.fileName, modified: Self.modificationDate(of: url), method: treatment.cutoutMethod,
            mask: treatment.importedMask?.file)
        let place = contents.withLock { contents in
            let place = contents.places[key] ?? Place()
            contents.places[key] = place
            contents.order.removeAll { $0 == key }
            contents.order.append(key)
            return place
        }
        let prepared = try place.content.withLock { content in
            if let content { return content }
            try progress(0)
            let photo = try Photo.load(url)
            try progress(Self.decodingShare)
            if let file = treatment.importedMask?.file {
                let mask = try Mask.load(catalogue.folder.appendingPathComponent(file), width: photo.width, height: photo.height)
                let made = PreparedProduct(photo: photo, cutout: try Cutout.make(from: photo, mask: mask))
                content = made
                return made
            }
            // Unless the designer chose, a file's own alpha is kept, and everything else is decided as for a new photo: the network may
            // have come or gone since.
            var method = treatment.cutoutMethod ?? CutoutMethod(rawValue: record.cutoutMethod)
            if treatment.cutoutMethod == nil, method != .alpha { method = nil }
            if method == .learned, CutoutNetwork.weights() == nil { method = nil }
            let cutout = try Cutout.make(from: photo, method: method) { try progress(Self.decodingShare + (1 - Self.decodingShare) * $0) }
            let made = PreparedProduct(photo: photo, cutout: cutout)
            content = made
            return made
        }
        contents.withLock { contents in
            contents.costs[key] = prepared.cost
            contents.trim(to: Self.budget, keeping: key)
        }
        return try corrected(prepared, treatment, key)
    }

    /// The product with the designer's corrections to its mask.
    private func corrected(_ prepared: PreparedProduct, _ treatment: ProductTreatment, _ key: Key) throws -> PreparedProduct {
        guard treatment.refinement != .none || !treatment.strokes.isEmpty || treatment.product != .none else {
            contents.withLock { $0.corrections[key.product] = nil }
            return PreparedProduct(photo: prepared.photo, cutout: prepared.cutout, treatment: treatment)
        }
        if let kept = contents.withLock({ $0.corrections[key.product] }), kept.key == key, kept.refinement == treatment.refinement,
            kept.strokes == treatment.strokes, kept.adjustment == treatment.product
        {
            var product = kept.product
            product.treatment = treatment
            return product
        }
        let cutout = try treatment.corrected(prepared.cutout, photo: prepared.photo)
        let adjusted = treatment.adjusted(prepared.photo, cutout)
        let made = PreparedProduct(
            photo: adjusted.photo, cutout: adjusted.cutout, original: treatment.product == .none ? nil : prepared.photo,
            treatment: treatment)
        contents.withLock {
            // One at a time is worked on; the others are made again when they are wanted.
            if $0.corrections.count > 3 { $0.corrections = [:] }
            $0.corrections[key.product] = Correction(
                key: key, refinement: treatment.refinement, strokes: treatment.strokes, adjustment: treatment.product, product: made)
        }
        return made
    }
}
