import Foundation
import Testing

@testable import Imaging

@Suite struct PNGCodecTests {
    @Test(arguments: [1, 2, 4, 8]) func greyOfEveryDepthBecomesItsShareOfFullWhite(depth: Int) throws {
        let levels = 1 << depth
        // Eight pixels a row, values 0, 1, 2 … wrapped.
        let values = (0..<8).map { $0 % levels }
        var row = [UInt8](repeating: 0, count: depth)
        for (index, value) in values.enumerated() {
            let bit = index * depth
            row[bit / 8] |= UInt8(value << (8 - depth - bit % 8))
        }
        let file = PNGFile(width: 8, height: 1, bitDepth: depth, colourType: 0, rows: [row])
        let photo = try PNGCodec.decode(file.data)
        for (x, value) in values.enumerated() {
            let grey = UInt8(value * 255 / (levels - 1))
            #expect(photo.image[x, 0] == RGBA(grey, grey, grey))
        }
        #expect(photo.deep == nil)
        #expect(photo.isOpaque)
    }

    @Test func greyWithAlphaKeepsBoth() throws {
        let file = PNGFile(width: 2, height: 1, bitDepth: 8, colourType: 4, rows: [[10, 255, 200, 40]])
        let image = try PNGCodec.decode(file.data).image
        #expect(image[0, 0] == RGBA(10, 10, 10, 255))
        #expect(image[1, 0] == RGBA(200, 200, 200, 40))
    }

    @Test func paletteEntriesTakeTheirColourAndTransparency() throws {
        let file = PNGFile(
            width: 3, height: 1, bitDepth: 8, colourType: 3, rows: [[0, 1, 2]],
            before: [("PLTE", [255, 0, 0, 0, 255, 0, 0, 0, 255]), ("tRNS", [255, 128])])
        let image = try PNGCodec.decode(file.data).image
        #expect(image[0, 0] == RGBA(255, 0, 0, 255))
        #expect(image[1, 0] == RGBA(0, 255, 0, 128))
        #expect(image[2, 0] == RGBA(0, 0, 255, 255))
    }

    @Test func oneColourOfAnOpaqueFileCanBeTransparent() throws {
        let file = PNGFile(
            width: 2, height: 1, bitDepth: 8, colourType: 2, rows: [[9, 8, 7, 1, 2, 3]], before: [("tRNS", [0, 1, 0, 2, 0, 3])])
        let image = try PNGCodec.decode(file.data).image
        #expect(image[0, 0] == RGBA(9, 8, 7, 255))
        #expect(image[1, 0].alpha == 0)
    }

    @Test func sixteenBitKeepsEveryValueAndRoundsItsEightBitPicture() throws {
        let values: [UInt16] = [0, 1, 128, 129, 32767, 32768, 65407, 65408, 65535]
        let row = values.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
        let photo = try PNGCodec.decode(PNGFile(width: 9, height: 1, bitDepth: 16, colourType: 0, rows: [row]).data)
        let deep = try #require(photo.deep)
        for (x, value) in values.enumerated() {
            #expect(deep[x * 4] == value)
            #expect(deep[x * 4 + 3] == 65535)
            #expect(photo.image[x, 0].red == UInt8((Double(value) * 255 / 65535).rounded()))
        }
    }

    @Test func interlacedAndPlainFilesGiveTheSamePicture() throws {
        let (width, height) = (13, 11)
        func pixel(_ x: Int, _ y: Int) -> [UInt8] { [UInt8(x * 19), UInt8(y * 23), UInt8((x * y) & 255)] }
        let plain = PNGFile(
            width: width, height: height, bitDepth: 8, colourType: 2,
            rows: (0..<height).map { y in (0..<width).flatMap { pixel($0, y) } })
        // PNG specification, section 8.2: start and step of the seven passes.
        let passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
        var interlaced = plain
        interlaced.interlacedRows = passes.flatMap { startX, startY, stepX, stepY in
            stride(from: startY, to: height, by: stepY).map { y in
                stride(from: startX, to: width, by: stepX).flatMap { pixel($0, y) }
            }.filter { !$0.isEmpty }
        }
        #expect(try PNGCodec.decode(interlaced.data).image == PNGCodec.decode(plain.data).image)
    }

    @Test func anEightBitPictureSurvivesTheRoundTrip() throws {
        let image = noise(width: 37, height: 21, opaque: false)
        #expect(try PNGCodec.decode(PNGCodec.encode(image)).image == image)
        let opaque = noise(width: 37, height: 21, opaque: true)
        #expect(try PNGCodec.decode(PNGCodec.encode(opaque)).image == opaque)
    }

    @Test(arguments: [(1, 1), (7, 300), (1, 4000), (900, 700), (30_000, 40)])
    func everyStripSurvivesTheRoundTrip(width: Int, height: Int) throws {
        var image = RasterImage(width: width, height: height)
        for index in image.pixels.indices {
            // Smooth rows, noisy rows and flat ones, so that both filters and runs come up.
            let (x, y) = (index / 4 % width, index / 4 / width)
            let noise = index &* 2_654_435_761 >> 7
            image.pixels[index] = UInt8(truncatingIfNeeded: [x + y, noise, 9][y % 3])
        }
        let decoded = try PNGCodec.decode(PNGCodec.encode(image)).image
        #expect(decoded == image)
        var opaque = image
        for index in stride(from: 3, to: image.pixels.count, by: 4) { opaque.pixels[index] = 255 }
        #expect(try PNGCodec.decode(PNGCodec.encode(opaque)).image == opaque)
        let deep = image.pixels.enumerated().map { UInt16($0.element) << 8 | UInt16($0.offset & 255) }
        #expect(try PNGCodec.decode(PNGCodec.encode(deep: deep, width: width, height: height)).deep == deep)
        let mask = Mask(width: width, height: height, values: (0..<(width * height)).map { UInt8(truncatingIfNeeded: $0 / 5) })
        #expect(Mask(of: try PNGCodec.decode(PNGCodec.encode(mask)).image) == mask)
    }

    @Test func aSixteenBitPictureSurvivesTheRoundTrip() throws {
        var random = SplitMix(state: 3)
        let values = (0..<(19 * 7 * 4)).map { _ in UInt16(truncatingIfNeeded: random.next()) }
        let data = try PNGCodec.encode(deep: values, width: 19, height: 7)
        #expect(try PNGCodec.decode(data).deep == values)
    }

    @Test func theSamePictureGivesTheSameBytes() throws {
        let image = noise(width: 64, height: 64, opaque: true)
        #expect(try PNGCodec.encode(image, text: [("backdrop", "{}")]) == PNGCodec.encode(image, text: [("backdrop", "{}")]))
    }

    @Test func textIsReadBackWithAndWithoutThePicture() throws {
        let entries = [(keyword: "backdrop", text: #"{"prompt":"春の光、白い靴 🌸"}"#), (keyword: "Comment", text: "café\nline two")]
        let data = try PNGCodec.encode(RasterImage(width: 2, height: 2, fill: .white), text: entries)
        let expected = entries.map { PNGText(keyword: $0.keyword, text: $0.text) }
        #expect(try PNGCodec.text(in: data) == expected)
        #expect(try PNGCodec.decode(data).text == expected)
        // The short one stays readable for old readers.
        #expect(data.range(of: Data("tEXtComment".utf8)) != nil)
        #expect(data.range(of: Data("iTXtbackdrop".utf8)) != nil)
    }

    @Test(arguments: ["", String(repeating: "k", count: 80), "日本"]) func impossibleKeywordsAreRefused(keyword: String) {
        #expect(throws: PictureError.self) {
            try PNGCodec.encode(RasterImage(width: 1, height: 1), text: [(keyword, "x")])
        }
    }

    @Test func textWithANulIsRefused() {
        #expect(throws: PictureError.self) { try PNGCodec.encode(RasterImage(width: 1, height: 1), text: [("k", "a\0b")]) }
    }

    @Test func gammaAndChromaticitiesAreNotedAndCarriedToTheExport() throws {
        let chromaticities = [0.3127, 0.329, 0.64, 0.33, 0.21, 0.71, 0.15, 0.06]
        let file = PNGFile(
            width: 1, height: 1, bitDepth: 8, colourType: 2, rows: [[10, 20, 30]],
            before: [
                ("gAMA", PNGFile.number(100_000)),
                ("cHRM", chromaticities.flatMap { PNGFile.number(Int(($0 * 100_000).rounded())) }),
            ])
        let photo = try PNGCodec.decode(file.data)
        #expect(photo.colour.gamma == 1)
        let noted = try #require(photo.colour.chromaticities)
        for (value, original) in zip(noted, chromaticities) { #expect(abs(value - original) < 1e-5) }
        #expect(photo.image[0, 0] == RGBA(10, 20, 30), "noted, not applied")
        let again = try PNGCodec.decode(PNGCodec.encode(photo.image, colour: photo.colour))
        #expect(again.colour == photo.colour)
    }

    @Test func anEmbeddedProfileIsNotedAndCarriedToTheExport() throws {
        let compressed = PNGFile.zlib([UInt8](displayP3))
        let file = PNGFile(
            width: 1, height: 1, bitDepth: 8, colourType: 2, rows: [[10, 20, 30]],
            before: [("iCCP", Array("Display P3".utf8) + [0, 0] + compressed)])
        let photo = try PNGCodec.decode(file.data)
        #expect(photo.colour.icc == displayP3)
        #expect(try PNGCodec.decode(PNGCodec.encode(photo.image, colour: photo.colour)).colour.icc == displayP3)
    }

    @Test func theSRGBIntentIsNotedAndCarriedToTheExport() throws {
        let file = PNGFile(width: 1, height: 1, bitDepth: 8, colourType: 2, rows: [[10, 20, 30]], before: [("sRGB", [1])])
        let photo = try PNGCodec.decode(file.data)
        #expect(photo.colour == ColourDescription(sRGBIntent: 1))
        #expect(try PNGCodec.decode(PNGCodec.encode(photo.image, colour: photo.colour)).colour == photo.colour)
    }
}

/// A picture of random values.
func noise(width: Int, height: Int, opaque: Bool, seed: UInt64 = 11) -> RasterImage {
    var random = SplitMix(state: seed)
    var image = RasterImage(width: width, height: height)
    for index in image.pixels.indices {
        image.pixels[index] = opaque && index % 4 == 3 ? 255 : UInt8(truncatingIfNeeded: random.next())
    }
    return image
}
