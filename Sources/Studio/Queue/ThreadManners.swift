import Foundation

/// How threads of one program share the cores.
enum ThreadManners {
    /// Lets whoever types go first: niceness 10 for the calling thread, and so for those that are started from it. On Linux it
    /// belongs to each thread, `setpriority(2)`; a refusal changes nothing that matters.
    static func giveWay() {
        _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10)
    }
}
