import Foundation
import Imaging

/// Takes the times of one photo's way from its file to a finished picture, stage by stage.
struct PhotoBenchmark {
    let file: URL
    let rounds: Int

    /// The pixels of the preview that is timed: a large terminal's stage.
    private static let previewSize = (width: 1200, height: 800)

    /// - Throws: `PictureError`, `CutoutError`, `CompositeError`.
    func run() throws -> [PhotoBenchReport.Stage] {
        let data = try Data(contentsOf: file)
        let background = Self.background()
        var clock = StageClock()
        for _ in 0..<rounds {
            let photo = try clock.time("decode") { try Photo.decode(data, name: file.lastPathComponent) }
            let cutout = try clock.time("cutout") { try Cutout.make(from: photo) }
            let layout = CanvasLayout.make(photo: photo, cutout: cutout, aspect: .photo)
            let composite = try clock.time("composite") {
                try Compositor.composite(photo: photo, cutout: cutout, layout: layout, background: background)
            }
            _ = try clock.time("PNG") { try composite.encodedPNG() }
            let preview = try clock.time("first preview", isOnTheWay: false) {
                try CompositePreview(
                    photo: photo, cutout: cutout, layout: layout, maximumWidth: Self.previewSize.width,
                    maximumHeight: Self.previewSize.height)
            }
            _ = clock.time("further preview", isOnTheWay: false) { preview.render(background: background) }
            _ = try clock.time("JPEG", isOnTheWay: false) { try composite.encodedJPEG() }
        }
        return clock.stages
    }

    /// A floor and a wall at a model's size.
    private static func background() -> RasterImage {
        let side = 512
        var image = RasterImage(width: side, height: side, fill: .midGrey)
        for y in 0..<side {
            for x in 0..<side {
                let light = UInt8(120 + (y > 330 ? 60 : 0) + x / 8)
                image[x, y] = RGBA(light, light, light - 20)
            }
        }
        return image
    }
}

/// Collects the times of stages that run several times.
private struct StageClock {
    private(set) var stages: [PhotoBenchReport.Stage] = []

    mutating func time<Result>(_ name: String, isOnTheWay: Bool = true, _ body: () throws -> Result) rethrows -> Result {
        let processorStart = clock()
        let start = ContinuousClock.now
        let result = try body()
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let processorSeconds = Double(clock() - processorStart) / Double(CLOCKS_PER_SEC)
        let stage = PhotoBenchReport.Stage(name: name, isOnTheWay: isOnTheWay, seconds: seconds, processorSeconds: processorSeconds)
        if let index = stages.firstIndex(where: { $0.name == name }) {
            stages[index].seconds = min(stages[index].seconds, seconds)
            stages[index].processorSeconds = min(stages[index].processorSeconds, processorSeconds)
        } else {
            stages.append(stage)
        }
        return result
    }
}

/// What `backdrop bench --photo` found out, as scripts read it.
struct PhotoBenchReport: Encodable {
    /// One stage, at its fastest.
    struct Stage: Encodable {
        let name: String
        /// Whether every finished picture goes through it; the others stand beside it.
        let isOnTheWay: Bool
        /// By the clock, and of all processors together.
        var seconds: Double
        var processorSeconds: Double
    }

    let photo: String
    let stages: [Stage]
    let peakMemoryBytes: Int

    /// From the file's bytes to the finished PNG's.
    private var way: [Stage] { stages.filter(\.isOnTheWay) }

    /// The report for people.
    var lines: [String] {
        let total = Stage(
            name: "photo to PNG", isOnTheWay: true, seconds: way.reduce(0) { $0 + $1.seconds },
            processorSeconds: way.reduce(0) { $0 + $1.processorSeconds })
        return (way + [total] + stages.filter { !$0.isOnTheWay }).map { stage in
            let name = stage.name.padding(toLength: 18, withPad: " ", startingAt: 0)
            return String(format: "%@ %7.3f s  processors %7.3f s", name, stage.seconds, stage.processorSeconds)
        } + ["peak memory \(peakMemoryBytes >> 20) MiB"]
    }
}
