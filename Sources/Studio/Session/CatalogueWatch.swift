import Catalogue
import Diffusion
import Foundation

/// Notices what this or another process changed in the catalogue, reads it again in the background and posts it.
///
/// Sound as `@unchecked Sendable`: everything is constant, and a Dispatch source may be cancelled from any thread.
final class CatalogueWatch: @unchecked Sendable {
    private let catalogue: Catalogue
    private let watcher: ChangeWatcher
    private let mailbox: Mailbox
    private let changes: ChangeCounter
    private let fallbackSampler: SchedulerKind
    private let queue = DispatchQueue(label: "backdrop.catalogue-watch", qos: .utility)
    private let timer: any DispatchSourceTimer

    /// Seconds between two looks: a colleague's decision shows about as fast as one's own eye moves.
    private static let interval = 0.5

    /// - Throws: `CatalogueError`.
    init(catalogue: Catalogue, mailbox: Mailbox, changes: ChangeCounter, fallbackSampler: SchedulerKind) throws {
        self.catalogue = catalogue
        self.mailbox = mailbox
        self.changes = changes
        self.fallbackSampler = fallbackSampler
        watcher = try catalogue.watchChanges()
        timer = DispatchSource.makeTimerSource(queue: queue)
        timer.schedule(deadline: .now() + Self.interval, repeating: Self.interval, leeway: .milliseconds(50))
        timer.setEventHandler { [weak self] in self?.look() }
        timer.resume()
    }

    /// Ends the looking.
    func stop() {
        timer.cancel()
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
        queue.async { [weak self] in self?.post() }
    }

    private func look() {
        // A failure here is a moment's lock or a disk that is gone; commands say so in their own words.
        guard (try? watcher.hasChanged()) == true else { return }
        post()
    }

    private func post() {
        do {
            mailbox.post(.catalogueChanged(try read()))
        } catch {
            mailbox.post(.message(StatusMessage(error)))
        }
    }
}
