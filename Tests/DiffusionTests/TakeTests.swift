import Imaging
import Testing

@testable import Diffusion

@Suite("Takes of one scene, and the colour of shadows")
struct TakeTests {
    @Test("Eight seeds have eight lenses, patterns, lights and colours, none of them far from usual; the same seed has the same")
    func takes() {
        let takes = (1...8).map { Take(seed: UInt64($0)) }
        for values in [takes.map(\.aperture), takes.map(\.fineness), takes.map { $0.light.sum() }, takes.map { $0.light.x / $0.light.z }] {
            #expect(Set(values).count == 8)
            #expect(values.max()! < 2 * values.reduce(0, +) / 8 && values.min()! > 0.4 * values.reduce(0, +) / 8)
        }
        let grey = SIMD3<Float>(repeating: 150)
        let painted = (UInt64(1)...8).map { seed -> SIMD3<Float> in
            var (first, again) = (Take(seed: seed), Take(seed: seed))
            let colour = first.varied(grey)
            #expect(colour == again.varied(grey) && colour != first.varied(grey))
            return colour
        }
        #expect(Set(painted.map { $0.x / $0.z }).count == 8 && painted.allSatisfy { ($0 - grey).min() > -60 && ($0 - grey).max() < 60 })
    }

    private func light(_ words: String) -> LightPattern { LightPattern(PromptClauses("on a white table, \(words)"), seed: 3) }

    @Test("A shadow keeps the light from all around: bluer than the sun's, grey below a grey softbox")
    func shades() {
        let golden = light("golden hour sunlight, long shadows").shadow
        #expect(golden.x > golden.y && golden.y > golden.z && golden.z > 0.3)
        let sun = light("hard sunlight").shadow
        #expect(sun.x > sun.z && golden.x - golden.z > sun.x - sun.z)
        let soft = light("soft studio light").shadow
        #expect(soft.max() - soft.min() < 1e-6 && soft.max() < sun.min())
    }

    private let product: Mask = {
        var mask = Mask(width: 128, height: 128, fill: 0)
        for y in 40..<100 { for x in 52..<76 { mask.values[y * 128 + x] = 255 } }
        return mask
    }()
    private let layout = SceneLayout(horizon: 0, groundEnd: 0.3, backdrop: 0.3, light: .init(azimuth: 1, elevation: 0.7))

    private func painted(_ prompt: String, ground: Float, backdrop: SIMD3<Float>) -> (Int, Int) -> SIMD3<Float> {
        let colours = SceneColours(ground: SIMD3(repeating: ground), backdrop: backdrop)
        let sketch = SceneSketch(layout, colours, clauses: PromptClauses(prompt), seed: 1, productMask: product)
        let picture = sketch.shaded(width: 128, height: 128)
        return { x, y in
            let pixel = (y * 128 + x) * 4
            return SIMD3(Float(picture.pixels[pixel]), Float(picture.pixels[pixel + 1]), Float(picture.pixels[pixel + 2]))
        }
    }

    @Test(
        "On a white table the shadow is less yellow than what the sun reaches, in both languages",
        arguments: ["golden hour sunlight, long shadows", "ゴールデンアワーの日光、長い影"])
    func paintedShade(_ words: String) {
        let colour = painted(words, ground: 200, backdrop: SIMD3(repeating: 190))
        let (shade, sun) = (colour(40, 92), colour(5, 92))
        #expect(shade.sum() < 0.8 * sun.sum() && shade.x / shade.z < 0.96 * sun.x / sun.z)
    }

    @Test("Water mirrors what stands behind it, most of all far away; a wooden table does not")
    func water() {
        let red = SIMD3<Float>(220, 60, 60)
        func redness(_ prompt: String, _ rows: Range<Int>) -> Float {
            let colour = painted(prompt, ground: 90, backdrop: red)
            let sum = rows.reduce(SIMD3<Float>.zero) { sum, y in (2..<20).reduce(sum) { $0 + colour($1, y) } }
            return sum.x / sum.z
        }
        let line = Int(128 * LayoutMap(layout, productMask: product).farEdge!)
        let (far, near) = (line + 6..<line + 14, 112..<126)
        #expect(redness("a jar on water", far) > 1.3 * redness("a jar on water", near))
        #expect(redness("a jar on water", near) > 1.05 && redness("a jar on a wooden table", far) < 0.8 * redness("a jar on water", far))
    }

    @Test(
        "Every seed shows some ground around the product, and some of what is behind where the words say what; not from above, and not on cloth"
    )
    func balanced() throws {
        func edges(_ prompt: String) throws -> [Float] {
            try (UInt64(1)...60).map { seed in
                let layout = try #require(SceneLayout.make(.auto, prompt: prompt, seed: seed))
                return try #require(LayoutMap(layout.balanced(.auto, prompt: prompt, productMask: product), productMask: product).farEdge)
            }
        }
        let foot = LayoutMap(layout, productMask: product).foot.row
        for prompt in ["a jar on a marble table, sage green background", "a jar on sand, blue sky", "大理石のテーブルの上の瓶、青い背景"] {
            let edges = try edges(prompt)
            #expect(edges.min()! > 0.1 && edges.max()! < foot - 0.1 && edges.max()! - edges.min()! > 0.25)
        }
        #expect(try edges("a jar on a marble table").max()! < foot - 0.1)
        #expect(try edges("a jar on a marble table, sage green background, seen from above").min()! < 0)
        #expect(try edges("a jar on pink satin, soft background").min()! < 0)
    }
}
