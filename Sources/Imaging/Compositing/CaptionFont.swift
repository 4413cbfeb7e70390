/// The font that a sheet's captions are written in.
struct CaptionFont: Sendable {
    /// One character's picture.
    struct Glyph: Sendable, Equatable {
        /// In font pixels.
        let width: Int
        /// From the top; the lowest bit is the rightmost column.
        let rows: [UInt16]
    }

    /// The height of a line, in font pixels.
    let height: Int
    /// Font pixels between two glyphs.
    let spacing: Int
    private let glyph: @Sendable (Unicode.Scalar) -> Glyph

    /// Our own, for ASCII.
    static let builtIn = CaptionFont(height: BitmapFont.height, spacing: 1, glyph: BitmapFont.glyph)

    /// A font that has every character of these captions: our own where they are ASCII, else GNU Unifont where it is installed.
    ///
    /// - Returns: our own where there is no other; it lacks what is not ASCII.
    static func fitting(_ captions: [String], unifont: Unifont? = .installed) -> CaptionFont {
        let scalars = Set(captions.flatMap(\.unicodeScalars))
        guard scalars.contains(where: { !(32...126).contains($0.value) }), let glyphs = unifont?.glyphs(of: scalars) else { return builtIn }
        return CaptionFont(height: Unifont.height, spacing: 0) { glyphs[$0] ?? BitmapFont.glyph($0) }
    }

    /// Whether the font has more than ASCII.
    var isBuiltIn: Bool { spacing == 1 }

    /// Draws one line of text; what would leave the picture is not drawn.
    ///
    /// - Parameter scale: picture pixels for each font pixel.
    func draw(_ text: String, in image: inout RasterImage, x: Int, y: Int, scale: Int, colour: RGBA) {
        var left = x
        for scalar in text.unicodeScalars {
            let glyph = glyph(scalar)
            for (row, bits) in glyph.rows.enumerated() {
                for column in 0..<glyph.width where bits >> UInt16(glyph.width - 1 - column) & 1 == 1 {
                    Self.fill(&image, x: left + column * scale, y: y + row * scale, side: scale, colour)
                }
            }
            left += (glyph.width + spacing) * scale
        }
    }

    /// The width of a line, in picture pixels.
    func lineWidth(_ text: String, scale: Int) -> Int {
        max(0, text.unicodeScalars.reduce(-spacing) { $0 + glyph($1).width + spacing }) * scale
    }

    private static func fill(_ image: inout RasterImage, x: Int, y: Int, side: Int, _ colour: RGBA) {
        for py in max(0, y)..<max(max(0, y), min(image.height, y + side)) {
            for px in max(0, x)..<max(max(0, x), min(image.width, x + side)) { image[px, py] = colour }
        }
    }
}
