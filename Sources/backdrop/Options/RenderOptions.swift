import ArgumentParser
import Diffusion
import Foundation
import Imaging
import StarterModel

/// A model and what changes its weights.
struct RenderModelOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("A diffusers folder or .safetensors file (default: the starter model).", valueName: "path"),
        completion: .file())
    var model: String?
    @Option(help: ArgumentHelp("A LoRA file, and how much of it: film.safetensors:0.8. Repeatable.", valueName: "file[:weight]"))
    var lora: [WeightedPath] = []
    @Option(help: ArgumentHelp("A textual inversion; its file's name stands for it in prompts.", valueName: "file"), completion: .file())
    var embedding: [String] = []
    @OptionGroup var arithmetic: PrecisionOptions
    @Flag(help: "Encode and decode large pictures in tiles: less memory, and faint differences between tiles.")
    var tiled = false

    @OptionGroup var memory: MemoryOptions

    var loading: LoadingOptions {
        var options = memory.loading()
        options.precision = arithmetic.precision
        options.isTiled = tiled
        return options
    }

    func directory() throws -> URL {
        if let model { return URL(fileURLWithPath: model) }
        guard let starter = StarterModel.directory else { throw Refusal("this build carries no starter model: name one with --model") }
        return starter
    }

    var adapters: Adapters {
        var adapters = Adapters()
        adapters.loras = lora.map { Adapters.WeightedFile(url: $0.url, weight: $0.weight) }
        adapters.embeddings = embedding.map { URL(fileURLWithPath: $0) }
        return adapters
    }
}

/// How the noise is taken away.
struct RenderSamplingOptions: ParsableArguments {
    @Option(help: "The sampler (default: what the model recommends).")
    var sampler: SchedulerKind?
    @Option(help: "How noise levels are spaced (default: the model's own).")
    var schedule: SigmaSpacing?
    @Option(help: "Which timesteps are visited (default: the model's own).")
    var spacing: TimestepSpacing?
    @Option(help: "What the model predicts (default: as its files say).")
    var prediction: Prediction?
    @Option(help: "Denoising steps.")
    var steps: Int?
    @Option(help: "Classifier-free guidance scale; 1 is none.")
    var guidance: Float?
    @Option(help: "Compute all of the UNet every so many steps only: quicker, and not the same picture.")
    var reuse = 1
    @Option(help: "Where the random numbers start.")
    var seed: UInt64 = 0
    @Option(help: ArgumentHelp("Width and height in pixels (default: the picture's, or the model's).", valueName: "WxH"))
    var size: PixelSize?
}

/// What is painted over, and what is followed.
struct RenderPictureOptions: ParsableArguments {
    @Option(help: ArgumentHelp("A picture to paint over.", valueName: "file"), completion: .file())
    var image: String?
    @Option(help: ArgumentHelp("White where --image is painted, black where it is kept.", valueName: "file"), completion: .file())
    var mask: String?
    @Option(help: "How much of --image is painted over, 0 to 1 (default: 1 with --mask, else 0.75).")
    var strength: Float?
    @Option(help: ArgumentHelp("A ControlNet and its picture: canny=edges.png:0.8. Repeatable.", valueName: "net=file[:scale]"))
    var control: [ControlArgument] = []
    @Option(help: "The share of the steps that ControlNets are heard in: 0-0.6.")
    var controlPeriod = Period(range: 0...1)
    @Option(help: ArgumentHelp("A picture whose style is followed, with --ip-adapter.", valueName: "file[:scale]"))
    var style: [WeightedPath] = []
    @Option(help: ArgumentHelp("An IP-Adapter, base or Plus.", valueName: "file"), completion: .file())
    var ipAdapter: String?
    @Option(help: ArgumentHelp("Its image encoder (default: beside it).", valueName: "folder"), completion: .directory)
    var imageEncoder: String?
    @Option(help: ArgumentHelp("A word of the prompt that only the painted part hears. Repeatable.", valueName: "word"))
    var backgroundWord: [String] = []
    @Option(help: "How strictly: off, soft or hard. Styles keep to the painted part as well.")
    var backgroundMode = BackgroundMode.off

    func validateTogether() throws {
        if mask != nil, image == nil { throw ValidationError("--mask needs the --image it belongs to") }
        if !style.isEmpty, ipAdapter == nil { throw ValidationError("--style needs an --ip-adapter") }
    }

    func adapters(_ base: Adapters) -> Adapters {
        var adapters = base
        adapters.controlNets = control.map(\.net)
        adapters.ipAdapter = ipAdapter.map { URL(fileURLWithPath: $0) }
        adapters.imageEncoder = imageEncoder.map { URL(fileURLWithPath: $0, isDirectory: true) }
        return adapters
    }

    /// The size of the picture to paint over, brought to multiples that the model takes.
    func naturalSize(multiple: Int) -> PixelSize? {
        guard let image, let photo = try? Photo.load(URL(fileURLWithPath: image)) else { return nil }
        func rounded(_ length: Int) -> Int { max(length / multiple, 1) * multiple }
        return PixelSize(width: rounded(photo.image.width), height: rounded(photo.image.height))
    }

    func apply(to request: inout RenderRequest) throws {
        let (width, height) = (request.width, request.height)
        func picture(_ url: URL) throws -> RasterImage { try Photo.load(url).image }
        if let image {
            let base = resized(try picture(URL(fileURLWithPath: image)), width: width, height: height)
            if let mask {
                let painted = resized(try picture(URL(fileURLWithPath: mask)), width: width, height: height)
                let kept = (0..<width * height).map { painted.pixels[$0 * 4] >= 128 ? UInt8(0) : 255 }
                request.base = .inpainting(base, kept: Mask(width: width, height: height, values: kept))
            } else {
                request.base = .image(base)
            }
            request.strength = strength ?? (mask == nil ? 0.75 : 1)
        }
        request.controls = try control.map {
            RenderRequest.Control(image: try picture($0.picture.url), scale: $0.picture.weight, period: controlPeriod.range)
        }
        request.styles = try style.map { RenderRequest.Style(image: try picture($0.url), scale: $0.weight) }
        if backgroundMode != .off { request.background = RenderRequest.Background(phrases: backgroundWord, mode: backgroundMode) }
    }
}

/// `file` or `file:0.8`.
struct WeightedPath: ExpressibleByArgument {
    let url: URL
    let weight: Float

    init?(argument: String) {
        let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
        if parts.count > 1, let last = parts.last, let weight = Float(last) {
            url = URL(fileURLWithPath: parts.dropLast().joined(separator: ":"))
            self.weight = weight
        } else {
            url = URL(fileURLWithPath: argument)
            weight = 1
        }
        guard !argument.isEmpty else { return nil }
    }
}

/// `net=picture:0.8`.
struct ControlArgument: ExpressibleByArgument {
    let net: URL
    let picture: WeightedPath

    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1)
        guard parts.count == 2, let picture = WeightedPath(argument: String(parts[1])) else { return nil }
        net = URL(fileURLWithPath: String(parts[0]))
        self.picture = picture
    }
}

/// `0.1-0.6`.
struct Period: ExpressibleByArgument {
    let range: ClosedRange<Float>

    init(range: ClosedRange<Float>) {
        self.range = range
    }

    init?(argument: String) {
        let ends = argument.split(separator: "-").compactMap { Float($0) }
        guard ends.count == 2, ends[0] <= ends[1], ends.allSatisfy({ (0...1).contains($0) }) else { return nil }
        range = ends[0]...ends[1]
    }

    var defaultValueDescription: String { "\(range.lowerBound)-\(range.upperBound)" }
}

/// `512x768`.
struct PixelSize: ExpressibleByArgument {
    let width: Int
    let height: Int

    init(width: Int, height: Int) {
        (self.width, self.height) = (width, height)
    }

    init?(argument: String) {
        let sides = argument.lowercased().split(separator: "x").compactMap { Int($0) }
        guard sides.count == 2, sides.allSatisfy({ (1...16384).contains($0) }) else { return nil }
        (width, height) = (sides[0], sides[1])
    }
}

extension SigmaSpacing: ExpressibleByArgument {}
extension TimestepSpacing: ExpressibleByArgument {}
extension Prediction: ExpressibleByArgument {}
extension BackgroundMode: ExpressibleByArgument {}
