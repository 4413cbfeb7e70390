import Synchronization

/// A flag by which one thread asks the engine, on another, to stop.
///
/// The engine polls it between layers and throws `CancellationError`.
public final class CancellationFlag: Sendable {
    private let flag = Atomic(false)

    public init() {}

    /// Asks for the work to stop; there is no way back.
    public func cancel() {
        flag.store(true, ordering: .relaxed)
    }

    /// Whether `cancel()` was called.
    public var isCancelled: Bool { flag.load(ordering: .relaxed) }

    /// Throws `CancellationError` after `cancel()`.
    func check() throws {
        if isCancelled { throw CancellationError() }
    }
}
