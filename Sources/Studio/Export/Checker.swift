import Catalogue
import Foundation
import Imaging
import Synchronization

/// Measures the checks of the candidate that a designer looks at, on the full-size composite, in the background; and, while nothing is
/// painted, those of the others, so that the list can be asked for what warns.
final class Checker: Sendable {
    private struct State {
        var wanted: CandidateID?
        /// Those that nobody has looked at, the next one last.
        var waiting: [CandidateID] = []
        var mayCatchUp = false
        var isCatchingUp = false
    }

    private let catalogue: Catalogue
    private let shelf: ProductShelf
    private let mailbox: Mailbox
    private let changes: ChangeCounter
    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "backdrop.checks", qos: .background)

    /// Seconds that a candidate must stay on the screen before it is worth the work: fast culling goes by. Also the pause between two
    /// that are not on the screen.
    private static let patience = 0.5

    init(catalogue: Catalogue, shelf: ProductShelf, mailbox: Mailbox, changes: ChangeCounter) {
        self.catalogue = catalogue
        self.shelf = shelf
        self.mailbox = mailbox
        self.changes = changes
    }

    /// Measures this candidate soon, if it is still wanted then; nil for none.
    /// - Parameter catchingUp: whether there is time for the others.
    func want(_ candidate: CandidateID?, catchingUp: Bool) {
        let (isNew, begins) = state.withLock { state in
            defer {
                state.wanted = candidate
                state.mayCatchUp = catchingUp
            }
            let begins = catchingUp && !state.isCatchingUp && !state.waiting.isEmpty
            if begins { state.isCatchingUp = true }
            return (state.wanted != candidate, begins)
        }
        if begins { catchUpSoon() }
        guard isNew, let candidate else { return }
        queue.asyncAfter(deadline: .now() + Self.patience) { [self] in
            guard state.withLock({ $0.wanted == candidate }) else { return }
            do {
                let checks = try measure(candidate) { [self] in state.withLock { $0.wanted == candidate } }
                mailbox.post(.checked(candidate, checks))
            } catch is CancellationError {
                // Another picture is looked at by now; this one is measured when it is shown again.
            } catch {
                mailbox.post(.message(StatusMessage(error, while: "the checks could not be made")))
            }
        }
    }

    /// Has candidates looked at when there is time.
    func catchUp(on candidates: [CandidateID]) {
        state.withLock { state in
            let known = Set(state.waiting)
            state.waiting += candidates.filter { !known.contains($0) }
        }
    }

    /// Ends the work.
    func stop() {
        state.withLock { $0 = State() }
    }

    private func catchUpSoon() {
        queue.asyncAfter(deadline: .now() + Self.patience) { [self] in
            let next = state.withLock { state -> CandidateID? in
                let next = state.mayCatchUp ? state.waiting.popLast() : nil
                if next == nil { state.isCatchingUp = false }
                return next
            }
            guard let next else { return }
            // One whose file is gone is complained of when somebody looks at it.
            if let checks = try? measure(next) { mailbox.post(.checked(next, checks)) }
            catchUpSoon()
        }
    }

    /// Keeps which checks of a candidate warn. Where another program has the catalogue locked they are made again another time.
    func keep(_ warnings: [String], of candidate: CandidateID) {
        queue.async { [self] in
            guard (try? catalogue.keep(warnings: warnings, of: candidate)) != nil else { return }
            changes.note()
        }
    }

    /// - Throws: `PictureError`, `CompositeError`, `CatalogueError`, `StudioError`; `CancellationError` once `goesOn` says no.
    func measure(_ id: CandidateID, goesOn: () -> Bool = { true }) throws -> CandidateChecks {
        guard let candidate = try catalogue.candidate(id: id) else { throw CatalogueError.unknownCandidate("\(id)") }
        let product = try shelf.product(candidate.productID) { _ in if !goesOn() { throw CancellationError() } }
        let layout = product.layout(candidate.settings)
        let background = product.adjusted(try Photo.load(catalogue.url(of: candidate)).image)
        let difference = try Compositor.composite(
            photo: product.photo, cutout: product.cutout, layout: layout, background: background, options: product.treatment.options,
            goesOn: goesOn
        ).coreMaximumDifference
        let look = try CompositeChecks(
            photo: product.photo, cutout: product.cutout, layout: layout, background: background, options: product.treatment.options)
        return CandidateChecks(
            coreMaximumDifference: difference, frameShare: look.frameShare, isAdjusted: product.treatment.changesProduct, look: look)
    }
}
