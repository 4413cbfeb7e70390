import Catalogue
import Imaging
import Synchronization

/// Makes single pictures for the screen.
final class PictureStudio: PictureSource {
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
    /// A product on its canvas, small.
    private struct Kept {
        let key: PreviewKey
        let preview: CompositePreview
        let size: PictureSize
    }

    private struct Memory {
        /// The last product shown: the next candidate is likely to be of the same.
        var last: Kept?
        /// How often all was forgotten: what was begun before is not kept.
        var age = 0
    }

    private let memory = Mutex(Memory())

    init(catalogue: Catalogue, shelf: ProductShelf) {
        self.catalogue = catalogue
        self.shelf = shelf
    }

    /// - Throws: `PictureError`, `CompositeError`, `CatalogueError`, `StudioError`, what `progress` throws.
    func make(_ request: PictureRequest, progress: CutoutProgress) throws -> (image: RasterImage, measured: MeasuredPicture?) {
        switch request.subject {
        case .photo(let id):
            let product = try shelf.product(id, progress: progress)
            return (resized((product.original ?? product.photo).image, fitting: request.maximumWidth, request.maximumHeight), nil)
        case .cutout(let id):
            return try composite(
                RasterImage(width: 1, height: 1, fill: .midGrey), product: id, aspect: request.aspect,
                placement: request.treatment.placement, request, progress)
        case .mask(let id):
            let product = try shelf.product(id, progress: progress)
            let size = fittingSize(of: product.photo.width, product.photo.height, into: request.maximumWidth, request.maximumHeight)
            let small = resized(product.photo.image, width: size.width, height: size.height)
            return (resized(product.cutout.mask, width: size.width, height: size.height).shown(on: small), nil)
        case .candidate(let id):
            guard let candidate = try catalogue.candidate(id: id) else { throw CatalogueError.unknownCandidate("\(id)") }
            let background = try Photo.load(catalogue.url(of: candidate)).image
            return try composite(
                background, product: candidate.productID, aspect: candidate.settings.aspect,
                placement: candidate.settings.placement ?? .standard, request, progress)
        case .reference(let name):
            let image = try Photo.load(catalogue.url(of: try catalogue.reference(named: name))).image
            return (resized(image, fitting: request.maximumWidth, request.maximumHeight), nil)
        case .painting, .thumbnail:
            throw StudioError.notFinished
        }
    }

    private func composite(
        _ background: RasterImage, product: ProductID, aspect: AspectRatio, placement: Placement, _ request: PictureRequest,
        _ progress: CutoutProgress
    ) throws -> (image: RasterImage, measured: MeasuredPicture?) {
        let key = PreviewKey(
            product: product, aspect: aspect, placement: placement, treatment: request.treatment, width: request.maximumWidth,
            height: request.maximumHeight)
        let (last, age) = memory.withLock { ($0.last, $0.age) }
        let kept: Kept
        if let last, last.key == key {
            kept = last
        } else {
            kept = try prepare(key, options: request.treatment.options, progress)
            memory.withLock { if $0.age == age { $0.last = kept } }
        }
        return (
            kept.preview.render(background: request.treatment.background.apply(to: background)),
            MeasuredPicture(product: product, aspect: aspect, size: kept.size)
        )
    }

    private func prepare(_ key: PreviewKey, options: CompositeOptions, _ progress: CutoutProgress) throws -> Kept {
        let prepared = try shelf.product(key.product, progress: progress)
        let layout = prepared.layout(key.aspect, placement: key.placement)
        let preview = try CompositePreview(
            photo: prepared.photo, cutout: prepared.cutout, layout: layout, maximumWidth: key.width, maximumHeight: key.height,
            options: options)
        // A size in pixels is a limit: nothing is enlarged to it.
        let isLarger = key.aspect.pixels.map { $0.width < layout.width || $0.height < layout.height } ?? false
        return Kept(key: key, preview: preview, size: isLarger ? key.aspect.pixels ?? PictureSize(layout) : PictureSize(layout))
    }

    /// Forgets the product it keeps small, after files were changed by hand.
    func forget() {
        memory.withLock { memory in
            memory.last = nil
            memory.age += 1
        }
    }
}

extension PictureSize {
    fileprivate init(_ layout: CanvasLayout) { self.init(width: layout.width, height: layout.height) }
}
