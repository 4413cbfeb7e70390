/// What the parameters pane says about the model.
public struct ModelInfo: Sendable, Equatable {
    /// Where the engine stands.
    public enum Readiness: Sendable, Equatable {
        /// No model folder was found; the text says what to do.
        case missing(String)
        /// Described, not yet in memory: it is loaded when the first picture is asked for.
        case described
        case loading
        /// In memory; how long that took, in seconds.
        case ready(seconds: Double)
        /// It could not be loaded; the text says why.
        case failed(String)
    }

    public var name: String
    /// Side of the square picture it was trained on, in pixels.
    public var nativeSize: Int
    /// Digest of the weights, as stored with every candidate.
    public var fingerprint: String
    /// How many values the networks hold together.
    public var parameterCount: Int
    public var readiness: Readiness
    /// Whether it paints over a sketch of what the words name.
    public var readsScenes: Bool

    public init(
        name: String, nativeSize: Int, fingerprint: String, parameterCount: Int, readiness: Readiness, readsScenes: Bool = false
    ) {
        self.name = name
        self.nativeSize = nativeSize
        self.fingerprint = fingerprint
        self.parameterCount = parameterCount
        self.readiness = readiness
        self.readsScenes = readsScenes
    }
}
