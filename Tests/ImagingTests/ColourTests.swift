import Foundation
import Testing

@testable import Imaging

@Suite struct ColourTests {
    @Test func tablesAreInverseToEachOther() {
        for curve in [
            TransferCurve.sRGB, .power(2.2), .power(1), .parametric(g: 2.4, a: 0.9479, b: 0.0521, c: 0.0774, d: 0.0405, e: 0, f: 0),
        ] {
            let table = TransferTable(curve)
            for value in stride(from: 0, through: 255, by: 5) {
                let back = table.encode(table.linear[value * 257]) * 255
                #expect(abs(back - Float(value)) < 0.3, "\(curve) at \(value): \(back)")
            }
        }
    }

    @Test func linearLightOfMiddleGreyIsWhatTheStandardSays() {
        // IEC 61966-2-1: 128/255 encodes 0.2158605.
        #expect(abs(TransferTable(.sRGB).linear[128 * 257] - 0.2158605) < 1e-5)
    }

    @Test func aFileThatSaysNothingIsSRGB() {
        #expect(ColourSpace(.unspecified).isSRGB)
        #expect(ColourSpace(.sRGB).isSRGB)
        #expect(ColourSpace(ColourDescription(gamma: 0.45455)).isSRGB)
    }

    @Test func sRGBNamedByItsChromaticitiesIsSRGB() {
        let chromaticities = [0.3127, 0.329, 0.64, 0.33, 0.3, 0.6, 0.15, 0.06]
        #expect(ColourSpace(ColourDescription(gamma: 0.45455, chromaticities: chromaticities)).isSRGB)
    }

    @Test func displayP3GreenIsOutsideOfSRGB() {
        let space = ColourSpace(ColourDescription(icc: displayP3))
        #expect(!space.isSRGB)
        // sRGB's full red in Display P3 with gamma 2.2: (0.918, 0.200, 0.138), by hand from both matrices.
        let red = ColourTransform(from: .sRGB, to: space).apply(RGBA(255, 0, 0))
        #expect((232...236).contains(red.red) && (51...63).contains(red.green) && (37...49).contains(red.blue), "\(red)")
        let back = ColourTransform(from: space, to: .sRGB).apply(red)
        #expect(back.red >= 253 && back.green <= 8 && back.blue <= 8, "\(back)")
    }

    @Test func greyStaysGreyInEverySpace() {
        let transform = ColourTransform(from: .sRGB, to: ColourSpace(ColourDescription(icc: displayP3)))
        for value in stride(from: UInt8(5), through: 250, by: 35) {
            let pixel = transform.apply(RGBA(value, value, value))
            #expect(max(pixel.red, pixel.green, pixel.blue) - min(pixel.red, pixel.green, pixel.blue) <= 2, "\(pixel)")
        }
    }

    @Test func linearFilesAreBrighterWhenShown() {
        let transform = ColourTransform(from: ColourSpace(ColourDescription(gamma: 1)), to: .sRGB)
        #expect(transform.apply(RGBA(55, 55, 55)) == RGBA(128, 128, 128))
    }

    @Test func damagedProfilesCountAsSRGB() {
        for length in [132, 140, 200, displayP3.count - 1] {
            #expect(ColourSpace(ColourDescription(icc: displayP3.prefix(length))).isSRGB || length == displayP3.count - 1)
        }
        var random = SplitMix(state: 5)
        for _ in 0..<300 {
            var profile = displayP3
            for _ in 0..<4 { profile[Int(random.next() % UInt64(profile.count))] = UInt8(random.next() & 255) }
            _ = ColourTransform(from: ColourSpace(ColourDescription(icc: profile)), to: .sRGB).apply(RGBA(1, 128, 255))
        }
    }

    @Test func aGreyProfileLeavesItsGamma() {
        var grey = makeProfile(red: [1, 1, 1], green: [1, 1, 1], blue: [1, 1, 1], gamma: 1.75)
        grey.replaceSubrange(16..<20, with: Array("GRAY".utf8))
        let tag = grey.range(of: Data("rTRC".utf8))
        #expect(tag != nil)
        if let tag { grey.replaceSubrange(tag, with: Array("kTRC".utf8)) }
        var colour = ColourDescription()
        colour.adopt(profile: grey)
        #expect(colour.icc == nil)
        #expect(colour.gamma.map { abs($0 - 1 / 1.75) < 1e-6 } == true)
    }
}
