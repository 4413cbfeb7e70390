/// A colour as a theme names it.
public enum Colour: Hashable, Sendable {
    /// The terminal's own foreground or background.
    case standard
    /// sRGB, 0...255 each.
    case rgb(UInt8, UInt8, UInt8)
    /// One of the terminal's own sixteen, which its user chose: 0...7 the plain ones from black to white, 8...15 the bright.
    case palette(Int)

    /// What theme files call the sixteen, in their order.
    static let paletteNames: [String] = {
        let plain = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]
        return plain + plain.map { "bright-" + $0 }
    }()

    /// The nearest of xterm's fixed 240 colours (16...255); the first 16 are the user's and unknown, and taken only by name.
    var nearestOf256: Int? {
        if case .palette(let index) = self { return index }
        guard case .rgb(let red, let green, let blue) = self else { return nil }
        let levels = [0, 95, 135, 175, 215, 255]
        func nearestLevel(_ value: UInt8) -> Int {
            levels.indices.min { abs(levels[$0] - Int(value)) < abs(levels[$1] - Int(value)) } ?? 0
        }
        func distance(_ r: Int, _ g: Int, _ b: Int) -> Int {
            let (dr, dg, db) = (r - Int(red), g - Int(green), b - Int(blue))
            return 2 * dr * dr + 4 * dg * dg + 3 * db * db
        }
        let (r, g, b) = (nearestLevel(red), nearestLevel(green), nearestLevel(blue))
        let grey = min(23, max(0, (Int(red) + Int(green) + Int(blue)) / 3 - 3) / 10)
        let greyLevel = 8 + 10 * grey
        if distance(greyLevel, greyLevel, greyLevel) < distance(levels[r], levels[g], levels[b]) { return 232 + grey }
        return 16 + 36 * r + 6 * g + b
    }

    /// The nearest of the eight ANSI colours, by which channels are strong.
    var nearestOf8: Int? {
        if case .palette(let index) = self { return index % 8 }
        guard case .rgb(let red, let green, let blue) = self else { return nil }
        let strongest = max(red, green, blue)
        if strongest < 70 { return 0 }
        let threshold = UInt8(Int(strongest) * 78 / 100)
        return (red >= threshold ? 1 : 0) + (green >= threshold ? 2 : 0) + (blue >= threshold ? 4 : 0)
    }
}

/// How a cell's text is drawn.
public struct Style: Hashable, Sendable {
    public var foreground: Colour
    public var background: Colour
    public var attributes: Attributes

    public init(foreground: Colour = .standard, background: Colour = .standard, attributes: Attributes = []) {
        self.foreground = foreground
        self.background = background
        self.attributes = attributes
    }

    /// Attributes that every terminal has something for.
    public struct Attributes: OptionSet, Hashable, Sendable {
        public let rawValue: UInt8
        public init(rawValue: UInt8) { self.rawValue = rawValue }
        public static let bold = Attributes(rawValue: 1)
        public static let dim = Attributes(rawValue: 2)
        public static let italic = Attributes(rawValue: 4)
        public static let underline = Attributes(rawValue: 8)
        public static let reverse = Attributes(rawValue: 16)
    }
}
