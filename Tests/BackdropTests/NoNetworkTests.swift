import Foundation
import Testing

extension BackdropTests {
    @Suite("Nothing leaves the machine")
    struct NoNetworkTests {
        static let strace = URL(fileURLWithPath: "/usr/bin/strace")

        @Test("A whole headless job opens no socket", .enabled(if: access("/usr/bin/strace", X_OK) == 0, "needs strace"))
        func noSocket() throws {
            let catalogue = try SampleCatalogue(["vase"])
            let photo = try catalogue.folder.write(try Pictures.png(shade: 77), "shoe.png")
            let job = [
                ["import", photo.path], ["doctor"], ["generate", "shoe", "--count", "2", "--steps", "2"], ["approve", "shoe", "1"],
                ["undo"],
                ["redo"], ["list", "--json"], ["export"],
            ]
            for command in job {
                let trace = catalogue.folder.url.appendingPathComponent("trace")
                // Without a user's name too: looking it up must not ask a name service.
                let outcome = try Program.start(
                    ["-f", "-qq", "-e", "trace=%network,openat", "-o", trace.path, Program.url.path] + command, in: catalogue.url,
                    environment: ["USER": ""], executable: Self.strace
                ).wait()
                #expect(outcome.status == 0, "\(command): \(outcome.errors)")
                let calls = try String(contentsOf: trace, encoding: .utf8).split(separator: "\n")
                #expect(calls.contains { $0.contains("openat(") }, "the trace saw nothing")
                // "PID name(…": what has no name is a thread's end or a signal, not a call.
                let network = calls.filter { ($0.firstMatch(of: /^\d+ +(\w+)\(/)?.1 ?? "openat") != "openat" }
                #expect(network.isEmpty, "\(command): \(network.prefix(3))")
            }
        }

        @Test("No object file of ours asks for a socket")
        func noSocketSymbol() throws {
            let products = Program.url.deletingLastPathComponent()
            let forbidden: Set = ["socket", "connect", "bind", "listen", "accept", "getaddrinfo", "gethostbyname", "sendto", "recvfrom"]
            let rooms = ["Kernels", "Tensor", "Imaging", "Diffusion", "StarterModel", "Catalogue", "Studio", "TerminalUI", "backdrop"]
            for room in rooms {
                let folder = products.appendingPathComponent("\(room).build")
                let objects = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".o") }
                try #require(!objects.isEmpty, "\(folder.path)")
                let outcome = try Program.start(
                    ["-u", "--format=just-symbols"] + objects, in: folder, executable: URL(fileURLWithPath: "/usr/bin/nm")
                ).wait()
                #expect(outcome.status == 0 && !outcome.output.isEmpty, "\(outcome.errors)")
                let used = forbidden.intersection(outcome.output.split(separator: "\n").map(String.init))
                #expect(used.isEmpty, "\(room) asks for \(used)")
            }
        }
    }
}
