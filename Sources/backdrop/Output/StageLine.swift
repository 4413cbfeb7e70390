import Foundation
import Synchronization

/// Says on a terminal which stage a single picture is in, as soon as it takes more than a second, and ends the program at once at Ctrl-C: results
/// are written whole or not at all.
final class StageLine {
    /// The stage that the timer shows; empty for none.
    private final class Stage: Sendable {
        let name = Mutex("")
    }

    private let stage = Stage()
    /// Nil where nobody looks.
    private let timer: (any DispatchSourceTimer)?
    private let interruption: Interruption

    init() {
        let isShown = isatty(STDERR_FILENO) != 0 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
        interruption = Interruption { signal in
            PictureFile.abandon {
                Console.note((isShown ? "\r\u{1B}[K" : "") + "interrupted")
                // Not `exit`: other threads are in the middle of their work.
                _exit(128 + signal)
            }
        }
        guard isShown else {
            timer = nil
            return
        }
        let start = ContinuousClock.now
        let timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "backdrop.stage"))
        timer.schedule(deadline: .now() + 1, repeating: 0.25)
        timer.setEventHandler { [stage] in
            stage.name.withLock { name in
                guard !name.isEmpty else { return }
                let seconds = Int((ContinuousClock.now - start) / .seconds(1))
                Console.write("\r\(name)  \(seconds) s\u{1B}[K", to: STDERR_FILENO)
            }
        }
        timer.resume()
        self.timer = timer
    }

    /// Does one stage's work.
    func during<Result>(_ name: String, _ body: () throws -> Result) rethrows -> Result {
        stage.name.withLock { $0 = name }
        return try body()
    }

    /// Takes the line away.
    func clear() {
        guard let timer, !timer.isCancelled else { return }
        timer.cancel()
        stage.name.withLock { $0 = "" }
        Console.write("\r\u{1B}[K", to: STDERR_FILENO)
    }
}
