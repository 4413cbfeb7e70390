import Foundation
import Imaging
import StarterModel
import Tensor
import Testing

@testable import Diffusion

/// `Tests/Golden/starter` holds what diffusers and transformers compute from the shipped weights with a layout and a category's identifier
/// (`Training/golden.py`).
@Suite("The starter model")
struct StarterTests {
    private static let prompt = "bdcosmetics a product on a white marble table, soft window light from the left"

    private let golden: Golden
    private let pipeline: DiffusionPipeline

    init() throws {
        golden = try Golden("starter/golden.safetensors")
        pipeline = try DiffusionPipeline(model: #require(StarterModel.directory))
    }

    private func picture(_ name: String) throws -> RasterImage {
        try Photo.load(Golden.folder.appending(path: "starter/\(name).png")).image
    }

    private var productMask: Mask {
        get throws {
            let image = try picture("product_mask")
            return Mask(
                width: image.width, height: image.height, values: stride(from: 0, to: image.pixels.count, by: 4).map { image.pixels[$0] })
        }
    }

    private func compare(_ actual: Tensor, _ expected: Tensor, _ name: String, within limit: Float = 1e-3) {
        let error = relativeError(actual, expected)
        noteError("starter model, \(name)", error)
        #expect(error < limit, "\(name): relative error \(error)")
    }

    @Test("Mask and masked picture are made as in training")
    func conditioning() throws {
        let mask = try productMask
        compare(InpaintingConditioning.latentMask(mask, latentScale: 8), try golden.picture("mask"), "mask", within: 1e-6)
        let masked = InpaintingConditioning.maskedPicture(try picture("picture"), mask)
        let latent = try pipeline.autoencoder.encode(masked, cancellation: CancellationFlag()).mean
        compare(latent, try golden.picture("masked_latent"), "masked latent")
        for side in [8, 16] {
            let background = AttentionGuide.background(mask, height: side, width: side, mode: .hard)
            #expect(background == (try golden.picture("background_\(side)")).values)
        }
    }

    @Test(
        "One call with layout and identifier equals diffusers'",
        arguments: ["v_everything", "v_without_layout", "v_identifier_heard_everywhere"])
    func call(_ name: String) throws {
        let words = try pipeline.promptEncoder(
            PromptEncoder.Request(prompts: [Self.prompt], syntax: .webUI, skippedLayers: 0), cancellation: CancellationFlag())
        compare(words.states, try golden.tensor("words"), "words")
        var layout = try golden.picture("layout")
        if name == "v_without_layout" { layout = Tensor.zeros(layout.shape) }
        let input = try concatenateChannels([
            golden.picture("noisy_latent"), golden.picture("mask"), golden.picture("masked_latent"), layout,
        ])
        var context = try pipeline.unet.prepare(words.states)
        let named = pipeline.promptEncoder.occurrences(of: pipeline.description.categories.map(\.identifier), in: words.tokens)
        #expect(named == [try golden.tensor("identifiers").values.map { $0 == 1 }])
        let tokens = name == "v_identifier_heard_everywhere" ? named.map { $0.map { _ in false } } : named
        context.guide = AttentionGuide(productMask: try productMask, mode: .hard, tokens: tokens, guidesPictures: false)
        let timestep = try golden.tensor("timestep").values[0]
        let v = try pipeline.unet(input, timestep: timestep, prompt: context, cancellation: CancellationFlag())
        compare(v, try golden.picture(name), name)
    }

    @Test("A reference's style is heard by the background as diffusers hears it")
    func style() throws {
        let cancellation = CancellationFlag()
        let adapter = try #require(pipeline.ipAdapter)
        let encoder = try #require(pipeline.imageEncoder)
        let encoding = try encoder.encode(CLIPPicture.tensor(picture("picture"), size: 128), cancellation: cancellation)
        let expected = try golden.tensor("style")
        compare(encoding.pooled.reshaped(expected.shape), expected, "style embedding", within: 1e-2)
        let words = try pipeline.promptEncoder(
            PromptEncoder.Request(prompts: [Self.prompt], syntax: .webUI, skippedLayers: 0), cancellation: cancellation)
        // The embedding that Python made, so that the picture's resampling plays no part.
        let exact = CLIPVisionModel.Encoding(pooled: expected.reshaped(encoding.pooled.shape), patches: encoding.patches)
        let heard = PicturePrompt(adapter: adapter, tokens: stackedBatch([try adapter.tokens(exact)]), scale: 1)
        var context = try pipeline.unet.prepare(words.states, pictures: [heard])
        context.guide = AttentionGuide(
            productMask: try productMask, mode: .hard, tokens: [try golden.tensor("identifiers").values.map { $0 == 1 }],
            guidesPictures: true)
        let input = try concatenateChannels([
            golden.picture("noisy_latent"), golden.picture("mask"), golden.picture("masked_latent"), golden.picture("layout"),
        ])
        let timestep = try golden.tensor("timestep").values[0]
        compare(
            try pipeline.unet(input, timestep: timestep, prompt: context, cancellation: cancellation), try golden.picture("v_style"),
            "v_style")
    }

    @Test("Crops of one picture are alike to the style encoder, other pictures are not")
    func styleTellsPicturesApart() throws {
        let encoder = try #require(pipeline.imageEncoder)
        func style(_ image: RasterImage) throws -> [Float] {
            let values = try encoder.encode(CLIPPicture.tensor(image, size: 128), cancellation: CancellationFlag()).pooled.values
            let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return values.map { $0 / length }
        }
        let samples = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../samples/spring-catalogue/references")
        let files = try FileManager.default.contentsOfDirectory(at: samples, includingPropertiesForKeys: nil).filter {
            $0.pathExtension == "jpg"
        }
        let pictures = try files.map { try Photo.load($0).image }
        #expect(pictures.count == 3)
        func crop(_ image: RasterImage, left: Bool) -> RasterImage {
            let side = image.height * 3 / 4
            let (x0, y0) = left ? (0, 0) : (image.width - side, image.height - side)
            var result = RasterImage(width: side, height: side, fill: .white)
            for y in 0..<side {
                for x in 0..<side * 4 { result.pixels[y * side * 4 + x] = image.pixels[((y0 + y) * image.width + x0) * 4 + x] }
            }
            return result
        }
        let (lefts, rights) = (try pictures.map { try style(crop($0, left: true)) }, try pictures.map { try style(crop($0, left: false)) })
        for (index, left) in lefts.enumerated() {
            let likeness = rights.map { zip(left, $0).reduce(0) { $0 + $1.0 * $1.1 } }
            #expect(likeness.max() == likeness[index], "\(files[index].lastPathComponent): \(likeness)")
        }
    }

    /// One step of a guided picture, put together from two calls: the layout is known to the guided one only.
    @Test("Guidance strengthens the layout")
    func guidance() throws {
        let image = try picture("picture")
        func latent(_ guidance: Float, _ layout: SceneLayout?) throws -> Tensor {
            var request = RenderRequest(
                prompt: guidance == 0 ? "" : Self.prompt, width: 256, height: 256, steps: 1, guidanceScale: max(guidance, 1), seed: 3,
                scheduler: .ddim)
            request.base = .inpainting(image, kept: try productMask)
            request.layout = layout
            request.samplesLatents = false
            var sequence = try pipeline.denoise(request, cancellation: CancellationFlag())
            return try #require(try sequence.next()).latent
        }
        let layout = try #require(SceneLayout.make(.wall, prompt: "", seed: 1))
        let expected = combined(1 - 3, try latent(0, nil), 3, try latent(1, layout))
        let error = relativeError(try latent(3, layout), expected)
        #expect(error < 1e-4, "relative error \(error)")
    }

    /// A sketch shortens the run, to 6 of 20 steps or, of plain paper, to 1, so the number of steps says whether there was one.
    @Test(
        "Where the words say nothing of a scene, the category's own scenes are painted, others with another seed; without a category, paper"
    )
    func categoryScenes() throws {
        let inpainting = try InpaintingPipeline(directory: #require(StarterModel.directory))
        var canvas = RasterImage(width: 256, height: 256, fill: .midGrey)
        var request = InpaintingRequest(
            prompt: "", canvas: canvas, productMask: try productMask, steps: 20, guidanceScale: 1, seed: 1, scheduler: .ddim, layout: .auto)
        func steps() throws -> Int { try inpainting.denoise(request, cancellation: CancellationFlag()).count }
        #expect(try steps() == 1)
        request.prompt = "futuristic, award winning"
        #expect(try steps() == 1)
        request.prompt = "bdshoes"
        #expect(try steps() < 20)
        request.prompt = "bdbeverage"
        #expect(try steps() == 6)
        request.prompt = "on white marble"
        #expect(try steps() == 6)
        request.layout = .off
        #expect(try steps() == 20)
        request.layout = .auto
        request.prompt = "bdelectronics"
        canvas = try inpainting.picture(of: Tensor.zeros([1, 32, 32, 4]), for: request, cancellation: CancellationFlag())
        #expect(canvas.width == 768 && canvas.height == 768)
        let wide = RasterImage(width: 1024, height: 256, fill: .midGrey)
        var panorama = request
        (panorama.canvas, panorama.productMask) = (wide, Mask(width: 1024, height: 256, fill: 0))
        let painted = try inpainting.picture(of: Tensor.zeros([1, 32, 128, 4]), for: panorama, cancellation: CancellationFlag())
        #expect(painted.width == 1024 && painted.height == 256)
        request.seed = 2
        #expect(try canvas != inpainting.picture(of: Tensor.zeros([1, 32, 32, 4]), for: request, cancellation: CancellationFlag()))
    }

    /// Levels of 255 between two pictures of the same size where there is no product, on average.
    private func distance(_ first: RasterImage, _ second: RasterImage, without product: Mask) -> Double {
        var (sum, count) = (0, 0)
        for (pixel, value) in product.values.enumerated() where value == 0 {
            for channel in 0..<3 { sum += abs(Int(first.pixels[pixel * 4 + channel]) - Int(second.pixels[pixel * 4 + channel])) }
            count += 3
        }
        return Double(sum) / Double(max(count, 1))
    }

    @Test("Over a sketch, previews look as the picture will")
    func previews() throws {
        let inpainting = try InpaintingPipeline(directory: #require(StarterModel.directory))
        let request = InpaintingRequest(
            prompt: "on a wooden table, foliage out of focus", canvas: try picture("picture"), productMask: try productMask, steps: 20,
            guidanceScale: 2, seed: 1, scheduler: .ddim, layout: .auto)
        let flag = CancellationFlag()
        var sequence = try inpainting.denoise(request, cancellation: flag)
        var (previews, raw) = ([RasterImage](), [RasterImage]())
        var last: Tensor?
        while let step = try sequence.next() {
            previews.append(try inpainting.preview(of: step, for: request, cancellation: flag))
            raw.append(try inpainting.decode(step.predictedOriginal, cancellation: flag))
            last = step.latent
        }
        let painted = resized(try inpainting.picture(of: try #require(last), for: request, cancellation: flag), width: 256, height: 256)
        let distances = previews.map { distance($0, painted, without: request.productMask) }
        let first = distance(raw[0], painted, without: request.productMask)
        #expect(distances[0] < first / 2 && distances.allSatisfy { $0 < 8 }, "previews \(distances), decoded \(first)")
        #expect(Set(previews.map(\.pixels)).count == previews.count)
    }

    /// What is painted for a request, as large as its canvas, and the map of its scene.
    private func painted(_ prompt: String, seed: UInt64) throws -> (picture: RasterImage, map: LayoutMap, product: Mask) {
        let inpainting = try InpaintingPipeline(directory: #require(StarterModel.directory))
        let request = InpaintingRequest(
            prompt: prompt, canvas: try picture("picture"), productMask: try productMask, steps: 20, guidanceScale: 2, seed: seed,
            scheduler: .ddim, layout: .auto)
        let flag = CancellationFlag()
        var sequence = try inpainting.denoise(request, cancellation: flag)
        var last: Tensor?
        while let step = try sequence.next() { last = step.latent }
        let picture = try inpainting.picture(of: try #require(last), for: request, cancellation: flag)
        let layout = try #require(SceneLayout.make(.auto, prompt: prompt, seed: seed))
        return (
            resized(picture, width: request.canvas.width, height: request.canvas.height),
            LayoutMap(layout, productMask: request.productMask), request.productMask
        )
    }

    /// The share of places outside the product that are brighter than `middle` where `isBright` is true and darker where it is false; both count
    /// for half of it.
    private func agreement(
        _ scene: (picture: RasterImage, map: LayoutMap, product: Mask), middle: Int, isBright: (LayoutMap.Hit) -> Bool?
    ) -> Double {
        let (width, height) = (scene.picture.width, scene.picture.height)
        var (right, all) = ([0, 0], [0, 0])
        for y in 0..<height {
            for x in 0..<width where scene.product.values[y * width + x] == 0 {
                let hit = scene.map.hit(
                    row: (Float(y) + 0.5) / Float(height), column: (Float(x) + 0.5 - Float(width) / 2) / Float(height))
                guard let isBright = isBright(hit) else { continue }
                let light = (0..<3).reduce(0) { $0 + Int(scene.picture.pixels[(y * width + x) * 4 + $1]) }
                all[isBright ? 1 : 0] += 1
                if (light > middle) == isBright { right[isBright ? 1 : 0] += 1 }
            }
        }
        return (Double(right[0]) / Double(max(all[0], 1)) + Double(right[1]) / Double(max(all[1], 1))) / 2
    }

    @Test("Podiums and shadows lie where the map of their scene has them")
    func agreesWithMap() throws {
        var (podiums, shadows) = ([Double](), [Double]())
        for seed in 1...6 as ClosedRange<UInt64> {
            let podium = try painted("a jar on a white round podium, navy blue background", seed: seed)
            podiums.append(agreement(podium, middle: 3 * 120) { $0.identity == .stand })
            let lit = try painted("a jar on a white table, white wall, hard sunlight from the left", seed: seed)
            // Half of the shadow's edge is left out: it is no edge.
            shadows.append(
                agreement(lit, middle: 3 * 175) { hit in
                    let shadow = lit.map.shadow(hit)
                    return hit.identity != .ground || (0.05..<0.5).contains(shadow) ? nil : shadow < 0.05
                })
        }
        noteError("starter model, podiums against their maps", Float(1 - podiums.reduce(0, +) / Double(podiums.count)))
        noteError("starter model, shadows against their maps", Float(1 - shadows.reduce(0, +) / Double(shadows.count)))
        #expect(podiums.allSatisfy { $0 > 0.85 }, "podiums \(podiums)")
        #expect(shadows.allSatisfy { $0 > 0.85 }, "shadows \(shadows)")
    }
}
