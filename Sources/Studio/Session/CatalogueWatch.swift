import Catalogue
import Diffusion
import Foundation

/// Notices what another process changed in the catalogue, reads it again in the background and posts it. What this process changes
/// is in the state already.
///
/// Sound as `@unchecked Sendable`: everything is constant but what `condition` guards.
final class CatalogueWatch: @unchecked Sendable {
    private let catalogue: Catalogue
    private let watcher: ChangeWatcher
    private let mailbox: Mailbox
    private let changes: ChangeCounter
    private let fallbackSampler: SchedulerKind
    private let condition = NSCondition()
    private var isOver = false
    private var mustRead = false

    /// Seconds between two looks: a colleague's decision shows about as fast as one's own eye moves.
    private static let interval = 0.5

    /// - Throws: `CatalogueError`.
    init(catalogue: Catalogue, mailbox: Mailbox, changes: ChangeCounter, fallbackSampler: SchedulerKind) throws {
        self.catalogue = catalogue
        self.mailbox = mailbox
        self.changes = changes
        self.fallbackSampler = fallbackSampler
        watcher = try catalogue.watchChanges()
        // A thread of its own, for the niceness is its own as well: reading ten thousand products must not hold up a key.
        let thread = Thread { [weak self] in
            ThreadManners.giveWay()
            while let watch = self, watch.rest() { watch.look() }
        }
        thread.name = "backdrop.catalogue-watch"
        thread.start()
    }

    /// Sleeps until it is time for another look. Returns false when there is to be none.
    private func rest() -> Bool {
        condition.lock()
        defer { condition.unlock() }
        let end = Date(timeIntervalSinceNow: Self.interval)
        while !isOver, !mustRead, condition.wait(until: end) {}
        return !isOver
    }

    /// Ends the looking.
    func stop() {
        condition.lock()
        isOver = true
        condition.broadcast()
        condition.unlock()
    }

    /// The catalogue as it is now.
    func read() throws -> CatalogueView {
        let reading = changes.value
        var view = CatalogueView(try catalogue.contents(), fallbackSampler: fallbackSampler)
        view.reading = reading
        return view
    }

    /// Reads the catalogue once more in the background and posts it.
    func readAgain() {
        condition.lock()
        mustRead = true
        condition.broadcast()
        condition.unlock()
    }

    private func look() {
        condition.lock()
        let wasAsked = mustRead
        mustRead = false
        condition.unlock()
        // A failure here is a moment's lock or a disk that is gone; commands say so in their own words.
        let hasChanged = (try? watcher.hasChanged()) == true
        if hasChanged || wasAsked { post() }
    }

    private func post() {
        do {
            mailbox.post(.catalogueChanged(try read()))
        } catch {
            mailbox.post(.message(StatusMessage(error)))
        }
    }
}
