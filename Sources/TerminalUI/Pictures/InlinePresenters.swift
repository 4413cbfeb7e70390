import Foundation
import Imaging

/// Pictures by the kitty graphics protocol: PNG in base64, in pieces, placed over cells. Such a picture lies above the text and is
/// not erased by spaces, so each place on the screen has a number, by which its picture is replaced or deleted.
///
/// Text may stand between two pieces, other graphics may not. The terminal shows nothing before it has the last one, and places the
/// picture where the cursor is then, so each piece is a slice that begins with the cursor's place.
struct KittyPresenter: PicturePresenter {
    /// Pixels of a cell.
    let cell: CellSize

    /// Bytes of base64 in one piece; the protocol allows no more, and wants multiples of four.
    private static let largestPiece = 4096

    func encode(_ order: PictureOrder) throws -> EncodedPicture {
        let fitted = try InlinePicture(order, cell: cell)
        let png = try PNGCodec.encode(fitted.image).base64EncodedData()
        let place = "\u{1B}[\(fitted.cells.row + 1);\(fitted.cells.column + 1)H"
        let piece = min(Self.largestPiece, max(512, order.maximumSlice)) / 4 * 4
        let slices = stride(from: png.startIndex, to: png.endIndex, by: piece).map { start in
            let end = min(start + piece, png.endIndex)
            // a=T shows at once, f=100 is PNG, C=1 leaves the cursor, q=2 asks for no answer, which kitty wants said with each piece.
            let head =
                start == png.startIndex
                ? "a=T,f=100,i=\(order.number),p=1,c=\(fitted.cells.columns),r=\(fitted.cells.rows),C=1," : ""
            let control = "\(place)\u{1B}_G\(head)q=2,m=\(end < png.endIndex ? 1 : 0);"
            return Array(control.utf8) + png[start..<end] + Array("\u{1B}\\".utf8)
        }
        // On a quick line one slice holds many pieces.
        return EncodedPicture(parts: slices, maximumSlice: order.maximumSlice, cells: fitted.cells)
    }

    func removal(number: Int) -> String { "\u{1B}_Ga=d,d=I,i=\(number),q=2\u{1B}\\" }

    var removalOfAll: String { "\u{1B}_Ga=d,d=A,q=2\u{1B}\\" }

    var abandonment: String { "\u{1B}_Gq=2,m=0;\u{1B}\\" }
}

/// Pictures by iTerm2's inline images (OSC 1337): a file in base64, JPEG while it forms, PNG when it stays. Text over its cells
/// erases it. Such a picture cannot be sent in slices, so one that forms is made small enough to be one.
struct ITermPresenter: PicturePresenter {
    /// Pixels of a cell.
    let cell: CellSize

    func encode(_ order: PictureOrder) throws -> EncodedPicture {
        var bounded = order
        if order.quality == .step { bounded.maximumBytes = min(order.maximumBytes, order.maximumSlice) }
        let fitted = try InlinePicture(bounded, cell: cell)
        let file =
            order.quality == .step
            ? try JPEGCodec.encode(fitted.image, quality: 60) : try PNGCodec.encode(fitted.image)
        let head =
            "\u{1B}[\(fitted.cells.row + 1);\(fitted.cells.column + 1)H\u{1B}]1337;File=inline=1;size=\(file.count);width=\(fitted.cells.columns);"
            + "height=\(fitted.cells.rows);preserveAspectRatio=0;doNotMoveCursor=1:"
        return EncodedPicture(bytes: Array(head.utf8) + file.base64EncodedData() + [7], cells: fitted.cells)
    }
}

/// A picture at the size of its cells, on the ground that shows through it, and the cells.
private struct InlinePicture {
    let image: RasterImage
    let cells: CellRectangle

    /// Steps are sent at half size: the terminal enlarges them, and the line carries a quarter. Where even that is too much for the
    /// line, they shrink further.
    init(_ order: PictureOrder, cell: CellSize) throws {
        cells = try cellsKeepingAspect(of: order.image, in: order.area, cell: cell)
        let (full, high) = (Double(cells.columns) * cell.width, Double(cells.rows) * cell.height)
        var divisor = order.quality == .step ? 2.0 : 1.0
        // A byte a pixel is more than either format needs for noise that has been scaled down.
        while full * high / (divisor * divisor) > Double(order.maximumBytes), divisor < 16 { divisor *= 1.5 }
        let picture = try RGBPicture(
            order.image, width: max(1, Int(full / divisor)), height: max(1, Int(high / divisor)), background: order.ground)
        var pixels: [UInt8] = []
        pixels.reserveCapacity(picture.width * picture.height * 4)
        for index in stride(from: 0, to: picture.bytes.count, by: 3) {
            pixels += picture.bytes[index..<index + 3]
            pixels.append(255)
        }
        image = RasterImage(width: picture.width, height: picture.height, pixels: pixels)
    }
}

/// Pictures as block sextants, six pixels a cell in two colours each (Unicode 13, "Symbols for Legacy Computing"), for terminals
/// whose fonts have them.
struct SextantPresenter: PicturePresenter {
    /// Pixels of a cell, for the aspect ratio only.
    let cell: CellSize

    func encode(_ order: PictureOrder) throws -> EncodedPicture {
        let cells = try cellsKeepingAspect(of: order.image, in: order.area, cell: cell)
        let picture = try RGBPicture(order.image, width: cells.columns * 2, height: cells.rows * 3, background: order.ground)
        let rows = (0..<cells.rows).map { row in
            "\u{1B}[\(cells.row + row + 1);\(cells.column + 1)H"
                + (0..<cells.columns).map { Self.cell(of: picture, row: row, column: $0) }.joined() + "\u{1B}[0m"
        }
        return EncodedPicture(parts: rows.map { Array($0.utf8) }, maximumSlice: order.maximumSlice, cells: cells)
    }

    /// One cell: the six pixels in two groups by brightness, each in its mean colour.
    private static func cell(of picture: RGBPicture, row: Int, column: Int) -> String {
        var pixels: [[Int]] = []
        for y in 0..<3 {
            for x in 0..<2 {
                let index = ((row * 3 + y) * picture.width + column * 2 + x) * 3
                pixels.append(picture.bytes[index..<index + 3].map(Int.init))
            }
        }
        // Rec. 709 luma of the encoded values, in thousandths.
        let brightness = pixels.map { 213 * $0[0] + 715 * $0[1] + 72 * $0[2] }
        let middle = brightness.reduce(0, +) / 6
        let pattern = brightness.enumerated().reduce(0) { $0 | ($1.element > middle ? 1 << $1.offset : 0) }
        func mean(_ bit: Int) -> String {
            let chosen = pixels.indices.filter { pattern >> $0 & 1 == bit }.map { pixels[$0] }
            guard !chosen.isEmpty else { return "0;0;0" }
            return (0..<3).map { channel in String(chosen.reduce(0) { $0 + $1[channel] } / chosen.count) }.joined(separator: ";")
        }
        guard pattern != 0 else { return "\u{1B}[48;2;\(mean(0))m " }
        return "\u{1B}[38;2;\(mean(1));48;2;\(mean(0))m\(glyph(pattern))"
    }

    /// The character of six bits, the first at the top left. Four of the 64 stood in Unicode before the sextants.
    static func glyph(_ pattern: Int) -> String {
        switch pattern {
        case 0: return " "
        case 21: return "▌"
        case 42: return "▐"
        case 63: return "█"
        default:
            let place = 0x1FB00 + pattern - 1 - (pattern > 21 ? 1 : 0) - (pattern > 42 ? 1 : 0)
            return Unicode.Scalar(UInt32(place)).map { String(Character($0)) } ?? " "
        }
    }
}
