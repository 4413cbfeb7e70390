/// Where the product is: one byte a pixel, 0 = background … 255 = product, in between = the soft edge.
public struct Mask: Sendable, Equatable {
    /// Columns, in pixels.
    public let width: Int
    /// Rows, in pixels.
    public let height: Int
    /// `width * height` bytes, row-major from the top left.
    public var values: [UInt8]

    /// - Precondition: `values.count == width * height`.
    public init(width: Int, height: Int, values: [UInt8]) {
        precondition(width >= 0 && height >= 0 && values.count == width * height, "\(width) x \(height) needs \(width * height) bytes")
        self.width = width
        self.height = height
        self.values = values
    }

    /// A mask of one value.
    public init(width: Int, height: Int, fill: UInt8) {
        self.init(width: width, height: height, values: [UInt8](repeating: fill, count: width * height))
    }

    public subscript(x: Int, y: Int) -> UInt8 {
        get { values[y * width + x] }
        set { values[y * width + x] = newValue }
    }

    /// The smallest rectangle that holds every value of at least `threshold`; nil when there is none.
    public func bounds(threshold: UInt8 = 128) -> PixelRectangle? {
        var left = width
        var right = -1
        var top = height
        var bottom = -1
        values.withUnsafeBufferPointer { buffer in
            for y in 0..<height {
                let row = UnsafeBufferPointer(rebasing: buffer[(y * width)..<((y + 1) * width)])
                guard let first = row.firstIndex(where: { $0 >= threshold }) else { continue }
                top = min(top, y)
                bottom = y
                left = min(left, first)
                var last = width - 1
                while last > right, row[last] < threshold { last -= 1 }
                right = max(right, last)
            }
        }
        guard bottom >= 0 else { return nil }
        return PixelRectangle(x: left, y: top, width: right - left + 1, height: bottom - top + 1)
    }

    /// How many values are at least `threshold`.
    public func count(threshold: UInt8 = 128) -> Int {
        values.withUnsafeBufferPointer { buffer in buffer.reduce(into: 0) { $0 += $1 >= threshold ? 1 : 0 } }
    }
}

/// A rectangle of whole pixels; `x`, `y` is its top left.
public struct PixelRectangle: Sendable, Equatable, Codable {
    public var x, y, width, height: Int

    public init(x: Int, y: Int, width: Int, height: Int) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    /// The first column right of it.
    public var maxX: Int { x + width }
    /// The first row below it.
    public var maxY: Int { y + height }
}
