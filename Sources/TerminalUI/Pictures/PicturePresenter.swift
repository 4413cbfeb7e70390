import Imaging

/// A way to show pictures in a terminal.
protocol PicturePresenter: Sendable {
    /// Turns a picture into bytes that draw it in the middle of an area. The bytes place themselves and end with the colours reset;
    /// they neither save nor restore the cursor.
    /// - Throws: `PictureError`.
    func encode(_ order: PictureOrder) throws -> EncodedPicture
    /// What takes the picture of a place away besides overwriting its cells; empty where nothing more is needed.
    func removal(number: Int) -> String
    /// The same for every picture.
    var removalOfAll: String { get }
    /// What ends a picture of which only some slices were sent, before anything else of the protocol may follow; empty where each slice
    /// is a picture of its own.
    var abandonment: String { get }
}

extension PicturePresenter {
    func removal(number: Int) -> String { "" }
    var removalOfAll: String { "" }
    var abandonment: String { "" }
}

/// What is to be drawn where, and how well.
struct PictureOrder: Sendable {
    let image: RasterImage
    /// The cells that the picture may take; it keeps its aspect ratio and is centred in them.
    let area: CellRectangle
    let quality: Quality
    /// What shows through transparent pixels.
    let ground: RGB
    /// Bytes to aim for; detail is given up for it. Only sixel can.
    var maximumBytes: Int = .max
    /// Bytes that a slice should stay within, see `EncodedPicture`.
    var maximumSlice: Int = .max
    /// The place's number, for protocols that keep pictures by one.
    var number = 1

    enum Quality: Hashable, Sendable {
        /// One of many that follow each other: fast and small.
        case step
        /// One that stays.
        case finished
    }
}

/// Bytes that draw a picture, in slices: each places itself, and the echo of a key may go between two of them.
struct EncodedPicture: Sendable {
    let slices: [[UInt8]]
    /// The cells that it covers, partly or wholly; what must be erased to be rid of it.
    let cells: CellRectangle

    init(slices: [[UInt8]], cells: CellRectangle) {
        self.slices = slices
        self.cells = cells
    }

    /// A picture in one piece.
    init(bytes: [UInt8], cells: CellRectangle) {
        self.init(slices: [bytes], cells: cells)
    }

    /// A picture of parts that place themselves, as many in a slice as `maximumSlice` allows, one at least.
    init(parts: [[UInt8]], maximumSlice: Int, cells: CellRectangle) {
        var slices: [[UInt8]] = []
        for part in parts {
            if let last = slices.last, last.count + part.count <= maximumSlice {
                slices[slices.count - 1] += part
            } else {
                slices.append(part)
            }
        }
        self.init(slices: slices, cells: cells)
    }

    /// All of it.
    var bytes: [UInt8] { slices.count == 1 ? slices[0] : Array(slices.joined()) }
    var byteCount: Int { slices.reduce(0) { $0 + $1.count } }
}

/// Pixels of one character cell.
public struct CellSize: Equatable, Sendable {
    public let width: Double
    public let height: Double

    public init(width: Double, height: Double) {
        self.width = width
        self.height = height
    }

    /// What most fonts come close to, for terminals that tell nothing.
    public static let assumed = CellSize(width: 10, height: 20)

    /// A cell that can be true: between 3 x 5 and 100 x 200 pixels, and neither flat nor a needle.
    var isPlausible: Bool {
        (3...100).contains(width) && (5...200).contains(height) && (0.25...1.2).contains(width / height)
    }
}
