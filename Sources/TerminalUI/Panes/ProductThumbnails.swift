import Imaging
import Studio

/// The product list with thumbnails: two lines a product, its photo at the left of them.
enum ProductThumbnails {
    /// Cells of one thumbnail.
    static let rows = 2
    static let columns = 5
    /// Lines of a list, at least: below that names are worth more.
    static let leastLines = 12

    /// All thumbnails of a list in one picture as large as their cells, on nothing.
    /// - Parameters:
    ///   - pictures: from the top; nil leaves the place empty.
    ///   - cell: pixels of a cell.
    static func composed(_ pictures: [StudioPicture?], cell: (width: Int, height: Int)) -> RasterImage {
        let (width, height) = (columns * cell.width, rows * cell.height)
        var image = RasterImage(width: width, height: height * pictures.count)
        for (index, picture) in pictures.enumerated() {
            guard let small = picture?.image, small.width <= width, small.height <= height else { continue }
            let left = (width - small.width) / 2
            let top = index * height + (height - small.height) / 2
            for y in 0..<small.height {
                let source = y * small.width * 4
                let target = ((top + y) * width + left) * 4
                image.pixels.replaceSubrange(target..<target + small.width * 4, with: small.pixels[source..<source + small.width * 4])
            }
        }
        return image
    }
}

extension StudioView {
    /// Whether the product list has thumbnails.
    var listsThumbnails: Bool { interface.listsThumbnails }

    /// Asks for the thumbnails of the products that are listed, and puts those that are there beside them.
    mutating func drawThumbnails(of products: ArraySlice<ProductItem>, in list: CellRectangle) {
        guard let cell = interface.cell, !interface.isScrolling, !products.isEmpty else { return }
        let place = CellRectangle(row: list.row, column: list.column + 1, rows: ProductThumbnails.rows, columns: ProductThumbnails.columns)
        // From the last to the first: what is wished last is made first.
        let pictures = Array(products.reversed().map { picture(.thumbnail($0.id), place) }.reversed())
        guard pictures.contains(where: { $0 != nil }) else { return }
        let names = zip(products, pictures).map { "\($0.id)#\($1?.revision ?? 0)" }
        frame.pictures.append(
            PictureSlot(
                place: .list(products.startIndex),
                area: CellRectangle(
                    row: place.row, column: place.column, rows: ProductThumbnails.rows * products.count, columns: place.columns),
                identity: "list " + names.joined(separator: " "), quality: .finished,
                image: ProductThumbnails.composed(pictures, cell: cell)))
    }
}

extension Interface {
    /// Whether the product list has thumbnails.
    var listsThumbnails: Bool {
        cell != nil && layout.kind == .full && layout.zoomed == nil && layout.products.rows >= ProductThumbnails.leastLines
    }

    /// Lines of one product in the list.
    var productLines: Int { listsThumbnails ? ProductThumbnails.rows : 1 }
}
