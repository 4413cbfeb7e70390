import Diffusion
import Foundation
import StarterModel

/// A model that can be loaded: what it says of itself, and how to get a painter of it.
struct Engine: Sendable {
    let description: ModelDescription
    /// Loads the model, on the thread that will use it.
    let makePainter: @Sendable (_ cancellation: CancellationFlag) throws -> any BackgroundPainter

    /// The number that a change of the pictures made from the same settings raises; stored with every candidate.
    static let version = "1"

    /// - Parameters:
    ///   - directory: a diffusers directory; nil takes the starter model.
    ///   - loading: what of it stays in memory and on disk.
    /// - Throws: `StudioError.noModel`, `ModelError`.
    init(directory: URL?, loading: LoadingOptions = LoadingOptions()) throws {
        guard let directory = directory ?? StarterModel.directory else { throw StudioError.noModel }
        description = try InpaintingPipeline.describe(directory: directory)
        makePainter = { cancellation in
            PipelinePainter(pipeline: try InpaintingPipeline(directory: directory, options: loading, cancellation: cancellation))
        }
    }

    init(description: ModelDescription, makePainter: @escaping @Sendable (_ cancellation: CancellationFlag) throws -> any BackgroundPainter)
    {
        self.description = description
        self.makePainter = makePainter
    }
}
