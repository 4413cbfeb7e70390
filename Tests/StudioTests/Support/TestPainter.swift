import Foundation
import Imaging
import Synchronization

@testable import Diffusion
@testable import Studio

/// A small painter whose pictures depend on the request alone, so that the queue can be tested without weights.
struct TestPainter: BackgroundPainter {
    /// Seconds that each step takes; a cancelled one ends within 5 ms.
    var stepSeconds = 0.0
    /// Prompts that fail, at their second step.
    var failing: Set<String> = []
    let log: PaintLog

    struct Failure: Error, CustomStringConvertible {
        var description: String { "the test painter dropped its brush" }
    }

    func paint(
        _ request: InpaintingRequest, cancellation: CancellationFlag, onStep: (PaintingStep) throws -> Void
    ) throws -> RasterImage {
        log.note(request)
        for index in 1...request.steps {
            let end = Date(timeIntervalSinceNow: stepSeconds)
            while Date() < end {
                if cancellation.isCancelled { throw CancellationError() }
                Thread.sleep(forTimeInterval: min(0.005, max(0, end.timeIntervalSinceNow)))
            }
            if index == 2, failing.contains(request.prompt) { throw Failure() }
            try onStep(PaintingStep(index: index, count: request.steps) { picture(request, step: index) })
        }
        return picture(request, step: request.steps)
    }

    private func picture(_ request: InpaintingRequest, step: Int) -> RasterImage {
        let seed = UInt8(truncatingIfNeeded: request.seed)
        return RasterImage(
            width: request.canvas.width, height: request.canvas.height,
            fill: RGBA(seed, UInt8(truncatingIfNeeded: step * 16), UInt8(truncatingIfNeeded: request.prompt.utf8.count)))
    }
}

/// What test painters were asked for, in order.
final class PaintLog: Sendable {
    private let requests = Mutex<[InpaintingRequest]>([])

    func note(_ request: InpaintingRequest) {
        requests.withLock { $0.append(request) }
    }

    var prompts: [String] { requests.withLock { $0.map(\.prompt) } }
    var seeds: [UInt64] { requests.withLock { $0.map(\.seed) } }
}

extension Engine {
    static func test(stepSeconds: Double = 0, failing: Set<String> = [], log: PaintLog = PaintLog()) -> Engine {
        Engine(description: .test) { _ in TestPainter(stepSeconds: stepSeconds, failing: failing, log: log) }
    }

    /// An engine whose weights are broken.
    static var broken: Engine {
        Engine(description: .test) { _ in throw ModelError.corruptWeights(path: "unet.safetensors", tensor: nil, problem: "truncated") }
    }
}

extension ModelDescription {
    static var test: ModelDescription {
        ModelDescription(
            name: "test", version: nil, licence: nil, directory: URL(fileURLWithPath: "/nowhere"), nativeSize: 64, latentScale: 8,
            sizeMultiple: 8, parameterCounts: ParameterCounts(unet: 1, autoencoder: 1, textEncoder: 1),
            categories: [
                ModelCategory(identifier: "bdshoes", name: "Shoes", nameJapanese: "靴"),
                ModelCategory(identifier: "bdsneakers", name: "Sneakers", nameJapanese: "スニーカー", parent: "bdshoes"),
            ],
            recommended: RecommendedSettings(steps: 4, guidance: 3, sampler: .euler, negativePrompt: "blurry"), acceptsLayout: true,
            readsScenes: true, hearsStyle: true, weightsFingerprint: "f00d")
    }
}
