import Foundation
import Imaging
import Tensor
import Testing

@testable import Diffusion

@Suite("Cancellation")
struct CancellationTests {
    private func request(side: Int) -> InpaintingRequest {
        InpaintingRequest(
            prompt: "a bottle", canvas: RasterImage(width: side, height: side, fill: .midGrey),
            productMask: Mask(width: side, height: side, fill: 0), steps: 50, guidanceScale: 5, seed: 1, scheduler: .ddim)
    }

    @Test("A flag that is up stops loading, denoising and decoding at once")
    func flagIsUp() throws {
        let cancelled = CancellationFlag()
        cancelled.cancel()
        #expect(throws: CancellationError.self) { try InpaintingPipeline(directory: Golden.tinyModel, cancellation: cancelled) }
        let pipeline = try InpaintingPipeline(directory: Golden.tinyModel)
        #expect(throws: CancellationError.self) { try pipeline.denoise(request(side: 16), cancellation: cancelled) }
        #expect(throws: CancellationError.self) { try pipeline.decode(Tensor.zeros([1, 8, 8, 4]), cancellation: cancelled) }
        let flag = CancellationFlag()
        var sequence = try pipeline.denoise(request(side: 16), cancellation: flag)
        #expect(try sequence.next() != nil)
        flag.cancel()
        #expect(throws: CancellationError.self) { try sequence.next() }
    }

    @Test("A picture under way stops within 0.2 seconds, in the middle of a step")
    func inTheMiddle() throws {
        let pipeline = try InpaintingPipeline(directory: Golden.tinyModel)
        // The first step compiles operators; the second's time tells when a step will be under way.
        var sequence = try pipeline.denoise(request(side: 128), cancellation: CancellationFlag())
        _ = try sequence.next()
        let step = try ContinuousClock().measure { _ = try sequence.next() }
        // A machine that does something else at the moment gets two more chances.
        var answers: [Duration] = []
        repeat {
            answers.append(try answer(pipeline, after: step / .seconds(1) * 0.5))
        } while answers.count < 3 && answers.allSatisfy { $0 > .milliseconds(200) }
        #expect(answers.contains { $0 < .milliseconds(200) }, "answered after \(answers), a step takes \(step)")
    }

    /// How long a picture under way takes to stop when it is cancelled `seconds` after its start.
    private func answer(_ pipeline: InpaintingPipeline, after seconds: Double) throws -> Duration {
        let flag = CancellationFlag()
        var sequence = try pipeline.denoise(request(side: 128), cancellation: flag)
        let asked = CancellationTime()
        DispatchQueue.global().asyncAfter(deadline: .now() + seconds) {
            asked.record()
            flag.cancel()
        }
        #expect(throws: CancellationError.self) { while try sequence.next() != nil {} }
        return try ContinuousClock().now - #require(asked.time)
    }
}

/// When cancellation was asked for; written once, before the flag that the reader waits for goes up.
private final class CancellationTime: @unchecked Sendable {
    private let lock = NSLock()
    private var recorded: ContinuousClock.Instant?

    func record() {
        lock.withLock { recorded = ContinuousClock().now }
    }

    var time: ContinuousClock.Instant? { lock.withLock { recorded } }
}
