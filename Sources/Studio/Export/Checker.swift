import Catalogue
import Foundation
import Imaging
import Synchronization

/// Measures the checks of the candidate that a designer looks at, on the full-size composite, in the background.
final class Checker: Sendable {
    private let catalogue: Catalogue
    private let shelf: ProductShelf
    private let mailbox: Mailbox
    private let wanted = Mutex<CandidateID?>(nil)
    private let queue = DispatchQueue(label: "backdrop.checks", qos: .background)

    /// Seconds that a candidate must stay on the screen before it is worth the work: fast culling goes by.
    private static let patience = 0.5

    init(catalogue: Catalogue, shelf: ProductShelf, mailbox: Mailbox) {
        self.catalogue = catalogue
        self.shelf = shelf
        self.mailbox = mailbox
    }

    /// Measures this candidate soon, if it is still wanted then; nil for none.
    func want(_ candidate: CandidateID?) {
        let isNew = wanted.withLock { wanted in
            defer { wanted = candidate }
            return wanted != candidate
        }
        guard isNew, let candidate else { return }
        queue.asyncAfter(deadline: .now() + Self.patience) { [self] in
            guard wanted.withLock({ $0 == candidate }) else { return }
            do {
                mailbox.post(.checked(candidate, try measure(candidate)))
            } catch {
                mailbox.post(.message(StatusMessage(error, while: "the checks could not be made")))
            }
        }
    }

    /// - Throws: `PictureError`, `CompositeError`, `CatalogueError`, `StudioError`.
    func measure(_ id: CandidateID) throws -> CandidateChecks {
        guard let candidate = try catalogue.candidate(id: id) else { throw CatalogueError.unknownCandidate("\(id)") }
        let product = try shelf.product(candidate.productID)
        let layout = product.layout(candidate.settings)
        let background = product.adjusted(try Photo.load(catalogue.url(of: candidate)).image)
        let difference = try Compositor.composite(
            photo: product.photo, cutout: product.cutout, layout: layout, background: background, options: product.treatment.options
        ).coreMaximumDifference
        let look = try CompositeChecks(
            photo: product.photo, cutout: product.cutout, layout: layout, background: background, options: product.treatment.options)
        return CandidateChecks(
            coreMaximumDifference: difference, frameShare: look.frameShare, isAdjusted: product.treatment.changesProduct, look: look)
    }
}
