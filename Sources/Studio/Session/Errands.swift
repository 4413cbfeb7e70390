import Foundation
import Synchronization

/// Imports and exports, one after another in the background.
final class Errands: Sendable {
    private let queue = DispatchQueue(label: "backdrop.errands", qos: .userInitiated)
    private let outstanding = Atomic(0)
    /// Raised by every call to stop: an errand that began before it gives up.
    private let stops = Atomic(0)

    /// True while an errand waits or is being run.
    var isBusy: Bool { outstanding.load(ordering: .sequentiallyConsistent) > 0 }

    /// Runs an errand after those that wait already.
    /// - Parameter body: asks the closure it is given, between two files, whether to go on.
    func run(_ body: @escaping @Sendable (_ goesOn: @escaping @Sendable () -> Bool) -> Void) {
        outstanding.add(1, ordering: .sequentiallyConsistent)
        let began = stops.load(ordering: .sequentiallyConsistent)
        queue.async { [self] in
            body { [self] in stops.load(ordering: .sequentiallyConsistent) == began }
            outstanding.subtract(1, ordering: .sequentiallyConsistent)
        }
    }

    /// Asks all errands to give up after the file in hand.
    func stop() {
        stops.add(1, ordering: .sequentiallyConsistent)
    }

    /// Waits for the errand in hand.
    func wait() {
        queue.sync {}
    }
}
