import Diffusion
import Imaging

/// What the queue needs of an engine. A painter belongs to the thread that made it.
protocol BackgroundPainter {
    /// Paints one background.
    ///
    /// - Parameters:
    ///   - onStep: called after every step, on the same thread; what it throws ends the painting.
    /// - Returns: the background at the size of the request's canvas, or a whole number of times as large.
    /// - Throws: `CancellationError` within 0.2 s of `cancellation`, or what is wrong with the request or the model.
    func paint(
        _ request: InpaintingRequest, cancellation: CancellationFlag, onStep: (PaintingStep) throws -> Void
    ) throws -> RasterImage
}

/// A denoising step, and a way to see it.
struct PaintingStep {
    /// 1…count.
    let index: Int
    let count: Int
    /// Makes the step's picture, at the engine's resolution. It costs time, so it is only called for a step that is shown.
    let picture: () throws -> RasterImage
}

/// The diffusion model as a painter.
struct PipelinePainter: BackgroundPainter {
    let pipeline: InpaintingPipeline

    func paint(
        _ request: InpaintingRequest, cancellation: CancellationFlag, onStep: (PaintingStep) throws -> Void
    ) throws -> RasterImage {
        var sequence = try pipeline.denoise(request, cancellation: cancellation)
        var last: DenoisingStep?
        while let step = try sequence.next() {
            try onStep(
                PaintingStep(index: step.index, count: step.count) {
                    try pipeline.preview(of: step, for: request, cancellation: cancellation)
                })
            last = step
        }
        guard let last else { throw ModelError.invalidRequest("No step is left to take: use more steps or a weaker reference") }
        return try pipeline.picture(of: last.latent, for: request, cancellation: cancellation)
    }
}
