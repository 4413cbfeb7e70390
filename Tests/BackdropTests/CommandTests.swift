import Foundation
import Imaging
import Testing

/// Everything here drives the built program. One at a time: each starts processes that want all cores.
@Suite("The program", .serialized)
struct BackdropTests {}

extension BackdropTests {
    @Suite("Commands")
    struct CommandTests {
        static let commands = [
            [], ["studio"], ["import"], ["generate"], ["export"], ["list"], ["check"], ["approve"], ["reject"], ["undo"], ["redo"],
            ["doctor"],
            ["bench"], ["completion"], ["render"], ["model"], ["model", "inspect"], ["model", "forget"], ["cutout"], ["compose"],
            ["distance"], ["mask"], ["mask", "export"], ["mask", "import"], ["mask", "drop"],
        ]

        /// Record them anew with `BACKDROP_RECORD_HELP=1 swift test --filter helpIsAsRecorded`, and read the difference.
        @Test("The help of every command is as recorded", arguments: commands)
        func helpIsAsRecorded(command: [String]) throws {
            let file = Program.repository.appendingPathComponent(
                "Tests/BackdropTests/Help/\((["backdrop"] + command).joined(separator: "-")).txt")
            let outcome = try Program.run(command + ["--help"], in: Program.repository)
            #expect(outcome.status == 0 && outcome.errors.isEmpty)
            if ProcessInfo.processInfo.environment["BACKDROP_RECORD_HELP"] != nil { try Data(outcome.output.utf8).write(to: file) }
            #expect(try String(contentsOf: file, encoding: .utf8) == outcome.output)
            #expect(outcome.output.split(separator: "\n").allSatisfy { $0.count <= 80 || $0.hasPrefix("USAGE: ") })
        }

        @Test("Review from a script: approve, reject, undo, redo, list")
        func review() throws {
            let catalogue = try SampleCatalogue(["vase"])
            #expect(try catalogue.run("generate", "vase", "--count", "3", "--steps", "2").status == 0)
            #expect(try catalogue.run("approve", "VASE", "1", "2").output == "vase 1 approved\nvase 2 approved\n")
            #expect(try catalogue.run("reject", "vase", "--all").output == "vase 3 rejected\n")
            #expect(try catalogue.run("reject", "vase", "--all").output == "vase has no open candidate\n")
            #expect(try catalogue.run("undo").output == "vase 3 is open again\n")
            #expect(try catalogue.run("redo").output == "vase 3 is rejected again\n")
            let listing = try catalogue.listing()
            #expect(listing.candidates.map(\.decision) == ["approved", "approved", "rejected"])
            #expect(listing.products.first.map { [$0.approved, $0.rejected, $0.open] } == [2, 1, 0])
            #expect(try catalogue.run("list", "--only", "rejected").output.split(separator: "\n").count == 1)
            #expect(try catalogue.run("undo", environment: ["USER": "ben"]).status == 1)
        }

        @Test("JSON has every key of a product, null where there is nothing")
        func keys() throws {
            let catalogue = try SampleCatalogue(["vase"])
            let data = Data(try catalogue.run("list", "--json").output.utf8)
            let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
            #expect(Set(object.keys) == ["products", "references", "unfinished"])
            let product = try #require((object["products"] as? [[String: Any]])?.first)
            #expect(
                Set(product.keys) == [
                    "approved", "candidates", "category", "height", "name", "open", "path", "rejected", "warning", "width",
                ])
        }

        @Test("The approved set is exported at the photo's size, with the line that fetches it")
        func export() throws {
            let catalogue = try SampleCatalogue(["vase", "shoe"])
            #expect(try catalogue.run("export").status == 1)
            #expect(try catalogue.run("generate", "vase", "shoe", "--count", "2", "--steps", "2", "--aspect", "photo").status == 0)
            #expect(try catalogue.run("approve", "vase", "2").status == 0)
            let outcome = try catalogue.run("export")
            #expect(outcome.status == 0, "\(outcome.errors)")
            let path = catalogue.url.appendingPathComponent("exports/vase-2.png").path
            #expect(outcome.output.split(separator: "\n").first == "\(path)")
            #expect(outcome.errors.contains("scp "))
            let (exported, original) = (try Photo.load(URL(fileURLWithPath: path)), Pictures.product(shade: 20))
            #expect(exported.width == original.width && exported.height == original.height)
            #expect(exported.image[30, 24] == original[30, 24])  // the product's middle
            #expect(try !catalogue.files().contains("exports/shoe-1.png"))
        }

        @Test("Importing a folder, twice, and brand pictures")
        func importing() throws {
            let catalogue = try SampleCatalogue([])
            let incoming = try TemporaryFolder()
            for index in 0..<3 { try incoming.write(try Pictures.png(shade: UInt8(index)), "shoot/\(index).png") }
            #expect(try catalogue.run("import", incoming.url.path).output.hasSuffix("3 products in the catalogue\n"))
            let again = try catalogue.run("import", incoming.url.path)
            #expect(again.status == 0 && again.output.contains("0.png is in the catalogue already, as 0"))
            #expect(try catalogue.run("import", "--reference", incoming.url.path + "/shoot/0.png").status == 0)
            #expect(try catalogue.listing().references == ["0"])
            #expect(try catalogue.run("import", "--json").output.contains("\"problems\""))
        }

        @Test("The doctor names the model and why it was chosen, and fails where there is none to use")
        func doctor() throws {
            let catalogue = try SampleCatalogue(["vase"])
            let healthy = try catalogue.run("doctor")
            #expect(healthy.status == 0)
            for subject in ["program", "model", "catalogue", "disk", "processor", "instructions", "memory", "library", "terminal"] {
                #expect(healthy.output.contains(" \(subject): "), "\(subject)")
            }
            #expect(healthy.output.contains("BACKDROP_MODEL names it"))
            let sick = try catalogue.run("doctor", "--json", environment: ["BACKDROP_MODEL": "/nowhere"])
            #expect(sick.status == 1)
            struct Report: Decodable {
                struct Finding: Decodable {
                    let subject: String
                    let status: String
                    let detail: String
                }
                let findings: [Finding]
            }
            #expect(try sick.json(Report.self).findings.filter { $0.status == "problem" }.map(\.subject) == ["model"])
        }

        @Test("Memory comes from jemalloc, which gives back what was freed while the program rests")
        func allocator() throws {
            let outcome = try Program.run(["--version"], in: Program.repository, environment: ["MALLOC_CONF": "confirm_conf:true"])
            #expect(outcome.status == 0)
            #expect(outcome.errors.contains("background_thread:true,dirty_decay_ms:2000"))
        }

        @Test("Completion scripts are valid shell", arguments: ["bash", "zsh", "fish"])
        func completion(shell: String) throws {
            let outcome = try Program.run(["completion", shell], in: Program.repository)
            #expect(outcome.status == 0 && outcome.output.contains("generate"))
            guard shell == "bash" else { return }
            let folder = try TemporaryFolder()
            let script = try folder.write(Data(outcome.output.utf8), "completion")
            let check = try Program.start(["-n", script.path], in: folder.url, executable: URL(fileURLWithPath: "/bin/bash")).wait()
            #expect(check.status == 0 && check.errors.isEmpty)
        }

        @Test("A result that cannot be written is a failure")
        func fullOutput() throws {
            let catalogue = try SampleCatalogue(["vase"])
            let outcome = try Program.start(
                ["-c", "exec '\(Program.url.path)' list --json > /dev/full"], in: catalogue.url,
                executable: URL(fileURLWithPath: "/bin/bash")
            ).wait()
            #expect(outcome.status == 1 && outcome.errors.contains("No space left"))
        }
    }
}
