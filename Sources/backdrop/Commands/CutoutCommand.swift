import ArgumentParser
import Foundation
import Imaging

struct CutoutCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cutout", abstract: "Tell a photo's product from its background.",
        discussion: """
            Writes the product's mask as a grey PNG: black is background, white is product, in between is the soft edge. It can be worked over \
            in any editor and given to `backdrop compose`. The photo stays as it is. Says how the mask was made and how certain it is.

            EXAMPLES:
              backdrop cutout mug.jpg --output mug-matte.png
              backdrop cutout ring.png --method plain --grow -1 --output matte.png --json
            """)

    /// The methods as they are called on the command line.
    enum Method: String, ExpressibleByArgument, CaseIterable {
        case auto, alpha, plain, learned

        var cutoutMethod: CutoutMethod? {
            switch self {
            case .auto: nil
            case .alpha: .alpha
            case .plain: .plainBackground
            case .learned: .learned
            }
        }
    }

    @Argument(help: "A PNG or JPEG.", completion: .file(extensions: ["png", "jpg", "jpeg"]))
    var photo: String
    @Option(help: "How: auto, alpha (the file's own), plain (from a plain background) or learned (by a network).")
    var method = Method.auto
    @Option(name: .shortAndLong, help: ArgumentHelp("Where the mask goes.", valueName: "png"), completion: .file(extensions: ["png"]))
    var output: String
    @Option(help: ArgumentHelp("Grow the outline by this many pixels; negative shrinks it.", valueName: "pixels"))
    var grow = 0
    @Option(help: ArgumentHelp("Fade the outline over this many pixels.", valueName: "pixels"))
    var feather = 0.0
    @Flag(help: "Close openings that are enclosed on all sides.")
    var fillHoles = false
    @Flag(help: "Keep the largest part only.")
    var keepLargest = false
    @OptionGroup var report: OutputOptions

    func validate() throws {
        guard abs(grow) <= 200 else { throw ValidationError("--grow takes -200 to 200 pixels") }
        guard (0...100).contains(feather) else { throw ValidationError("--feather takes 0 to 100 pixels") }
    }

    func run() throws {
        let line = StageLine()
        defer { line.clear() }
        let source = try line.during("reading") { try Photo.load(URL(fileURLWithPath: photo)) }
        var refinement = MaskRefinement()
        refinement.grow = grow
        refinement.feather = feather
        refinement.fillsHoles = fillHoles
        refinement.keepsLargest = keepLargest
        let cutout = try line.during("cutting out") {
            try Cutout.make(from: source, method: method.cutoutMethod).refined(refinement, photo: source)
        }
        try line.during("writing") { try PictureFile.write(try PNGCodec.encode(cutout.mask), to: output) }
        line.clear()
        let record = CutoutRecord(cutout, matte: output)
        if report.json { return try Console.json(record) }
        Console.result(output)
        Console.note(record.line)
        if let warning = cutout.warning { Console.note("look at it: \(warning)") }
    }
}

/// A cutout as scripts read it. Keys are only ever added.
struct CutoutRecord: Encodable {
    let matte: String
    let method: String
    let certainty: Double
    let warning: String?
    let width: Int
    let height: Int
    let product: PixelRectangle?

    init(_ cutout: Cutout, matte: String) {
        self.matte = matte
        method = cutout.method.rawValue
        certainty = (cutout.certainty * 1000).rounded() / 1000
        warning = cutout.warning
        width = cutout.mask.width
        height = cutout.mask.height
        product = cutout.productBounds
    }

    /// The same for people.
    var line: String { "\(method), certainty \(String(format: "%.2f", certainty))" }
}
