import Foundation
import Synchronization

/// Gives memory that was freed back to the system while the studio rests. glibc keeps it otherwise: each of its arenas holds pages that
/// pictures stood in, threads come and go, and over twenty thousand commands a quarter more was held than is used.
final class SpareMemory: Sendable {
    /// Seconds after which it is given back, and which lie between two times at least: it takes some milliseconds.
    private static let pause = 2.0

    private let isComing = Mutex(false)
    private let queue = DispatchQueue(label: "backdrop.spare-memory", qos: .background)
    /// `malloc_trim(3)`, which glibc has and Swift's view of it has not; nil with another allocator.
    private let trim: (@convention(c) @Sendable (Int) -> Int32)?

    init() {
        typealias Trim = @convention(c) @Sendable (Int) -> Int32
        trim = dlsym(nil, "malloc_trim").map { unsafeBitCast($0, to: Trim.self) }
    }

    /// Gives back what is spare, soon.
    func giveBack() {
        let isFirst = isComing.withLock { isComing in
            defer { isComing = true }
            return !isComing
        }
        guard isFirst, let trim else { return }
        queue.asyncAfter(deadline: .now() + Self.pause) { [self] in
            _ = trim(0)
            isComing.withLock { $0 = false }
        }
    }
}
