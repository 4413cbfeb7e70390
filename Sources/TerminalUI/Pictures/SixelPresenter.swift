import CSixel
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
        var payload: [UInt8] = []
        for recipe in Recipe.all(for: order.quality) {
            payload = try Self.sixel(of: full.coarsened(block: recipe.block), recipe: recipe, maximumColours: maximumColours)
            if payload.count <= order.maximumBytes { break }
        }
        let move = "\u{1B}[\(cells.row + 1);\(cells.column + 1)H"
        return EncodedPicture(bytes: Array(move.utf8) + payload, cells: cells)
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

    /// Encodes one picture; a fresh palette each time, for libsixel's dither keeps its colour cache from the one before.
    private static func sixel(of picture: RGBPicture, recipe: Recipe, maximumColours: Int) throws -> [UInt8] {
        let collector = Collector()
        var output: OpaquePointer?
        let write: sixel_write_function = { data, size, context in
            guard let data, let context, size > 0 else { return 0 }
            let collector = Unmanaged<Collector>.fromOpaque(context).takeUnretainedValue()
            data.withMemoryRebound(to: UInt8.self, capacity: Int(size)) { bytes in
                collector.bytes.append(contentsOf: UnsafeBufferPointer(start: bytes, count: Int(size)))
            }
            return size
        }
        var status = sixel_output_new(&output, write, Unmanaged.passUnretained(collector).toOpaque(), nil)
        guard status == SIXEL_OK, let output else { throw PictureError.encoder("output", Int(status)) }
        defer { sixel_output_unref(output) }

        var dither: OpaquePointer?
        status = sixel_dither_new(&dither, Int32(min(recipe.colours, maximumColours)), nil)
        guard status == SIXEL_OK, let dither else { throw PictureError.encoder("palette", Int(status)) }
        defer { sixel_dither_unref(dither) }

        var pixels = picture.bytes
        status = pixels.withUnsafeMutableBufferPointer { buffer in
            let quality = recipe.dithered ? SIXEL_QUALITY_HIGH : SIXEL_QUALITY_LOW
            let made = sixel_dither_initialize(
                dither, buffer.baseAddress, Int32(picture.width), Int32(picture.height), backdrop_sixel_rgb888(),
                SIXEL_LARGE_NORM, SIXEL_REP_CENTER_BOX, quality)
            guard made == SIXEL_OK else { return made }
            sixel_dither_set_diffusion_type(dither, recipe.dithered ? SIXEL_DIFFUSE_FS : SIXEL_DIFFUSE_NONE)
            return sixel_encode(buffer.baseAddress, Int32(picture.width), Int32(picture.height), 3, dither, output)
        }
        // The collector must outlive the encoder's last call; nothing above holds a counted reference to it.
        return try withExtendedLifetime(collector) {
            guard status == SIXEL_OK else { throw PictureError.encoder("encoding", Int(status)) }
            return collector.bytes
        }
    }

    private final class Collector {
        var bytes: [UInt8] = []
    }
}
