import Foundation
import Studio
import Synchronization

/// Turns Ctrl-C, a closed line and `kill` into an orderly end.
final class Interruption {
    /// The signal that came first; 0 before.
    private final class Record: Sendable {
        let number = Atomic<Int32>(0)
    }

    private let record = Record()
    private let sources: [any DispatchSourceSignal]

    /// The signal that came first, SIGINT where the session stopped for another reason.
    var signal: Int32 {
        let number = record.number.load(ordering: .relaxed)
        return number == 0 ? SIGINT : number
    }

    /// Stops a session: what is being painted is given up and offered again at the next start; everything that is done is on disk.
    convenience init(_ interrupter: Interrupter) {
        self.init { _ in interrupter.interrupt() }
    }

    /// - Parameter first: called with the first signal, on another thread. A second one ends the program at once.
    init(_ first: @escaping @Sendable (_ signal: Int32) -> Void) {
        let queue = DispatchQueue(label: "backdrop.signals")
        sources = [SIGINT, SIGTERM, SIGHUP].filter(Self.isWatched).map { [record] number in
            Foundation.signal(number, SIG_IGN)  // the source takes it instead
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                let (isFirst, _) = record.number.compareExchange(expected: 0, desired: number, ordering: .relaxed)
                // Asked twice: leave at once. What is stored is stored, and the rest counts as interrupted.
                guard isFirst else { _exit(128 + number) }
                first(number)
            }
            source.resume()
            return source
        }
    }

    deinit {
        for source in sources { source.cancel() }
    }

    /// A signal that the parent had ignored stays ignored: that is what `nohup` is for.
    private static func isWatched(_ number: Int32) -> Bool {
        var action = sigaction()
        guard sigaction(number, nil, &action) == 0 else { return true }
        return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) != unsafeBitCast(SIG_IGN, to: Int.self)
    }
}
