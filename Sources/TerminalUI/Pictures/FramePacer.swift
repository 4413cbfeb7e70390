/// Decides when the next picture may be sent, and how large it may be, from how fast the terminal swallowed the ones before.
///
/// After each picture the terminal is asked for a sign of life (DSR); its answer says that the picture has been processed, which
/// no buffer size on this side could. Times are seconds on any clock that only goes forward.
struct FramePacer: Equatable, Sendable {
    /// Seconds that a step's picture may keep the line busy.
    static let stepShare = 0.3
    /// Seconds that a finished picture may.
    static let finishedShare = 1.5
    /// An answer that takes longer than this will not come.
    static let patience = 3.0
    /// Pause between steps, at least: ten pictures a second look like motion, more only cost.
    static let shortestPause = 0.1

    private var sentAt: Double?
    private var sentBytes = 0
    private var restUntil = 0.0
    private var everAnswered = false
    private var misses = 0

    /// Bytes a second, measured; starts at what a good wireless line carries.
    private(set) var throughput = 2_000_000.0

    /// Whether an answer is still on its way.
    var isAwaitingAnswer: Bool { sentAt != nil }

    /// Whether a picture may be sent now; an answer that is overdue no longer holds it up.
    mutating func maySend(now: Double) -> Bool {
        if let sentAt {
            guard now - sentAt > Self.patience || (!everAnswered && misses > 1 && now - sentAt > 0.5) else { return false }
            misses += 1
            self.sentAt = nil
            throughput = max(20_000, throughput / 2)
        }
        return now >= restUntil
    }

    /// When to ask again; nil if nothing but an answer can change it.
    func nextChance(now: Double) -> Double? {
        if let sentAt { return max(now, sentAt + (!everAnswered && misses > 1 ? 0.5 : Self.patience)) }
        return restUntil > now ? restUntil : nil
    }

    /// Bytes that the next picture should stay within.
    func budget(for quality: PictureOrder.Quality) -> Int {
        let share = quality == .step ? Self.stepShare : Self.finishedShare
        return max(8_000, Int(throughput * share))
    }

    /// A picture of so many bytes was sent, with the question after it.
    mutating func sent(bytes: Int, now: Double) {
        sentAt = now
        sentBytes = bytes
    }

    /// The answer has come.
    mutating func answered(now: Double) {
        guard let sentAt else { return }
        self.sentAt = nil
        everAnswered = true
        misses = 0
        let seconds = max(0.001, now - sentAt)
        if sentBytes > 4_000 { throughput = 0.5 * throughput + 0.5 * min(50_000_000, Double(sentBytes) / seconds) }
        restUntil = now + min(1.0, max(Self.shortestPause, seconds))
    }
}
