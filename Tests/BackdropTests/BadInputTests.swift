import Foundation
import Imaging
import Testing

extension BackdropTests {
    @Suite("Bad inputs: one clear line, a failure, and the catalogue as it was")
    struct BadInputTests {
        let catalogue: SampleCatalogue

        init() throws { catalogue = try SampleCatalogue(["vase"]) }

        /// Runs the program and checks that it fails with one line that says `words`, changing nothing.
        func expectRefusal(
            _ arguments: [String], saying words: String..., environment: [String: String] = [:],
            sourceLocation: SourceLocation = #_sourceLocation
        ) throws {
            let before = try catalogue.dump()
            let outcome = try Program.run(arguments, in: catalogue.url, environment: environment)
            #expect(outcome.status == 1 && !outcome.wasKilled, "\(outcome.errors)", sourceLocation: sourceLocation)
            #expect(outcome.complaints.count == 1, "\(outcome.errors)", sourceLocation: sourceLocation)
            for word in words { #expect(outcome.errors.contains(word), "\(outcome.errors)", sourceLocation: sourceLocation) }
            #expect(try catalogue.dump() == before, sourceLocation: sourceLocation)
        }

        @Test("A truncated PNG")
        func truncatedPNG() throws {
            let data = try Pictures.png(shade: 90)
            try expectRefusal(["import", try catalogue.folder.write(data.prefix(data.count * 2 / 3), "cut.png").path], saying: "cut.png")
        }

        @Test("A JPEG with a broken header")
        func brokenJPEG() throws {
            let data = Data([0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x10]) + Data("JFIF".utf8) + Data(repeating: 0xAB, count: 200)
            try expectRefusal(["import", try catalogue.folder.write(data, "broken.jpg").path], saying: "broken.jpg")
        }

        @Test("Text that calls itself PNG")
        func text() throws {
            try expectRefusal(
                ["import", try catalogue.folder.write(Data("Dear Ann,\n".utf8), "letter.png").path], saying: "letter.png", "text")
        }

        @Test("An empty file")
        func empty() throws {
            try expectRefusal(["import", try catalogue.folder.write(Data(), "nothing.png").path], saying: "nothing.png", "empty")
        }

        @Test("A header of 60,000 x 60,000 pixels")
        func huge() throws {
            var data = try Pictures.png()
            data.replaceSubrange(16..<24, with: [0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60])
            try expectRefusal(["import", try catalogue.folder.write(data, "huge.png").path], saying: "huge.png", "60000 x 60000")
        }

        @Test("A file that is not there, and a folder whose path leads through a file")
        func absent() throws {
            try expectRefusal(["import", "/nowhere/a.png"], saying: "/nowhere/a.png", "No such file")
            let file = try catalogue.folder.write(Data("x".utf8), "file").path
            try expectRefusal(["import", file + "/shoot"], saying: "Not a directory")
            try expectRefusal(["list", "--catalogue", file + "/catalogue"], saying: file, "Not a directory")
            try expectRefusal(["import", "a.png", "--catalogue", file + "/catalogue"], saying: file, "Not a directory")
        }

        @Test("A folder without a catalogue")
        func noCatalogue() throws {
            let folder = try TemporaryFolder()
            try expectRefusal(["list", "-C", folder.url.path], saying: "holds no catalogue", "backdrop import")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
        }

        @Test(
            "A folder that may not be read", .enabled(if: geteuid() == 0 && access("/usr/bin/setpriv", X_OK) == 0, "needs setpriv, as root")
        )
        func unreadableFolder() throws {
            let folder = try TemporaryFolder()
            let closed = folder.url.appendingPathComponent("closed")
            try FileManager.default.createDirectory(at: closed, withIntermediateDirectories: true)
            for (path, mode) in [(folder.url.path, 0o755), (closed.path, 0o000)] { chmod(path, mode_t(mode)) }
            // The program itself must be readable for the user without rights, wherever the package lies.
            let program = folder.url.appendingPathComponent("backdrop")
            // By a process of its own: a program that this one has open for writing while another test starts one cannot be run.
            let copying = try Program.start(
                [Program.url.path, program.path], in: folder.url, executable: URL(fileURLWithPath: "/bin/cp")
            ).wait()
            try #require(copying.status == 0, "\(copying.errors)")
            let privileges = ["--reuid=65534", "--regid=65534", "--clear-groups", program.path]
            for command in [["list", "-C", closed.path], ["import", "-C", closed.path]] {
                let outcome = try Program.start(
                    privileges + command, in: folder.url, executable: URL(fileURLWithPath: "/usr/bin/setpriv")
                ).wait()
                #expect(outcome.status == 1 && outcome.complaints.count == 1, "\(outcome.errors)")
                #expect(outcome.errors.contains("Permission denied") && outcome.errors.contains(closed.path))
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: closed.path).isEmpty)
        }

        @Test("A file-size limit, as a full disk, stops an import and an export and leaves nothing behind")
        func sizeLimit() throws {
            // Noise does not compress: a photo of about 190 kB.
            var noise: UInt32 = 1
            var image = Pictures.product(shade: 1, width: 300, height: 300)
            for index in image.pixels.indices where index % 4 != 3 {
                noise = noise &* 1_664_525 &+ 1_013_904_223
                image.pixels[index] = UInt8(noise >> 24)
            }
            let photo = try catalogue.folder.write(try PNGCodec.encode(image), "noise.png")
            let before = try catalogue.dump()
            let limited = "ulimit -f 100 && exec '\(Program.url.path)' import '\(photo.path)'"
            let outcome = try Program.start(["-c", limited], in: catalogue.url, executable: URL(fileURLWithPath: "/bin/bash")).wait()
            #expect(outcome.status == 1 && !outcome.wasKilled)
            #expect(outcome.complaints.count == 1 && outcome.errors.contains("no space left"), "\(outcome.errors)")
            #expect(try catalogue.dump() == before)
            #expect(try catalogue.run("import", photo.path).status == 0)
        }

        @Test("A full disk", .enabled(if: SmallDisk.isPermitted, "needs the right to mount a tmpfs"))
        func fullDisk() throws {
            let disk = try #require(SmallDisk(kilobytes: 2048))
            let folder = disk.url.appendingPathComponent("catalogue")
            try FileManager.default.copyItem(at: catalogue.url, to: folder)
            #expect(try Program.run(["import"], in: folder).status == 0)  // the copies have times of their own
            try disk.fill()
            let photo = try catalogue.folder.write(try Pictures.png(shade: 140), "shoe.png")
            for command in [["import", photo.path], ["generate", "vase", "--count", "1", "--steps", "2"]] {
                let outcome = try Program.run(command, in: folder)
                #expect(outcome.status == 1 && outcome.errors.contains("no space left"), "\(command): \(outcome.errors)")
                #expect(outcome.complaints.count == 1, "\(outcome.errors)")
            }
            disk.release()
            let listing = try Program.run(["list", "--json"], in: folder).json(Listing.self)
            #expect(listing.products.map(\.name) == ["vase"] && listing.candidates.isEmpty)
            #expect(try Program.run(["generate", "vase", "--count", "1", "--steps", "2"], in: folder).status == 0)
        }

        @Test("Missing weights")
        func missingWeights() throws {
            let model = try copyOfModel()
            try FileManager.default.removeItem(at: try weights(of: model))
            try expectRefusal(["generate", "vase", "--model", model.path, "--prompt", "oak"], saying: "unet")
            try expectRefusal(["generate", "vase", "--prompt", "oak"], saying: "/nowhere", environment: ["BACKDROP_MODEL": "/nowhere"])
        }

        @Test("Corrupted weights: cut short, an absurd header, garbage")
        func corruptedWeights() throws {
            for damage in 0..<3 {
                let model = try copyOfModel()
                let file = try weights(of: model)
                var data = try Data(contentsOf: file)
                switch damage {
                case 0: data = data.prefix(data.count / 2)
                case 1: data.replaceSubrange(0..<8, with: [UInt8](repeating: 0xFF, count: 8))
                default: data = Data((0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 37) })
                }
                try data.write(to: file)
                try expectRefusal(["generate", "vase", "--model", model.path, "--prompt", "oak"], saying: file.lastPathComponent)
            }
        }

        @Test("Products, candidates, categories and references that there are none of")
        func unknownNames() throws {
            try expectRefusal(["generate", "boot"], saying: "no product boot")
            try expectRefusal(["generate", "vase", "--category", "boats"], saying: "no category boats")
            try expectRefusal(["generate", "vase", "--reference", "autumn"], saying: "autumn")
            try expectRefusal(["approve", "vase", "9"], saying: "no candidate 9 of vase")
            try expectRefusal(["approve", "boot", "1"], saying: "no product boot")
            try expectRefusal(["undo"], saying: "nothing to undo")
            try expectRefusal(["redo"], saying: "nothing to redo")
        }

        @Test("Wrong usage is 64 and names the option")
        func usage() throws {
            for (arguments, words) in [
                (["generate"], "say what to paint"), (["generate", "vase", "--steps", "0"], "--steps"),
                (["generate", "vase", "--all"], "say what"), (["generate", "vase", "--floor-line", "2"], "0.05 to 0.95"),
                (["generate", "vase", "--light", "below"], "below"),
                (["generate", "vase", "--sampler", "magic"], "magic"), (["approve", "vase"], "--all"), (["frobnicate"], "frobnicate"),
                (["import", "--reference"], "brand pictures"), (["generate", "vase", "--seed", "-1"], "seed"),
            ] {
                let outcome = try Program.run(arguments, in: catalogue.url)
                #expect(outcome.status == 64 && outcome.errors.contains(words), "\(arguments): \(outcome.errors)")
            }
        }

        @Test("Of good and bad files the good ones come in, and the exit code says so")
        func partly() throws {
            let good = try catalogue.folder.write(try Pictures.png(shade: 150), "shoe.png").path
            let outcome = try catalogue.run("import", good, "/nowhere/a.png")
            #expect(outcome.status == 3 && outcome.complaints.count == 1)
            #expect(try catalogue.listing().products.map(\.name) == ["shoe", "vase"])
        }

        @Test("A damaged database is named, and left as it is")
        func damagedDatabase() throws {
            let folder = try TemporaryFolder()
            let file = try folder.write(Data(repeating: 0x2A, count: 5000), "backdrop.sqlite")
            let outcome = try Program.run(["list", "-C", folder.url.path], in: catalogue.url)
            #expect(outcome.status == 1 && outcome.complaints.count == 1 && outcome.errors.contains("damaged"))
            #expect(try Data(contentsOf: file) == Data(repeating: 0x2A, count: 5000))
        }

        private func copyOfModel() throws -> URL {
            let copy = catalogue.folder.url.appendingPathComponent("model-\(UUID().uuidString)")
            try FileManager.default.copyItem(at: Program.tinyModel, to: copy)
            return copy
        }

        private func weights(of model: URL) throws -> URL {
            let unet = model.appendingPathComponent("unet")
            let names = try FileManager.default.contentsOfDirectory(atPath: unet.path)
            return unet.appendingPathComponent(try #require(names.first { $0.hasSuffix(".safetensors") }))
        }
    }
}
