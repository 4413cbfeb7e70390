import Diffusion
import Imaging

/// What a designer has written and set for one product: everything a generation starts from.
public struct Draft: Sendable, Equatable {
    public var prompt: String
    public var negativePrompt: String
    public var parameters: GenerationParameters

    public init(prompt: String = "", negativePrompt: String = "", parameters: GenerationParameters = GenerationParameters()) {
        self.prompt = prompt
        self.negativePrompt = negativePrompt
        self.parameters = parameters
    }
}

/// Where a job's first seed comes from; picture i of a job uses the first seed plus i.
public enum SeedChoice: Sendable, Equatable {
    /// A new seed for every job.
    case random
    /// The same first seed for every job.
    case fixed(UInt64)
}

/// The parameters pane, as values.
public struct GenerationParameters: Sendable, Equatable {
    /// Denoising steps.
    public static let stepsRange = 1...150
    /// Classifier-free guidance scale; 1 is no guidance.
    public static let guidanceRange = 1.0...30.0
    /// Candidates that one job paints.
    public static let candidateCountRange = 1...16
    /// How far a reference picture is followed: 0 not at all, 1 wholly.
    public static let referenceStrengthRange = 0.0...1.0

    public var steps: Int
    public var guidance: Double
    public var seed: SeedChoice
    public var sampler: SchedulerKind
    public var aspect: AspectRatio
    public var candidateCount: Int
    /// The brand picture in `references/` to follow, nil for none.
    public var referenceName: String?
    public var referenceStrength: Double
    /// The scene to paint on, for models that accept one.
    public var layout: LayoutKind
    /// What of that scene is set by hand.
    public var arrangement: SceneArrangement

    public init(
        steps: Int = 12, guidance: Double = 4.5, seed: SeedChoice = .random, sampler: SchedulerKind = .dpmpp2m,
        aspect: AspectRatio = .square,
        candidateCount: Int = 4, referenceName: String? = nil, referenceStrength: Double = 0.7,
        layout: LayoutKind = .auto, arrangement: SceneArrangement = SceneArrangement()
    ) {
        self.steps = steps
        self.guidance = guidance
        self.seed = seed
        self.sampler = sampler
        self.aspect = aspect
        self.candidateCount = candidateCount
        self.referenceName = referenceName
        self.referenceStrength = referenceStrength
        self.layout = layout
        self.arrangement = arrangement
    }

    /// Takes over one changed value, moved into its range where it lies outside.
    public mutating func apply(_ change: ParameterChange) {
        switch change {
        case .steps(let value): steps = value.clamped(to: Self.stepsRange)
        case .guidance(let value): guidance = value.isFinite ? value.clamped(to: Self.guidanceRange) : guidance
        case .seed(let value): seed = value
        case .sampler(let value): sampler = value
        case .aspect(let value): aspect = value
        case .candidateCount(let value): candidateCount = value.clamped(to: Self.candidateCountRange)
        case .reference(let value): referenceName = value
        case .referenceStrength(let value):
            referenceStrength = value.isFinite ? value.clamped(to: Self.referenceStrengthRange) : referenceStrength
        case .layout(let value): layout = value
        case .floorLine(let value):
            arrangement.floorLine = value.flatMap { $0.isFinite ? $0.clamped(to: SceneArrangement.floorLineRange) : nil }
        case .light(let value): arrangement.light = value
        }
    }
}

/// One parameter and its new value.
public enum ParameterChange: Sendable, Equatable {
    case steps(Int)
    case guidance(Double)
    case seed(SeedChoice)
    case sampler(SchedulerKind)
    case aspect(AspectRatio)
    case candidateCount(Int)
    /// The name of a picture in `references/`, nil for none.
    case reference(String?)
    case referenceStrength(Double)
    case layout(LayoutKind)
    /// A share of the picture's height from above, nil for what words and seed make of it.
    case floorLine(Double?)
    /// Nil for what words, product and seed make of it.
    case light(LightDirection?)
}

extension Comparable {
    /// The nearest value within the range.
    func clamped(to range: ClosedRange<Self>) -> Self {
        min(max(self, range.lowerBound), range.upperBound)
    }
}
