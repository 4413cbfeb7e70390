import Foundation
import Testing

@testable import Imaging

@Suite struct ColourDifferenceTests {
    /// Pairs 1, 7, 17 and 25 of the test data of Sharma, Wu and Dalal (2005).
    @Test(arguments: [
        (CIELab(lightness: 50, a: 2.6772, b: -79.7751), CIELab(lightness: 50, a: 0, b: -82.7485), 2.0425),
        (CIELab(lightness: 50, a: 0, b: 0), CIELab(lightness: 50, a: -1, b: 2), 2.3669),
        (CIELab(lightness: 50, a: 2.5, b: 0), CIELab(lightness: 73, a: 25, b: -18), 27.1492),
        (CIELab(lightness: 60.2574, a: -34.0099, b: 36.2677), CIELab(lightness: 60.4626, a: -34.1751, b: 39.4387), 1.2644),
    ]) func theStandardsPairsComeOut(first: CIELab, second: CIELab, expected: Double) {
        #expect(abs(first.difference(from: second) - expected) < 0.0001)
        #expect(abs(second.difference(from: first) - expected) < 0.0001)
    }

    @Test func whiteAndBlackAreWhereTheyBelong() {
        let white = CIELab(SIMD4(255, 255, 255, 0))
        #expect(abs(white.lightness - 100) < 0.01 && abs(white.a) < 0.02 && abs(white.b) < 0.02)
        #expect(CIELab(.zero).lightness == 0)
    }
}

@Suite struct HaloTests {
    /// The mean colour difference from the true composite in the edge ring, of ours and of plain alpha compositing of the photo's colours.
    @Test(arguments: [
        (RGBA(255, 255, 255), RGBA(18, 18, 22), RGBA(20, 20, 20)), (RGBA(255, 255, 255), RGBA(178, 34, 52), RGBA(20, 30, 60)),
        (RGBA(30, 30, 34), RGBA(235, 225, 205), RGBA(240, 240, 240)), (RGBA(90, 160, 220), RGBA(200, 150, 40), RGBA(30, 30, 30)),
    ]) func theEdgeIsTwiceAsNearToTheTruthAsPlainCompositing(old: RGBA, product: RGBA, new: RGBA) throws {
        var studio = SyntheticPhoto(width: 500, height: 380, backdrop: .flat(old), colours: [product], blur: 3)
        let made = studio.make()
        studio.backdrop = .flat(new)
        let truth = studio.make().image
        let photo = Photo(image: made.image)
        var options = CompositeOptions()
        (options.shadow, options.grain) = (.none, 0)
        func composite(_ cutout: Cutout) throws -> RasterImage {
            try Compositor.composite(
                photo: photo, cutout: cutout, layout: CanvasLayout(width: 500, height: 380, productX: 0, productY: 0),
                background: RasterImage(width: 4, height: 4, fill: new), options: options
            ).image
        }
        let ours = try composite(try Cutout.make(from: photo, mask: made.truth))
        let plain = try composite(Cutout(mask: made.truth, method: .mask))
        var sums = (ours: 0.0, plain: 0.0)
        for (index, coverage) in made.truth.values.enumerated() where coverage > 0 && coverage < 255 {
            func colour(_ image: RasterImage) -> CIELab {
                CIELab(
                    SIMD4(Float(image.pixels[index * 4]), Float(image.pixels[index * 4 + 1]), Float(image.pixels[index * 4 + 2]), 0))
            }
            sums.ours += colour(ours).difference(from: colour(truth))
            sums.plain += colour(plain).difference(from: colour(truth))
        }
        #expect(sums.ours <= sums.plain / 2, "\(sums.ours / sums.plain) of plain compositing's")
    }
}

@Suite struct CompositeChecksTests {
    private let studio = SyntheticPhoto(width: 400, height: 300, backdrop: .flat(.white), colours: [RGBA(178, 34, 52)], blur: 2.5)

    private func checks(
        _ background: RasterImage, aspect: AspectRatio = .square, shadow: CompositeOptions.Shadow = .automatic, cutout: Cutout? = nil
    ) throws -> CompositeChecks {
        let photo = Photo(image: studio.make().image)
        let cutout = try cutout ?? Cutout.make(from: photo)
        var options = CompositeOptions()
        options.shadow = shadow
        return try CompositeChecks(
            photo: photo, cutout: cutout, layout: CanvasLayout.make(photo: photo, cutout: cutout, aspect: aspect), background: background,
            options: options)
    }

    @Test func aGoodCompositePasses() throws {
        let checks = try checks(RasterImage(width: 8, height: 8, fill: RGBA(190, 190, 190)))
        #expect(!checks.hasHalo && !checks.floats && !checks.isFaint, "\(checks)")
        #expect(abs(checks.frameShare - Placement.standard.share) < 0.02)
    }

    @Test func aMissingShadowIsNoticed() throws {
        let floor = RasterImage(width: 8, height: 8, fill: RGBA(190, 190, 190))
        #expect(try checks(floor, shadow: .none).floats)
        let with = try #require(try checks(floor).contactShadow)
        let without = try #require(try checks(floor, shadow: .none).contactShadow)
        #expect(with > without + 0.2)
    }

    @Test func aWhiteRimOnADarkSceneIsAHalo() throws {
        let made = studio.make()
        // A mask grown by four pixels takes a rim of the white paper along.
        var grown = MaskRefinement()
        grown.grow = 4
        let loose = Cutout(mask: grown.apply(to: made.truth), method: .mask)
        let dark = RasterImage(width: 8, height: 8, fill: RGBA(24, 24, 28))
        let clean = try checks(dark).haloDistance
        let haloed = try checks(dark, cutout: loose).haloDistance
        #expect(haloed > clean + 4, "\(haloed) against \(clean)")
    }

    /// Boards, by default of nine pixels, as sharp as pixels are, and a product with a pattern as sharp.
    private func sharpness(
        groundBlur: Float = 0, productBlur: Float = 0, isPlain: Bool = false, board: Int = 9
    ) throws -> CompositeChecks {
        func blurred(_ image: RasterImage, _ deviation: Float) -> RasterImage {
            guard deviation > 0 else { return image }
            var result = image
            for channel in 0..<3 {
                var plane = Plane(width: image.width, height: image.height)
                for index in plane.values.indices { plane.values[index] = Float(image.pixels[index * 4 + channel]) }
                for (index, value) in plane.blurred(deviation).values.enumerated() { result.pixels[index * 4 + channel] = UInt8(value) }
            }
            return result
        }
        var ground = RasterImage(width: 640, height: 640, fill: RGBA(170, 140, 110))
        var product = RasterImage(width: 640, height: 640, fill: .white)
        var mask = Mask(width: 640, height: 640, fill: 0)
        for y in 0..<640 {
            for x in 0..<640 {
                let grain = (y / board * 37 + x / 150 * 11) % 60
                if !isPlain { ground[x, y] = RGBA(UInt8(155 + grain), UInt8(125 + grain), UInt8(95 + grain)) }
                guard (200..<440).contains(x), (200..<520).contains(y) else { continue }
                product[x, y] = (x / 12 + y / 20) % 2 == 0 ? RGBA(40, 60, 120) : RGBA(210, 90, 60)
                mask.values[y * 640 + x] = 255
            }
        }
        let photo = Photo(image: blurred(product, productBlur))
        return try CompositeChecks(
            photo: photo, cutout: Cutout(mask: mask, method: .mask),
            layout: CanvasLayout(width: 640, height: 640, productX: 0, productY: 0), background: blurred(ground, groundBlur))
    }

    @Test func aProductStandsOnGroundAsSharpAsItself() throws {
        #expect(try sharpness().sharpnessMatches)
        #expect(try sharpness(groundBlur: 3, productBlur: 3).sharpnessMatches)
    }

    @Test func groundOrProductOutOfFocusIsNoticed() throws {
        let sharp = try #require(try sharpness().sharpnessRatio)
        var before = sharp
        for blur in [Float(1.5), 3, 4] {
            let checks = try sharpness(groundBlur: blur)
            let ratio = try #require(checks.sharpnessRatio)
            #expect(ratio < before, "\(ratio) after \(before)")
            before = ratio
        }
        #expect(try !sharpness(groundBlur: 3).sharpnessMatches)
        let soft = try sharpness(productBlur: 5)
        #expect(!soft.sharpnessMatches && soft.sharpnessRatio ?? 0 > sharp)
    }

    /// Blurred by eight pixels these boards show no detail at the picture's own size.
    @Test func groundFarOutOfFocusIsJudgedToo() throws {
        let apart = try sharpness(groundBlur: 8, board: 14)
        #expect(apart.sharpnessRatio != nil && !apart.sharpnessMatches, "\(String(describing: apart.sharpnessRatio))")
        let together = try sharpness(groundBlur: 8, productBlur: 8, board: 14)
        #expect(together.sharpnessRatio != nil && together.sharpnessMatches, "\(String(describing: together.sharpnessRatio))")
    }

    @Test func plainGroundHasNoSharpness() throws {
        let checks = try sharpness(isPlain: true)
        #expect(checks.sharpnessRatio == nil && checks.sharpnessMatches)
    }

    @Test func aProductInItsOwnColourIsFaint() throws {
        let checks = try checks(RasterImage(width: 8, height: 8, fill: RGBA(185, 40, 58)), shadow: .none)
        #expect(checks.isFaint, "\(checks.contrast)")
    }

    @Test("What grows out of a product beside it or above counts as its extension; what it stands on and is mirrored in does not")
    func productExtension() throws {
        var coverage = Plane(width: 200, height: 200)
        func fill(_ plane: inout Plane, _ columns: Range<Int>, _ rows: Range<Int>) {
            for y in rows { for x in columns { plane.values[y * 200 + x] = 1 } }
        }
        fill(&coverage, 80..<120, 60..<160)
        func share(_ parts: [(columns: Range<Int>, rows: Range<Int>)]) throws -> Double {
            var salient = coverage
            for part in parts { fill(&salient, part.columns, part.rows) }
            return try #require(ProductExtension.share(salient: salient, coverage))
        }
        #expect(try share([]) == 0)
        #expect(try share([(60..<140, 155..<190)]) == 0, "a podium")
        #expect(try share([(80..<120, 160..<200)]) == 0, "a mirror image")
        // A tolerance of four pixels lies between the handle and the product.
        #expect(abs(try share([(120..<140, 80..<120)]) - 16 * 40 / 4000.0) < 1e-6, "a handle")
        #expect(abs(try share([(80..<120, 20..<60)]) - 40 * 36 / 4000.0) < 1e-6, "a neck")
        #expect(ProductExtension.share(salient: coverage, Plane(width: 200, height: 200)) == nil)
    }
}
