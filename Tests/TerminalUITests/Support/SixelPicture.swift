/// A sixel picture, decoded: what a terminal would make of its bytes.
struct SixelPicture {
    let width: Int
    let height: Int
    /// RGB, 0...255, row-major; nil where no sixel was set.
    private(set) var pixels: [(red: Int, green: Int, blue: Int)?]

    /// - Parameter payload: what stands between `ESC P` and `ESC \`.
    /// - Returns: nil where it is no sixel picture with raster attributes and RGB colours.
    init?(payload: [UInt8]) {
        guard let start = payload.firstIndex(of: UInt8(ascii: "q")) else { return nil }
        var scanner = Scanner(bytes: payload[(start + 1)...])
        guard scanner.next() == UInt8(ascii: "\"") else { return nil }
        let raster = scanner.numbers()
        guard raster.count == 4, raster[2] > 0, raster[3] > 0 else { return nil }
        width = raster[2]
        height = raster[3]
        pixels = Array(repeating: nil, count: width * height)
        var registers: [Int: (red: Int, green: Int, blue: Int)] = [:]
        var colour = 0
        var column = 0
        var top = 0
        while let byte = scanner.next() {
            switch byte {
            case UInt8(ascii: "#"):
                let numbers = scanner.numbers()
                colour = numbers.first ?? 0
                if numbers.count == 5 {
                    guard numbers[1] == 2 else { return nil }
                    // Percent, as DEC counted.
                    let levels = numbers[2...].map { ($0 * 255 + 50) / 100 }
                    registers[colour] = (levels[0], levels[1], levels[2])
                }
            case UInt8(ascii: "$"): column = 0
            case UInt8(ascii: "-"):
                column = 0
                top += 6
            case UInt8(ascii: "!"):
                guard let count = scanner.numbers().first, let sixel = scanner.next() else { return nil }
                for _ in 0..<count { set(sixel, registers[colour], &column, top) }
            case 0x3F...0x7E: set(byte, registers[colour], &column, top)
            default: break
            }
        }
    }

    private mutating func set(_ byte: UInt8, _ colour: (red: Int, green: Int, blue: Int)?, _ column: inout Int, _ top: Int) {
        for bit in 0..<6 where (byte - 0x3F) & (1 << bit) != 0 {
            if column < width, top + bit < height { pixels[(top + bit) * width + column] = colour }
        }
        column += 1
    }

    private struct Scanner {
        var bytes: ArraySlice<UInt8>

        mutating func next() -> UInt8? { bytes.popFirst() }

        /// Numbers parted by semicolons.
        mutating func numbers() -> [Int] {
            var result = [0]
            while let byte = bytes.first {
                if let digit = Character(Unicode.Scalar(byte)).wholeNumberValue, byte < 0x80 {
                    result[result.count - 1] = result[result.count - 1] * 10 + digit
                } else if byte == UInt8(ascii: ";") {
                    result.append(0)
                } else {
                    break
                }
                bytes.removeFirst()
            }
            return result
        }
    }
}
