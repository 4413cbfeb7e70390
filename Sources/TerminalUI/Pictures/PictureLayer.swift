import Foundation

/// The pictures on the screen: what is wanted, what is there, and the way from one to the other.
///
/// ncurses sees only blank cells where a picture stands. So a picture that goes or moves is erased with explicit spaces before the
/// cells are updated, and drawn after it, in one write that leaves the cursor where ncurses believes it to be.
final class PictureLayer {
    /// What must be known to draw.
    struct Surroundings {
        var presenter: any PicturePresenter
        /// What shows through transparent pixels.
        var ground: RGB
        /// Selects the background for erasing.
        var backgroundSequence: String
        var synchronised: Bool
    }

    private struct Shown {
        let slot: PictureSlot
        let cells: CellRectangle
    }

    private struct Sending {
        let slot: PictureSlot
        let picture: EncodedPicture
        /// The slice that comes next.
        var next = 0
    }

    private struct CacheKey: Hashable {
        let identity: String
        let area: CellRectangle
        let quality: PictureOrder.Quality
    }

    var surroundings: Surroundings {
        didSet {
            cache.removeAll()
            sending = nil
        }
    }
    private(set) var pacer = FramePacer()
    /// The picture of which some slices are on the screen, or on their way there.
    private var sending: Sending?
    /// What the terminal needs before other graphics, because it has only a part of a picture; empty where it needs nothing.
    private var abandonment = ""
    private let encoder: PictureEncoder
    private var wanted: [PictureSlot] = []
    private var shown: [PictureSlot.Place: Shown] = [:]
    private var ready: [PictureSlot.Place: (slot: PictureSlot, picture: EncodedPicture)] = [:]
    private var ordered: [PictureSlot.Place: PictureSlot] = [:]
    private var failed: Set<CacheKey> = []
    private var cache: [(key: CacheKey, picture: EncodedPicture)] = []

    /// Finished pictures kept encoded, so that going back and forth between candidates costs no encoding.
    private static let cacheLimit = 24
    /// Seconds without a key after which hands rest.
    static let rest = 0.3

    init(surroundings: Surroundings, wake: @escaping @Sendable () -> Void) {
        self.surroundings = surroundings
        encoder = PictureEncoder(wake: wake)
    }

    /// Takes the screen's wishes. Returns the bytes that erase what must go, to be written before the cells are updated.
    func want(_ slots: [PictureSlot]) -> String {
        wanted = slots
        var erased = ""
        for (place, there) in shown {
            let next = slots.first { $0.place == place }
            // A new picture of the same shape covers the old one; anything else leaves edges.
            if let next, next.area == there.slot.area, Self.sameShape(next, there.slot) { continue }
            // Where slices are parts of one picture, nothing can be removed between them; it is sent again.
            if sending?.slot.place == place || !abandonment.isEmpty { erased += abandon() }
            erased += surroundings.presenter.removal(number: place.number) + eraseBytes(there.cells)
            shown[place] = nil
        }
        for (place, waiting) in ready {
            // A step that was just overtaken by the next one may still be shown; it is newer than what stands there.
            let isWelcome = slots.contains { slot in
                slot == waiting.slot
                    || (slot.place == place && slot.area == waiting.slot.area && slot.quality == .step && waiting.slot.quality == .step)
            }
            if !isWelcome { ready[place] = nil }
        }
        for (place, order) in ordered where !slots.contains(where: { $0.place == place && $0.area == order.area }) { ordered[place] = nil }
        return erased.isEmpty ? "" : "\u{1B}7" + erased + "\u{1B}[0m\u{1B}8"
    }

    /// Gives up the picture of which some slices were sent.
    /// - Returns: what the terminal must be told for that.
    private func abandon() -> String {
        sending = nil
        defer { abandonment = "" }
        return abandonment
    }

    /// What takes every picture away besides wiping the screen.
    func removeAll() -> String { abandon() + surroundings.presenter.removalOfAll }

    private static func sameShape(_ one: PictureSlot, _ other: PictureSlot) -> Bool {
        one.image.width * other.image.height == one.image.height * other.image.width
    }

    private func eraseBytes(_ cells: CellRectangle) -> String {
        var bytes = surroundings.backgroundSequence
        let blank = String(repeating: " ", count: cells.columns)
        for row in cells.row..<cells.endRow { bytes += "\u{1B}[\(row + 1);\(cells.column + 1)H" + blank }
        return bytes
    }

    /// Forgets what is on the screen, after everything on it was wiped.
    func forgetShown() {
        shown.removeAll()
        sending = nil
    }

    /// Collects what the encoder has made.
    func collect() {
        for result in encoder.take() {
            if ordered[result.slot.place] == result.slot { ordered[result.slot.place] = nil }
            let key = CacheKey(identity: result.slot.identity, area: result.slot.area, quality: result.slot.quality)
            guard let picture = result.picture else {
                failed.insert(key)
                continue
            }
            // A list's thumbnails come one by one; none of those pictures is wanted twice.
            if result.slot.quality == .finished, !result.slot.isList {
                cache.removeAll { $0.key == key }
                cache.append((key, picture))
                if cache.count > Self.cacheLimit { cache.removeFirst() }
            }
            // A step's picture that was overtaken is still newer than what is on the screen.
            if let slot = wanted.first(where: { $0.place == result.slot.place }), slot.area == result.slot.area,
                slot == result.slot || (slot.quality == .step && result.slot.quality == .step)
            {
                ready[slot.place] = (result.slot, picture)
            }
        }
    }

    /// Orders what is missing, and sends one slice of a picture if the terminal is ready for it.
    /// - Parameters:
    ///   - lastKey: when a key was pressed last. A finished picture that would keep the line busy waits until the hands rest.
    ///   - send: writes the bytes, of which the last slice says so; false means interrupted or failed.
    /// - Returns: when to call again even if nothing happens; nil if that is not needed.
    func advance(now: Double, lastKey: Double = -.infinity, send: (_ bytes: [UInt8], _ isLast: Bool) -> Bool) -> Double? {
        order(now: now)
        guard sending == nil else { return sendSlice(now: now, send) }
        let handsRestAt = lastKey + Self.rest
        var isHeld = false
        let due = wanted.first { slot in
            guard let waiting = ready[slot.place], shown[slot.place]?.slot != waiting.slot else { return false }
            guard waiting.slot.quality == .finished, now < handsRestAt, pacer.isHeavy(waiting.picture) else { return true }
            isHeld = true
            return false
        }
        guard let due, let next = ready[due.place] else {
            if isHeld { return handsRestAt }
            let isBehind = wanted.contains { $0.quality == .step && shown[$0.place]?.slot != $0 && ordered[$0.place] == nil }
            return isBehind ? pacer.nextChance(now: now) : nil
        }
        // One that is begun is on the screen at once, at least in part: so it is known what to erase when it is no longer wanted.
        guard pacer.mayBegin(now: now), pacer.maySend(now: now) else { return pacer.nextChance(now: now) }
        sending = Sending(slot: next.slot, picture: next.picture)
        ready[due.place] = nil
        return sendSlice(now: now, send)
    }

    private func sendSlice(now: Double, _ send: (_ bytes: [UInt8], _ isLast: Bool) -> Bool) -> Double? {
        guard let current = sending else { return nil }
        guard pacer.maySend(now: now) else { return pacer.nextChance(now: now) }
        let place = current.slot.place
        let isLast = current.next == current.picture.slices.count - 1
        var text = surroundings.synchronised ? "\u{1B}[?2026h\u{1B}7" : "\u{1B}7"
        if current.next == 0 {
            text += abandonment
            abandonment = ""
            if let there = shown[place], there.cells != current.picture.cells { text += eraseBytes(there.cells) }
        }
        var bytes = Array(text.utf8)
        bytes += current.picture.slices[current.next]
        bytes += Array((surroundings.synchronised ? "\u{1B}[0m\u{1B}8\u{1B}[?2026l\u{1B}[5n" : "\u{1B}[0m\u{1B}8\u{1B}[5n").utf8)
        let torn = PictureSlot(
            place: place, area: current.slot.area, identity: "torn", quality: current.slot.quality, image: current.slot.image)
        guard send(bytes, isLast) else {
            // Part of it may stand there. The slice is sent again as soon as the keys have been dealt with, or, if they have changed what is
            // wanted, the picture's cells are erased.
            shown[place] = Shown(slot: torn, cells: current.picture.cells)
            abandonment = surroundings.presenter.abandonment
            if !abandonment.isEmpty { sending?.next = 0 }
            return now + 0.15
        }
        abandonment = isLast ? "" : surroundings.presenter.abandonment
        pacer.sent(bytes: bytes.count, endsPicture: isLast, isStep: current.slot.quality == .step, now: now)
        if isLast {
            sending = nil
            shown[place] = Shown(slot: current.slot, cells: current.picture.cells)
            return pacer.nextChance(now: now)
        }
        sending?.next += 1
        shown[place] = Shown(slot: torn, cells: current.picture.cells)
        // Keys that have come meanwhile are dealt with first.
        return pacer.nextChance(now: now) ?? now
    }

    /// Whether the terminal still has a question after a picture to answer.
    var isAwaitingAnswer: Bool { pacer.isAwaitingAnswer }

    /// How long an answer takes that no picture holds up.
    func learn(roundTrip: Double) {
        pacer.learn(roundTrip: roundTrip)
    }

    /// The terminal has answered a question; of what that told.
    func answered(now: Double) -> FramePacer.Answer { pacer.answered(now: now) }

    /// The terminal was asked a question with nothing before it.
    func asked(now: Double) {
        pacer.asked(now: now)
    }

    private func order(now: Double) {
        let forming = wanted.filter { $0.quality == .step }.reduce(0) { $0 + $1.area.rows * $1.area.columns }
        for slot in wanted {
            guard shown[slot.place]?.slot != slot, ready[slot.place]?.slot != slot, ordered[slot.place] != slot, sending?.slot != slot
            else {
                continue
            }
            let key = CacheKey(identity: slot.identity, area: slot.area, quality: slot.quality)
            if failed.contains(key) { continue }
            if let cached = cache.first(where: { $0.key == key }) {
                ready[slot.place] = (slot, cached.picture)
                continue
            }
            // While the line is busy, steps only replace each other in `wanted`: the latest wins, and none is encoded in vain.
            if slot.quality == .step, ordered[slot.place] != nil || ready[slot.place] != nil || sending != nil || !pacer.mayBegin(now: now)
            {
                continue
            }
            ordered[slot.place] = slot
            encoder.submit(
                slot,
                order: PictureOrder(
                    image: slot.image, area: slot.area, quality: slot.quality, ground: surroundings.ground,
                    maximumBytes: pacer.budget(
                        for: slot.quality, share: Double(slot.area.rows * slot.area.columns) / Double(max(1, forming))),
                    maximumSlice: pacer.sliceBytes, number: slot.place.number),
                presenter: surroundings.presenter)
        }
    }
}
