import Catalogue
import Foundation

/// A decision that could not be written because another program held the catalogue.
struct DelayedWrite {
    /// Writes it, and shows what came of it.
    let carryOut: (StudioSession) throws -> Void
}

/// A catalogue that another program holds: the studio says so, waits for it in the background, and loses nothing.
extension StudioSession {
    /// Seconds that a key may wait for the catalogue: a colleague's write takes a few thousandths.
    static let keyPatience = 0.15
    /// Seconds between two looks whether the catalogue is free.
    private static let probing = 0.3

    /// Writes something that a designer decided, then shows it. Where the catalogue is locked, or something waits for it already, it is kept
    /// for later.
    /// - Returns: whether it is written.
    /// - Throws: what writing or showing throws, but for a lock.
    @discardableResult
    func persist<Value>(
        _ write: @escaping () throws -> Value, then show: @escaping (StudioSession, Value) throws -> Void
    ) throws -> Bool {
        let decision = DelayedWrite { session in
            let value = try write()
            session.changes.note()
            try show(session, value)
        }
        guard isInteractive else {
            try decision.carryOut(self)
            return true
        }
        guard delayed.isEmpty else {
            delay(decision)
            return false
        }
        do {
            try decision.carryOut(self)
            return true
        } catch CatalogueError.locked {
            delay(decision)
            waitUntilUnlocked()
            return false
        }
    }

    private func delay(_ decision: DelayedWrite) {
        delayed.append(decision)
        state.message = StatusMessage(
            .warning, "another program has the catalogue locked", advice: "this is kept as soon as it is free")
    }

    private func waitUntilUnlocked() {
        DispatchQueue.global(qos: .utility).asyncAfter(deadline: .now() + Self.probing) { [catalogue, mailbox] in
            // What else may be wrong with it, the write itself says best.
            while (try? catalogue.isLocked()) == true { usleep(UInt32(Self.probing * 1_000_000)) }
            mailbox.post(.catalogueUnlocked)
        }
    }

    /// Writes what waited, in order.
    func writeDelayed() {
        let count = delayed.count
        while let decision = delayed.first {
            do {
                try Catalogue.$patience.withValue(isOver ? nil : Self.keyPatience) { try decision.carryOut(self) }
                delayed.removeFirst()
            } catch CatalogueError.locked where !isOver {
                return waitUntilUnlocked()
            } catch {
                delayed.removeFirst()
                state.message = StatusMessage(error, while: "a decision could not be kept")
            }
        }
        if count > 0, state.message?.severity != .error {
            state.message = StatusMessage(.info, "the catalogue is free again: everything is kept")
        }
    }
}
