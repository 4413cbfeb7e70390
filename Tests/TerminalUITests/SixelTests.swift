import Imaging
import Testing

@testable import TerminalUI

/// One after the other: libsixel keeps something of its choice of colours in a global.
@Suite("Pictures as sixel", .serialized)
struct SixelTests {
    private let presenter = SixelPresenter(cell: CellSize(width: 8, height: 16))
    private let ground = RGB(red: 28, green: 28, blue: 28)

    /// Colours that run smoothly, and a transparent corner.
    private func picture(width: Int = 96, height: Int = 60) -> RasterImage {
        var image = RasterImage(width: width, height: height)
        for y in 0..<height {
            for x in 0..<width {
                image[x, y] = RGBA(UInt8(x * 255 / width), UInt8(y * 255 / height), 90, x < 12 && y < 12 ? 0 : 255)
            }
        }
        return image
    }

    private func encode(
        _ image: RasterImage, rows: Int, columns: Int, quality: PictureOrder.Quality = .finished, maximumBytes: Int = .max,
        presenter: SixelPresenter? = nil
    ) throws -> EncodedPicture {
        try (presenter ?? self.presenter).encode(
            PictureOrder(
                image: image, area: CellRectangle(row: 2, column: 3, rows: rows, columns: columns), quality: quality, ground: ground,
                maximumBytes: maximumBytes))
    }

    /// What stands between the placing sequence and the string's end.
    private func decoded(_ picture: EncodedPicture) throws -> SixelPicture {
        let start = try #require(picture.bytes.indices.first { picture.bytes[$0] == 0x1B && picture.bytes[$0 + 1] == UInt8(ascii: "P") })
        #expect(picture.bytes.suffix(2) == [0x1B, UInt8(ascii: "\\")])
        return try #require(SixelPicture(payload: Array(picture.bytes[(start + 2)..<(picture.bytes.count - 2)])))
    }

    @Test("A terminal makes of the bytes what was in the picture; what is transparent shows the ground")
    func roundTrip() throws {
        let image = picture()
        let there = try decoded(encode(image, rows: 20, columns: 12))
        #expect(there.width == 96 && there.height == 60)
        // Dithered: single pixels differ, neighbourhoods do not.
        for top in stride(from: 12, to: 54, by: 6) {
            for left in stride(from: 12, to: 90, by: 6) {
                var sums = [0, 0, 0, 0, 0, 0]
                for y in top..<top + 6 {
                    for x in left..<left + 6 {
                        let pixel = try #require(there.pixels[y * there.width + x])
                        let wanted = image[x, y]
                        for (index, value) in [pixel.red, pixel.green, pixel.blue].enumerated() { sums[index] += value }
                        for (index, value) in [wanted.red, wanted.green, wanted.blue].enumerated() { sums[3 + index] += Int(value) }
                    }
                }
                for index in 0..<3 { #expect(abs(sums[index] - sums[3 + index]) <= 14 * 36, "\(left),\(top): \(sums)") }
            }
        }
        let corner = try #require(there.pixels[5 * there.width + 5])
        #expect(abs(corner.red - 28) <= 6 && abs(corner.green - 28) <= 6 && abs(corner.blue - 28) <= 6)
    }

    @Test(
        "A picture keeps its aspect, stays inside its cells, and is whole bands of six pixels high",
        arguments: [(3, 40), (12, 9), (30, 30), (1, 5)])
    func placing(rows: Int, columns: Int) throws {
        let image = picture(width: 300, height: 200)
        let encoded = try encode(image, rows: rows, columns: columns)
        let there = try decoded(encoded)
        #expect(there.height % 6 == 0)
        #expect(there.width <= columns * 8 && there.height <= rows * 16)
        #expect(abs(Double(there.width) / Double(there.height) - 1.5) < 1.5 / Double(there.height) + 0.01)
        let area = CellRectangle(row: 2, column: 3, rows: rows, columns: columns)
        #expect(encoded.cells.row >= area.row && encoded.cells.endRow <= area.endRow)
        #expect(encoded.cells.column >= area.column && encoded.cells.endColumn <= area.endColumn)
        #expect(encoded.cells.rows * 16 >= there.height && encoded.cells.columns * 8 >= there.width)
        #expect(encoded.bytes.starts(with: Array("\u{1B}[\(encoded.cells.row + 1);\(encoded.cells.column + 1)H".utf8)))
    }

    @Test("Detail is given up for a byte budget, the size on the screen never")
    func budget() throws {
        let noisy = RasterImage.noise(width: 400, height: 300)
        let free = try encode(noisy, rows: 30, columns: 60, quality: .step)
        let tight = try encode(noisy, rows: 30, columns: 60, quality: .step, maximumBytes: 30_000)
        #expect(free.bytes.count > 60_000)
        #expect(tight.bytes.count <= 30_000)
        let (one, other) = (try decoded(free), try decoded(tight))
        #expect(one.width == other.width && one.height == other.height)
        #expect(free.cells == tight.cells)
    }

    @Test(
        "Slices put together are the picture, also a dithered one: whole bands of six, each at its row, few and of similar length",
        arguments: [16.0, 17, 20], [PictureOrder.Quality.step, .finished])
    func slices(cellHeight: Double, quality: PictureOrder.Quality) throws {
        let presenter = SixelPresenter(cell: CellSize(width: 8, height: cellHeight))
        let area = CellRectangle(row: 2, column: 3, rows: 24, columns: 60)
        func encode(slice: Int) throws -> EncodedPicture {
            try presenter.encode(
                PictureOrder(
                    image: picture(width: 480, height: 380), area: area, quality: quality, ground: ground, maximumSlice: slice))
        }
        let whole = try encode(slice: .max)
        #expect(whole.slices.count == 1)
        let wanted = try decoded(whole)
        let cut = try encode(slice: whole.bytes.count / 4)
        #expect((2...FramePacer.mostSlices).contains(cut.slices.count))
        #expect(cut.cells == whole.cells)
        #expect(cut.byteCount < whole.byteCount * 3 / 2, "slices cost too much: \(cut.byteCount) for \(whole.byteCount)")
        #expect(cut.slices.allSatisfy { $0.count < whole.byteCount / 2 }, "one is long: \(cut.slices.map(\.count)) of \(whole.byteCount)")
        var seen: [(red: Int, green: Int, blue: Int)?] = Array(repeating: nil, count: wanted.width * wanted.height)
        for slice in cut.slices {
            let place = try #require(String(decoding: slice, as: UTF8.self).firstMatch(of: /\u{1B}\[(\d+);(\d+)H/))
            let top = (try #require(Int(place.1)) - 1 - cut.cells.row) * Int(cellHeight)
            #expect(Int(place.2) == cut.cells.column + 1)
            let piece = try decoded(EncodedPicture(bytes: slice, cells: cut.cells))
            #expect(piece.height % 6 == 0 && top + piece.height <= wanted.height)
            for y in 0..<piece.height {
                for x in 0..<piece.width { seen[(top + y) * wanted.width + x] = piece.pixels[y * piece.width + x] }
            }
        }
        for (one, other) in zip(seen, wanted.pixels) {
            guard let one, let other else { return #expect(Bool(false), "a pixel is missing") }
            guard one == other else { return #expect(Bool(false), "\(one) stands for \(other)") }
        }
    }

    @Test("No more colours than the terminal has registers")
    func registers() throws {
        let few = SixelPresenter(cell: CellSize(width: 8, height: 16), maximumColours: 16)
        let there = try decoded(encode(picture(), rows: 20, columns: 20, presenter: few))
        let colours = Set(there.pixels.compactMap { $0 }.map { $0.red << 16 | $0.green << 8 | $0.blue })
        #expect(colours.count <= 16)
        #expect(colours.count > 4)
    }

    @Test("What the terminal cannot take at full size is made smaller")
    func largest() throws {
        let small = SixelPresenter(cell: CellSize(width: 8, height: 16), maximumWidth: 100, maximumHeight: 90)
        let there = try decoded(encode(picture(width: 400, height: 400), rows: 40, columns: 100, presenter: small))
        #expect(there.width == 90 && there.height == 90)
    }

    @Test("Nothing to show, or nowhere to show it, is an error and not a crash")
    func empty() {
        #expect(throws: TerminalUI.PictureError.self) { try encode(RasterImage(width: 0, height: 0), rows: 5, columns: 5) }
        #expect(throws: TerminalUI.PictureError.self) { try encode(picture(), rows: 0, columns: 5) }
        #expect(throws: TerminalUI.PictureError.self) { try encode(picture(width: 4000, height: 4), rows: 5, columns: 5) }
    }
}
