import Foundation
import Testing

@testable import Imaging

/// Each bad input gives one clear line that names the file, and never a crash.
@Suite struct BadPictureTests {
    private func load(_ bytes: Data, name: String) throws -> Photo {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent(name)
        try bytes.write(to: file)
        return try Photo.load(file)
    }

    private func message(_ bytes: Data, name: String) -> String {
        do {
            _ = try load(bytes, name: name)
            return "read"
        } catch let error as PictureError {
            return error.description
        } catch {
            return "another error: \(error)"
        }
    }

    @Test func anEmptyFile() {
        #expect(message(Data(), name: "empty.png") == "empty.png: is empty (0 bytes). Copy the picture again.")
    }

    @Test func textThatIsCalledAPicture() {
        #expect(
            message(Data("shopping list\n".utf8), name: "list.png")
                == "list.png: not a PNG or JPEG (looks like text). Save the picture as PNG or JPEG.")
    }

    @Test(arguments: [("GIF89a.......", "a GIF"), ("RIFF....WEBPVP8 ", "a WebP"), ("....ftypheic....", "an HEIC")])
    func otherPictureKindsAreNamed(content: String, kind: String) {
        #expect(message(Data(content.utf8), name: "x.jpg").contains("looks like \(kind)"))
    }

    @Test func theContentDecidesAndNotTheName() throws {
        let image = RasterImage(width: 3, height: 2, fill: RGBA(1, 2, 3))
        #expect(try load(PNGCodec.encode(image), name: "really-a-png.jpg").format == .png)
        #expect(try load(JPEGCodec.encode(image), name: "really-a-jpeg.png").format == .jpeg)
    }

    @Test func aMissingFile() {
        let error = #expect(throws: PictureError.self) { try Photo.load(URL(fileURLWithPath: "/nowhere/at/all.png")) }
        #expect(error?.description == "all.png: cannot be read (there is no such file).")
    }

    @Test func aFolder() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).png")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let error = #expect(throws: PictureError.self) { try Photo.load(folder) }
        #expect(error?.description.hasSuffix("cannot be read (it is a folder).") == true)
    }

    @Test func aFileWithoutPermission() throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).png")
        try PNGCodec.encode(RasterImage(width: 1, height: 1)).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: file.path)
        // The superuser may read everything.
        guard !FileManager.default.isReadableFile(atPath: file.path) else { return }
        let error = #expect(throws: PictureError.self) { try Photo.load(file) }
        #expect(error?.description.lowercased().contains("permission denied") == true)
    }

    @Test(arguments: [(60_000, 60_000), (60_000, 1), (1, 60_000), (32_768, 10), (11_000, 11_000), (2_147_483_647, 2_147_483_647)])
    func aHugeHeaderIsRefusedBeforeAnyMemoryIsAskedFor(width: Int, height: Int) {
        let file = PNGFile(width: width, height: height, bitDepth: 8, colourType: 6, rows: [[0, 0, 0, 0]])
        let start = DispatchTime.now()
        #expect(message(file.data, name: "huge.png").hasPrefix("huge.png: \(width) x \(height) pixels are more than Backdrop reads"))
        #expect(DispatchTime.now().uptimeNanoseconds - start.uptimeNanoseconds < 2_000_000_000)
    }

    @Test func aHugeJPEGHeaderIsRefused() throws {
        var data = try JPEGCodec.encode(RasterImage(width: 8, height: 8, fill: .white))
        let frame = try #require(data.range(of: Data([0xFF, 0xC0])))
        data.replaceSubrange((frame.lowerBound + 5)..<(frame.lowerBound + 9), with: [0xEA, 0x60, 0xEA, 0x60])
        #expect(message(data, name: "huge.jpg").hasPrefix("huge.jpg: 60000 x 60000 pixels are more than"))
    }

    @Test func aLargeHeaderWithHardlyAnyDataIsRefused() {
        let file = PNGFile(width: 10_000, height: 10_000, bitDepth: 8, colourType: 6, rows: [[0, 0, 0, 0]])
        #expect(message(file.data, name: "hollow.png").contains("the file ends too early"))
    }

    @Test func aPictureOfNoSize() {
        let file = PNGFile(width: 0, height: 5, bitDepth: 8, colourType: 6)
        #expect(message(file.data, name: "none.png").contains("the header says 0 x 5 pixels"))
    }

    @Test func aPNGCutAnywhereIsRefused() throws {
        let data = try PNGCodec.encode(noise(width: 20, height: 20, opaque: true), text: [("k", "v")])
        for length in 1..<data.count {
            #expect(throws: PictureError.self, "cut to \(length)") { try Photo.decode(data.prefix(length)) }
        }
        #expect(message(data, name: "whole.png") == "read")
    }

    @Test func aJPEGCutAnywhereIsRefused() throws {
        let data = try JPEGCodec.encode(noise(width: 40, height: 40, opaque: true), quality: 90)
        // The last two bytes are the end mark; the picture is whole without it.
        for length in 1..<(data.count - 2) {
            #expect(throws: PictureError.self, "cut to \(length)") { try Photo.decode(data.prefix(length)) }
        }
        #expect(message(data, name: "whole.jpg") == "read")
    }

    @Test func aJPEGWithABrokenHeader() throws {
        var data = try JPEGCodec.encode(RasterImage(width: 8, height: 8, fill: .white))
        data.replaceSubrange(2..<30, with: Data(repeating: 0x41, count: 28))
        let reason = message(data, name: "broken.jpg")
        #expect(reason.hasPrefix("broken.jpg: damaged JPEG ("))
    }

    @Test func aFlippedBitInThePictureDataOfAPNGIsFound() throws {
        var data = try PNGCodec.encode(noise(width: 20, height: 20, opaque: true))
        let picture = try #require(data.range(of: Data("IDAT".utf8)))
        data[picture.upperBound + 40] ^= 4
        #expect(message(data, name: "bit.png").hasPrefix("bit.png: damaged PNG ("))
    }

    /// Random damage: whatever happens, it is a picture or a ``PictureError``.
    @Test(arguments: 0..<8) func randomDamageNeverDoesMoreThanFail(seed: Int) throws {
        var random = SplitMix(state: UInt64(seed) + 100)
        let image = noise(width: 24, height: 24, opaque: seed % 2 == 0)
        let originals = [
            try PNGCodec.encode(image, text: [("backdrop", "花")], colour: ColourDescription(icc: displayP3)),
            try JPEGCodec.encode(image, colour: ColourDescription(icc: displayP3)), try Data(contentsOf: fixture("progressive.jpg")),
        ]
        for original in originals {
            for _ in 0..<120 {
                var data = original
                for _ in 0..<Int(1 + random.next() % 6) { data[Int(random.next() % UInt64(data.count))] = UInt8(random.next() & 255) }
                do {
                    let photo = try Photo.decode(data)
                    #expect(photo.image.pixels.count == photo.width * photo.height * 4)
                } catch { #expect(error is PictureError, "\(error)") }
            }
        }
    }

    @Test func messagesHoldNoControlCharacters() throws {
        var data = try PNGCodec.encode(RasterImage(width: 4, height: 4, fill: .white))
        let picture = try #require(data.range(of: Data("IDAT".utf8)))
        data.replaceSubrange(picture, with: [0x1B, 0x5B, 0x32, 0x4A])
        let reason = message(data, name: "escape.png")
        #expect(reason.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 })
    }
}
