import Tensor

/// How a model is loaded and kept.
public struct LoadingOptions: Sendable, Equatable {
    /// How much memory a model may take.
    public enum MemoryUse: String, Sendable, CaseIterable {
        /// The network at work stays in memory.
        case normal
        /// Weights come from disk layer by layer, and pictures are encoded and decoded in tiles.
        case low
    }

    /// What layers multiply in.
    public var precision: Precision
    public var memory: MemoryUse
    /// Whether pictures beyond the model's own size are encoded and decoded in tiles, for less memory.
    public var isTiled: Bool
    /// Whether packed weights of large models are kept on disk, for the next start.
    public var keepsPackedWeights: Bool

    public init(
        precision: Precision = .float32, memory: MemoryUse = .normal, isTiled: Bool = false, keepsPackedWeights: Bool = true
    ) {
        self.precision = precision
        self.memory = memory
        self.isTiled = isTiled
        self.keepsPackedWeights = keepsPackedWeights
    }
}
