import Foundation
import Imaging
import Tensor
import Testing

@testable import Diffusion

/// From prompt and seed to latents and picture, equal to diffusers, for single files of every family.
@Suite("Families of models")
struct FamilyTests {
    private static let prompt = "A glass bottle on wet slate, morning light; it's quiet!"
    private static let negative = "blurry, 商品"

    private func request(_ scheduler: SchedulerKind, width: Int = 32, seed: UInt64 = 5) -> RenderRequest {
        var request = RenderRequest(
            prompt: Self.prompt, width: width, height: 32, steps: 10, guidanceScale: 2, seed: seed, scheduler: scheduler)
        request.negativePrompt = Self.negative
        request.syntax = .plain
        return request
    }

    /// The picture of the goldens, and the mask of what is kept of it.
    private func base() throws -> RenderRequest.Base {
        let golden = try Golden("families/sd1-inpainting.safetensors")
        let picture = try golden.integers("picture")
        let painted = try golden.integers("mask")
        var image = RasterImage(width: 32, height: 32, fill: .black)
        for pixel in 0..<1024 {
            image[pixel % 32, pixel / 32] = RGBA(UInt8(picture[pixel * 3]), UInt8(picture[pixel * 3 + 1]), UInt8(picture[pixel * 3 + 2]))
        }
        return .inpainting(image, kept: Mask(width: 32, height: 32, values: painted.map { $0 >= 128 ? 0 : 255 }))
    }

    /// Final latents within 1e-3, and 99.9 % of the picture's 8-bit values within 1.
    private func compare(_ pipeline: DiffusionPipeline, _ request: RenderRequest, _ golden: Golden, _ name: String) throws {
        let flag = CancellationFlag()
        var sequence = try pipeline.denoise(request, cancellation: flag)
        var last: DenoisingStep?
        while let step = try sequence.next() { last = step }
        let latent = try #require(last).latent
        let error = relativeError(latent, try golden.picture("\(name).latents"))
        noteError("\(golden.path) \(name) latents", error)
        #expect(error < 1e-3, "\(name): relative error \(error)")
        let expected = try golden.integers("\(name).picture")
        let picture = try pipeline.decode(latent, cancellation: flag)
        let actual = (0..<picture.width * picture.height).flatMap { pixel in (0..<3).map { Int(picture.pixels[pixel * 4 + $0]) } }
        try #require(actual.count == expected.count)
        let close = zip(actual, expected).filter { abs($0 - $1) <= 1 }.count
        #expect(Double(close) >= 0.999 * Double(actual.count), "\(name): \(actual.count - close) of \(actual.count) values differ")
    }

    @Test("Stable Diffusion 1.x inpainting, float16: painted around a product, from noise and over the picture")
    func sd1Inpainting() throws {
        let model = try FamilyModel("sd1-inpainting")
        let pipeline = try DiffusionPipeline(model: model.file)
        #expect(pipeline.description.nativeSize == 128 && pipeline.blueprint.isInpainting)
        for (name, kind, strength) in [
            ("euler", SchedulerKind.euler, Float(1)), ("euler_a", .eulerAncestral, 1), ("euler.half", .euler, 0.55),
        ] {
            var request = request(kind)
            request.base = try base()
            request.strength = strength
            try compare(pipeline, request, model.golden(), name)
        }
    }

    @Test("Stable Diffusion 2.x, bfloat16, velocity: what is known is blended in at every noise level")
    func sd2() throws {
        let model = try FamilyModel("sd2")
        let pipeline = try DiffusionPipeline(model: model.file)
        #expect(pipeline.blueprint.scheduler.predictionType == .velocity && !pipeline.blueprint.isInpainting)
        for (name, kind, strength) in [
            ("ddim", SchedulerKind.ddim, Float(1)), ("euler_a", .eulerAncestral, 1), ("euler_a.part", .eulerAncestral, 0.7),
        ] {
            var request = request(kind)
            request.base = try base()
            request.strength = strength
            try compare(pipeline, request, model.golden(), name)
        }
    }

    @Test("Stable Diffusion XL: two text encoders, sizes, empty negative prompts as zeros, clip skip")
    func sdxl() throws {
        let model = try FamilyModel("sdxl")
        let pipeline = try DiffusionPipeline(model: model.file)
        var request = request(.euler, width: 48, seed: 6)
        request.negativePrompt = ""
        try compare(pipeline, request, model.golden(), "plain")
        request.negativePrompt = Self.negative
        try compare(pipeline, request, model.golden(), "negative")
        request.skippedLayers = 1
        request.guidanceScale = 1
        try compare(pipeline, request, model.golden(), "clip_skip")
    }

    @Test("A consistency model that hears the guidance scale itself, in four steps")
    func fewSteps() throws {
        let model = try FamilyModel("lcm", borrowing: ["vae", "text_encoder", "tokenizer", "model_index.json"])
        let pipeline = try DiffusionPipeline(model: model.folder)
        #expect(pipeline.description.recommended == .latentConsistency)
        var request = RenderRequest(
            prompt: "a bottle on a white table", width: 16, height: 16, steps: 4, guidanceScale: 7.5, seed: 8, scheduler: .lcm)
        request.syntax = .plain
        var sequence = try pipeline.denoise(request, cancellation: CancellationFlag())
        var last: DenoisingStep?
        while let step = try sequence.next() { last = step }
        let error = relativeError(try #require(last).latent, try model.golden().picture("latents"))
        noteError("lcm latents", error)
        #expect(error < 1e-3, "relative error \(error)")
    }

    @Test("The inspection names family, types and what nothing asks for", arguments: ["sd1-inpainting", "sd2", "sdxl"])
    func inspection(_ name: String) throws {
        let model = try FamilyModel(name)
        let inspection = try ModelInspection(model.file)
        let expected = [
            "sd1-inpainting": "Stable Diffusion 1.x, inpainting", "sd2": "Stable Diffusion 2.x, v-prediction",
            "sdxl": "Stable Diffusion XL",
        ]
        #expect(inspection.architecture == expected[name])
        #expect(inspection.isComplete && inspection.components.count == (name == "sdxl" ? 4 : 3))
        #expect(
            inspection.components.flatMap { Array($0.types.keys) }.allSatisfy {
                $0 == ["sd1-inpainting": "F16", "sd2": "BF16"][name] ?? "F32"
            })
        // OpenCLIP's last layer is in the file, and SD 2.x never runs it.
        #expect(inspection.components.allSatisfy { $0.unused.isEmpty == !(name == "sd2" && $0.name == "text_encoder") })
        #expect(inspection.files.count == 1 && inspection.files[0].sha256.count == 64)
    }
}
