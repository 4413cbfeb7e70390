import Imaging

/// Pictures as upper half blocks, two pixels a cell, for terminals without graphics.
struct HalfBlockPresenter: PicturePresenter {
    /// Pixels of a cell, for the aspect ratio only.
    let cell: CellSize
    /// 24-bit colours, or the nearest of xterm's 256.
    let isTrueColour: Bool

    func encode(_ order: PictureOrder) throws -> EncodedPicture {
        let cells = try cellsKeepingAspect(of: order.image, in: order.area, cell: cell)
        let picture = try RGBPicture(order.image, width: cells.columns, height: cells.rows * 2, background: order.ground)
        var rows: [String] = []
        for row in 0..<cells.rows {
            var text = "\u{1B}[\(cells.row + row + 1);\(cells.column + 1)H"
            var foreground: String?
            var background: String?
            for column in 0..<cells.columns {
                let upper = colour(picture, row: row * 2, column: column)
                let lower = colour(picture, row: row * 2 + 1, column: column)
                if background != lower {
                    text += "\u{1B}[48;\(lower)m"
                    background = lower
                }
                if upper == lower {
                    text += " "
                    continue
                }
                if foreground != upper {
                    text += "\u{1B}[38;\(upper)m"
                    foreground = upper
                }
                text += "▀"
            }
            rows.append(text + "\u{1B}[0m")
        }
        return EncodedPicture(parts: rows.map { Array($0.utf8) }, maximumSlice: order.maximumSlice, cells: cells)
    }

    private func colour(_ picture: RGBPicture, row: Int, column: Int) -> String {
        let index = (row * picture.width + column) * 3
        let (red, green, blue) = (picture.bytes[index], picture.bytes[index + 1], picture.bytes[index + 2])
        if isTrueColour { return "2;\(red);\(green);\(blue)" }
        return "5;\(Colour.rgb(red, green, blue).nearestOf256 ?? 16)"
    }
}

/// Pictures as letters of different weight, for terminals without colour.
struct TextPresenter: PicturePresenter {
    /// Pixels of a cell, for the aspect ratio only.
    let cell: CellSize
    /// Whether text is dark on a bright ground, so that heavy letters mean dark.
    let isDarkOnLight: Bool

    private static let weights = Array(" .:-=+*#%@")

    func encode(_ order: PictureOrder) throws -> EncodedPicture {
        let cells = try cellsKeepingAspect(of: order.image, in: order.area, cell: cell)
        let picture = try RGBPicture(order.image, width: cells.columns, height: cells.rows, background: order.ground)
        var rows: [String] = []
        for row in 0..<cells.rows {
            var text = "\u{1B}[0m\u{1B}[\(cells.row + row + 1);\(cells.column + 1)H"
            for column in 0..<cells.columns {
                let index = (row * picture.width + column) * 3
                // Rec. 709 luma of the encoded values, in thousandths.
                let (red, green, blue) = (Int(picture.bytes[index]), Int(picture.bytes[index + 1]), Int(picture.bytes[index + 2]))
                let luma: Int = 213 * red + 715 * green + 72 * blue
                let level = min(Self.weights.count - 1, luma * Self.weights.count / 256_000)
                text.append(Self.weights[isDarkOnLight ? Self.weights.count - 1 - level : level])
            }
            rows.append(text)
        }
        return EncodedPicture(parts: rows.map { Array($0.utf8) }, maximumSlice: order.maximumSlice, cells: cells)
    }
}

/// The largest block of cells with the picture's aspect in the middle of `area`.
func cellsKeepingAspect(of image: RasterImage, in area: CellRectangle, cell: CellSize) throws -> CellRectangle {
    guard image.width > 0, image.height > 0, !area.isEmpty else { throw PictureError.empty }
    let aspect = Double(image.width) / Double(image.height) * cell.height / cell.width
    let columns = min(Double(area.columns), Double(area.rows) * aspect)
    let rows = columns / aspect
    return area.centred(rows: max(1, Int(rows.rounded())), columns: max(1, Int(columns.rounded())))
}
