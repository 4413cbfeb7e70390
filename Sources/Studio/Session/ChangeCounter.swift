import Synchronization

/// Counts what this process writes into the catalogue, so that a reading of it that began earlier is known to be stale.
final class ChangeCounter: Sendable {
    private let count = Atomic(0)

    /// Something was written.
    func note() {
        count.add(1, ordering: .sequentiallyConsistent)
    }

    var value: Int { count.load(ordering: .sequentiallyConsistent) }
}
