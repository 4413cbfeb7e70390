import Foundation

/// What a model folder says about itself, read from its JSON files and the headers of its weights.
public struct ModelDescription: Sendable, Equatable {
    /// Numbers of weights.
    public struct ParameterCounts: Sendable, Equatable {
        public let unet: Int
        public let autoencoder: Int
        public let textEncoder: Int

        public var total: Int { unet + autoencoder + textEncoder }
    }

    /// The name to show: from `backdrop.json`, else the folder's.
    public let name: String
    /// The model's own version, where `backdrop.json` gives one.
    public let version: String?
    /// The terms the weights are under, where `backdrop.json` gives them.
    public let licence: String?
    public let directory: URL
    /// Width and height that the model was trained at, in pixels.
    public let nativeSize: Int
    /// Pixels a latent cell is wide and high, 8 for Stable Diffusion.
    public let latentScale: Int
    /// Widths and heights must be multiples of this, in pixels.
    public let sizeMultiple: Int
    public let parameterCounts: ParameterCounts
    /// Product categories the model was trained with; empty for a general model.
    public let categories: [ModelCategory]
    public let recommended: RecommendedSettings
    /// Whether it paints on a ``SceneLayout``.
    public let acceptsLayout: Bool
    /// Whether it paints over a sketch of what the words name, as ``SceneReading`` tells.
    public let readsScenes: Bool
    /// Whether it brings an adapter that follows the style of a reference picture; else only its colours are followed.
    public let hearsStyle: Bool
    /// A SHA-256 in hexadecimal that tells one set of weights from another. It covers all configuration, the weights'
    /// headers and a regular sample of their bytes, so that it costs milliseconds for any size of model.
    public let weightsFingerprint: String
    /// When the files of the weights were last changed, in nanoseconds since 1970, one number a file.
    var weightsTimes = ""
}

/// A kind of product that a model knows by an identifier of its own.
public struct ModelCategory: Sendable, Codable, Equatable, Identifiable {
    /// The token that stands for the category in a prompt.
    public let identifier: String
    public let name: String
    public let nameJapanese: String
    /// Identifier of the category that this one is part of.
    public let parent: String?

    public var id: String { identifier }

    public init(identifier: String, name: String, nameJapanese: String, parent: String? = nil) {
        self.identifier = identifier
        self.name = name
        self.nameJapanese = nameJapanese
        self.parent = parent
    }
}

/// The settings a model's maker recommends.
public struct RecommendedSettings: Sendable, Codable, Equatable {
    public let steps: Int
    public let guidance: Float
    public let sampler: SchedulerKind
    public let negativePrompt: String

    public init(steps: Int, guidance: Float, sampler: SchedulerKind, negativePrompt: String) {
        self.steps = steps
        self.guidance = guidance
        self.sampler = sampler
        self.negativePrompt = negativePrompt
    }

    /// For a model that recommends nothing: the guidance of Stable Diffusion's model cards, and as many steps as DPM++ 2M needs.
    public static let stableDiffusion = RecommendedSettings(steps: 25, guidance: 7.5, sampler: .dpmpp2m, negativePrompt: "")

    /// For a model distilled to few steps by latent consistency (its authors' settings, arXiv 2310.04378).
    public static let latentConsistency = RecommendedSettings(steps: 4, guidance: 1, sampler: .lcm, negativePrompt: "")
}
