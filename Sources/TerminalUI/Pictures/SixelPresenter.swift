import Imaging

/// Pictures as DEC sixel graphics, encoded by libsixel from our own RGB copy; libsixel never sees a file.
struct SixelPresenter: PicturePresenter {
    /// Pixels of a cell.
    let cell: CellSize
    /// The largest picture that the terminal accepts, pixels.
    let maximumWidth: Int
    let maximumHeight: Int
    /// Colour registers of the terminal.
    let maximumColours: Int

    init(cell: CellSize, maximumWidth: Int = 2000, maximumHeight: Int = 2000, maximumColours: Int = 256) {
        self.cell = cell
        self.maximumWidth = maximumWidth
        self.maximumHeight = maximumHeight
        self.maximumColours = max(2, min(256, maximumColours))
    }

    func encode(_ order: PictureOrder) throws -> EncodedPicture {
        let size = try pixelSize(of: order)
        let cells = order.area.centred(
            rows: Int((Double(size.height) / cell.height).rounded(.up)), columns: Int((Double(size.width) / cell.width).rounded(.up)))
        let full = try RGBPicture(order.image, width: size.width, height: size.height, background: order.ground)
        var shown = full
        var recipe = Recipe.all(for: order.quality)[0]
        var payload: [UInt8] = []
        for next in Recipe.all(for: order.quality) {
            recipe = next
            shown = try full.coarsened(block: recipe.block)
            payload = try SixelEncoding(palette: shown, recipe: recipe, maximumColours: maximumColours).encode(shown)
            if payload.count <= order.maximumBytes { break }
        }
        // One that stays is dithered, and dithering runs on from row to row: cut, it would look different each time.
        guard order.quality == .step else { return EncodedPicture(bytes: Self.move(to: cells, row: 0) + payload, cells: cells) }
        let starts = sliceStarts(height: size.height, rows: cells.rows, count: 1 + (payload.count - 1) / order.maximumSlice)
        guard starts.count > 1 else { return EncodedPicture(bytes: Self.move(to: cells, row: 0) + payload, cells: cells) }
        let encoding = try SixelEncoding(palette: shown, recipe: recipe, maximumColours: maximumColours)
        let high = Int(cell.height)
        let slices = try starts.indices.map { index in
            let top = starts[index] * high
            // Whole bands of six: what reaches into the next slice is what stands there, too.
            let bottom = index + 1 < starts.count ? min(size.height, top + (starts[index + 1] * high - top + 5) / 6 * 6) : size.height
            return Self.move(to: cells, row: starts[index])
                + SixelEncoding.withoutUnusedColours(try encoding.encode(shown.rows(top..<bottom)))
        }
        return EncodedPicture(slices: slices, cells: cells)
    }

    private static func move(to cells: CellRectangle, row: Int) -> [UInt8] {
        Array("\u{1B}[\(cells.row + row + 1);\(cells.column + 1)H".utf8)
    }

    /// The rows of cells at which slices begin, about evenly, so that each is whole bands of six pixels high. Where the height of a cell
    /// is only guessed there is one slice: parts that do not meet would show.
    private func sliceStarts(height: Int, rows: Int, count: Int) -> [Int] {
        let count = min(count, FramePacer.mostSlices, rows)
        guard count > 1, cell.height == cell.height.rounded() else { return [0] }
        let wanted = rows * (count - 1) / count
        let possible = (1..<rows).filter { (height - $0 * Int(cell.height)) % 6 == 0 && height - $0 * Int(cell.height) > 0 }
        guard let last = possible.min(by: { abs($0 - wanted) < abs($1 - wanted) }) else { return [0] }
        let others = min(count - 1, last)
        return (0..<others).map { last * $0 / others } + [last]
    }

    /// The largest size of the picture's aspect in the area; its height whole bands of six pixels, for a part of one would reach
    /// below.
    private func pixelSize(of order: PictureOrder) throws -> (width: Int, height: Int) {
        let image = order.image
        guard image.width > 0, image.height > 0 else { throw PictureError.empty }
        let widest = min(Double(order.area.columns) * cell.width, Double(maximumWidth))
        let highest = min(Double(order.area.rows) * cell.height, Double(maximumHeight))
        let aspect = Double(image.width) / Double(image.height)
        let height = Int(min(highest, widest / aspect) / 6) * 6
        guard height >= 6 else { throw PictureError.empty }
        let width = Int((Double(height) * aspect).rounded())
        guard width >= 1 else { throw PictureError.empty }
        return (min(width, Int(widest)), height)
    }

    /// How much detail a picture gets. Later ones are smaller; sizes are measured in `TERMINAL.md`.
    struct Recipe: Equatable {
        let colours: Int
        let dithered: Bool
        /// Side of the flat squares that stand for pixels.
        let block: Int

        static func all(for quality: PictureOrder.Quality) -> [Recipe] {
            let coarse = [
                Recipe(colours: 32, dithered: false, block: 2), Recipe(colours: 16, dithered: false, block: 4),
                Recipe(colours: 16, dithered: false, block: 8), Recipe(colours: 16, dithered: false, block: 16),
            ]
            switch quality {
            case .step: return [Recipe(colours: 64, dithered: false, block: 1)] + coarse
            case .finished:
                return [Recipe(colours: 256, dithered: true, block: 1), Recipe(colours: 64, dithered: false, block: 1)] + coarse
            }
        }
    }
}
