import Testing

@testable import TerminalUI

@Suite("What a terminal sends")
struct InputParserTests {
    private func events(_ text: String, flushing: Bool = true) -> [InputParser.Event] {
        var parser = InputParser()
        let events = parser.feed(Array(text.utf8))
        return flushing ? events + parser.flush() : events
    }

    @Test(
        "Keys, as xterm and its like send them",
        arguments: [
            ("a", Key.character("a")), ("光", .character("光")), ("\r", Key(.enter)), ("\t", Key(.tab)), ("\u{7F}", Key(.backspace)),
            ("\u{1B}", Key(.escape)), ("\u{3}", .control("c")), ("\u{1B}[A", Key(.up)), ("\u{1B}OB", Key(.down)),
            ("\u{1B}[1;5C", Key(.right, .control)), ("\u{1B}[Z", Key(.tab, .shift)), ("\u{1B}[5~", Key(.pageUp)),
            ("\u{1B}[3;5~", Key(.delete, .control)), ("\u{1B}b", .character("b", .alt)), ("\u{1B}OP", Key(.function(1))),
            ("\u{1B}[97;5u", .character("a", .control)), ("\u{1F}", .control("_")),
        ])
    func keys(bytes: String, key: Key) {
        #expect(events(bytes) == [.key(key)])
    }

    @Test("A sequence may come in any number of pieces")
    func pieces() {
        let text = "a\u{1B}[1;5C光\u{1B}[200~two\nlines\u{1B}[201~\u{1B}[<0;5;7M\u{1B}[?64;4c"
        let whole = events(text)
        #expect(whole.count == 6)
        let bytes = Array(text.utf8)
        for size in 1...7 {
            var parser = InputParser()
            var pieces: [InputParser.Event] = []
            for start in stride(from: 0, to: bytes.count, by: size) { pieces += parser.feed(bytes[start..<min(start + size, bytes.count)]) }
            #expect(pieces + parser.flush() == whole, "in pieces of \(size)")
        }
    }

    @Test("A paste is one event, whatever is in it")
    func paste() {
        #expect(events("\u{1B}[200~q\u{1B}[A\u{3}x\u{1B}[201~y") == [.paste("q\u{1B}[A\u{3}x"), .key(.character("y"))])
    }

    @Test("Answers are never keys, however late or odd they are")
    func replies() {
        for answer in [
            "\u{1B}[?64;4;22c", "\u{1B}[?2;0;800;600S", "\u{1B}[6;16;8t", "\u{1B}[?2026;2$y", "\u{1B}[0n", "\u{1B}]10;rgb:00/00/00\u{7}",
            "\u{1B}P1$r0m\u{1B}\\", "\u{1B}[>41;379;0c", "\u{1B}_Gi=1;OK\u{1B}\\",
        ] {
            let all = events(answer)
            #expect(all.count == 1)
            guard case .reply? = all.first else {
                Issue.record("\(answer.debugDescription) became \(all)")
                continue
            }
        }
        #expect(events("\u{1B}[?64;4c") == [.reply(.deviceAttributes([64, 4]))])
    }

    @Test("The mouse, in cells from zero")
    func mouse() {
        #expect(events("\u{1B}[<0;5;7M") == [.mouse(InputParser.Mouse(kind: .press, row: 6, column: 4))])
        #expect(events("\u{1B}[<64;1;1M") == [.mouse(InputParser.Mouse(kind: .wheelUp, row: 0, column: 0))])
        #expect(events("\u{1B}[<0;5;7m") == [.reply(.other)], "letting go is nothing")
    }

    @Test("Any bytes at all are taken without harm, and typing goes on afterwards")
    func noise() {
        var state: UInt64 = 7
        let alphabet: [UInt8] = [
            0x1B, 0x5B, 0x3B, 0x39, 0x75, 0x7E, 0x4D, 0x3C, 0x50, 0x5C, 0x5D, 0xC3, 0xA9, 0xF0, 0xFF, 0x00, 0x07, 0x41, 0x9B,
        ]
        for _ in 0..<3000 {
            var bytes: [UInt8] = []
            for _ in 0..<24 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                bytes.append(alphabet[Int(state >> 33) % alphabet.count])
            }
            var parser = InputParser()
            _ = parser.feed(bytes)
            _ = parser.flush()
            // A string or a paste that was opened is closed first.
            _ = parser.feed(Array("\u{1B}[201~\u{7}\u{1B}\\".utf8))
            _ = parser.flush()
            #expect(parser.feed(Array("k".utf8)).last == .key(.character("k")), "\(bytes)")
        }
        #expect(events("\u{1B}[99999999999999999999;5u").count <= 1)
        #expect(events("\u{1B}[4294967296u\u{1B}[55296u").isEmpty)
    }
}
