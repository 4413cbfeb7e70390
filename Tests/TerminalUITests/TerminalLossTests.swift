import Catalogue
import Foundation
import GRDB
import Imaging
import TerminalEmulator
import Testing

@Suite("What a lost line, a full disk and a colleague leave of the work", .serialized)
struct TerminalLossTests {
    /// A home with settings of its own.
    private func home(_ bench: Workbench, settings: String) throws -> [String: String] {
        let folder = bench.folder.appendingPathComponent("home/.config/backdrop")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(settings.utf8).write(to: folder.appendingPathComponent("settings"))
        return ["HOME": bench.folder.appendingPathComponent("home").path]
    }

    @Test("As set, the queue is painted to its end after the line went dead, and the next start shows it")
    func worksOn() throws {
        let bench = try Workbench(products: ["mug"])
        try bench.prepare(steps: 60, candidates: 3)
        let studio = try bench.studio(environment: home(bench, settings: "hang-up = keep\n"))
        studio.waitForStart(products: 1)
        studio.type("g")
        #expect(studio.wait(seconds: 60) { studio.stagePictures.count > 1 }, "nothing is painted:\n\(studio.emulator.text)")
        studio.hangUp()
        #expect(studio.waitForEnd(seconds: 120) == 128 + SIGHUP)
        #expect(try bench.waitForCandidates(3, seconds: 1), "the work ended with the line")
        let next = try bench.studio()
        next.waitForStart(products: 1)
        #expect(next.wait(for: "3 open"))
        #expect(!next.emulator.shows("Go on?"))
    }

    @Test("Set to stop, a hang-up gives the picture up and the next start offers it")
    func stops() throws {
        let bench = try Workbench(products: ["mug"])
        try bench.prepare(steps: 150, candidates: 8)
        let studio = try bench.studio(environment: home(bench, settings: "hang-up = stop\n"))
        studio.waitForStart(products: 1)
        studio.type("g")
        #expect(studio.wait(seconds: 60) { studio.stagePictures.count > 1 }, "nothing is painted:\n\(studio.emulator.text)")
        studio.hangUp()
        #expect(studio.waitForEnd(seconds: 20) == 128 + SIGHUP)
        let next = try bench.studio()
        #expect(next.wait(for: "Go on?"), "\(next.emulator.text)")
        next.type("d")
        #expect(next.wait { !next.emulator.shows("Go on?") })
    }

    @Test("Killed outright in mid-picture, nothing that was decided is lost and the rest is offered again")
    func killed() throws {
        let bench = try Workbench(products: ["mug"])
        try bench.prepare(steps: 40, candidates: 16)
        let studio = try bench.studio()
        studio.waitForStart(products: 1)
        studio.type("g")
        #expect(studio.wait(seconds: 90) { studio.emulator.shows("1 open") }, "\(studio.emulator.text)")
        studio.type("[[[[p")
        #expect(studio.wait(for: "approved 1"), "\(studio.emulator.text)")
        kill(studio.process, SIGKILL)
        #expect(studio.waitForEnd() == 128 + SIGKILL)
        let next = try bench.studio()
        #expect(next.wait(for: "Go on?"), "\(next.emulator.text)")
        next.press(.escape)
        #expect(next.wait(for: "approved 1"))
    }

    @Test("A disk without room is said on the screen, and the studio lives on")
    func fullDisk() throws {
        let bench = try Workbench(products: ["mug"])
        // A photo of noise, whose export outgrows what a file may have here.
        var photo = RasterImage(width: 1600, height: 1280)
        var state: UInt32 = 1
        for y in 240..<1040 {
            for x in 400..<1200 {
                state = state &* 1_664_525 &+ 1_013_904_223
                photo[x, y] = RGBA(UInt8(state >> 24), UInt8(state >> 16 & 0xFF), UInt8(state >> 8 & 0xFF), 255)
            }
        }
        try PNGCodec.encode(photo).write(to: bench.catalogue.appendingPathComponent("products/mug.png"))
        try bench.prepare(steps: 2, candidates: 1)
        let words = try ([Workbench.executable()] + bench.arguments()).map { "'\($0)'" }.joined(separator: " ")
        let studio = try TerminalProgram(
            "/bin/sh", ["-c", "ulimit -f 2000; exec \(words)"], environment: Workbench.environment(), rows: 36, columns: 120)
        studio.waitForStart(products: 1)
        studio.type("g")
        #expect(studio.wait(seconds: 60) { studio.emulator.shows("1 open") }, "nothing was painted:\n\(studio.emulator.text)")
        studio.type("p")
        #expect(studio.wait(for: "approved 1"))
        studio.type("e")
        #expect(studio.wait(for: "1 approved picture at full size"))
        studio.press(.enter)
        #expect(
            studio.wait(seconds: 60) { ["too large", "no space", "full"].contains { studio.emulator.text.lowercased().contains($0) } },
            "no word of it:\n\(studio.emulator.text)")
        studio.press(.escape)
        studio.type("?")
        #expect(studio.wait(for: "Everywhere"), "it does not live on:\n\(studio.emulator.text)")
    }

    @Test("While another program has the database locked keys are answered and it is said; then everything is kept")
    func lockedDatabase() throws {
        let bench = try Workbench(products: ["mug", "vase"])
        try bench.prepare(steps: 2, candidates: 2)
        let studio = try bench.studio()
        studio.waitForStart(products: 2)
        studio.type("g")
        #expect(studio.wait(seconds: 60) { studio.emulator.shows("2 open") }, "nothing was painted:\n\(studio.emulator.text)")
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        configuration.busyMode = .timeout(10)
        let holder = try DatabaseQueue(
            path: bench.catalogue.appendingPathComponent("backdrop.sqlite").path, configuration: configuration)
        try holder.writeWithoutTransaction { try $0.execute(sql: "BEGIN EXCLUSIVE") }
        studio.type("p")
        #expect(studio.wait(for: "locked"), "no word of it:\n\(studio.emulator.text)")
        #expect(!studio.emulator.shows("approved 1"))
        studio.type("?")
        #expect(studio.wait(seconds: 4) { studio.emulator.shows("Everywhere") }, "it waits for the lock:\n\(studio.emulator.text)")
        studio.press(.escape)
        for _ in 1...2 { studio.press(.tab) }
        studio.type(" and moss")
        #expect(studio.wait(for: "and moss"))
        try holder.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
        #expect(studio.wait(seconds: 20) { studio.emulator.shows("approved 1") }, "it was not tried again:\n\(studio.emulator.text)")
        studio.press(.escape)
        studio.type("q")
        #expect(studio.waitForEnd() == 0)
        let catalogue = try Catalogue(folder: bench.catalogue, creating: false, user: "tester")
        #expect(try catalogue.candidates().map(\.decision).filter { $0 == .approved }.count == 1)
        #expect(try catalogue.contents().drafts.values.contains { $0.prompt == "on stone and moss" })
    }

    @Test("Two designers in one catalogue see each other's decisions within two seconds, and neither loses one")
    func twoDesigners() throws {
        let bench = try Workbench(products: ["mug"])
        try bench.prepare(steps: 2, candidates: 4)
        let anna = try bench.studio()
        anna.waitForStart(products: 1)
        anna.type("g")
        #expect(anna.wait(seconds: 90) { anna.emulator.shows("4 open") }, "\(anna.emulator.text)")
        let ben = try bench.studio(environment: ["USER": "ben"])
        ben.waitForStart(products: 1)
        #expect(ben.wait(for: "4 open"))
        // Each is led to an open one by what they decide themselves; the last that ben was led to was decided by anna meanwhile.
        ben.type("]]]")
        let turns = [(anna, ben, "p"), (ben, anna, "p"), (anna, ben, "p"), (ben, anna, "]p")]
        var delays: [Double] = []
        for (index, (one, other, keys)) in turns.enumerated() {
            one.type(keys)
            #expect(one.wait(for: "approved \(index + 1)"), "\(one.emulator.text)")
            let start = Date()
            #expect(other.wait { other.emulator.shows("approved \(index + 1)") }, "\(other.emulator.text)")
            delays.append(Date().timeIntervalSince(start))
        }
        // A machine that does something else at the moment may be late for one or two of them.
        #expect(delays.sorted()[1] < 2, "decisions came after \(delays) s")
        let catalogue = try Catalogue(folder: bench.catalogue, creating: false, user: "tester")
        #expect(Set(try catalogue.candidates().compactMap(\.decidedBy)) == ["anna", "ben"])
        #expect(try catalogue.candidates().allSatisfy { $0.decision == .approved })
    }

    @Test("Without a terminal it says so and ends")
    func noTerminal() throws {
        let bench = try Workbench(products: ["mug"])
        let child = try ChildProcess(Workbench.executable(), bench.arguments(), environment: Workbench.environment())
        let (output, status) = child.finish()
        #expect(status >> 8 & 0xFF == 1)
        #expect(String(decoding: output, as: UTF8.self).contains("needs a terminal"))
    }

    @Test("In tmux the screen is right, and pictures are half blocks")
    func tmux() throws {
        let program = "/usr/bin/tmux"
        try #require(FileManager.default.isExecutableFile(atPath: program), "no tmux: Tests/run installs it")
        let bench = try Workbench(products: ["mug"])
        let socket = bench.folder.appendingPathComponent("tmux").path
        let words = try ([Workbench.executable()] + bench.arguments()).map { "'\($0)'" }.joined(separator: " ")
        let screen = try TerminalProgram(
            program, ["-S", socket, "-f", "/dev/null", "new-session", words], environment: Workbench.environment(), rows: 37, columns: 120)
        #expect(screen.wait(for: "Products 1"), "\(screen.emulator.text)")
        #expect(screen.wait(seconds: 20) { screen.emulator.shows("▀") }, "no picture:\n\(screen.emulator.text)")
        screen.type("?")
        #expect(screen.wait(for: "Everywhere"))
        screen.press(.escape)
        #expect(screen.wait { !screen.emulator.shows("Everywhere") && screen.emulator.shows("▀") }, "\(screen.emulator.text)")
        #expect(!screen.emulator.text.contains("Gi=31"), "a question stands in a title")
        screen.type("q")
        #expect(screen.waitForEnd() == 0)
    }
}
