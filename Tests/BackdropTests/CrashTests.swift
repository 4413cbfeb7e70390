import Catalogue
import Foundation
import Imaging
import Testing

extension BackdropTests {
    @Suite("Crashes and interruptions in the middle of a generation")
    struct CrashTests {
        /// Twelve pictures of many steps.
        static let arguments = ["generate", "vase", "--seed", "500", "--count", "12", "--steps", "40", "--prompt", "oak"]

        /// Checks that all that is listed is whole, and nothing else lies about.
        func expectWhole(_ catalogue: SampleCatalogue) throws {
            let listing = try catalogue.listing()
            for candidate in listing.candidates {
                let photo = try Photo.load(URL(fileURLWithPath: candidate.path))
                #expect(photo.width == candidate.settings.width && photo.height == candidate.settings.height)
            }
            #expect(listing.candidates.map(\.candidate) == Array(1..<(listing.candidates.count + 1)))
            #expect(try !catalogue.files().contains { $0.contains("partial") })
        }

        @Test(
            "After kill -9 no decision is lost, nothing half-written is listed, and the queue goes on to the same pictures",
            arguments: 1...3)
        func killed(after lines: Int) throws {
            let whole = try SampleCatalogue(["vase"])
            #expect(try Program.run(Self.arguments, in: whole.url).status == 0)
            let catalogue = try SampleCatalogue(["vase"])
            let run = try Program.start(Self.arguments, in: catalogue.url)
            #expect(run.waitForLines(lines))
            #expect(try catalogue.run("approve", "vase", "1").status == 0)
            usleep(UInt32(lines) * 3700)
            run.send(SIGKILL)
            let outcome = run.wait()
            try #require(outcome.wasKilled, "it had ended before: \(outcome.output)")

            let listing = try catalogue.listing()
            #expect(listing.candidates.first?.decision == "approved")
            #expect(listing.candidates.count >= lines && listing.candidates.count + listing.unfinished == 12 && listing.unfinished > 0)
            #expect(try catalogue.run("list").errors.contains("generate --resume"))
            try expectWhole(catalogue)

            let resumed = try catalogue.run("generate", "--resume")
            #expect(resumed.status == 0, "\(resumed.errors)")
            #expect(try catalogue.listing().unfinished == 0)
            try expectWhole(catalogue)
            for number in 1...12 {
                #expect(try catalogue.bytes("candidates/vase/\(number).png") == whole.bytes("candidates/vase/\(number).png"))
            }
            #expect(try catalogue.run("undo").output.contains("vase 1 is open"))
        }

        @Test("Killed at any moment, again and again, the queue still ends with the same pictures")
        func killedRepeatedly() throws {
            let whole = try SampleCatalogue(["vase"])
            #expect(try Program.run(Self.arguments, in: whole.url).status == 0)
            let catalogue = try SampleCatalogue(["vase"])
            var arguments = Self.arguments
            for attempt in 1...8 {
                let run = try Program.start(arguments, in: catalogue.url)
                _ = attempt == 1 ? run.waitForLines(1) : true
                usleep(UInt32(attempt * 41_000 % 230_000))
                run.send(SIGKILL)
                _ = run.wait()
                try expectWhole(catalogue)
                arguments = ["generate", "--resume"]
            }
            #expect(try catalogue.run("generate", "--resume").status == 0)
            #expect(try catalogue.listing().candidates.count == 12)
            for number in 1...12 {
                #expect(try catalogue.bytes("candidates/vase/\(number).png") == whole.bytes("candidates/vase/\(number).png"))
            }
        }

        @Test(
            "Ctrl-C, kill and a closed line end it at once and in order",
            arguments: [(SIGINT, 130), (SIGTERM, 143), (SIGHUP, 129)] as [(Int32, Int32)])
        func interrupted(signal: Int32, status: Int32) throws {
            let catalogue = try SampleCatalogue(["vase"])
            let run = try Program.start(Self.arguments + ["--steps", "150"], in: catalogue.url)
            #expect(run.waitForLines(1))
            run.send(signal)
            let outcome = run.wait()
            #expect(outcome.status == status && !outcome.wasKilled, "\(outcome.errors)")
            #expect(outcome.complaints.last?.contains("generate --resume") == true)
            try expectWhole(catalogue)
            #expect(try catalogue.listing().unfinished > 0)
            #expect(try catalogue.run("generate", "--discard").output.contains("dropped"))
            #expect(try catalogue.listing().unfinished == 0)
            #expect(try catalogue.run("generate", "--resume").output == "nothing was left unfinished\n")
        }

        @Test("With --json an interrupted run says so, and still names what was finished")
        func interruptedJSON() throws {
            let catalogue = try SampleCatalogue(["vase"])
            let run = try Program.start(Self.arguments + ["--json"], in: catalogue.url)
            while try catalogue.files().filter({ $0.hasPrefix("candidates/") }).isEmpty { usleep(1000) }
            run.send(SIGINT)
            let outcome = run.wait()
            let result = try outcome.json(Generation.self)
            #expect(outcome.status == 130 && result.interrupted)
            #expect(try catalogue.listing().candidates.count == result.candidates.count)
        }
    }
}
