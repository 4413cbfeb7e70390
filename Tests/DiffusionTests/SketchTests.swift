import Foundation
import Imaging
import Testing

@testable import Diffusion

@Suite("The sketch of a layout")
struct SketchTests {
    private func colours(_ prompt: String) -> SceneColours? { SceneColours(PromptClauses(prompt)) }

    @Test("What the product stands on and what stands behind have the colours of their own words, in both languages")
    func words() throws {
        let marble = try #require(
            colours("bdcosmetics a cream jar on a white marble table, sage green background, with red flowers, warm light"))
        #expect(marble.ground.min() > 200)
        #expect(marble.backdrop.y > marble.backdrop.x && marble.backdrop.y > marble.backdrop.z)
        let beach = try #require(colours("a bag on sand, turquoise sea and blue sky, golden hour sunlight"))
        #expect(beach.ground.x > beach.ground.z + 20 && beach.backdrop.z > beach.backdrop.x + 30)
        let snow = try #require(colours("新雪の上の化粧水のボトル、ぼけた冬の松の背景、松の枝、柔らかい朝の光"))
        #expect(snow.ground.min() > 220 && snow.backdrop.max() < 200)
        let split = try #require(colours("a jar on moss in a dark forest"))
        #expect(split.backdrop.max() < split.ground.max())
        let sweep = try #require(colours("blush pink studio sweep"))
        #expect(sweep.ground.x > sweep.ground.y + 20 && sweep.ground.max() > sweep.backdrop.max())
        #expect(colours("a jar, soft light, with red flowers") == nil && colours("") == nil && colours("beautiful, best quality") == nil)
    }

    @Test("It shows ground and backdrop in their colours, a shadow, and the product as it is; the same seed gives the same sketch")
    func picture() throws {
        var mask = Mask(width: 128, height: 128, fill: 0)
        var canvas = RasterImage(width: 128, height: 128, fill: .midGrey)
        for y in 40..<100 {
            for x in 52..<76 {
                mask.values[y * 128 + x] = 255
                canvas.pixels[(y * 128 + x) * 4] = 200
            }
        }
        let layout = SceneLayout(horizon: 0, groundEnd: 0.3, backdrop: 0.3, light: .init(azimuth: 1, elevation: 0.7))
        let colours = SceneColours(ground: SIMD3(220, 60, 60), backdrop: SIMD3(60, 60, 220))
        func sketch(_ seed: UInt64) -> RasterImage {
            let sketch = SceneSketch(layout, colours, clauses: PromptClauses(""), seed: seed, productMask: mask)
            return SketchedScene(sketch, canvas: canvas, productMask: mask).start
        }
        let first = sketch(1)
        func pixel(_ x: Int, _ y: Int) -> [UInt8] { Array(first.pixels[(y * 128 + x) * 4..<(y * 128 + x) * 4 + 3]) }
        #expect(pixel(5, 120)[0] > 150 && pixel(5, 120)[2] < 90)
        #expect(pixel(5, 10)[2] > 150 && pixel(5, 10)[0] < 90)
        #expect(Int(pixel(46, 92)[0]) + 40 < Int(pixel(5, 92)[0]), "no shadow to the left of the foot")
        #expect(Int(pixel(64, 101)[0]) + 6 < Int(pixel(64, 125)[0]), "no contact at the lowest row")
        #expect(Int(pixel(64, 110)[0]) + 10 > Int(pixel(64, 125)[0]), "the shadow lies before the product")
        #expect(pixel(60, 60) == [200, 128, 128])
        #expect(first == sketch(1) && first != sketch(2))
    }

    @Test("A run from a sketch starts later and ends nearer to it")
    func start() throws {
        let pipeline = try DiffusionPipeline(model: Golden.tinyModel)
        var request = RenderRequest(prompt: "a jar", width: 16, height: 16, steps: 10, guidanceScale: 2, seed: 1, scheduler: .ddim)
        let plain = RasterImage(width: 16, height: 16, fill: .white)
        request.base = .inpainting(plain, kept: Mask(width: 16, height: 16, fill: 0))
        let flag = CancellationFlag()
        func steps() throws -> Int { try pipeline.denoise(request, cancellation: flag).count }
        #expect(try steps() == 10)
        request.sketch = .init(image: plain, share: 0.3)
        #expect(try steps() == 7)
        request.sketch = .init(image: plain, share: 1)
        #expect(try steps() == 1)
        request.sketch = .init(image: RasterImage(width: 8, height: 16, fill: .white), share: 0.3)
        #expect(throws: ModelError.self) { try steps() }
    }

    // MARK: What it is made of

    private static let patterned: [SurfaceMaterial] = [
        .wood, .marble, .stone, .terrazzo, .sand, .snow, .water, .moss, .tile, .brick, .cloth, .linen,
    ]

    /// Tones on a lattice over half a metre.
    private func tones(_ material: SurfaceMaterial, footprint: Float) -> [Float] {
        (0..<80 * 80).map { index in
            let place = SIMD2(Float(index % 80), Float(index / 80)) * 0.00617
            return material.tone(place, footprint: footprint, seed: 5).sum() / 3
        }
    }

    private func spread(_ values: [Float]) -> Float {
        let mean = values.reduce(0, +) / Float(values.count)
        return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(values.count)).squareRoot()
    }

    @Test("Every material keeps its surface's colour on the mean, has a pattern close by, and a weaker one where a pixel covers much")
    func materials() {
        for material in Self.patterned {
            let near = tones(material, footprint: 0.001)
            let mean = near.reduce(0, +) / Float(near.count)
            #expect(abs(mean - 1) < 0.12, "\(material): \(mean)")
            #expect(spread(near) > 0.012 && near.allSatisfy { (0.2...2.6).contains($0) }, "\(material): \(spread(near))")
            if material != .cloth {
                #expect(spread(tones(material, footprint: 0.3)) < 0.8 * spread(near), "\(material): from \(spread(near))")
            }
        }
        #expect(spread(tones(.plain, footprint: 0.001)) < 0.02)
    }

    @Test(
        "Materials are found in both languages",
        arguments: [
            (" a white marble table ", SurfaceMaterial.marble), (" a oak wood table ", .wood), (" a dark glossy floor ", .gloss),
            ("新雪", .snow), ("木のテーブル", .wood), ("大理石", .marble), (" draped navy satin ", .cloth), (" mossy ground ", .moss),
            (" tree stump ", .endGrain), (" a beige linen table ", .linen), (" linen ", .linen), (" crumpled linen ", .cloth),
            (" a round rug ", .linen), ("水色の台", nil),
        ])
    func words(_ phrase: String, _ material: SurfaceMaterial?) {
        #expect(SurfaceMaterial(phrase) == material)
        #expect(SurfaceMaterial(" seamless studio sweep ") == nil)
    }

    @Test("Marble has veins of its own tone: dark in a pale stone, pale in a dark one; mortar is grey between red bricks")
    func veins() {
        func spread(_ base: Float) -> (below: Float, above: Float) {
            let values = (0..<120 * 120).map { index in
                let place = SIMD2(Float(index % 120), Float(index / 120)) * 0.00513
                return SurfaceMaterial.marble.colour(SIMD3(repeating: base), at: place, footprint: 0.001, seed: 5).x
            }.sorted()
            let middle = values[values.count / 2]
            return (middle - values[values.count / 100], values[values.count * 99 / 100] - middle)
        }
        let (pale, dark) = (spread(220), spread(50))
        #expect(pale.below > 2 * pale.above && pale.below > 20, "\(pale)")
        #expect(dark.above > 2 * dark.below && dark.above > 30, "\(dark)")
        let bricks = (0..<100 * 100).map { index in
            SurfaceMaterial.brick.colour(
                SIMD3(150, 60, 50), at: SIMD2(Float(index % 100), Float(index / 100)) * 0.004, footprint: 0.001, seed: 5)
        }
        let grey = bricks.count { abs($0.x - $0.y) < 12 && abs($0.y - $0.z) < 12 && $0.x > 130 }
        #expect((500...4000).contains(grey), "\(grey)")
    }

    @Test("A prompt is taken apart into ground, backdrop, props and light")
    func clauses() throws {
        let parts = PromptClauses("a mug on a wooden table, kitchen with white tile wall, with lemons, soft window light from the left")
        #expect(parts.ground == [" a wooden table "] && parts.props == [" with lemons "])
        #expect(parts.backdrop == [" kitchen ", " with white tile wall "] && parts.light == [" soft window light from the left "])
        let place = PromptClauses("a shoe on sand at the sea, tropical leaves on a pink background")
        #expect(place.ground == [" sand "] && place.backdrop == [" sea ", " a pink background "] && place.props == [" tropical leaves "])
        #expect(place.stand == nil)
        let stump = PromptClauses("a watch on a tree stump on moss")
        #expect(stump.stand == " a tree stump " && stump.ground == [" moss "])
        let woods = PromptClauses("a watch on a tree stump, blurred forest")
        #expect(woods.stand == " a tree stump " && woods.ground == [" moss "])
        let paper = PromptClauses("切り株の上、ベージュの背景")
        #expect(paper.stand != nil && paper.ground.isEmpty)
        // A podium before plain paper stands on that paper, one before a wood on its own kind.
        let podium = PromptClauses("a mug on a white marble podium, sky blue background")
        #expect(podium.stand == " a white marble podium " && podium.ground.isEmpty)
        #expect(PromptClauses("a mug on a white marble podium, blurred forest").stand == nil)
        let colours = try #require(SceneColours(podium))
        #expect(colours.ground.z > colours.ground.x + 40 && colours.stand.map { $0.min() > 200 } == true)
    }

    @Test("A colour that is named after a place is a colour")
    func placesInColours() {
        for (words, other) in [("sky blue background", "blue sky"), ("forest green background", "forest"), ("空色の背景", "空")] {
            guard case .plain = Scenery(PromptClauses("a jar on a table, \(words)")) else {
                Issue.record("\(words) is no place")
                continue
            }
            if case .plain = Scenery(PromptClauses("a jar on a table, \(other)")) { Issue.record("\(other) is a place") }
        }
    }

    @Test("A stand has its own material and colour where it stands on something else")
    func standOnGround() throws {
        let picture = try sketch("a jar on a white podium on red sand, blue background").surroundings(width: 128, height: 128)
        func pixel(_ x: Int, _ y: Int) -> [UInt8] { Array(picture.pixels[(y * 128 + x) * 4..<(y * 128 + x) * 4 + 3]) }
        // Beside the foot, and in the corner below.
        #expect(pixel(64, 106)[2] > 180)
        #expect(pixel(4, 124)[0] > 150 && pixel(4, 124)[2] < 140)
    }

    private let bottle: Mask = {
        var mask = Mask(width: 128, height: 128, fill: 0)
        for y in 50..<104 {
            for x in 56..<72 { mask.values[y * 128 + x] = 255 }
        }
        return mask
    }()

    private func sketch(_ prompt: String, seed: UInt64 = 4) throws -> SceneSketch {
        let clauses = PromptClauses(prompt)
        return SceneSketch(
            try #require(SceneLayout.make(.auto, prompt: prompt, seed: seed)), try #require(SceneColours(clauses), "\(prompt)"),
            clauses: clauses,
            seed: seed, productMask: bottle)
    }

    // MARK: What stands around

    /// A picture's share of pixels in which something holds.
    private func share(_ picture: RasterImage, _ rows: Range<Int>, _ holds: ([Int]) -> Bool) -> Double {
        let pixels = rows.flatMap { y in (0..<picture.width).map { (y * picture.width + $0) * 4 } }
        return Double(pixels.count { start in holds((0..<3).map { Int(picture.pixels[start + $0]) }) }) / Double(pixels.count)
    }

    @Test("Leaves grow from the ground beside the product, and behind it where the words want them lush; palms hang from above")
    func plants() throws {
        func green(_ words: String, _ rows: Range<Int>) throws -> Double {
            let shares = try (1...6).map { seed in
                share(
                    try sketch("a jar on a white table, white background, \(words)", seed: seed).surroundings(width: 128, height: 128), rows
                ) { $0[1] > $0[0] + 12 && $0[1] > $0[2] + 12 }
            }
            return shares.reduce(0, +) / 6
        }
        #expect(try green("soft light", 0..<128) < 0.001)
        #expect(try green("with green leaves", 40..<100) > 0.02 && green("with green leaves", 0..<20) < 0.01)
        #expect(try green("with lush green leaves", 20..<90) > 2.5 * green("with green leaves", 20..<90))
        #expect(try green("with palm leaves", 0..<50) > 0.03 && green("with palm leaves", 90..<128) < 0.01)
    }

    @Test("What is built for a set has the set's colour, unless the words give it one; an arch and a disc rise behind the product")
    func builtProps() throws {
        func red(_ words: String) throws -> Double {
            let shares = try (1...4).map { seed in
                share(
                    try sketch("a jar on a white table, white background, \(words)", seed: seed).surroundings(width: 128, height: 128),
                    0..<128
                ) { $0[0] > $0[1] + 40 && $0[0] > $0[2] + 40 }
            }
            return shares.reduce(0, +) / 4
        }
        #expect(try red("with decorative spheres") < 0.001 && red("with red spheres") > 0.005 && red("with a red disc") > 0.03)
        #expect(try red("with smooth stones") < 0.001 && red("with red flowers") > 0.001)
        for words in ["with an arch", "with a round disc behind", "in front of an arch", "丸い円板の前"] {
            let plain = try sketch("a jar on a white table, blue background").surroundings(width: 128, height: 128)
            let built = try sketch("a jar on a white table, blue background, \(words)").surroundings(width: 128, height: 128)
            // Above the middle, where nothing else is.
            let changed = share(difference(of: built, plain), 20..<60) { $0[0] > 3 }
            #expect((0.08...0.8).contains(changed), "\(words): \(changed)")
        }
    }

    private func difference(of a: RasterImage, _ b: RasterImage) -> RasterImage {
        var result = a
        for (index, values) in zip(a.pixels, b.pixels).enumerated() { result.pixels[index] = UInt8(abs(Int(values.0) - Int(values.1))) }
        return result
    }

    @Test(
        "Every seed has another room and another kitchen, and the same seed the same one",
        arguments: ["living room interior", "kitchen with grey wall"])
    func rooms(_ place: String) throws {
        func walls(_ seed: UInt64) throws -> [Float] {
            let picture = try sketch("a jar on a white table, \(place)", seed: seed).surroundings(width: 96, height: 96)
            let reds = (0..<96 * 30).map { Float(picture.pixels[$0 * 4]) }
            let mean = reds.reduce(0, +) / Float(reds.count)
            return reds.map { $0 - mean }
        }
        func likeness(_ a: [Float], _ b: [Float]) -> Float {
            func dot(_ a: [Float], _ b: [Float]) -> Float { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
            return dot(a, b) / max((dot(a, a) * dot(b, b)).squareRoot(), 1e-6)
        }
        let seen = try (1...6).map { try walls($0) }
        let again = try walls(3)
        #expect(seen[2] == again)
        let pairs = (0..<6).flatMap { first in ((first + 1)..<6).map { likeness(seen[first], seen[$0]) } }
        #expect(pairs.reduce(0, +) / Float(pairs.count) < 0.5 && pairs.allSatisfy { $0 < 0.95 }, "\(pairs)")
    }

    private func difference(_ a: RasterImage, _ b: RasterImage) -> Float {
        zip(a.pixels, b.pixels).reduce(0) { $0 + abs(Float($1.0) - Float($1.1)) } / Float(a.pixels.count)
    }

    @Test(
        "Every word of a scene is to be seen: what is behind, what lies beside, how the light falls",
        arguments: [
            ("blurred night lights bokeh background", ""), ("turquoise sea and blue sky", "sky blue background"),
            ("pink and blue neon tubes", "purple background"), ("grey background, with lemons", "grey background"),
            ("grey background, with green leaves", "grey background"), ("grey background, with flowers", "grey background"),
            ("grey background, sunlight with window frame shadows", "grey background"),
            ("grey background, sunlight with dappled leaf shadows", "grey background"),
            ("grey background, dark mood", "grey background"), ("living room interior", "grey background"), ("松の背景", "緑の背景"),
            ("turquoise sea at sunset", "turquoise sea"), ("kitchen with grey wall", "grey wall"),
            ("tropical leaves on a grey background", "grey background"), ("sky with clouds", "sky blue background"),
        ])
    func everyWord(_ scene: String, _ plainer: String) throws {
        let first = try sketch("a jar on a white marble table, \(scene)").surroundings(width: 128, height: 128)
        let other = try sketch("a jar on a white marble table, \(plainer)").surroundings(width: 128, height: 128)
        #expect(difference(first, other) > 0.15)
    }

    @Test("Neon is bent to what the words say; where they leave it open, seeds differ")
    func neonForms() throws {
        #expect(NeonForm(" pink and blue neon ring ") == .ring && NeonForm(" ネオンの輪 ") == .ring && NeonForm(" neon light ") == nil)
        func painted(_ form: String, seed: UInt64 = 1) throws -> RasterImage {
            try sketch("a jar on a dark glossy floor, pink and blue neon \(form)", seed: seed).surroundings(width: 96, height: 96)
        }
        let forms = try ["tubes", "ring", "frame"].map { try painted($0) }
        #expect(difference(forms[0], forms[1]) > 3 && difference(forms[1], forms[2]) > 3 && difference(forms[0], forms[2]) > 3)
        let open = try (1...12).map { try painted("wall", seed: $0) }
        let alike = try (1...12).filter { try open[Int($0) - 1] == painted("tubes wall", seed: $0) }
        #expect((1...11).contains(alike.count), "\(alike)")
    }

    /// What changes no more than the frame, or asks for less of something.
    private static let framing: Set = ["with room for text on the left", "wide view", "close-up", "minimal", "blurred background"]

    /// Phrases of the prompt library by slot: English, Japanese.
    private func library() throws -> [(slot: String, english: String, japanese: String)] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources/Studio/Resources/prompt-library.txt")
        var slot = ""
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap { line in
            if line.hasPrefix("[") { slot = String(line.dropFirst().dropLast()) }
            let halves = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            return line.hasPrefix("#") || halves.count != 2 ? nil : (slot, halves[0], halves[1])
        }
    }

    @Test("Every phrase that the prompt library offers is to be seen in the sketch, in both languages")
    func everyPhraseOfTheLibrary() throws {
        let phrases = try library()
        #expect(phrases.count > 60)
        for phrase in phrases where !Self.framing.contains(phrase.english) {
            // A subject is compared with another one, light with light from the side where no phrase has it, the rest with its absence.
            let isSubject = phrase.slot == "subject"
            let side = phrase.english.contains("from the right") ? "left" : "right"
            let usual = "a jar on a white table, daylight from the \(side)"
            let plain = try sketch(isSubject ? "a jar on a yellow tray" : usual).shaded(width: 128, height: 128)
            for words in [phrase.english, phrase.japanese] {
                let prompt =
                    isSubject
                    ? words.contains("の上") ? words : "a jar \(words)"
                    : phrase.slot == "light" ? "a jar on a white table, \(words)" : "\(usual), \(words)"
                let change = difference(try sketch(prompt).shaded(width: 128, height: 128), plain)
                #expect(change > 0.1, "\(words): \(change)")
            }
        }
    }

    // MARK: What it gives back

    @Test("The fine pattern comes back where the latent lost it, and the cells keep their mean colours")
    func detail() throws {
        let sketch = try sketch("a jar on a wooden table, white tile wall")
        let flat = RasterImage(width: 128, height: 128, fill: RGBA(150, 140, 130, 255))
        let result = SceneDetail.applied(sketch, to: flat, enlargement: 3)
        #expect(result.width == 384 && result.height == 384)
        #expect(difference(result, resized(flat, width: 384, height: 384)) > 1)
        let (before, after) = (resized(flat, width: 16, height: 16), resized(result, width: 16, height: 16))
        #expect(difference(before, after) < 3)
    }

    @Test("Broad light comes from the model, fine pattern from the sketch, and nothing of the product")
    func light() throws {
        let sketch = try sketch("a jar on a white table, white background").shaded(width: 128, height: 128)
        var painted = sketch
        for y in 0..<128 {
            for x in 0..<128 {
                // Warm on the left, dark on the right, a checkerboard of noise all over, and the product's red in its place and a little beside.
                let pixel = (y * 128 + x) * 4
                let factor = (x < 64 ? 1.0 : 0.7) * ((x / 4 + y / 4) % 2 == 0 ? 1.1 : 0.9)
                for channel in 0..<3 { painted.pixels[pixel + channel] = UInt8(min(Double(sketch.pixels[pixel + channel]) * factor, 255)) }
                if (50..<78).contains(x), (44..<110).contains(y) { painted.pixels[pixel + 1] = 0 }
            }
        }
        let lit = SketchLight.applied(painted, to: sketch, productMask: bottle, cell: 8, spread: 1.5)
        func green(_ picture: RasterImage, _ x: Int, _ y: Int) -> Double { Double(picture.pixels[(y * 128 + x) * 4 + 1]) }
        for (x, y) in [(20, 30), (21, 100), (26, 64), (24, 61)] {
            #expect(abs(green(lit, x, y) / green(sketch, x, y) - 1) < 0.05, "\(x), \(y)")
            #expect(abs(green(lit, x + 80, y) / green(sketch, x + 80, y) - 0.7) < 0.05, "\(x + 80), \(y)")
        }
        for (x, y) in [(54, 70), (74, 70), (64, 75)] { #expect(green(lit, x, y) > 0.6 * green(sketch, x, y), "\(x), \(y)") }
        #expect(SketchLight.applied(sketch, to: sketch, productMask: bottle, cell: 8, spread: 1.5) == sketch)
    }

    @Test("A prop keeps its colour and gives none to the ground beside it")
    func lightBesideProps() throws {
        let sketch = try sketch("a jar on a white table, white background, with red spheres").shaded(width: 128, height: 128)
        let cover = try #require(
            try self.sketch("a jar on a white table, white background, with red spheres").propCover(width: 128, height: 128))
        let covered = cover.values.indices.filter { cover.values[$0] > 250 }
        #expect(covered.count > 60)
        // A model that greys the spheres.
        var painted = sketch
        for index in covered { for channel in 0..<3 { painted.pixels[index * 4 + channel] = 150 } }
        func worst(_ props: Mask?) -> Int {
            let lit = SketchLight.applied(painted, to: sketch, productMask: bottle, props: props, cell: 8, spread: 1.5)
            return cover.values.indices.reduce(0) { worst, index in
                max(worst, (0..<3).map { abs(Int(lit.pixels[index * 4 + $0]) - Int(sketch.pixels[index * 4 + $0])) }.max() ?? 0)
            }
        }
        #expect(worst(nil) > 25 && worst(cover) < 12, "\(worst(nil)), \(worst(cover))")
        #expect(try self.sketch("a jar on a white table").propCover(width: 8, height: 8) == nil)
    }

    @Test(
        "A glossy ground mirrors the product below its foot and nowhere else; a matt one and a podium do not",
        arguments: [
            ("on a dark glossy floor, grey wall", true), ("on turquoise water, grey background", true),
            ("on a wooden table, grey wall", false),
            ("on a black podium on a dark glossy floor, grey wall", false),
        ])
    func mirror(_ words: String, _ isSeen: Bool) throws {
        var red = RasterImage(width: 128, height: 128, fill: .midGrey)
        for (index, value) in bottle.values.enumerated() where value > 0 {
            (red.pixels[index * 4], red.pixels[index * 4 + 1], red.pixels[index * 4 + 2]) = (250, 10, 10)
        }
        let sketch = try sketch("a jar \(words)")
        let shaded = sketch.shaded(width: 128, height: 128)
        func seen(_ canvas: RasterImage) -> RasterImage {
            SketchedScene(sketch, canvas: canvas, productMask: bottle).preview(shaded, cell: 8)
        }
        let change = difference(of: seen(red), seen(RasterImage(width: 128, height: 128, fill: .black)))
        func reds(_ rows: Range<Int>, _ columns: Range<Int>) -> Int {
            rows.reduce(0) { sum, y in sum + columns.count { change.pixels[(y * 128 + $0) * 4] > 12 } }
        }
        #expect((reds(104..<114, 50..<78) > 40) == isSeen, "\(reds(104..<114, 50..<78))")
        #expect(reds(0..<104, 0..<128) == 0 && reds(104..<128, 0..<44) == 0)
    }

    @Test("A product that fills the canvas, one of a single pixel and none leave a picture, whatever the words")
    func strangeProducts() throws {
        var point = Mask(width: 64, height: 64, fill: 0)
        point.values[40 * 64 + 30] = 255
        let prompts = [
            "on sand, sea, with stones", "on a stepped podium, blue background, with an arch",
            "on podiums of different heights, pink background",
            "on a dark glossy floor, neon tubes", "on water, grey background, with lush green leaves",
        ]
        for mask in [Mask(width: 64, height: 64, fill: 0), Mask(width: 64, height: 64, fill: 255), point] {
            for prompt in prompts {
                let clauses = PromptClauses(prompt)
                let sketch = SceneSketch(
                    try #require(SceneLayout.make(.auto, prompt: prompt, seed: 1)), try #require(SceneColours(clauses)), clauses: clauses,
                    seed: 1, productMask: mask)
                let picture = sketch.shaded(width: 64, height: 64)
                #expect(SketchLight.applied(picture, to: picture, productMask: mask, cell: 8, spread: 1.5) == picture)
                let canvas = RasterImage(width: 64, height: 64, fill: .midGrey)
                let finished = SketchedScene(sketch, canvas: canvas, productMask: mask).finished(picture, cell: 8, enlargement: 2)
                #expect(finished.width == 128 && finished.height == 128)
            }
        }
    }

    @Test("A product at the canvas's upper edge, above the horizon, leaves a picture with every material and kind of scene")
    func aboveTheHorizon() throws {
        for base in [1, 6, 10, 24] {
            var mask = Mask(width: 64, height: 64, fill: 0)
            for y in 0..<base {
                for x in 28..<36 { mask.values[y * 64 + x] = 255 }
            }
            for kind in LayoutKind.allCases {
                for ground in ["wood", "marble", "terrazzo", "tiles", "sand", "a glossy floor", "satin"] {
                    let clauses = PromptClauses("a jar on \(ground), night lights, with lemons")
                    guard let layout = SceneLayout.make(kind, prompt: "low angle", seed: 3), let colours = SceneColours(clauses) else {
                        continue
                    }
                    let sketch = SceneSketch(layout, colours, clauses: clauses, seed: 3, productMask: mask)
                    #expect(sketch.shaded(width: 64, height: 64).pixels.contains { $0 > 0 && $0 < 255 })
                }
            }
        }
    }

    @Test("Leaves before the sun throw shadows of leaves: some of the light, in pieces, other ones with every seed")
    func leafShadows() {
        let light = LightPattern(PromptClauses("on a table, sunlight with dappled leaf shadows"), seed: 1)
        var pictures: Set<[Bool]> = []
        for seed: UInt32 in 1...8 {
            let rows = (0..<40).map { row in
                (0..<160).map { light.reach(SIMD2(-0.8 + 0.01 * Float($0), 0.03 * Float(row)), footprint: 0.002, seed: seed) }
            }
            let hidden = rows.joined().map { $0 < 0.95 }
            let share = Float(hidden.count { $0 }) / Float(hidden.count)
            #expect((0.03...0.6).contains(share), "seed \(seed): \(share)")
            let edges = rows.map { row in zip(row, row.dropFirst()).count { ($0 < 0.95) != ($1 < 0.95) } }
            #expect(edges.max()! >= 6, "seed \(seed)")
            pictures.insert(hidden)
        }
        #expect(pictures.count == 8)
    }

    @Test("A window's light falls through panes around the product, and nowhere else")
    func windowLight() {
        for seed: UInt32 in 1...8 {
            let light = LightPattern(PromptClauses("on a table, hard sunlight with window frame shadows"), seed: UInt64(seed))
            func reach(_ x: Float, _ y: Float) -> Float { light.reach(SIMD2(x, y), footprint: 0.002, seed: seed) }
            let near = (-20...20).flatMap { x in (-10...30).map { y in reach(0.02 * Float(x), 0.02 * Float(y)) } }
            let shade = reach(4, 4)
            #expect(near.max()! > shade + 0.3 && near.min()! == shade, "seed \(seed)")
            // Bars lie between panes.
            let row = (0..<400).map { reach(-2 + 0.01 * Float($0), 0.05) > shade + 0.2 }
            #expect(zip(row, row.dropFirst()).count { !$0 && $1 } <= 3, "seed \(seed): no more than three panes")
            #expect([(-4, 0), (4, 0), (0, -4), (0, 4)].allSatisfy { reach($0.0, $0.1) == shade })
        }
    }
}
