import Dispatch
import Foundation
import Synchronization

/// Encodes pictures on a serial queue of its own, so that typing never waits for it. Of several orders for one place only the
/// newest is carried out.
final class PictureEncoder: Sendable {
    /// What came of an order.
    struct Result: Sendable {
        let slot: PictureSlot
        let picture: EncodedPicture?
    }

    private struct Waiting {
        let slot: PictureSlot
        let order: PictureOrder
        let presenter: any PicturePresenter
    }

    private struct State {
        /// At most one order a place, oldest first.
        var waiting: [Waiting] = []
        var isRunning = false
        var results: [Result] = []
    }

    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "backdrop.pictures")
    private let wake: @Sendable () -> Void

    /// `wake` is called from the encoder's queue whenever a result is ready.
    init(wake: @escaping @Sendable () -> Void) {
        self.wake = wake
    }

    /// Takes an order; an older one for the same place that has not begun is dropped.
    func submit(_ slot: PictureSlot, order: PictureOrder, presenter: any PicturePresenter) {
        let mustStart = state.withLock { state in
            state.waiting.removeAll { $0.slot.place == slot.place }
            state.waiting.append(Waiting(slot: slot, order: order, presenter: presenter))
            defer { state.isRunning = true }
            return !state.isRunning
        }
        if mustStart { queue.async { self.run() } }
    }

    /// The results since the last call.
    func take() -> [Result] {
        state.withLock { state in
            defer { state.results = [] }
            return state.results
        }
    }

    private func run() {
        while let next = next() {
            let picture = try? next.presenter.encode(next.order)
            state.withLock { $0.results.append(Result(slot: next.slot, picture: picture)) }
            wake()
        }
    }

    private func next() -> Waiting? {
        state.withLock { state in
            if state.waiting.isEmpty {
                state.isRunning = false
                return nil
            }
            return state.waiting.removeFirst()
        }
    }
}
