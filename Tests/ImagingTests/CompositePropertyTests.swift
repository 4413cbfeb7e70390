import Foundation
import Testing

@testable import Imaging

/// What holds for every photo, mask and size: full coverage is the photo bit by bit, none is the background alone, and everything between
/// lies between the two.
@Suite struct CompositePropertyTests {
    enum Kind: CaseIterable {
        case plain, wide, linear, deep, deepWide

        func photo(width: Int, height: Int) throws -> Photo {
            let colour: ColourDescription =
                switch self {
                case .plain, .deep: .sRGB
                case .wide, .deepWide: ColourDescription(icc: displayP3)
                case .linear: ColourDescription(gamma: 1)
                }
            let image = noise(width: width, height: height, opaque: true, seed: UInt64(width * 31 + height))
            guard self == .deep || self == .deepWide else {
                // Through a file, so that what a chunk says has to arrive.
                return try PNGCodec.decode(PNGCodec.encode(image, colour: colour))
            }
            let values = image.pixels.enumerated().map { index, value in
                index % 4 == 3 ? 65535 : UInt16(value) << 8 | UInt16(truncatingIfNeeded: index &* 37 & 255)
            }
            return try PNGCodec.decode(PNGCodec.encode(deep: values, width: width, height: height, colour: colour))
        }
    }

    enum Cover: CaseIterable {
        case opaque, transparent, singlePixel, half, soft

        func mask(width: Int, height: Int) -> Mask {
            let count = width * height
            let values: [UInt8] =
                switch self {
                case .opaque: [UInt8](repeating: 255, count: count)
                case .transparent: [UInt8](repeating: 0, count: count)
                case .singlePixel: (0..<count).map { $0 == count / 2 ? 255 : 0 }
                case .half: (0..<count).map { $0 % 2 == 0 ? 255 : 0 }
                case .soft: (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 73 &+ 19) }
                }
            return Mask(width: width, height: height, values: values)
        }
    }

    private static let sizes = [(1, 1), (1, 23), (29, 1), (2, 2), (31, 17)]

    /// All red, green and blue values of a composite, of its own depth.
    private func values(_ composite: Composite) -> [Int] { composite.deep.map { $0.map(Int.init) } ?? composite.image.pixels.map(Int.init) }

    @Test(arguments: Kind.allCases, Cover.allCases) func coverageDecidesBetweenThePhotoAndTheBackground(kind: Kind, cover: Cover) throws {
        var options = CompositeOptions()
        options.shadow = .none
        for (width, height) in Self.sizes {
            let photo = try kind.photo(width: width, height: height)
            let layout = CanvasLayout(width: width, height: height, productX: 0, productY: 0)
            let background = resized(noise(width: 4, height: 3, opaque: true, seed: 5), width: 9, height: 7)
            func composite(_ mask: Mask) throws -> Composite {
                try Compositor.composite(
                    photo: photo, cutout: Cutout(mask: mask, method: .mask), layout: layout, background: background, options: options)
            }
            let mask = cover.mask(width: width, height: height)
            let made = try composite(mask)
            let result = values(made)
            let behind = values(try composite(Mask(width: width, height: height, fill: 0)))
            let front = photo.deep.map { $0.map(Int.init) } ?? photo.image.pixels.map(Int.init)
            #expect((made.deep == nil) == (photo.deep == nil))
            #expect(made.colour == photo.colour)
            #expect(made.corePixelCount == mask.values.count { $0 == 255 } && made.coreMaximumDifference == 0)
            for (pixel, alpha) in mask.values.enumerated() {
                for index in (pixel * 4)..<(pixel * 4 + 3) {
                    let holds =
                        switch alpha {
                        case 255: result[index] == front[index]
                        case 0: result[index] == behind[index]
                        default:
                            // One step for rounding, and the grain that hides the steps of smooth backgrounds.
                            result[index] >= min(front[index], behind[index]) - slack(photo)
                                && result[index] <= max(front[index], behind[index]) + slack(photo)
                        }
                    if !holds {
                        Issue.record("\(width) x \(height), value \(index): \(result[index]) of \(front[index]) and \(behind[index])")
                        return
                    }
                }
            }
        }
    }

    private func slack(_ photo: Photo) -> Int { photo.deep == nil ? 3 : 3 * 257 }

    @Test func theBackgroundOfALinearPhotoIsBroughtIntoItsCurve() throws {
        let photo = try Kind.linear.photo(width: 20, height: 20)
        #expect(photo.colour.gamma == 1)
        let composite = try Compositor.composite(
            photo: photo, cutout: Cutout(mask: Mask(width: 20, height: 20, fill: 0), method: .mask),
            layout: CanvasLayout(width: 20, height: 20, productX: 0, productY: 0),
            background: RasterImage(width: 2, height: 2, fill: RGBA(128, 128, 128)))
        // sRGB's 128 is 0.216 of the light, 55 of 255 in a file of gamma 1.
        #expect(abs(Int(composite.image[10, 10].green) - 55) <= 2, "\(composite.image[10, 10])")
        // JPEG has no such chunk: its file shows the same light in sRGB.
        let file = try JPEGCodec.decode(composite.encodedJPEG()).image
        #expect(abs(Int(file[10, 10].green) - 128) <= 4, "\(file[10, 10])")
    }

    @Test func anOpaqueFileAskedForItsAlphaIsAllProductAndDoubted() throws {
        let photo = Photo(image: noise(width: 12, height: 7, opaque: true))
        let cutout = try Cutout.make(from: photo, method: .alpha)
        #expect(cutout.mask == Mask(width: 12, height: 7, fill: 255))
        #expect(cutout.certainty < Cutout.doubtful && cutout.warning?.contains("no transparent part") == true)
    }

    @Test(arguments: [(64, 48), (30, 64), (33, 33)]) func aDeepPictureIsReducedAsItsEightBitCopyIs(width: Int, height: Int) throws {
        var random = SplitMix(state: 9)
        let (large, high) = (150, 97)
        let deep = (0..<(large * high * 4)).map { $0 % 4 == 3 ? 65535 : UInt16(truncatingIfNeeded: random.next()) }
        let small = resized(deep: deep, width: large, height: high, toWidth: width, height: height)
        let eight = resized(PNGCodec.eightBit(deep, width: large, height: high), width: width, height: height)
        #expect(small.count == width * height * 4)
        for index in small.indices {
            // The copy has lost half a step of 8 bit before and half after.
            guard abs(Int(small[index]) - Int(eight.pixels[index]) * 257) <= 320 else {
                Issue.record("value \(index): \(small[index]) beside \(eight.pixels[index])")
                return
            }
        }
        // A flat value survives to the last bit.
        let flat = [UInt16](repeating: 12_345, count: large * high * 4).enumerated().map { $0.offset % 4 == 3 ? 65535 : $0.element }
        #expect(
            resized(deep: flat, width: large, height: high, toWidth: width, height: height).enumerated().allSatisfy {
                $0.element == ($0.offset % 4 == 3 ? 65535 : 12_345)
            })
    }
}
