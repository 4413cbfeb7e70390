import Foundation
import Imaging
import Testing

@testable import TerminalUI

@Suite("Pictures on the screen")
struct PictureLayerTests {
    private let layer = PictureLayer(
        surroundings: PictureLayer.Surroundings(
            presenter: HalfBlockPresenter(cell: CellSize(width: 8, height: 16), isTrueColour: true), ground: RGB(red: 0, green: 0, blue: 0),
            backgroundSequence: "", synchronised: false), wake: {})
    private let area = CellRectangle(row: 3, column: 5, rows: 4, columns: 8)

    private func slot(_ identity: String, quality: PictureOrder.Quality = .finished, area: CellRectangle? = nil) -> PictureSlot {
        PictureSlot(
            place: .stage, area: area ?? self.area, identity: identity, quality: quality,
            image: RasterImage(width: 40, height: 40, fill: RGBA(200, 10, 10, 255)))
    }

    /// Advances until a picture was offered to `send`, acknowledging each.
    private func send(_ answer: Bool = true) -> Bool {
        let deadline = Date().addingTimeInterval(20)
        var time = 0.0
        while Date() < deadline {
            var wasSent = false
            layer.collect()
            time += 10
            _ = layer.advance(now: time) { _, _ in
                wasSent = true
                return answer
            }
            _ = layer.answered(now: time)
            if wasSent { return true }
            usleep(2_000)
        }
        return false
    }

    @Test("A picture that is no longer wanted is erased with spaces, cell by cell, once")
    func erasing() {
        #expect(layer.want([slot("a")]).isEmpty)
        #expect(send())
        let erased = layer.want([])
        for row in 4...7 { #expect(erased.contains("\u{1B}[\(row);6H        ")) }
        #expect(layer.want([]).isEmpty)
    }

    @Test("The next picture of the same shape covers the one before; one of another place or shape does not")
    func covering() {
        _ = layer.want([slot("a")])
        #expect(send())
        #expect(layer.want([slot("b")]).isEmpty)
        #expect(send())
        #expect(!layer.want([slot("b", area: CellRectangle(row: 3, column: 6, rows: 4, columns: 8))]).isEmpty)
    }

    @Test("What stands there already is not sent again")
    func nothingToDo() {
        _ = layer.want([slot("a")])
        #expect(send())
        _ = layer.want([slot("a")])
        var sent = 0
        for time in 1...50 {
            layer.collect()
            _ = layer.advance(now: 1_000 + Double(time)) { _, _ in
                sent += 1
                return true
            }
            _ = layer.answered(now: 1_000 + Double(time))
        }
        #expect(sent == 0)
    }

    @Test("A picture cut short by a key is sent again, or erased if it is no longer wanted")
    func torn() {
        _ = layer.want([slot("a")])
        #expect(send(false))
        #expect(send(true), "it is not sent again")
        _ = layer.want([slot("b")])
        #expect(send(false))
        #expect(!layer.want([]).isEmpty, "part of it is left behind")
    }

    /// Advances until a call sends something; what it was, and whether it ended its picture.
    private func slice(of layer: PictureLayer, at time: Double, lastKey: Double = -.infinity) -> (bytes: [UInt8], isLast: Bool)? {
        let deadline = Date().addingTimeInterval(20)
        while Date() < deadline {
            var sent: (bytes: [UInt8], isLast: Bool)?
            layer.collect()
            _ = layer.advance(now: time, lastKey: lastKey) { bytes, isLast in
                sent = (bytes, isLast)
                return true
            }
            if let sent { return sent }
            usleep(2_000)
        }
        return nil
    }

    /// A picture of noise that takes some ten thousand bytes as half blocks.
    private func noise(_ identity: String) -> PictureSlot {
        PictureSlot(
            place: .stage, area: CellRectangle(row: 2, column: 0, rows: 14, columns: 28), identity: identity, quality: .step,
            image: .noise(width: 60, height: 60))
    }

    @Test("A picture too large for the line goes out in slices, with room for keys between them; half of one is erased")
    func slices() {
        _ = layer.want([noise("a")])
        var sizes: [Int] = []
        var time = 1.0
        var ended = false
        while !ended, let (bytes, isLast) = slice(of: layer, at: time) {
            sizes.append(bytes.count)
            ended = isLast
            #expect(bytes.suffix(4).elementsEqual(Array("\u{1B}[5n".utf8)), "each slice asks whether it has arrived")
            if isLast { break }
            time += 0.3
            _ = layer.answered(now: time)
        }
        #expect(ended && sizes.count > 2, "\(sizes)")
        #expect(sizes.allSatisfy { $0 < 4_500 }, "\(sizes)")
        #expect(layer.want([noise("a")]).isEmpty)
        _ = layer.answered(now: time + 0.1)
        // Another one, of which only the beginning is there.
        _ = layer.want([noise("b")])
        #expect(slice(of: layer, at: time + 10)?.isLast == false)
        #expect(!layer.want([]).isEmpty, "a part of it is left behind")
    }

    @Test("A picture that waits for a late answer is not sent once it is no longer wanted")
    func lateAnswer() {
        layer.learn(roundTrip: 0.1)
        _ = layer.want([slot("a")])
        #expect(slice(of: layer, at: 1)?.isLast == true)
        #expect(layer.answered(now: 1.1) == .picture)
        layer.asked(now: 1.1)
        _ = layer.want([slot("b")])
        func sends(at time: Double) -> Bool {
            var wasSent = false
            for _ in 0..<100 {
                layer.collect()
                _ = layer.advance(now: time) { _, _ in
                    wasSent = true
                    return true
                }
                usleep(2_000)
            }
            return wasSent
        }
        #expect(!sends(at: 1.6), "the answer is late, and yet it is sent")
        #expect(!layer.want([]).isEmpty)
        #expect(layer.answered(now: 1.7) == .line)
        #expect(!sends(at: 1.8), "nobody wants it any more")
    }

    @Test("A kitty picture of which only a part was sent is ended before anything else of the protocol follows")
    func abandoned() {
        let kitty = PictureLayer(
            surroundings: PictureLayer.Surroundings(
                presenter: KittyPresenter(cell: CellSize(width: 8, height: 16)), ground: RGB(red: 0, green: 0, blue: 0),
                backgroundSequence: "", synchronised: false), wake: {})
        let end = "\u{1B}_Gq=2,m=0;\u{1B}\\"
        func begin(_ identity: String, at time: Double) -> String {
            _ = kitty.want([noise(identity)])
            let first = slice(of: kitty, at: time)
            #expect(first?.isLast == false, "it is too small for this test")
            return String(decoding: first?.bytes ?? [], as: UTF8.self)
        }
        #expect(!begin("a", at: 1).contains(end))
        let removal = kitty.want([])
        #expect(removal.range(of: end).map { removal[$0.upperBound...].contains("a=d,d=I,i=1") } == true, "\(removal)")
        _ = kitty.answered(now: 1.2)
        #expect(!begin("b", at: 10).contains(end))
        kitty.forgetShown()
        _ = kitty.answered(now: 10.2)
        #expect(begin("c", at: 20).contains("\(end)\u{1B}[3;"), "the next one is taken for the rest of the last")
        #expect(kitty.removeAll().hasPrefix(end))
        #expect(!kitty.removeAll().hasPrefix(end))
    }

    @Test("A finished picture that would hold up keys waits until the hands rest")
    func resting() {
        var heavy = noise("a")
        heavy = PictureSlot(
            place: .stage, area: CellRectangle(row: 0, column: 0, rows: 60, columns: 120), identity: "heavy", quality: .finished,
            image: heavy.image)
        _ = layer.want([heavy])
        let deadline = Date().addingTimeInterval(1)
        while Date() < deadline {
            layer.collect()
            let next = layer.advance(now: 1, lastKey: 0.9) { _, _ in
                Issue.record("it was sent while keys were being pressed")
                return true
            }
            #expect(next == nil || next == 0.9 + PictureLayer.rest)
            usleep(5_000)
        }
        #expect(slice(of: layer, at: 1 + PictureLayer.rest, lastKey: 0.9) != nil)
    }

    @Test("One that is not acknowledged holds the next up, but not for ever")
    func pacing() {
        var pacer = FramePacer()
        func mayBegin(at time: Double) -> Bool { pacer.mayBegin(now: time) }
        #expect(mayBegin(at: 0))
        pacer.sent(bytes: 40_000, now: -30)
        #expect(!mayBegin(at: -29))
        let before = pacer.budget(for: .finished)
        #expect(pacer.answered(now: -28) == .picture)
        #expect(pacer.budget(for: .finished) == before, "one late answer says little")
        for round in 0..<5 {
            pacer.sent(bytes: 40_000, now: Double(round) * 5 - 25)
            #expect(pacer.answered(now: Double(round) * 5 - 23) == .picture)
        }
        #expect(pacer.rate < 60_000, "slow answers must make pictures smaller")
        #expect(pacer.budget(for: .finished) < before / 2)
        #expect(!mayBegin(at: -2.95))
        #expect(mayBegin(at: -1.9))
        pacer.sent(bytes: 40_000, now: 4)
        #expect(!mayBegin(at: 6.9))
        #expect(mayBegin(at: 7.1))
        for round in 0..<40 {
            pacer.sent(bytes: 40_000, now: 10 + Double(round) * 10)
            _ = pacer.mayBegin(now: 19 + Double(round) * 10)
        }
        #expect(pacer.budget(for: .step) >= 5_000, "some picture is always affordable")
    }

    /// A line in numbers: so many bytes a second, answers after a round trip that is now and then longer by up to `jitter`.
    private struct ModelLine {
        var rate: Double
        var roundTrip: Double
        var jitter = 0.0
        /// Answers arrive only so often, all that are there by then at once: a terminal that reads a lot at a time, or a busy machine.
        var gulp = 0.001
        /// From this second on it carries a quarter.
        var slowerFrom = Double.infinity
        var pictureBytes: Int
    }

    /// A minute on a line while pictures are sent: what echoes took, how many pictures came, and the rate that was believed at the end.
    private func minute(on line: ModelLine) -> (delays: [Double], pictures: Int, rate: Double) {
        var pacer = FramePacer()
        pacer.learn(roundTrip: line.roundTrip)
        var free = 0.0
        var answers: [Double] = []
        var rest: [Int] = []
        var delays: [Double] = []
        var pictures = 0
        var nextKey = 20.0
        var state: UInt32 = 5
        func late() -> Double {
            state = state &* 1_664_525 &+ 1_013_904_223
            return line.jitter * Double(state >> 16) / 65_536
        }
        for tick in 0..<60_000 {
            let now = Double(tick) / 1000
            let rate = now < line.slowerFrom ? line.rate : line.rate / 4
            while let first = answers.first, first <= now, tick % Int(line.gulp * 1000) == 0 {
                answers.removeFirst()
                if pacer.answered(now: now) == .picture {
                    pacer.asked(now: now)
                    answers.append(max(free, now) + line.roundTrip + late())
                }
            }
            if now >= nextKey {
                free = max(free, now) + 200 / rate
                delays.append(free - now + line.roundTrip)
                nextKey += 0.137
            }
            if rest.isEmpty, pacer.mayBegin(now: now) {
                let size = min(line.pictureBytes, pacer.budget(for: .step))
                let count = min(FramePacer.mostSlices, 1 + (size - 1) / pacer.sliceBytes)
                rest = Array(repeating: size / count, count: count)
                pictures += 1
            }
            if let slice = rest.first, pacer.maySend(now: now) {
                rest.removeFirst()
                pacer.sent(bytes: slice, endsPicture: rest.isEmpty, now: now)
                free = max(free, now) + Double(slice) / rate
                answers.append(max(answers.last ?? 0, free + line.roundTrip + late()))
            }
        }
        return (delays.sorted(), pictures, pacer.rate)
    }

    @Test("On a line of 1 Mbit/s with 100 ms there and back, keys wait less than 25 ms for pictures, and pictures still come")
    func slowLine() {
        let (delays, pictures, rate) = minute(on: ModelLine(rate: 125_000, roundTrip: 0.1, pictureBytes: 30_000))
        #expect(delays[delays.count * 99 / 100] < 0.125, "\(delays.suffix(5))")
        #expect(pictures > 90, "\(pictures) in a minute")
        #expect(abs(rate / 125_000 - 1) < 0.1, "\(rate)")
    }

    @Test("Answers that come now sooner and now later do not hide what a line carries", arguments: [60_000.0, 125_000, 2_000_000])
    func jitter(rate: Double) {
        let (delays, pictures, measured) = minute(on: ModelLine(rate: rate, roundTrip: 0.08, jitter: 0.03, pictureBytes: 30_000))
        #expect(delays[delays.count * 99 / 100] < 0.08 + 0.05, "\(delays.suffix(5))")
        #expect(pictures > 60, "\(pictures) in a minute")
        #expect(measured > rate / 4, "\(measured)")
    }

    @Test("Answers that come several at once do not make a slow line look quick", arguments: [0.03, 0.06, 0.12])
    func gulps(gulp: Double) {
        let line = ModelLine(rate: 125_000, roundTrip: 0.1, jitter: 0.01, gulp: gulp, pictureBytes: 30_000)
        let (delays, pictures, rate) = minute(on: line)
        #expect(delays[delays.count * 99 / 100] < 0.15, "\(delays.suffix(5))")
        #expect(pictures > 60, "\(pictures) in a minute")
        #expect(rate < 250_000, "\(rate)")
    }

    @Test("A line that gets slower gets less at once")
    func slower() {
        let line = ModelLine(rate: 500_000, roundTrip: 0.1, slowerFrom: 30, pictureBytes: 60_000)
        let (delays, pictures, rate) = minute(on: line)
        #expect(delays[delays.count * 98 / 100] < 0.15, "\(delays.suffix(10))")
        #expect(pictures > 90, "\(pictures) in a minute")
        #expect(abs(rate / 125_000 - 1) < 0.1, "\(rate)")
    }

    @Test("Late answers of a terminal nearby do not make its pictures coarse: the engine has the cores, the line is free")
    func busyMachine() {
        var pacer = FramePacer()
        pacer.learn(roundTrip: 0.002)
        var now = 1.0
        for round in 0..<100 {
            pacer.sent(bytes: 30_000, now: now)
            now += round % 2 == 0 ? 0.08 : 0.003
            _ = pacer.answered(now: now)
            now += 2
        }
        #expect(pacer.budget(for: .step) > 60_000)
    }

    @Test("Finished pictures follow each other at once where the terminal is near, also while it is asked how quick it is")
    func strip() {
        var pacer = FramePacer()
        pacer.learn(roundTrip: 0.002)
        for round in 0..<6 {
            let now = 1 + Double(round) * 0.004
            let may = pacer.mayBegin(now: now) && pacer.maySend(now: now)
            #expect(may, "picture \(round)")
            pacer.sent(bytes: 8_000, isStep: false, now: now)
            let mayAnother = pacer.mayBegin(now: now + 0.001)
            #expect(!mayAnother)
            while pacer.answered(now: now + 0.003) != .picture {}
            pacer.asked(now: now + 0.003)
        }
        pacer.sent(bytes: 8_000, now: 2)
        while pacer.answered(now: 2.003) != .picture {}
        let mayStep = pacer.mayBegin(now: 2.004)
        #expect(!mayStep, "steps need not come so fast")
    }

    @Test("A terminal nearby gets its pictures whole and as often as they look like motion")
    func nearby() {
        let (delays, pictures, _) = minute(on: ModelLine(rate: 100_000_000, roundTrip: 0.001, pictureBytes: 150_000))
        #expect(delays[delays.count * 99 / 100] < 0.01)
        #expect(pictures > 400)
    }
}
