/// Decides when the next part of a picture may be sent, and how large it may be, from how fast the line carried the ones before.
///
/// A picture goes out in slices. After each the terminal is asked for a sign of life (DSR); its answer says that the slice has been
/// processed, which no buffer size on this side could. A question with nothing before it, asked while the line rests, says how long an
/// answer takes that no picture holds up. What an answer took beyond that is the time that the line needed for the slice, and so the
/// line's rate is known. The next slice is let out when by this rate the one before has left and the line was free for a while: the
/// echo of a key waits for one slice at most. Times are seconds on any clock that only goes forward.
struct FramePacer: Sendable {
    /// Seconds of the line that a step's picture may take.
    static let stepShare = 0.3
    /// Seconds that a finished picture may.
    static let finishedShare = 1.0
    /// An answer that takes longer than this will not come.
    static let patience = 3.0
    /// Pause between steps, at least: ten pictures a second look like motion, more only cost.
    static let shortestPause = 0.1
    /// Seconds of the line that a slice may take, and with it the echo of a key that comes just after it.
    static let sliceShare = 0.018
    /// The share of its time that the line carries pictures while one is sent; the rest is for keys.
    static let utilisation = 0.6
    /// Seconds by which answers may be later than the line's rate says before slices wait for them.
    static let lateness = 0.02
    /// Slices of a picture, at most: xterm keeps sixteen pieces of sixel graphics and forgets the topmost.
    static let mostSlices = 5
    /// Bytes of a slice that are always allowed: less is mostly colours and escapes.
    static let smallestSlice = 1_000
    /// The same for a terminal nearby, whose pictures stay whole: a key cuts their writing short, and each piece is one of the sixteen that xterm
    /// keeps. Where the engine has all cores answers come late, and no line is to blame.
    static let smallestSliceNearby = 1 << 20
    /// Seconds of the line that are enough to say how fast it is, where a picture takes longer.
    static let sampleLength = 0.15
    /// How many times faster the line may be by one picture than it was: what seems to take no time says little.
    static let growth = 2.0
    /// Seconds that a terminal on the same machine or in the same house takes to answer, at most.
    static let nearby = 0.02
    /// Bytes a second that are taken for true until a line was measured: 1 Mbit/s.
    static let firstRate = 125_000.0
    /// The same for a terminal nearby.
    static let firstRateNearby = 16_000_000.0
    /// Bytes a second between which a line's rate is believed.
    static let rates = 15_000.0...50_000_000.0
    /// Seconds that a slice of a finished picture may take while keys are pressed.
    static let busyShare = 0.03
    /// The same for a whole picture of a terminal nearby, whose writing a key cuts short.
    static let busyShareNearby = 0.2

    private struct Question: Equatable {
        /// Bytes of the slice before it; 0 for one asked on a line at rest.
        let bytes: Int
        let sentAt: Double
        let endsPicture: Bool
        var isStep = true
    }

    /// What an answer told.
    enum Answer: Equatable {
        /// To a question that was never asked.
        case unexpected
        /// The line itself took so long.
        case line
        /// A slice was dealt with.
        case slice
        /// A picture was, and nothing is on its way now: the moment to ask the line itself.
        case picture
    }

    /// Questions without an answer, oldest first.
    private var open: [Question] = []
    /// When the first slice of the picture in hand was sent.
    private var pictureBegan: Double?
    private var restUntil = 0.0
    private var everAnswered = false
    private var misses = 0
    /// Seconds to the last answers that no picture held up, oldest first.
    private var trips: [Double] = []
    /// When the terminal had the last slice, if an answer takes its usual time for the way back.
    private var arrivedAt = -Double.infinity
    /// When by the line's rate everything that was sent has left, and keys have had their share.
    private var freeAt = -Double.infinity
    /// Bytes a second with which the last pictures were carried, oldest first.
    private var samples = Array(repeating: firstRate, count: 3)
    /// What the line has carried since the last of these, and how long it took. Answers may come several at once, the first of them late: only
    /// their sum says something.
    private var carried = (bytes: 0, seconds: 0.0)
    /// How many of either are kept.
    private static let memory = (trips: 8, samples: 9)

    /// Bytes a second that the line carries: the median of what the last pictures said.
    private(set) var rate = firstRate

    /// Seconds to an answer that no picture holds up. Where something else has the cores an answer may be far too late, and on some lines
    /// all are now sooner and now later, so it is the second least of the last ones.
    private var roundTrip: Double? { trips.count > 1 ? trips.sorted()[1] : trips.first }

    private var isNearby: Bool { (roundTrip ?? .infinity) < Self.nearby }

    /// How long an answer takes that no picture holds up. A terminal that is near may have more from the start.
    mutating func learn(roundTrip seconds: Double) {
        trips = Array((trips + [seconds]).suffix(Self.memory.trips))
        if trips.count == 1, isNearby { believe(Array(repeating: Self.firstRateNearby, count: 3)) }
    }

    private mutating func believe(_ rates: [Double]) {
        samples = Array(rates.suffix(Self.memory.samples))
        rate = min(Self.rates.upperBound, max(Self.rates.lowerBound, samples.sorted()[samples.count / 2]))
    }

    /// Whether an answer is still on its way.
    var isAwaitingAnswer: Bool { !open.isEmpty }

    /// Bytes that a slice should stay within.
    var sliceBytes: Int { max(isNearby ? Self.smallestSliceNearby : Self.smallestSlice, Int(rate * Self.sliceShare)) }

    /// Whether a new picture may be begun now; an answer that is overdue no longer holds it up.
    mutating func mayBegin(now: Double) -> Bool {
        giveUp(now: now)
        return !isAwaitingSlice && now >= restUntil
    }

    private var isAwaitingSlice: Bool { open.contains { $0.bytes > 0 } }

    /// Whether the next slice may follow now.
    mutating func maySend(now: Double) -> Bool {
        giveUp(now: now)
        return (now >= freeAt || !isAwaitingSlice) && now < holdsFrom
    }

    /// From when on slices wait for an answer: the line has become slower than it was, or stalls.
    private var holdsFrom: Double {
        guard let oldest = open.first else { return .infinity }
        return oldest.sentAt + (roundTrip ?? Self.patience) + Double(oldest.bytes) / rate + Self.lateness
    }

    /// When to ask again; nil if nothing but an answer can change it.
    func nextChance(now: Double) -> Double? {
        guard let oldest = open.first else { return restUntil > now ? restUntil : nil }
        let overdue = max(now, oldest.sentAt + patience)
        let next = isAwaitingSlice ? freeAt : restUntil
        return next > now && next < holdsFrom ? min(next, overdue) : overdue
    }

    private var patience: Double { !everAnswered && misses > 1 ? 0.5 : Self.patience }

    private mutating func giveUp(now: Double) {
        guard let oldest = open.first, now - oldest.sentAt > patience else { return }
        open = []
        pictureBegan = nil
        carried = (0, 0)
        misses += 1
        believe(Array(repeating: rate / 2, count: 3))
    }

    /// Bytes that the next picture should stay within.
    /// - Parameter share: of all pictures' area that forms, this one's.
    func budget(for quality: PictureOrder.Quality, share: Double = 1) -> Int {
        switch quality {
        case .finished: max(8_000, Int(rate * Self.finishedShare))
        case .step: max(sliceBytes, Int(share * min(max(8_000, rate * Self.stepShare), Double(Self.mostSlices * sliceBytes))))
        }
    }

    /// Whether a finished picture would keep keys waiting on this line.
    func isHeavy(_ picture: EncodedPicture) -> Bool {
        if isNearby { return Double(picture.byteCount) > rate * Self.busyShareNearby }
        return Double(picture.slices.map(\.count).max() ?? 0) > rate * Self.busyShare
    }

    /// A slice was sent, with the question after it.
    mutating func sent(bytes: Int, endsPicture: Bool = true, isStep: Bool = true, now: Double) {
        open.append(Question(bytes: bytes, sentAt: now, endsPicture: endsPicture, isStep: isStep))
        pictureBegan = pictureBegan ?? now
        freeAt = max(freeAt, now) + Double(bytes) / rate / Self.utilisation
    }

    /// A question was asked with nothing before it.
    mutating func asked(now: Double) {
        open.append(Question(bytes: 0, sentAt: now, endsPicture: false))
    }

    /// An answer has come.
    mutating func answered(now: Double) -> Answer {
        guard !open.isEmpty else { return .unexpected }
        let question = open.removeFirst()
        everAnswered = true
        misses = 0
        guard question.bytes > 0 else {
            learn(roundTrip: now - question.sentAt)
            return .line
        }
        let arrived = now - (roundTrip ?? 0)
        carried.bytes += question.bytes
        carried.seconds += max(0, arrived - max(question.sentAt, arrivedAt))
        arrivedAt = max(arrivedAt, arrived)
        if question.endsPicture || carried.seconds > Self.sampleLength {
            believe(samples + [min(Double(carried.bytes) / max(carried.seconds, 1e-6), Self.growth * rate)])
            carried = (0, 0)
        }
        guard question.endsPicture, let began = pictureBegan else { return .slice }
        pictureBegan = nil
        // Pictures that stay need no pause where the line is quick: a strip of them is there at once.
        restUntil = isNearby && !question.isStep ? now : now + min(1.0, max(Self.shortestPause, now - began))
        return open.isEmpty ? .picture : .slice
    }
}
