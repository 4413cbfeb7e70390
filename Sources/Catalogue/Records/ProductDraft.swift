import Foundation
import Imaging

/// What was last typed and chosen for a product, so that coming back to it finds everything as it was left.
public struct ProductDraft: Codable, Sendable, Equatable {
    public var productID: Int64
    public var prompt: String
    public var negativePrompt: String
    public var steps: Int
    public var guidance: Double
    /// Nil draws a new one for every batch.
    public var seed: UInt64?
    /// The raw value of Diffusion's `SchedulerKind`.
    public var sampler: String
    public var aspect: AspectRatio
    /// Candidates per batch.
    public var count: Int
    public var referenceName: String?
    public var referenceStrength: Double
    /// The raw value of Diffusion's `LayoutKind`; nil in drafts of earlier versions.
    public var layout: String?
    /// As in ``GenerationSettings``.
    public var floorLine: Double?
    /// As in ``GenerationSettings``.
    public var light: String?

    public init(
        productID: Int64, prompt: String, negativePrompt: String, steps: Int, guidance: Double, seed: UInt64?, sampler: String,
        aspect: AspectRatio, count: Int, referenceName: String?, referenceStrength: Double, layout: String? = nil,
        floorLine: Double? = nil, light: String? = nil
    ) {
        self.productID = productID
        self.prompt = prompt
        self.negativePrompt = negativePrompt
        self.steps = steps
        self.guidance = guidance
        self.seed = seed
        self.sampler = sampler
        self.aspect = aspect
        self.count = count
        self.referenceName = referenceName
        self.referenceStrength = referenceStrength
        self.layout = layout
        self.floorLine = floorLine
        self.light = light
    }
}
