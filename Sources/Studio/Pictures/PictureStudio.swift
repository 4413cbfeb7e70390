import Catalogue
import Imaging
import Synchronization

/// Makes single pictures for the screen.
final class PictureStudio: Sendable {
    /// A finished picture's size that came to light on the way.
    struct Measured {
        let product: ProductID
        let aspect: AspectRatio
        let size: PictureSize
    }

    private struct PreviewKey: Hashable {
        let product: ProductID
        let aspect: AspectRatio
        let placement: Placement
        let treatment: ProductTreatment
        let width: Int
        let height: Int
    }

    private let catalogue: Catalogue
    private let shelf: ProductShelf
    /// The last product shown, small: the next candidate is likely to be of the same.
    private let lastPreview = Mutex<(key: PreviewKey, preview: CompositePreview, size: PictureSize)?>(nil)

    init(catalogue: Catalogue, shelf: ProductShelf) {
        self.catalogue = catalogue
        self.shelf = shelf
    }

    /// - Throws: `PictureError`, `CompositeError`, `CatalogueError`, `StudioError`.
    func make(_ request: PictureRequest) throws -> (image: RasterImage, measured: Measured?) {
        switch request.subject {
        case .photo(let id):
            let product = try shelf.product(id)
            return (resized((product.original ?? product.photo).image, fitting: request.maximumWidth, request.maximumHeight), nil)
        case .cutout(let id):
            return try composite(
                RasterImage(width: 1, height: 1, fill: .midGrey), product: id, aspect: request.aspect,
                placement: request.treatment.placement, request)
        case .mask(let id):
            let product = try shelf.product(id)
            let size = fittingSize(of: product.photo.width, product.photo.height, into: request.maximumWidth, request.maximumHeight)
            let small = resized(product.photo.image, width: size.width, height: size.height)
            return (resized(product.cutout.mask, width: size.width, height: size.height).shown(on: small), nil)
        case .candidate(let id):
            guard let candidate = try catalogue.candidate(id: id) else { throw CatalogueError.unknownCandidate("\(id)") }
            let background = try Photo.load(catalogue.url(of: candidate)).image
            return try composite(
                background, product: candidate.productID, aspect: candidate.settings.aspect,
                placement: candidate.settings.placement ?? .standard, request)
        case .reference(let name):
            let image = try Photo.load(catalogue.url(of: try catalogue.reference(named: name))).image
            return (resized(image, fitting: request.maximumWidth, request.maximumHeight), nil)
        case .painting, .thumbnail:
            throw StudioError.notFinished
        }
    }

    private func composite(
        _ background: RasterImage, product: ProductID, aspect: AspectRatio, placement: Placement, _ request: PictureRequest
    ) throws -> (image: RasterImage, measured: Measured?) {
        let key = PreviewKey(
            product: product, aspect: aspect, placement: placement, treatment: request.treatment, width: request.maximumWidth,
            height: request.maximumHeight)
        let (preview, size) = try lastPreview.withLock { last in
            if let last, last.key == key { return (last.preview, last.size) }
            let prepared = try shelf.product(product)
            let layout = prepared.layout(aspect, placement: placement)
            let preview = try CompositePreview(
                photo: prepared.photo, cutout: prepared.cutout, layout: layout, maximumWidth: request.maximumWidth,
                maximumHeight: request.maximumHeight, options: request.treatment.options)
            // A size in pixels is a limit: nothing is enlarged to it.
            let isLarger = aspect.pixels.map { $0.width < layout.width || $0.height < layout.height } ?? false
            let size = isLarger ? aspect.pixels ?? PictureSize(layout) : PictureSize(layout)
            last = (key, preview, size)
            return (preview, size)
        }
        return (
            preview.render(background: request.treatment.background.apply(to: background)),
            Measured(product: product, aspect: aspect, size: size)
        )
    }

    /// Forgets the product it keeps small, after files were changed by hand.
    func forget() {
        lastPreview.withLock { $0 = nil }
    }
}

extension PictureSize {
    fileprivate init(_ layout: CanvasLayout) { self.init(width: layout.width, height: layout.height) }
}
