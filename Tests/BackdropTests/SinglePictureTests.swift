import Foundation
import Imaging
import Testing

extension BackdropTests {
    @Suite("Commands that make a single picture")
    struct SinglePictureTests {
        /// Whether the program has taken Ctrl-C upon itself yet.
        private func takesInterrupts(_ run: Running) -> Bool {
            let status = (try? String(contentsOfFile: "/proc/\(run.processIdentifier)/status", encoding: .utf8)) ?? ""
            let line = status.split(separator: "\n").first { $0.hasPrefix("SigCgt:") }
            let mask = line.flatMap { UInt64($0.split(whereSeparator: \.isWhitespace).last ?? "", radix: 16) } ?? 0
            return mask & (1 << UInt64(SIGINT - 1)) != 0
        }

        private func commands(_ side: Int) throws -> (folder: TemporaryFolder, commands: [[String]]) {
            let folder = try TemporaryFolder()
            let photo = try folder.write(try Pictures.png(width: side, height: side), "in/photo.png").path
            let matte = try folder.write(
                try PNGCodec.encode(Mask(width: side, height: side, values: (0..<(side * side)).map { $0 % side > side / 2 ? 255 : 0 })),
                "in/matte.png"
            ).path
            let background = try folder.write(try Pictures.png(shade: 200), "in/background.png").path
            try FileManager.default.createDirectory(at: folder.url.appendingPathComponent("out"), withIntermediateDirectories: true)
            return (
                folder,
                [
                    ["cutout", photo, "--output", "result.png"],
                    ["compose", photo, "--matte", matte, "--background", background, "--output", "result.png"],
                ]
            )
        }

        @Test(
            "Ctrl-C, kill and a closed line end them within half a second, with a code of their own and without a file",
            arguments: [(SIGINT, 130), (SIGTERM, 143), (SIGHUP, 129)] as [(Int32, Int32)], [0, 1])
        func interrupted(_ expected: (signal: Int32, status: Int32), command: Int) throws {
            // Large enough that no machine is done with it at once.
            let (folder, commands) = try commands(4800)
            let out = folder.url.appendingPathComponent("out")
            let run = try Program.start(commands[command], in: out)
            while run.isRunning, !takesInterrupts(run) { usleep(1000) }
            usleep(30_000)
            try #require(run.isRunning, "it had ended before")
            let start = ContinuousClock.now
            run.send(expected.signal)
            let outcome = run.wait()
            let taken = ContinuousClock.now - start
            #expect(outcome.status == expected.status && !outcome.wasKilled, "\(outcome.errors)")
            #expect(taken < .milliseconds(500), "\(taken)")
            #expect(outcome.complaints == ["interrupted"] && outcome.output.isEmpty)
            #expect(try FileManager.default.contentsOfDirectory(atPath: out.path).isEmpty)
        }

        @Test("Interrupted at any moment they leave the whole picture or nothing", arguments: [0, 1])
        func interruptedAnywhere(command: Int) throws {
            let (folder, commands) = try commands(500)
            let out = folder.url.appendingPathComponent("out")
            let whole = try Program.run(commands[command], in: out)
            #expect(whole.status == 0, "\(whole.errors)")
            let result = out.appendingPathComponent("result.png")
            let expected = try Data(contentsOf: result)
            for attempt in 0..<14 {
                try? FileManager.default.removeItem(at: result)
                let run = try Program.start(commands[command], in: out)
                while run.isRunning, !takesInterrupts(run) { usleep(1000) }
                usleep(UInt32(attempt * 23_000))
                run.send(SIGINT)
                let outcome = run.wait()
                #expect(!outcome.wasKilled && [0, 130].contains(outcome.status), "\(outcome.errors)")
                let left = try FileManager.default.contentsOfDirectory(atPath: out.path)
                #expect(left.allSatisfy { $0 == "result.png" }, "\(left)")
                if !left.isEmpty { #expect(try Data(contentsOf: result) == expected) }
                if outcome.status == 0 { #expect(!left.isEmpty) }
            }
        }

        @Test("A photo of 16 bit stays one of 16 bit in a smaller PNG")
        func deepSizes() throws {
            let folder = try TemporaryFolder()
            let side = 96
            var deep = [UInt16](repeating: 65535, count: side * side * 4)
            for index in 0..<(side * side) {
                for channel in 0..<3 { deep[index * 4 + channel] = UInt16(1000 + index % side * 257 + index / side * 3 + channel) }
            }
            try folder.write(try PNGCodec.encode(deep: deep, width: side, height: side), "photo.png")
            try folder.write(try PNGCodec.encode(Mask(width: side, height: side, fill: 255)), "matte.png")
            try folder.write(try Pictures.png(), "background.png")
            let outcome = try Program.run(
                [
                    "compose", "photo.png", "--matte", "matte.png", "--background", "background.png", "--size", "48x48", "--share", "0.95",
                    "--output", "small.png",
                ], in: folder.url)
            #expect(outcome.status == 0, "\(outcome.errors)")
            let small = try PNGCodec.decode(try Data(contentsOf: folder.url.appendingPathComponent("small.png")))
            #expect((small.width, small.height) == (48, 48))
            let values = try #require(small.deep)
            // A ramp of three 16-bit steps a row: 8 bit could only show multiples of 257.
            #expect(Set(values.map { $0 % 257 }).count > 20)
        }

        @Test("Sets too small for a distance are told so, and their pictures still compared one by one")
        func smallSets() throws {
            let folder = try TemporaryFolder()
            for index in 0..<3 {
                try folder.write(try Pictures.png(shade: UInt8(40 + index * 9)), "a/\(index).png")
                try folder.write(try Pictures.png(shade: UInt8(44 + index * 9)), "b/\(index).png")
            }
            let outcome = try Program.run(["distance", "a", "b"], in: folder.url)
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.output.split(separator: "\n").count == 3 && !outcome.output.contains("Fréchet"))
            #expect(outcome.errors.contains("3 pictures are too few"))
            struct Record: Decodable {
                struct Distance: Decodable {}
                struct Pair: Decodable { let name: String }
                let distance: Distance?
                let reason: String?
                let pairs: [Pair]
            }
            let record = try Program.run(["distance", "a", "b", "--json"], in: folder.url).json(Record.self)
            #expect(record.distance == nil && record.pairs.count == 3)
            #expect(record.reason?.contains("too few") == true)
            for index in 0..<3 { try FileManager.default.removeItem(at: folder.url.appendingPathComponent("b/\(index).png")) }
            try folder.write(try Pictures.png(), "b/other.png")
            let nothing = try Program.run(["distance", "a", "b"], in: folder.url)
            #expect(nothing.status == 1 && nothing.output.isEmpty && nothing.errors.contains("too few"))
        }
    }
}
