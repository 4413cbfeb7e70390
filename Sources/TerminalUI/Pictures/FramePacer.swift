/// Decides when the next part of a picture may be sent, and how large it may be, from how fast the terminal swallowed the ones before.
///
/// A picture goes out in slices. After each the terminal is asked for a sign of life (DSR); its answer says that the slice has been
/// processed, which no buffer size on this side could. Answers that come later than the quickest one did mean that bytes wait somewhere
/// on the way, and a key's echo would wait behind them: so few are let out at a time that this stays under ``queueing``, as LEDBAT
/// (RFC 6817) does. Times are seconds on any clock that only goes forward.
struct FramePacer: Equatable, Sendable {
    /// Seconds that a step's picture may keep the line busy.
    static let stepShare = 0.3
    /// Seconds that a finished picture may.
    static let finishedShare = 1.0
    /// An answer that takes longer than this will not come.
    static let patience = 3.0
    /// Pause between steps, at least: ten pictures a second look like motion, more only cost.
    static let shortestPause = 0.1
    /// Seconds by which bytes of a picture may hold up an answer before fewer are let out.
    static let queueing = 0.010
    /// Slices of a picture, at most: xterm keeps sixteen pieces of sixel graphics and forgets the oldest.
    static let mostSlices = 5
    /// Bytes that may always be on their way: 12 ms of a line of 1 Mbit/s.
    static let smallestWindow = 1_500
    /// The same for a terminal nearby: 26 ms of 10 Mbit/s. Where the engine has all cores answers come late, and no line is to blame.
    static let smallestWindowNearby = 32 << 10
    /// Bytes on their way beyond which no line gets faster.
    static let largestWindow = 4 << 20
    /// Seconds that a terminal on the same machine or in the same house takes to answer, at most.
    static let nearby = 0.02
    /// Seconds that a finished picture may keep the line busy while keys are pressed.
    static let busyShare = 0.2

    private struct Question: Equatable {
        let bytes: Int
        let sentAt: Double
        let endsPicture: Bool
    }

    /// Questions without an answer, oldest first.
    private var open: [Question] = []
    /// The picture in hand: when its first slice was sent, and its bytes so far.
    private var picture: (began: Double, bytes: Int)?
    private var restUntil = 0.0
    private var everAnswered = false
    private var misses = 0
    /// The quickest answer; creeps up, for the way to a terminal can change.
    private var quickest: Double?
    private var window = 4_096

    /// Bytes a second, measured over whole pictures; starts at what a good mobile line carries.
    private(set) var throughput = 400_000.0

    static func == (one: FramePacer, other: FramePacer) -> Bool {
        one.open == other.open && one.restUntil == other.restUntil && one.window == other.window && one.throughput == other.throughput
    }

    /// How long an answer takes that no picture holds up. A terminal that is near may have more from the start.
    mutating func learn(roundTrip: Double) {
        quickest = min(quickest ?? roundTrip, roundTrip)
        if roundTrip < Self.nearby { window = max(window, 256 << 10) }
    }

    /// Whether an answer is still on its way.
    var isAwaitingAnswer: Bool { !open.isEmpty }

    /// Bytes that a slice should stay within.
    var sliceBytes: Int { max(Self.smallestWindow, window / 2) }

    private var leastWindow: Int { (quickest ?? .infinity) < Self.nearby ? Self.smallestWindowNearby : Self.smallestWindow }

    /// Whether a new picture may be begun now; an answer that is overdue no longer holds it up.
    mutating func mayBegin(now: Double) -> Bool {
        giveUp(now: now)
        return open.isEmpty && now >= restUntil
    }

    /// Whether a slice of so many bytes may follow now.
    mutating func maySend(bytes: Int, now: Double) -> Bool {
        giveUp(now: now)
        return open.isEmpty || open.reduce(bytes) { $0 + $1.bytes } <= window
    }

    /// When to ask again; nil if nothing but an answer can change it.
    func nextChance(now: Double) -> Double? {
        if let oldest = open.first { return max(now, oldest.sentAt + patience) }
        return restUntil > now ? restUntil : nil
    }

    private var patience: Double { !everAnswered && misses > 1 ? 0.5 : Self.patience }

    private mutating func giveUp(now: Double) {
        guard let oldest = open.first, now - oldest.sentAt > patience else { return }
        open = []
        picture = nil
        misses += 1
        throughput = max(20_000, throughput / 2)
        window = leastWindow
    }

    /// Bytes that the next picture should stay within.
    func budget(for quality: PictureOrder.Quality) -> Int {
        let share = quality == .step ? Self.stepShare : Self.finishedShare
        let bytes = max(8_000, Int(throughput * share))
        return quality == .step ? min(bytes, max(8_000, Self.mostSlices * sliceBytes)) : bytes
    }

    /// Whether a finished picture of so many bytes would keep keys waiting on this line.
    func isHeavy(bytes: Int) -> Bool { Double(bytes) > throughput * Self.busyShare }

    /// A slice was sent, with the question after it.
    mutating func sent(bytes: Int, endsPicture: Bool = true, now: Double) {
        open.append(Question(bytes: bytes, sentAt: now, endsPicture: endsPicture))
        picture = (picture?.began ?? now, (picture?.bytes ?? 0) + bytes)
    }

    /// An answer has come.
    mutating func answered(now: Double) {
        guard !open.isEmpty else { return }
        let question = open.removeFirst()
        everAnswered = true
        misses = 0
        let seconds = max(0.000_1, now - question.sentAt)
        let best = min((quickest ?? seconds) * 1.000_5, seconds)
        quickest = best
        window = max(leastWindow, window)
        if seconds - best > Self.queueing {
            window = max(leastWindow, window * 3 / 4)
        } else if seconds - best < Self.queueing / 2 {
            window = min(Self.largestWindow, window + question.bytes)
        }
        guard question.endsPicture, let whole = picture else { return }
        picture = nil
        let duration = max(0.001, now - whole.began)
        if whole.bytes > 4_000 { throughput = 0.5 * throughput + 0.5 * min(50_000_000, Double(whole.bytes) / duration) }
        restUntil = now + min(1.0, max(Self.shortestPause, duration))
    }
}
