import CVTerm
import Catalogue
import Foundation
import Imaging
import TerminalEmulator
import Testing

@Suite("What happens to the studio's terminal, and what the studio leaves of it", .serialized)
struct TerminalFaultTests {
    @Test("A request to end, even in mid-picture, leaves a clean terminal; the rest of the work is offered again")
    func termination() throws {
        let bench = try Workbench(products: ["mug"])
        let studio = try bench.studio()
        let before = studio.settings
        studio.waitForStart(products: 1)
        studio.paintForLong()
        kill(studio.process, SIGTERM)
        #expect(studio.waitForEnd() == 128 + SIGTERM)
        studio.expectClean(settings: before)

        let again = try bench.studio()
        #expect(again.wait(for: "still to paint"), "nothing is offered:\n\(again.emulator.text)")
        again.type("d")
        #expect(again.wait { !again.emulator.shows("still to paint") })
        again.type("q")
        #expect(again.waitForEnd() == 0)
    }

    @Test("A hang-up that is only a signal leaves a clean terminal")
    func hangUpSignal() throws {
        let bench = try Workbench(products: ["mug"])
        let studio = try bench.studio()
        let before = studio.settings
        studio.waitForStart(products: 1)
        kill(studio.process, SIGHUP)
        #expect(studio.waitForEnd() == 128 + SIGHUP)
        studio.expectClean(settings: before)
    }

    @Test("When the terminal itself is gone the studio ends instead of spinning, and what was decided and typed is kept")
    func lostTerminal() throws {
        let bench = try Workbench(products: ["mug"])
        let studio = try bench.studio()
        studio.waitForStart(products: 1)
        studio.type("g")
        #expect(studio.wait(seconds: 60) { studio.emulator.shows("4 open") }, "nothing was painted:\n\(studio.emulator.text)")
        studio.type("p")
        #expect(studio.wait(for: "approved 1"))
        for _ in 1...2 { studio.press(.tab) }
        studio.type("last words")
        #expect(studio.wait(for: "last words"))
        studio.hangUp()
        #expect(studio.waitForEnd() == 128 + SIGHUP)

        let catalogue = try Catalogue(folder: bench.catalogue, creating: false, user: "tester")
        let product = try catalogue.product(named: "mug")
        #expect(try catalogue.candidates(productID: product.id).map(\.decision) == [.approved, .open, .open, .open])
        #expect(try catalogue.draft(productID: product.id)?.prompt == "last words")
    }

    @Test("When only the keyboard ends, the studio does too and leaves a clean terminal; what was decided is kept")
    func endOfInput() throws {
        let bench = try Workbench(products: ["mug"])
        try bench.prepare(steps: 2, candidates: 1)
        // A terminal of its own for the keys. It hands on lines, as nobody has asked it for single keys.
        var path = [CChar](repeating: 0, count: 128)
        let keyboard = backdrop_open_terminal(&path, path.count)
        try #require(keyboard >= 0)
        defer { close(keyboard) }
        let name = String(decoding: path.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        func type(_ text: String) { #expect(write(keyboard, text, text.utf8.count) == text.utf8.count) }
        let words = try ([Workbench.executable()] + bench.arguments()).map { "'\($0)'" }.joined(separator: " ")
        let studio = try TerminalProgram(
            "/bin/sh", ["-c", "exec \(words) < \(name)"], environment: Workbench.environment(), rows: 36, columns: 120)
        let before = studio.settings
        studio.waitForStart(products: 1)
        type("g\n")
        #expect(
            studio.wait(seconds: 60) { studio.emulator.shows("1 open") }, "nothing was painted:\n\(studio.emulator.text)")
        type("p\n")
        #expect(studio.wait(for: "approved 1"))
        // Ctrl-D on an empty line: the end of the input.
        type("\u{4}")
        #expect(studio.waitForEnd() == 128 + SIGHUP)
        studio.expectClean(settings: before)
        let catalogue = try Catalogue(folder: bench.catalogue, creating: false, user: "tester")
        #expect(try catalogue.candidates().map(\.decision) == [.approved])
    }

    @Test("Ctrl-Z gives the shell its terminal as it was, and fg brings the same screen back with its picture")
    func suspension() throws {
        let bench = try Workbench(products: ["mug"])
        let words = try ([Workbench.executable()] + bench.arguments()).map { "'\($0)'" }.joined(separator: " ")
        let shell = try TerminalProgram(
            "/bin/bash", ["--norc", "--noprofile", "-i"], environment: Workbench.environment(["PS1": "shell% "]), rows: 36, columns: 120)
        #expect(shell.wait(for: "shell%"))
        let before = shell.settings
        shell.type("\(words)\r")
        shell.waitForStart(products: 1)
        #expect(shell.wait { !shell.stagePictures.isEmpty })
        // Any key takes the message about the import away.
        shell.press(.escape)
        #expect(shell.wait { !shell.emulator.shows("imported") })
        let pictures = shell.stagePictures.count
        let screen = shell.emulator.text

        shell.press(.suspend)
        #expect(shell.wait { shell.emulator.text.contains("Stopped") && !shell.emulator.isAlternate })
        #expect(shell.emulator.cursorIsVisible)
        #expect(shell.emulator.modes.isDisjoint(with: [1049, 1004, 1000, 1006, 2026]))
        shell.type("stty -a | grep -o ' echo '\r")
        #expect(shell.wait { shell.emulator.text.contains("\n echo") }, "the shell's line does not echo:\n\(shell.emulator.text)")

        shell.type("fg\r")
        #expect(shell.wait { shell.emulator.isAlternate && shell.emulator.text == screen }, "it came back as:\n\(shell.emulator.text)")
        #expect(shell.wait { shell.stagePictures.count > pictures }, "the picture was not drawn again")
        let place = shell.stagePictures[pictures - 1].place
        #expect(shell.wait { shell.stagePictures.last?.place == place })
        shell.type("q")
        #expect(shell.wait { !shell.emulator.isAlternate })
        #expect(shell.wait { shell.hasSettings(of: before) })
        // What is typed before the prompt is back may be thrown away by the shell.
        #expect(
            shell.wait { shell.emulator.text.split(separator: "\n").last { !$0.allSatisfy(\.isWhitespace) }?.hasPrefix("shell%") == true })
        shell.type("exit 0\r")
        #expect(shell.waitForEnd() == 0, "the shell did not end:\n\(shell.emulator.text)")
    }

    @Test("A stop that nobody can catch is made up for: after SIGCONT everything is drawn again")
    func uncatchableStop() throws {
        let bench = try Workbench(products: ["mug"])
        let studio = try bench.studio()
        studio.waitForStart(products: 1)
        #expect(studio.wait { !studio.stagePictures.isEmpty })
        let screen = studio.emulator.text
        kill(studio.process, SIGSTOP)
        // Another program has written over the screen meanwhile.
        _ = studio.emulator.feed(Array("\u{1B}[2J\u{1B}[H\u{1B}[?2004l*** scribble ***".utf8))
        let pictures = studio.stagePictures.count
        kill(studio.process, SIGCONT)
        #expect(studio.wait { studio.emulator.text == screen }, "it came back as:\n\(studio.emulator.text)")
        #expect(studio.wait { studio.stagePictures.count > pictures })
        #expect(studio.emulator.modes.contains(2004))
        studio.type("q")
        #expect(studio.waitForEnd() == 0)
    }

    @Test("A window too small to work in says so, and works as soon as it is larger")
    func smallWindow() throws {
        let bench = try Workbench(products: ["mug"])
        let studio = try bench.studio(rows: 5, columns: 20)
        #expect(studio.wait { studio.emulator.text.contains("20×5") }, "it shows:\n\(studio.emulator.text)")
        #expect(studio.emulator.pictures.isEmpty)
        studio.resize(rows: 24, columns: 80)
        #expect(studio.wait(for: "Products"))
        #expect(studio.wait { !studio.emulator.pictures.isEmpty })
        studio.resize(rows: 5, columns: 20)
        #expect(studio.wait { studio.emulator.text.contains("20×5") && !studio.emulator.shows("Products") })
        studio.type("q")
        #expect(studio.waitForEnd() == 0)
    }

    @Test("Forty sizes in a row while a picture forms: the last one is drawn as if it had been the first")
    func resizeStorm() throws {
        let bench = try Workbench(products: ["mug", "vase"])
        let studio = try bench.studio()
        studio.waitForStart(products: 2)
        studio.paintForLong()
        for index in 0..<40 { studio.resize(rows: 6 + index * 37 % 60, columns: 20 + index * 71 % 190) }
        studio.resize(rows: 40, columns: 130)
        #expect(studio.wait(for: "Products 2"))
        // Everything is cancelled, so that the screen comes to rest.
        studio.type("C")
        #expect(studio.wait(for: "nothing is being painted"), "painting goes on:\n\(studio.emulator.text)")
        studio.settle()
        let screen = studio.emulator.text
        let pictures = studio.emulator.pictures.count
        studio.press(.redraw)
        #expect(
            studio.wait { studio.emulator.pictures.count > pictures && studio.emulator.text == screen },
            "drawn anew it is:\n\(studio.emulator.text)\nand was:\n\(screen)")
        let cell = (width: 8, height: 16)
        for picture in studio.emulator.pictures[pictures...] {
            #expect(picture.row * cell.height + picture.height <= 39 * cell.height)
            #expect(picture.column * cell.width + picture.width <= 130 * cell.width)
        }
        studio.type("q")
        #expect(studio.waitForEnd() == 0)
    }

    @Test("Escape sequences in names, prompts and answers never reach the terminal, and never act as keys")
    func hostileText() throws {
        let bench = try Workbench(products: ["mug", "a\u{1B}]0;owned\u{7}b", "c\u{9B}31md\u{202E}e"])
        let studio = try bench.studio()
        studio.waitForStart(products: 3)
        for _ in 1...2 { studio.press(.tab) }
        studio.type("\u{1B}[200~light\u{1B}]0;owned\u{7}\u{1B}[2J\u{9B}31m wood\u{1B}[201~")
        #expect(studio.wait(for: " wood"))
        // Answers that nobody asked for, a mode report, a title, a broken sequence.
        studio.send(Array("\u{1B}[?62;4c\u{1B}]10;rgb:ffff/0000/0000\u{1B}\\\u{1B}[99999999999999999999;5u\u{1B}P1$r0m\u{1B}\\".utf8))
        studio.type("!")
        #expect(studio.wait(for: " wood!"), "the prompt is:\n\(studio.emulator.text)")
        for sequence in ["\u{1B}]0;owned", "\u{1B}[2J\u{9B}", "\u{9B}31m", "\u{202E}"] {
            #expect(!studio.output.contains(subsequence: Array(sequence.utf8)), "\(sequence.debugDescription) reached the terminal")
        }
        studio.press(.escape)
        studio.type("q")
        #expect(studio.waitForEnd() == 0)
    }

    @Test("A terminal that answers nothing gets its screen at once and pictures of half-blocks after two seconds")
    func silentTerminal() throws {
        let bench = try Workbench(products: ["mug"])
        var silent = TerminalEmulator.Abilities()
        silent.answers = false
        let studio = try bench.studio(environment: ["COLORTERM": "truecolor"], abilities: silent)
        studio.waitForStart(products: 1)
        #expect(studio.wait { (5..<20).contains { studio.emulator.text(ofRow: $0).contains("▀") } })
        #expect(studio.emulator.pictures.isEmpty)
        studio.type("q")
        #expect(studio.waitForEnd() == 0)
    }

    @Test("Without colours the screen has none, and says everything in words and marks")
    func noColour() throws {
        let bench = try Workbench(products: ["mug"])
        let studio = try bench.studio(environment: ["NO_COLOR": "1"])
        studio.waitForStart(products: 1)
        for row in 0..<36 {
            for column in 0..<120 {
                #expect(studio.emulator.foreground(row: row, column: column) == -1)
                #expect(studio.emulator.background(row: row, column: column) == -1)
            }
        }
        #expect(studio.emulator.pictures.isEmpty)
        studio.type("q")
        #expect(studio.waitForEnd() == 0)
    }
}

extension TerminalProgram {
    /// Starts many pictures of many steps, and waits until the first forms.
    func paintForLong() {
        for _ in 1...4 { press(.tab) }
        // Tab went through the prompts, where letters are text.
        type("150")
        press(.enter)
        #expect(wait { emulator.text.contains("150") })
        for _ in 1...5 { press(.down) }
        type("16")
        press(.enter)
        #expect(wait { emulator.text.contains("16") })
        let before = stagePictures.count
        type("g")
        #expect(wait(seconds: 60) { stagePictures.count > before + 2 }, "nothing is painted:\n\(emulator.text)")
    }
}
