import Foundation
import Imaging

/// Every setting that makes a candidate: the same settings on the same engine make the same bytes.
public struct GenerationSettings: Codable, Sendable, Equatable {
    public var prompt: String
    public var negativePrompt: String
    /// The model's identifier of the product's category; nil leaves the category out of the conditioning.
    public var categoryIdentifier: String?
    public var steps: Int
    public var guidance: Double
    /// Of this picture. The i-th picture of a batch has the batch's seed + i.
    public var seed: UInt64
    /// The raw value of Diffusion's `SchedulerKind`.
    public var sampler: String
    public var aspect: AspectRatio
    /// Pixels that the model paints.
    public var width: Int
    public var height: Int
    /// The name of a ``Reference`` in the catalogue, or nil for none.
    public var referenceName: String?
    /// 0 (ignored) … 1.
    public var referenceStrength: Double
    /// The raw value of Diffusion's `LayoutKind`; nil, as in candidates of earlier versions, is no layout.
    public var layout: String?
    /// The row of the floor's far end, a share of the picture's height from above; nil is what words and seed make of it.
    public var floorLine: Double?
    /// The raw value of Diffusion's `LightDirection`; nil is what words, product and seed make of it.
    public var light: String?
    /// Where the product stood while this was painted; nil is the standard place.
    public var placement: Placement?
    public var modelName: String
    /// The digest of the model's weights.
    public var modelFingerprint: String
    public var engineVersion: String

    public init(
        prompt: String, negativePrompt: String = "", categoryIdentifier: String? = nil, steps: Int, guidance: Double, seed: UInt64,
        sampler: String, aspect: AspectRatio, width: Int, height: Int, referenceName: String? = nil, referenceStrength: Double = 0,
        layout: String? = nil, floorLine: Double? = nil, light: String? = nil, placement: Placement? = nil, modelName: String,
        modelFingerprint: String, engineVersion: String
    ) {
        self.prompt = prompt
        self.negativePrompt = negativePrompt
        self.categoryIdentifier = categoryIdentifier
        self.steps = steps
        self.guidance = guidance
        self.seed = seed
        self.sampler = sampler
        self.aspect = aspect
        self.width = width
        self.height = height
        self.referenceName = referenceName
        self.referenceStrength = referenceStrength
        self.layout = layout
        self.floorLine = floorLine
        self.light = light
        self.placement = placement
        self.modelName = modelName
        self.modelFingerprint = modelFingerprint
        self.engineVersion = engineVersion
    }

    /// The settings of the `index`-th picture (from 0) of a batch that starts with these.
    public func picture(_ index: Int) -> GenerationSettings {
        var settings = self
        settings.seed = seed &+ UInt64(index)
        return settings
    }
}
