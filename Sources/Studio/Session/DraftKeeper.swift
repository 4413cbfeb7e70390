import Catalogue
import Foundation
import Synchronization

/// Writes prompts and parameters into the catalogue a moment after the designer stops typing, off the screen's thread.
final class DraftKeeper: Sendable {
    private struct Contents {
        var drafts: [ProductID: Draft] = [:]
        var view: [String: String] = [:]
        var isScheduled = false
        /// The last write failed, and it was said.
        var hasFailed = false
    }

    private let catalogue: Catalogue
    private let mailbox: Mailbox
    private let contents = Mutex(Contents())
    private let queue = DispatchQueue(label: "backdrop.drafts", qos: .utility)

    /// Seconds between the first keystroke and the write: what a kill may cost at most.
    private static let delay = 0.4
    /// Seconds until a write that failed is tried again.
    private static let secondDelay = 2.0

    init(catalogue: Catalogue, mailbox: Mailbox) {
        self.catalogue = catalogue
        self.mailbox = mailbox
    }

    /// Keeps a draft soon.
    func keep(_ draft: Draft, of product: ProductID) {
        schedule { $0.drafts[product] = draft }
    }

    /// Keeps where the screen stands soon.
    func keep(view value: String, for key: String) {
        schedule { $0.view[key] = value }
    }

    /// The drafts that are not in the catalogue yet.
    var unsaved: [ProductID: Draft] { contents.withLock { $0.drafts } }

    /// Writes everything now.
    func flush() {
        queue.sync { write() }
    }

    private func schedule(_ change: (inout Contents) -> Void) {
        let isNew = contents.withLock { contents in
            change(&contents)
            defer { contents.isScheduled = true }
            return !contents.isScheduled
        }
        if isNew { queue.asyncAfter(deadline: .now() + Self.delay) { [self] in write() } }
    }

    private func write() {
        let waiting = contents.withLock { contents in
            contents.isScheduled = false
            return contents
        }
        do {
            if !waiting.drafts.isEmpty { try catalogue.saveDrafts(waiting.drafts.map { $0.value.stored(for: $0.key) }) }
            for (key, value) in waiting.view { try catalogue.setViewState(value, for: key) }
        } catch {
            let isNews = contents.withLock { contents in
                defer { (contents.hasFailed, contents.isScheduled) = (true, true) }
                return !contents.hasFailed
            }
            let advice = "it is tried again until it is possible"
            if isNews { mailbox.post(.message(StatusMessage(error, while: "the prompts are not kept yet", advice: advice))) }
            queue.asyncAfter(deadline: .now() + Self.secondDelay) { [weak self] in self?.write() }
            return
        }
        contents.withLock { contents in
            contents.hasFailed = false
            for (product, draft) in waiting.drafts where contents.drafts[product] == draft { contents.drafts[product] = nil }
            for (key, value) in waiting.view where contents.view[key] == value { contents.view[key] = nil }
        }
    }
}
