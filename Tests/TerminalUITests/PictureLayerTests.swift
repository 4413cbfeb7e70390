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
            _ = layer.advance(now: time) { _ in
                wasSent = true
                return answer
            }
            layer.answered(now: time)
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
            _ = layer.advance(now: 1_000 + Double(time)) { _ in
                sent += 1
                return true
            }
            layer.answered(now: 1_000 + Double(time))
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

    @Test("One frame is on its way at most; one that is not acknowledged holds the next up, but not for ever")
    func pacing() {
        var pacer = FramePacer()
        func mayBeSent(at time: Double) -> Bool { pacer.maySend(now: time) }
        #expect(mayBeSent(at: 0))
        pacer.sent(bytes: 40_000, now: 0)
        #expect(!mayBeSent(at: 1))
        pacer.answered(now: 2)
        #expect(pacer.throughput < 1_100_000, "a slow answer must make pictures smaller")
        #expect(pacer.budget(for: .step) < 350_000)
        #expect(!mayBeSent(at: 2.05))
        #expect(mayBeSent(at: 3.1))
        pacer.sent(bytes: 40_000, now: 4)
        #expect(!mayBeSent(at: 6.9))
        #expect(mayBeSent(at: 7.1))
        for round in 0..<40 {
            pacer.sent(bytes: 40_000, now: 10 + Double(round) * 10)
            _ = pacer.maySend(now: 19 + Double(round) * 10)
        }
        #expect(pacer.budget(for: .step) >= 6_000, "some picture is always affordable")
    }
}
