import Imaging
import Testing

@testable import Diffusion

@Suite("What is read from a reference picture")
struct ReferenceSceneTests {
    private typealias Colour = SIMD3<Float>

    /// A picture whose colours are given by shares of its width and height.
    private func picture(width: Int = 200, height: Int = 160, _ colour: (_ across: Float, _ down: Float) -> Colour) -> RasterImage {
        var picture = RasterImage(width: width, height: height, fill: .white)
        for y in 0..<height {
            for x in 0..<width {
                let value = colour((Float(x) + 0.5) / Float(width), (Float(y) + 0.5) / Float(height))
                for channel in 0..<3 { picture.pixels[(y * width + x) * 4 + channel] = UInt8(min(max(value[channel], 0), 255)) }
            }
        }
        return picture
    }

    /// A blue wall above a brown table, a red product before both.
    private func table(line: Float) -> RasterImage {
        picture { across, down in
            if abs(across - 0.5) < 0.2, (0.3..<0.85).contains(down) { return Colour(230, 20, 20) }
            return down < line ? Colour(60, 90, 200) : Colour(140, 100, 60)
        }
    }

    @Test("A table's edge is its floor line, and the product in the middle counts for no colour", arguments: [Float(0.3), 0.5, 0.7])
    func floorLine(line: Float) throws {
        let scene = try #require(ReferenceScene(table(line: line), strength: 1))
        #expect(abs(try #require(scene.floorLine) - line) < 0.02)
        #expect((scene.colours.backdrop - Colour(60, 90, 200)).max() < 6 && scene.colours.backdrop.z > 190)
        #expect((scene.colours.ground - Colour(140, 100, 60)).max() < 6 && scene.colours.ground.x > 130)
        #expect(scene.lightSide == nil)
    }

    @Test("A sweep has none, nor has a picture of one colour, of one pixel, or of stripes that are on one side only")
    func noFloorLine() throws {
        let sweep = picture { _, down in Colour(repeating: 200 - 90 * down) }
        #expect(try #require(ReferenceScene(sweep, strength: 1)).floorLine == nil)
        #expect(try #require(ReferenceScene(picture { _, _ in Colour(9, 9, 9) }, strength: 1)).floorLine == nil)
        let oneSided = picture { across, down in across < 0.3 && down > 0.5 ? Colour(20, 20, 20) : Colour(200, 200, 200) }
        #expect(try #require(ReferenceScene(oneSided, strength: 1)).floorLine == nil)
        #expect(try #require(ReferenceScene(RasterImage(width: 1, height: 3, fill: .midGrey), strength: 1)).floorLine == nil)
        #expect(ReferenceScene(RasterImage(width: 0, height: 0, fill: .white), strength: 1) == nil)
        #expect(ReferenceScene(RasterImage(width: 5, height: 2, fill: .white), strength: 1) == nil)
    }

    @Test("Its brighter side is the one that the light comes from, and the backdrop is as bright there")
    func lightSide() throws {
        for side: Float in [-1, 1] {
            let scene = try #require(
                ReferenceScene(picture { across, _ in Colour(repeating: 150 + 60 * side * (across - 0.5)) }, strength: 1))
            #expect(scene.lightSide == side)
            #expect(scene.backdropShift(across: side > 0 ? 1 : 0, down: 0.5).x > 15)
            #expect(scene.backdropShift(across: side > 0 ? 0 : 1, down: 0.5).x < -15)
        }
    }

    @Test("A rough ground is rough, a smooth one is not, and a pattern no more than noise may be")
    func grain() throws {
        var state: UInt64 = 7
        func noise(_ strength: Float) -> Colour {
            state = state &* 6_364_136_223_846_793_005 &+ 1
            return Colour(repeating: 120 + strength * (Float(state >> 40) / Float(1 << 24) - 0.5))
        }
        let smooth = try #require(ReferenceScene(picture { _, _ in Colour(repeating: 120) }, strength: 1))
        let rough = try #require(ReferenceScene(picture { _, _ in noise(9) }, strength: 1))
        let wild = try #require(ReferenceScene(picture { _, _ in noise(200) }, strength: 1))
        #expect(smooth.grain.allSatisfy { $0 < 0.001 })
        #expect(rough.grain[0] > 0.004 && rough.grain[0] < wild.grain[0])
        #expect(wild.grain.allSatisfy { $0 <= 0.025 })
        #expect(smooth.roughness(at: SIMD2(0.31, 0.2), footprint: 0.001, seed: 1).magnitude < 0.002)
    }

    @Test("A layout takes over floor line and light unless the words or the strength say otherwise")
    func layout() throws {
        var mask = Mask(width: 200, height: 200, fill: 0)
        for y in 60..<170 { for x in 80..<120 { mask.values[y * 200 + x] = 255 } }
        let usual = try #require(SceneLayout.make(.auto, prompt: "a jar on a table", seed: 3))
        func line(_ strength: Float, _ prompt: String, _ kind: LayoutKind = .auto) throws -> Float? {
            let reference = try #require(ReferenceScene(table(line: 0.4), strength: strength)).fitting(kind, prompt: prompt)
            let layout = usual.following(reference, prompt: prompt, productMask: mask)
            return LayoutMap(layout, productMask: mask).farEdge
        }
        #expect(abs(try #require(try line(1, "a jar on a table")) - 0.4) < 0.03)
        let own = LayoutMap(usual, productMask: mask).farEdge
        #expect(try line(0.3, "a jar on a table") == own && own != 0.4)
        #expect(try line(1, "a jar on a podium") == own)
        #expect(try line(1, "a jar on a table", .sweep) == own && line(1, "a jar on a studio sweep") == own)

        let lit = try #require(ReferenceScene(picture { across, _ in Colour(repeating: 100 + 90 * across) }, strength: 1))
        for seed in 0..<8 as Range<UInt64> {
            let layout = try #require(SceneLayout.make(.auto, prompt: "a jar on a table", seed: seed))
            #expect(layout.following(lit, prompt: "a jar on a table", productMask: mask).light.azimuth > 0)
            let named = "a jar on a table, light from the left"
            #expect(layout.following(lit, prompt: named, productMask: mask).light == layout.light)
        }
    }

    @Test("A plain sketch has the reference's line and its colours from side to side")
    func sketch() throws {
        var mask = Mask(width: 128, height: 128, fill: 0)
        for y in 60..<100 { for x in 54..<74 { mask.values[y * 128 + x] = 255 } }
        let shades = picture { across, down in down < 0.45 ? Colour(60 + 120 * across, 90, 200) : Colour(140, 100, 60) }
        let reference = try #require(ReferenceScene(shades, strength: 1))
        let words = "a jar on a table"
        let layout = try #require(SceneLayout.make(.auto, prompt: words, seed: 4))
            .following(reference, prompt: words, productMask: mask)
        let sketch = SceneSketch(
            layout, reference.colours, clauses: PromptClauses(words), seed: 4, productMask: mask, reference: reference
        ).surroundings(width: 128, height: 128)
        func pixel(_ x: Int, _ y: Int) -> Colour {
            Colour((0..<3).map { Float(sketch.pixels[(y * 128 + x) * 4 + $0]) })
        }
        #expect(pixel(120, 20).x > pixel(8, 20).x + 60)
        #expect(pixel(8, 48).z > pixel(8, 48).x && pixel(8, 68).x > pixel(8, 68).z + 30)
    }

    @Test(
        "Sun that falls on one side of its ground falls there, too, whether the ground ends at a line or not", arguments: [Float(0.45), 0])
    func sunnyGround(line: Float) throws {
        let sunny = picture { across, down in
            if down < line { return Colour(60, 90, 200) }
            return down > 0.75 && across < 0.4 ? Colour(repeating: 230) : Colour(repeating: 120)
        }
        let reference = try #require(ReferenceScene(sunny, strength: 1))
        #expect(reference.groundShift(across: 0, down: 1).x > 40 && reference.groundShift(across: 1, down: 1).x < -10)
        #expect(reference.groundShift(across: 0, down: 0).x < (line > 0 ? -10 : 40))
        var mask = Mask(width: 128, height: 128, fill: 0)
        for y in 60..<100 { for x in 54..<74 { mask.values[y * 128 + x] = 255 } }
        let words = "a jar on a table"
        let layout = try #require(SceneLayout.make(.auto, prompt: words, seed: 4)).following(reference, prompt: words, productMask: mask)
        let sketch = SceneSketch(
            layout, reference.colours, clauses: PromptClauses(words), seed: 4, productMask: mask, reference: reference
        ).surroundings(width: 128, height: 128)
        #expect(Int(sketch.pixels[(120 * 128 + 4) * 4]) > Int(sketch.pixels[(120 * 128 + 123) * 4]) + 40)
    }

    @Test("A product or a prop that reaches in from the middle is not taken for the ground")
    func wideProduct() throws {
        let wide = picture { across, down in
            if (0.12..<0.95).contains(across), (0.5..<0.85).contains(down) { return Colour(30, 30, 30) }
            return down < 0.4 ? Colour(60, 90, 200) : Colour(140, 100, 60)
        }
        let scene = try #require(ReferenceScene(wide, strength: 1))
        #expect(abs(try #require(scene.floorLine) - 0.4) < 0.02)
        #expect(abs(scene.colours.ground.x - 140) < 20)
    }

    @Test("A finished picture has the reference's colours at its sides, as far as the reference counts", arguments: [Float(1), 0.5])
    func matched(strength: Float) throws {
        let lit = picture { across, down in
            down < 0.4 ? Colour(60 + 100 * across, 90, 200) : Colour(140, 100, 60) * (1.2 - 0.4 * across)
        }
        let reference = try #require(ReferenceScene(lit, strength: strength))
        // A dark picture with a line of its own, stripes on its ground, and a product that covers most of its right side.
        var mask = Mask(width: 100, height: 80, fill: 0)
        for y in 30..<70 { for x in 40..<96 { mask.values[y * 100 + x] = 255 } }
        let painted = picture(width: 100, height: 80) { across, down in
            if across > 0.4, across < 0.96, (30.0 / 80..<70.0 / 80).contains(down) { return Colour(255, 0, 0) }
            return down < 0.55 ? Colour(90, 90, 120) : Colour(90, 80, 70) + (Int(across * 100) % 4 < 2 ? 6 : -6)
        }
        let result = reference.matched(painted, floorLine: 0.55, productMask: mask)
        func colour(_ picture: RasterImage, _ columns: Range<Int>, _ row: Int) -> Colour {
            let place = columns.reduce(Colour.zero) { sum, x in
                sum + Colour((0..<3).map { Float(picture.pixels[(row * picture.width + x) * 4 + $0]) })
            }
            return place / Float(columns.count)
        }
        for (columns, row, wanted) in [
            (0..<20, 10, Colour(71, 90, 200)), (80..<100, 10, Colour(149, 90, 200)), (0..<20, 60, Colour(161, 115, 69)),
        ] {
            let (own, now) = (colour(painted, columns, row), colour(result, columns, row))
            let expected = own + (wanted - own) * strength
            #expect(abs((now - expected).min()) < 8 && abs((now - expected).max()) < 8, "\(columns), \(row): \(now), not \(expected)")
        }
        // Stripes are still there.
        #expect(colour(result, 4..<6, 60).x > colour(result, 6..<8, 60).x + 8)
        #expect(reference.matched(painted, floorLine: nil, productMask: mask) == painted)
        for line in [Float(-1e30), 1e30] { #expect(reference.matched(painted, floorLine: line, productMask: mask).width == 100) }
        #expect(reference.fitting(.sweep, prompt: "").matched(painted, floorLine: nil, productMask: mask) == painted)
        let everything = Mask(width: 100, height: 80, fill: 255)
        #expect(reference.matched(painted, floorLine: 0.55, productMask: everything).width == 100)
    }
}
