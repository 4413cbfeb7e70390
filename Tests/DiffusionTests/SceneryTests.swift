import Imaging
import Testing

@testable import Diffusion

@Suite("What is behind and what falls on it, in every take")
struct SceneryTests {
    private let side = 96
    private var bottle: Mask {
        var mask = Mask(width: side, height: side, fill: 0)
        for y in 38..<78 { for x in 42..<54 { mask.values[y * side + x] = 255 } }
        return mask
    }

    /// The scene of a prompt without shadows, as its seed's camera has it, and the row where its ground ends.
    private func painted(_ prompt: String, seed: UInt64) throws -> (picture: RasterImage, floor: Int) {
        let layout = try #require(SceneLayout.make(.auto, prompt: prompt, seed: seed)).balanced(.auto, prompt: prompt, productMask: bottle)
        let clauses = PromptClauses(prompt)
        let colours = try #require(SceneColours(clauses))
        let sketch = SceneSketch(layout, colours, clauses: clauses, seed: seed, productMask: bottle)
        let edge = try #require(LayoutMap(layout, productMask: bottle).farEdge)
        return (sketch.surroundings(width: side, height: side), Int(edge * Float(side)))
    }

    /// The mean colour of rows beside the product.
    private func mean(_ picture: RasterImage, _ rows: Range<Int>) -> SIMD3<Float> {
        var sum = SIMD3<Float>.zero
        for y in rows {
            for x in 0..<side {
                let pixel = (y * side + x) * 4
                for channel in 0..<3 { sum[channel] += Float(picture.pixels[pixel + channel]) }
            }
        }
        return sum / Float(rows.count * side)
    }

    @Test("Night has lamps that shine", arguments: 1...10)
    func lamps(_ seed: UInt64) throws {
        let (picture, floor) = try painted("a jar on a dark wooden table, blurred night lights bokeh background, dark mood", seed: seed)
        let bright = (0..<floor * side).count { pixel in (0..<3).contains { picture.pixels[pixel * 4 + $0] > 150 } }
        #expect(Double(bright) > 0.02 * Double(floor * side), "\(bright) of \(floor * side)")
    }

    @Test("A lamp out of focus is of one colour, without seams", arguments: [UInt32](1...4))
    func discs(_ seed: UInt32) {
        let night = Scenery(PromptClauses("on a dark table, blurred night lights bokeh background"))
        func colour(_ column: Int, _ row: Int) -> SIMD3<Float> {
            night.colour(
                SIMD3(46, 46, 62), at: SIMD2(Float(column), Float(row)) / 1000, aspect: 1, horizon: 0.5, floor: 0.6, blur: 0.05, seed: seed)
        }
        // A disc's rim is a hundredth of the picture wide.
        for row in stride(from: 20, to: 580, by: 20) {
            let steps = (0..<999).map { colour($0, row) - colour($0 + 1, row) }
            #expect(steps.allSatisfy { $0.max() < 45 && $0.min() > -45 }, "row \(row)")
        }
    }

    @Test("A meadow has its sky, and its field below", arguments: 1...10)
    func meadow(_ seed: UInt64) throws {
        let (picture, floor) = try painted("a jar on an oak table, blurred meadow at sunrise background, morning light", seed: seed)
        let (sky, field) = (mean(picture, 0..<max(floor / 6, 1)), mean(picture, floor * 7 / 10..<floor * 9 / 10))
        #expect(sky.z / sky.x > 1.06 * field.z / field.x, "\(sky) above \(field)")
    }

    @Test("Whoever wants it blurred gets no lens that is stopped down; a kitchen's wall is further away than its counter's edge")
    func focus() throws {
        let usual = (UInt64(1)...20).map { Take(seed: $0).aperture }
        let blurred = (UInt64(1)...20).map { Take(seed: $0, isBlurred: true).aperture }
        #expect(
            zip(usual, blurred).allSatisfy { $0 <= $1 } && blurred.min()! >= 0.05 && usual.min()! < 0.04 && usual.max()! > 0.07)
        for words in ["on a white marble counter, kitchen with blue tile wall", "白い大理石の上、キッチン、青いタイルの壁"] {
            let kitchen = try #require(SceneLayout.make(.auto, prompt: words, seed: 3))
            #expect(kitchen.backdrop < 0.8 * kitchen.groundEnd, "\(words)")
        }
        let room = try #require(SceneLayout.make(.auto, prompt: "on a white marble table, blue tile wall", seed: 3))
        #expect(room.backdrop == room.groundEnd)
    }

    @Test("The sun is as bright at one side of the picture as at the other; a window is not")
    func sun() {
        func pattern(_ words: String, _ seed: UInt64) -> LightPattern {
            LightPattern(PromptClauses("on a white table, \(words)"), seed: seed)
        }
        for seed in UInt64(1)...12 {
            for words in ["hard sunlight", "golden hour sunlight, long shadows", "強い日光"] {
                let sun = pattern(words, seed)
                #expect(sun.lean <= 0.13 && sun.falloff <= 0.1)
            }
            #expect(pattern("window light from the left", seed).lean > 0.3)
        }
    }

    @Test("Leaves' shadows lie on what is seen of the ground, by every seed", arguments: 1...16)
    func leaves(_ seed: UInt32) {
        let pattern = LightPattern(PromptClauses("on a white table, sunlight with dappled leaf shadows"), seed: UInt64(seed))
        var (shaded, seen) = (0, 0)
        for away in stride(from: Float(-0.15), to: 0.7, by: 0.05) {
            for across in stride(from: Float(-1), through: 1, by: 0.1) {
                let place = SIMD2(across * LayoutMap.frame / 2 * (1 + away), away)
                shaded += pattern.reach(place, footprint: 0.003, seed: seed) < 0.95 ? 1 : 0
                seen += 1
            }
        }
        #expect((0.08...0.7).contains(Double(shaded) / Double(seen)), "\(shaded) of \(seen)")
    }
}
