import Foundation
import Testing

@testable import Imaging

@Suite struct JPEGCodecTests {
    /// A picture whose four corners differ: red, green, blue and white, from the top left clockwise.
    private func corners() -> RasterImage {
        var image = RasterImage(width: 32, height: 16, fill: .black)
        for y in 0..<16 {
            for x in 0..<32 {
                image[x, y] =
                    switch (x < 16, y < 8) {
                    case (true, true): RGBA(220, 30, 30)
                    case (false, true): RGBA(30, 200, 30)
                    case (false, false): RGBA(30, 30, 220)
                    case (true, false): RGBA(250, 250, 250)
                    }
            }
        }
        return image
    }

    /// Puts an EXIF segment with an orientation behind the start of a JPEG.
    private func withOrientation(_ data: Data, _ orientation: Int, bigEndian: Bool) -> Data {
        func short(_ value: Int) -> [UInt8] {
            bigEndian ? [UInt8(value >> 8), UInt8(value & 255)] : [UInt8(value & 255), UInt8(value >> 8)]
        }
        func long(_ value: Int) -> [UInt8] { bigEndian ? short(0) + short(value) : short(value) + short(0) }
        let entry = short(0x0112) + short(3) + long(1) + short(orientation) + short(0)
        let other = short(0x010F) + short(2) + long(4) + Array("Cam\0".utf8)
        let tiff = Array((bigEndian ? "MM" : "II").utf8) + short(42) + long(8) + short(2) + other + entry + long(0)
        let body = Array("Exif\0\0".utf8) + tiff
        let segment = [0xFF, 0xE1, UInt8((body.count + 2) >> 8), UInt8((body.count + 2) & 255)] + body
        return data.prefix(2) + Data(segment) + data.dropFirst(2)
    }

    /// Which corner colour stands at the top left and top right after turning upright (EXIF 2.32, figure of orientations).
    @Test(
        arguments: [
            (1, "red", "green"), (2, "green", "red"), (3, "blue", "white"), (4, "white", "blue"), (5, "red", "white"),
            (6, "white", "red"), (7, "blue", "green"), (8, "green", "blue"),
        ], [true, false])
    func photosAreTurnedUpright(_ expected: (orientation: Int, left: String, right: String), bigEndian: Bool) throws {
        let data = withOrientation(try JPEGCodec.encode(corners(), quality: 95), expected.orientation, bigEndian: bigEndian)
        let image = try Photo.decode(data, name: "turned.jpg").image
        #expect((image.width, image.height) == (expected.orientation >= 5 ? (16, 32) : (32, 16)))
        #expect(name(image[2, 2]) == expected.left)
        #expect(name(image[image.width - 3, 2]) == expected.right)
    }

    private func name(_ pixel: RGBA) -> String {
        switch (pixel.red > 128, pixel.green > 128, pixel.blue > 128) {
        case (true, false, false): "red"
        case (false, true, false): "green"
        case (false, false, true): "blue"
        case (true, true, true): "white"
        default: "\(pixel)"
        }
    }

    @Test func aMadOrientationCountsAsUpright() throws {
        let data = withOrientation(try JPEGCodec.encode(corners()), 77, bigEndian: true)
        #expect(try Photo.decode(data).width == 32)
    }

    @Test func anExifBlockThatPointsOutsideItselfIsIgnored() throws {
        var data = withOrientation(try JPEGCodec.encode(corners()), 6, bigEndian: false)
        // The offset of the first directory.
        data.replaceSubrange(16..<20, with: [0xFF, 0xFF, 0xFF, 0x7F])
        #expect(try Photo.decode(data).width == 32)
    }

    @Test func aProgressivePhotoIsRead() throws {
        let image = try Photo.load(fixture("progressive.jpg")).image
        #expect((image.width, image.height) == (24, 16))
        let pixel = image[12, 8]
        #expect((130...142).contains(pixel.red) && (130...142).contains(pixel.green) && (84...96).contains(pixel.blue))
    }

    @Test func aGreyPhotoIsRead() throws {
        let pixel = try Photo.load(fixture("grey.jpg")).image[12, 8]
        #expect(pixel.red == pixel.green && pixel.green == pixel.blue && pixel.alpha == 255)
    }

    @Test func aCMYKPhotoIsRefusedWithAWayOut() throws {
        let error = try #require(throws: PictureError.self) { try Photo.load(fixture("cmyk.jpg")) }
        #expect(error.description.hasPrefix("cmyk.jpg: is a CMYK JPEG"))
        #expect(error.description.contains("Convert it to RGB"))
    }

    @Test func anEmbeddedProfileIsNotedAndCarriedToTheExport() throws {
        let data = try JPEGCodec.encode(corners(), colour: ColourDescription(icc: displayP3))
        #expect(try JPEGCodec.decode(data).colour.icc == displayP3)
    }

    @Test func aProfileOfSeveralSegmentsIsPutTogether() throws {
        // 65,519 bytes fit into one segment.
        var large = displayP3
        large.append(Data(repeating: 7, count: 150_000))
        large.replaceSubrange(0..<4, with: PNGFile.number(large.count))
        let data = try JPEGCodec.encode(corners(), colour: ColourDescription(icc: large))
        #expect(try JPEGCodec.decode(data).colour.icc == large)
    }

    @Test func higherQualityIsNearerToThePicture() throws {
        let image = resized(noise(width: 16, height: 16, opaque: true), width: 128, height: 128)
        func error(_ quality: Int) throws -> Int {
            let decoded = try JPEGCodec.decode(JPEGCodec.encode(image, quality: quality)).image
            var total = 0
            for (left, right) in zip(image.pixels, decoded.pixels) { total += abs(Int(left) - Int(right)) }
            return total
        }
        #expect(try error(95) < error(60))
        #expect(try error(60) < error(10))
    }
}

/// A committed file of `Fixtures`.
func fixture(_ name: String) -> URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures").appendingPathComponent(name)
}
