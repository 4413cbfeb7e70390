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
        var encoding: SixelEncoding?
        var payload: [UInt8] = []
        for recipe in Recipe.all(for: order.quality) {
            let next = try SixelEncoding(full.coarsened(block: recipe.block), recipe: recipe, maximumColours: maximumColours)
            encoding = next
            payload = try next.encode()
            if payload.count <= order.maximumBytes { break }
        }
        let starts = sliceStarts(
            height: size.height, rows: cells.rows, count: 1 + (payload.count - 1) / order.maximumSlice,
            bands: SixelEncoding.bandBytes(payload))
        guard let encoding, starts.count > 1 else { return EncodedPicture(bytes: Self.move(to: cells, row: 0) + payload, cells: cells) }
        let high = Int(cell.height)
        let slices = try starts.indices.map { index in
            let top = starts[index] * high
            // Whole bands of six: what reaches into the next slice is what stands there, too.
            let bottom = index + 1 < starts.count ? min(size.height, top + (starts[index + 1] * high - top + 5) / 6 * 6) : size.height
            return Self.move(to: cells, row: starts[index]) + SixelEncoding.withoutUnusedColours(try encoding.encode(rows: top..<bottom))
        }
        return EncodedPicture(slices: slices, cells: cells)
    }

    private static func move(to cells: CellRectangle, row: Int) -> [UInt8] {
        Array("\u{1B}[\(cells.row + row + 1);\(cells.column + 1)H".utf8)
    }

    /// The rows of cells at which slices begin, so that each is whole bands of six pixels high and the longest as short as can be. Where
    /// the height of a cell is only guessed there is one slice: parts that do not meet would show.
    /// - Parameter bands: bytes of each six rows of pixels.
    private func sliceStarts(height: Int, rows: Int, count: Int, bands: [Int]) -> [Int] {
        let count = min(count, FramePacer.mostSlices, rows)
        guard count > 1, cell.height == cell.height.rounded() else { return [0] }
        let high = Int(cell.height)
        // Bytes above each row of cells.
        var above = [0]
        for row in 1...rows {
            let pixels = min(height, row * high)
            let whole = bands.prefix(pixels / 6).reduce(0, +)
            above.append(whole + (pixels / 6 < bands.count ? bands[pixels / 6] * (pixels % 6) / 6 : 0))
        }
        var best: (starts: [Int], longest: Int) = ([0], .max)
        // The last slice ends where the picture does, which is a whole number of bands below only some of the rows.
        for last in 1..<rows where height > last * high && (height - last * high) % 6 == 0 {
            var starts = [0]
            for index in 1..<count - 1 {
                let wanted = above[last] * index / (count - 1)
                let next = (0..<last).min { abs(above[$0] - wanted) < abs(above[$1] - wanted) } ?? 0
                if next > starts[starts.count - 1] { starts.append(next) }
            }
            starts.append(last)
            let longest = zip(starts, starts.dropFirst() + [rows]).map { above[$1] - above[$0] }.max() ?? 0
            if longest < best.longest { best = (starts, longest) }
        }
        return best.starts
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
