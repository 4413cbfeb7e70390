import ArgumentParser
import Foundation
import Imaging

struct ComposeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compose", abstract: "Put a background behind a photo's product.",
        discussion: """
            Composites at the photo's own resolution, in linear light, without a trace of the old background in the edge. Where the background \
            shows no shadow of the product, one is painted. The product's pixels are the photo's, bit by bit, unless --harmonise or \
            --adjust-product asks for others, or --size names fewer pixels.

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
    @Option(help: "The canvas: photo, a shape such as 4:5, or pixels such as 1920x1080.")
    var size = AspectRatio.photo
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
    @OptionGroup var adjustments: AdjustmentOptions
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
        let line = StageLine()
        defer { line.clear() }
        let source = try line.during("reading") { try Photo.load(URL(fileURLWithPath: photo)) }
        let found: Cutout = try line.during("cutting out") {
            try matte.map { try Cutout.make(from: source, mask: Mask(of: try Photo.load(URL(fileURLWithPath: $0)).image)) }
                ?? Cutout.make(from: source)
        }
        var treatment = ProductTreatment.none
        treatment.product = adjustments.product
        treatment.options = options
        let (product, cutout) = treatment.adjusted(source, found)
        let behind = adjustments.background.apply(to: try Photo.load(URL(fileURLWithPath: background)).image)
        let layout = CanvasLayout.make(photo: source, cutout: cutout, aspect: size, placement: Placement(anchor: anchor, share: share))
        let composite = try line.during("compositing") {
            try Compositor.composite(photo: product, cutout: cutout, layout: layout, background: behind, options: options).reduced(to: size)
        }
        try line.during("writing") {
            let isJPEG = ["jpg", "jpeg"].contains(URL(fileURLWithPath: output).pathExtension.lowercased())
            try PictureFile.write(try isJPEG ? composite.encodedJPEG() : composite.encodedPNG(), to: output)
        }
        if report.json {
            let measured = try line.during("checking") { try checks(product, cutout, layout, behind) }
            return try Console.json(ComposeRecord(composite, checks: measured, isAdjusted: treatment.changesProduct, path: output))
        }
        line.clear()
        Console.result(output)
        if let warning = cutout.warning { Console.note("look at the cutout: \(warning)") }
        if treatment.product != .none { Console.note("the product was adjusted by request: its pixels are not the photo's") }
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

/// A finished picture as scripts read it. Keys are only ever added.
struct ComposeRecord: Encodable {
    let path: String
    let width: Int
    let height: Int
    let checks: CompositeChecks
    let corePixels: Int
    let coreMaximumDifference: Int
    /// Whether other product pixels than the photo's were asked for.
    let isAdjusted: Bool

    init(_ composite: Composite, checks: CompositeChecks, isAdjusted: Bool, path: String) {
        self.isAdjusted = isAdjusted
        self.path = path
        self.checks = checks
        width = composite.width
        height = composite.height
        corePixels = composite.corePixelCount
        coreMaximumDifference = composite.coreMaximumDifference
    }
}
