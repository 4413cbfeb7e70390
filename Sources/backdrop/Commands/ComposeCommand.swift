import ArgumentParser
import Foundation
import Imaging

struct ComposeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compose", abstract: "Put a background behind a photo's product.",
        discussion: """
            Composites at the photo's own resolution, in linear light, without a trace of the old background in the edge. Where the background \
            shows no shadow of the product, one is painted. The product's pixels are the photo's, bit by bit, unless --harmonise is above 0.

            EXAMPLES:
              backdrop compose mug.jpg --background oak.png --size 4:5 --output mug-oak.png
              backdrop compose mug.jpg --matte mug-matte.png --background oak.png --size 1920x1080 --shadow 1.2 --output banner.jpg
            """)

    @Argument(help: "A PNG or JPEG.", completion: .file(extensions: ["png", "jpg", "jpeg"]))
    var photo: String
    @Option(help: ArgumentHelp("The product's mask (default: made as `backdrop cutout` does).", valueName: "png"), completion: .file())
    var matte: String?
    @Option(help: ArgumentHelp("The picture behind it.", valueName: "picture"), completion: .file())
    var background: String
    @Option(help: "The canvas: photo, 1:1, 4:5, 3:2, 16:9, or pixels such as 1920x1080.")
    var size = CanvasSize.aspect(.photo)
    @Option(help: "How the product is placed: standing, lying, hanging or centred.")
    var anchor = Placement.Anchor.standing
    @Option(help: ArgumentHelp("The share of the canvas that the product fills (0.1 to 0.95).", valueName: "share"))
    var share = Placement.standard.share
    @Option(help: "The product's shadow: auto (what the background lacks), none, or a strength up to 2.")
    var shadow = ShadowChoice(shadow: .automatic)
    @Option(help: ArgumentHelp("A glossy floor's reflection, 0 to 1.", valueName: "strength"))
    var reflection = 0.0
    @Option(help: ArgumentHelp("Let the background's light around the product's edge, 0 to 1.", valueName: "strength"))
    var lightWrap = 0.0
    @Option(help: ArgumentHelp("Move the product's light towards the scene's, 0 to 1. Changes its pixels.", valueName: "strength"))
    var harmonise = 0.0
    @Option(help: ArgumentHelp("The background's film grain, in 8-bit steps.", valueName: "steps"))
    var grain = CompositeOptions.standard.grain
    @Option(name: .shortAndLong, help: ArgumentHelp("The finished picture: .png or .jpg.", valueName: "file"), completion: .file())
    var output: String
    @OptionGroup var report: OutputOptions

    func validate() throws {
        for (name, value) in [("reflection", reflection), ("light-wrap", lightWrap), ("harmonise", harmonise)] {
            guard (0...1).contains(value) else { throw ValidationError("--\(name) takes 0 to 1") }
        }
        guard (0.1...0.95).contains(share) else { throw ValidationError("--share takes 0.1 to 0.95") }
        guard (0...40).contains(grain) else { throw ValidationError("--grain takes 0 to 40") }
    }

    func run() throws {
        let source = try Photo.load(URL(fileURLWithPath: photo))
        let cutout =
            try matte.map { try Cutout.make(from: source, mask: Mask(of: try Photo.load(URL(fileURLWithPath: $0)).image)) }
            ?? Cutout.make(from: source)
        let behind = try Photo.load(URL(fileURLWithPath: background)).image
        let layout = size.layout(photo: source, cutout: cutout, placement: Placement(anchor: anchor, share: share))
        let composite = try Compositor.composite(photo: source, cutout: cutout, layout: layout, background: behind, options: options)
            .reduced(to: size)
        let isJPEG = ["jpg", "jpeg"].contains(URL(fileURLWithPath: output).pathExtension.lowercased())
        try PictureFile.write(try isJPEG ? composite.encodedJPEG() : composite.encodedPNG(), to: output)
        if report.json {
            return try Console.json(ComposeRecord(composite, checks: try checks(source, cutout, layout, behind), path: output))
        }
        Console.result(output)
        if let warning = cutout.warning { Console.note("look at the cutout: \(warning)") }
    }

    private var options: CompositeOptions {
        var options = CompositeOptions()
        options.shadow = shadow.shadow
        options.reflection = reflection
        options.lightWrap = lightWrap
        options.harmonisation = harmonise
        options.grain = grain
        return options
    }

    private func checks(_ photo: Photo, _ cutout: Cutout, _ layout: CanvasLayout, _ background: RasterImage) throws -> CompositeChecks {
        try CompositeChecks(photo: photo, cutout: cutout, layout: layout, background: background, options: options)
    }
}

/// A canvas as it is asked for.
enum CanvasSize: ExpressibleByArgument {
    case aspect(AspectRatio)
    case pixels(width: Int, height: Int)

    init?(argument: String) {
        if let aspect = AspectRatio(rawValue: argument) {
            self = .aspect(aspect)
            return
        }
        let sides = argument.lowercased().split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
        guard sides.count == 2, let width = sides[0], let height = sides[1], (16...32_000).contains(width), (16...32_000).contains(height)
        else { return nil }
        self = .pixels(width: width, height: height)
    }

    var defaultValueDescription: String {
        switch self {
        case .aspect(let aspect): aspect.rawValue
        case .pixels(let width, let height): "\(width)x\(height)"
        }
    }

    func layout(photo: Photo, cutout: Cutout, placement: Placement) -> CanvasLayout {
        switch self {
        case .aspect(let aspect): CanvasLayout.make(photo: photo, cutout: cutout, aspect: aspect, placement: placement)
        case .pixels(let width, let height):
            CanvasLayout.make(photo: photo, cutout: cutout, ratio: Double(width) / Double(height), placement: placement)
        }
    }
}

/// auto, none or a strength.
struct ShadowChoice: ExpressibleByArgument {
    let shadow: CompositeOptions.Shadow

    init(shadow: CompositeOptions.Shadow) { self.shadow = shadow }

    init?(argument: String) {
        switch argument {
        case "auto": shadow = .automatic
        case "none": shadow = .none
        default:
            guard let strength = Double(argument), (0...2).contains(strength) else { return nil }
            shadow = .fixed(strength)
        }
    }

    var defaultValueDescription: String { "auto" }
}

extension Placement.Anchor: ExpressibleByArgument {}

extension Composite {
    /// Reduced to the pixels that were asked for; never enlarged.
    fileprivate func reduced(to size: CanvasSize) -> Composite {
        guard case .pixels(let width, let height) = size, width < self.width || height < self.height else { return self }
        return Composite(
            image: resized(image, width: width, height: height), deep: nil, colour: colour, corePixelCount: corePixelCount,
            coreMaximumDifference: coreMaximumDifference)
    }
}

/// A finished picture as scripts read it. Keys are only ever added.
struct ComposeRecord: Encodable {
    let path: String
    let width: Int
    let height: Int
    let checks: CompositeChecks
    let corePixels: Int
    let coreMaximumDifference: Int

    init(_ composite: Composite, checks: CompositeChecks, path: String) {
        self.path = path
        self.checks = checks
        width = composite.width
        height = composite.height
        corePixels = composite.corePixelCount
        coreMaximumDifference = composite.coreMaximumDifference
    }
}
