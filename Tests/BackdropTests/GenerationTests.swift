import Catalogue
import Foundation
import Imaging
import Testing

extension BackdropTests {
    @Suite("Generating")
    struct GenerationTests {
        @Test("The same seed twice makes the same bytes")
        func sameSeed() throws {
            let catalogue = try SampleCatalogue(["vase"])
            for _ in 0..<2 {
                let outcome = try catalogue.run("generate", "vase", "--seed", "7", "--count", "1", "--steps", "3", "--prompt", "春の桜")
                #expect(outcome.status == 0, "\(outcome.errors)")
            }
            #expect(try catalogue.files().filter { $0.hasPrefix("candidates/") } == ["candidates/vase/1.png", "candidates/vase/2.png"])
            #expect(try catalogue.bytes("candidates/vase/1.png") == catalogue.bytes("candidates/vase/2.png"))
            let another = try catalogue.run("generate", "vase", "--seed", "8", "--count", "1", "--steps", "3")
            #expect(another.status == 0)
            #expect(try catalogue.bytes("candidates/vase/3.png") != catalogue.bytes("candidates/vase/1.png"))
        }

        @Test("A batch of four is the same four pictures as four single runs")
        func batch() throws {
            let catalogue = try SampleCatalogue(["vase"])
            #expect(try catalogue.run("generate", "vase", "--seed", "40", "--count", "4", "--steps", "3").status == 0)
            for seed in 40..<44 {
                #expect(try catalogue.run("generate", "vase", "--seed", "\(seed)", "--count", "1", "--steps", "3").status == 0)
            }
            let listed = try catalogue.listing().candidates
            #expect(listed.map(\.candidate) == Array(1...8))
            #expect(listed.map(\.settings.seed) == [40, 41, 42, 43, 40, 41, 42, 43])
            for number in 1...4 {
                #expect(try catalogue.bytes("candidates/vase/\(number).png") == catalogue.bytes("candidates/vase/\(number + 4).png"))
            }
            #expect(Set(try (1...4).map { try catalogue.bytes("candidates/vase/\($0).png") }).count == 4)
        }

        @Test("The floor line and the light that are asked for make another picture, and are kept until they are given back")
        func arrangement() throws {
            let catalogue = try SampleCatalogue(["vase"])
            func generate(_ more: String...) throws {
                let outcome = try Program.run(
                    ["generate", "vase", "--seed", "7", "--count", "1", "--steps", "3", "--prompt", "oak"] + more, in: catalogue.url,
                    environment: ["BACKDROP_MODEL": ""])
                #expect(outcome.status == 0, "\(outcome.errors)")
            }
            try generate()
            try generate("--floor-line", "0.3", "--light", "back-left")
            try generate()
            try generate("--floor-line", "auto", "--light", "auto")
            let settings = try catalogue.listing().candidates.map(\.settings)
            #expect(settings.map(\.floorLine) == [nil, 0.3, 0.3, nil])
            #expect(settings.map(\.light) == [nil, "back-left", "back-left", nil])
            let pictures = try (1...4).map { try catalogue.bytes("candidates/vase/\($0).png") }
            #expect(pictures[0] != pictures[1])
        }

        @Test("The JSON result names every picture with the settings that are embedded in it")
        func json() throws {
            let catalogue = try SampleCatalogue(["vase", "shoe"])
            let outcome = try catalogue.run(
                "generate", "vase", "shoe", "--json", "--count", "2", "--steps", "2", "--prompt", "oak", "--sampler", "euler", "--aspect",
                "3:2")
            let result = try outcome.json(Generation.self)
            #expect(outcome.status == 0 && result.failures.isEmpty && !result.interrupted)
            #expect(Set(result.candidates.map { "\($0.product) \($0.candidate)" }) == ["vase 1", "vase 2", "shoe 1", "shoe 2"])
            for candidate in result.candidates {
                let photo = try Photo.load(URL(fileURLWithPath: candidate.path))
                let text = try #require(photo.text.first { $0.keyword == Catalogue.settingsKeyword }).text
                #expect(try JSONDecoder().decode(GenerationSettings.self, from: Data(text.utf8)) == candidate.settings)
                #expect(
                    candidate.settings.prompt == "oak" && candidate.settings.sampler == "euler" && candidate.settings.aspect == .landscape)
            }
            // What was set is remembered for the product.
            #expect(try catalogue.run("generate", "shoe", "--count", "1").status == 0)
            let again = try #require(try catalogue.listing().products.first { $0.name == "shoe" }?.candidates.last)
            #expect(again.settings.prompt == "oak" && again.settings.steps == 2)
        }

        @Test(
            "Photos that were put into products/ by hand can be generated for at once, and --all leaves out what has an approved candidate")
        func byHandAndAll() throws {
            let catalogue = try SampleCatalogue(["vase"])
            try Pictures.png(shade: 99).write(to: catalogue.url.appendingPathComponent("products/ボトル.png"))
            #expect(try catalogue.run("generate", "ボトル", "--count", "1", "--steps", "2").status == 0)
            #expect(try catalogue.run("approve", "ボトル", "1").status == 0)
            #expect(try catalogue.run("generate", "--all", "--count", "1", "--steps", "2").status == 0)
            #expect(try catalogue.listing().candidates.map { "\($0.product) \($0.candidate)" }.sorted() == ["vase 1", "ボトル 1"])
        }

        @Test("Two programs that paint for one catalogue at once lose nothing")
        func twoPrograms() throws {
            let catalogue = try SampleCatalogue(["vase"])
            let arguments = ["generate", "vase", "--count", "6", "--steps", "4", "--seed"]
            let runs = try ["100", "200"].map { try Program.start(arguments + [$0], in: catalogue.url) }
            for run in runs {
                let outcome = run.wait()
                #expect(outcome.status == 0, "\(outcome.errors)")
            }
            let candidates = try catalogue.listing().candidates
            #expect(candidates.map(\.candidate) == Array(1...12))
            let seeds: [UInt64] = Array(100..<106) + Array(200..<206)
            #expect(candidates.map(\.settings.seed).sorted() == seeds)
        }

        @Test("On a terminal there is a progress bar, elsewhere plain lines without a control character")
        func progress() throws {
            let catalogue = try SampleCatalogue(["vase"])
            let plain = try catalogue.run("generate", "vase", "--count", "2", "--steps", "3")
            #expect(plain.output.split(separator: "\n").count == 2)
            #expect(!(plain.output + plain.errors).unicodeScalars.contains { $0.value < 32 && $0 != "\n" })
            let command = "'\(Program.url.path)' generate vase --count 2 --steps 30"
            let terminal = try Program.start(
                ["-qec", command, "/dev/null"], in: catalogue.url, environment: ["TERM": "xterm-256color"],
                executable: URL(fileURLWithPath: "/usr/bin/script")
            ).wait()
            #expect(terminal.status == 0)
            #expect(terminal.output.contains("█") && terminal.output.contains("/step") && terminal.output.contains(" left"))
            #expect(terminal.output.contains("/30"))
        }

        @Test("Threads that wait for each other sleep soon, unless the user wants it otherwise", arguments: [nil, "77"] as [String?])
        func spinning(wish: String?) throws {
            let catalogue = try SampleCatalogue(["vase"])
            let run = try Program.start(
                ["generate", "vase", "--count", "8", "--steps", "60"], in: catalogue.url,
                environment: wish.map { ["GOMP_SPINCOUNT": $0] } ?? [:])
            #expect(run.waitForLines(1))
            #expect(run.environment.contains("GOMP_SPINCOUNT=\(wish ?? "1000")"))
            run.send(SIGTERM)
            #expect(run.wait().status == 143)
        }
    }
}
