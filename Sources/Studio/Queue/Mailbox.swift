import Foundation
import Glibc
import Synchronization

/// Carries events from the workers to the one thread that draws. A file descriptor turns readable while something waits, so that the reader can sleep
/// in `poll()` on it and on its keyboard together.
final class Mailbox: Sendable {
    private struct Contents {
        var events: [Event] = []
        var isRung = false
    }

    private let contents = Mutex(Contents())
    /// Readable while events wait. It belongs to the mailbox: never read or close it.
    let wakeUpDescriptor: Int32

    private let ringDescriptor: Int32

    /// - Throws: `StudioError.noDescriptor` when the process has no file descriptor left.
    init() throws {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw StudioError.noDescriptor(reason: String(cString: strerror(errno))) }
        // An editor that the terminal starts must not inherit them. At most one byte is ever in the pipe, so neither end can block.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        wakeUpDescriptor = ends[0]
        ringDescriptor = ends[1]
    }

    deinit {
        close(wakeUpDescriptor)
        close(ringDescriptor)
    }

    /// Puts an event at the end. One that still waits and says less than the new one gives way: the newest preview wins.
    func post(_ event: Event) {
        contents.withLock { contents in
            if let topic = event.topic, let place = contents.events.lastIndex(where: { $0.topic == topic }) {
                contents.events.remove(at: place)
            }
            contents.events.append(event)
            guard !contents.isRung else { return }
            contents.isRung = true
            var bell: UInt8 = 1
            _ = write(ringDescriptor, &bell, 1)
        }
    }

    /// Takes everything that waits, oldest first, and quiets the descriptor.
    func takeAll() -> [Event] {
        contents.withLock { contents in
            if contents.isRung {
                contents.isRung = false
                var bell: UInt8 = 0
                _ = read(wakeUpDescriptor, &bell, 1)
            }
            defer { contents.events = [] }
            return contents.events
        }
    }

    /// Sleeps until something waits.
    /// - Returns: false when `seconds` went by first, or a signal came.
    func wait(seconds: Double) -> Bool {
        var descriptor = pollfd(fd: wakeUpDescriptor, events: Int16(POLLIN), revents: 0)
        return poll(&descriptor, 1, Int32((seconds * 1000).rounded())) > 0
    }
}

extension Event {
    /// What only the newest event counts of.
    fileprivate enum Topic: Equatable {
        case preview(CandidateKey)
        case step(CandidateKey)
        case picture(PictureSubject)
        case fileWork
        case cutout
        case catalogue
    }

    fileprivate var topic: Topic? {
        switch self {
        case .preview(let key, _): .preview(key)
        case .step(let report): .step(.coming(report.job, index: report.index))
        case .pictureReady(let subject): .picture(subject)
        case .importProgress, .exportProgress: .fileWork
        case .cutoutProgress, .cutoutEnded: .cutout
        case .catalogueChanged: .catalogue
        default: nil
        }
    }
}
