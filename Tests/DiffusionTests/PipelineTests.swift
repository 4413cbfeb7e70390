import Foundation
import Imaging
import Tensor
import Testing

@testable import Diffusion

@Suite("The inpainting pipeline")
struct PipelineTests {
    private let flag = CancellationFlag()

    private func pipeline(_ folder: URL = Golden.tinyModel) throws -> InpaintingPipeline {
        try InpaintingPipeline(directory: folder)
    }

    /// A small canvas with a product in its middle.
    private func request(seed: UInt64 = 7, steps: Int = 5, guidance: Float = 4, scheduler: SchedulerKind = .dpmpp2m) -> InpaintingRequest {
        var canvas = RasterImage(width: 32, height: 24, fill: .midGrey)
        var mask = Mask(width: 32, height: 24, fill: 0)
        for y in 8..<16 {
            for x in 10..<20 {
                canvas[x, y] = RGBA(200, UInt8(10 * y), UInt8(10 * x))
                mask[x, y] = 255
            }
        }
        return InpaintingRequest(
            prompt: "a bottle on a white marble table", negativePrompt: "背景", canvas: canvas, productMask: mask, steps: steps,
            guidanceScale: guidance, seed: seed, scheduler: scheduler)
    }

    private func steps(_ request: InpaintingRequest, _ pipeline: InpaintingPipeline) throws -> [DenoisingStep] {
        var sequence = try pipeline.denoise(request, cancellation: flag)
        var steps: [DenoisingStep] = []
        while let step = try sequence.next() { steps.append(step) }
        return steps
    }

    private func finalLatent(_ request: InpaintingRequest, _ pipeline: InpaintingPipeline) throws -> Tensor {
        try #require(try steps(request, pipeline).last).latent
    }

    struct GoldenRun: Decodable {
        let prompt: String
        let negativePrompt: String
        let steps: Int
        let guidanceScale: Float
    }

    @Test("Final latents and pictures of a whole guided run equal those of diffusers", arguments: [SchedulerKind.ddim, .euler, .dpmpp2m])
    func wholeRun(_ kind: SchedulerKind) throws {
        let golden = try Golden("pipeline.safetensors")
        let run = try ConfigurationFile.decode(GoldenRun.self, at: Golden.folder.appending(path: "pipeline.json"))
        let blueprint = try ModelBlueprint(directory: Golden.tinyModel)
        let tokenizer = try CLIPTokenizer(folder: Golden.tinyModel.appending(path: "tokenizer"), maximumTokens: 77)
        let text = try CLIPTextModel(Weights(blueprint.openWeights(.textEncoder), cancellation: nil), blueprint.textEncoder)
        let unet = try UNet(Weights(blueprint.openWeights(.unet), cancellation: nil), blueprint.unet)
        let autoencoder = try blueprint.autoencoder.makeAutoencoder(Weights(blueprint.openWeights(.autoencoder), cancellation: nil))

        let states = try [run.negativePrompt, run.prompt].map { try text.encode(tokenizer.encode($0), cancellation: flag).states }
        let scheduler = try kind.makeScheduler(blueprint.scheduler, steps: run.steps)
        var sequence = DenoisingSequence(
            unet: unet, prompt: try unet.prepare(stackedBatch(states)),
            surroundings: .init(
                inpainting: try concatenateChannels([golden.picture("latent_mask"), golden.picture("masked_image_latents")])),
            guidanceScale: run.guidanceScale, scheduler: scheduler,
            latent: mapped(try golden.picture("latents")) { $0 * scheduler.initialNoiseSigma },
            noise: NoiseSource(seed: 0, height: 8, width: 8, channels: 4), firstStep: 0, cancellation: flag)
        var last: DenoisingStep?
        while let step = try sequence.next() { last = step }
        let latent = try #require(last).latent
        let latentError = relativeError(latent, try golden.picture("\(kind.rawValue).final_latents"))
        #expect(latentError < 1e-3, "relative error \(latentError)")
        let decoded = try autoencoder.decode(latent, cancellation: flag)
        let pictureError = relativeError(decoded, try golden.picture("\(kind.rawValue).decoded"))
        #expect(pictureError < 1e-3, "relative error \(pictureError)")
    }

    struct CanvasRun: Decodable {
        let prompt: String
        let negativePrompt: String
        let steps: Int
        let guidanceScale: Float
        let seed: UInt64
        let sampler: SchedulerKind
    }

    @Test("From canvas, mask and seed to the picture, as diffusers makes it")
    func canvasRun() throws {
        let golden = try Golden("canvas.safetensors")
        let run = try ConfigurationFile.decode(CanvasRun.self, at: Golden.folder.appending(path: "canvas.json"))
        let (width, height) = (32, 24)
        func image(_ name: String) throws -> RasterImage {
            let values = try golden.integers(name)
            var image = RasterImage(width: width, height: height, fill: .black)
            for pixel in 0..<width * height {
                image[pixel % width, pixel / width] = RGBA(
                    UInt8(values[pixel * 3]), UInt8(values[pixel * 3 + 1]), UInt8(values[pixel * 3 + 2]))
            }
            return image
        }
        let request = InpaintingRequest(
            prompt: run.prompt, negativePrompt: run.negativePrompt, canvas: try image("canvas"),
            productMask: Mask(width: width, height: height, values: try golden.integers("product").map { UInt8($0) }), steps: run.steps,
            guidanceScale: run.guidanceScale, seed: run.seed, scheduler: run.sampler)
        let pipeline = try pipeline()
        let latent = try finalLatent(request, pipeline)
        // The golden latents are scaled as the pipeline's own are.
        let error = relativeError(latent, try golden.picture("final_latents"))
        #expect(error < 1e-3, "relative error \(error)")
        let result = try pipeline.decode(latent, cancellation: flag)
        let differences = zip(result.pixels, try image("result").pixels).map { abs(Int($0) - Int($1)) }
        #expect(differences.max() ?? 255 <= 1)
    }

    @Test("Steps are counted, descend the schedule, and each carries a preview")
    func steps() throws {
        let pipeline = try pipeline()
        let request = request()
        let steps = try steps(request, pipeline)
        #expect(steps.map(\.index) == [1, 2, 3, 4, 5])
        #expect(steps.allSatisfy { $0.count == 5 })
        #expect(steps.map(\.timestep) == steps.map(\.timestep).sorted(by: >))
        let previews = try steps.map { try pipeline.preview(of: $0, for: request, cancellation: flag) }
        #expect(previews.allSatisfy { $0.width == 32 && $0.height == 24 })
        #expect(Set(previews.map(\.pixels)).count == 5)
    }

    @Test("The same seed gives identical latents and pictures, another seed others")
    func seeds() throws {
        let first = try pipeline()
        let latent = try finalLatent(request(), first)
        #expect(try finalLatent(request(seed: 8), first).values != latent.values)
        #expect(try finalLatent(request(), first).values == latent.values)
        let second = try pipeline()
        let again = try finalLatent(request(), second)
        #expect(again.values == latent.values)
        #expect(try first.decode(latent, cancellation: flag) == second.decode(again, cancellation: flag))
    }

    @Test("Prompt, negative prompt, guidance and canvas all count")
    func everythingCounts() throws {
        let pipeline = try pipeline()
        let base = try finalLatent(request(), pipeline).values
        var changed = request()
        changed.prompt = "studio light"
        #expect(try finalLatent(changed, pipeline).values != base)
        changed = request()
        changed.negativePrompt = "bottle"
        #expect(try finalLatent(changed, pipeline).values != base)
        changed = request()
        changed.guidanceScale = 4.5
        #expect(try finalLatent(changed, pipeline).values != base)
        changed = request()
        changed.canvas[12, 12] = .white
        #expect(try finalLatent(changed, pipeline).values != base)
        changed = request()
        changed.productMask[0, 0] = 255
        #expect(try finalLatent(changed, pipeline).values != base)
    }

    @Test("Without guidance the negative prompt does not count, and guidance just above 1 comes close")
    func unguided() throws {
        let pipeline = try pipeline()
        var plain = request(guidance: 1)
        let latent = try finalLatent(plain, pipeline)
        plain.negativePrompt = "bottle"
        #expect(try finalLatent(plain, pipeline).values == latent.values)
        #expect(relativeError(try finalLatent(request(guidance: 1.0001), pipeline), latent) < 1e-2)
    }

    @Test("A reference starts later and pulls the picture towards it")
    func styleReference() throws {
        let pipeline = try pipeline()
        var styled = request(steps: 10)
        styled.styleReference = RasterImage(width: 40, height: 40, fill: RGBA(250, 20, 20))
        let plain = try finalLatent(request(steps: 10), pipeline)
        #expect(try finalLatent(styled, pipeline).values == plain.values)
        styled.styleStrength = 1
        let steps = try steps(styled, pipeline)
        #expect(steps.count == 4 && steps.allSatisfy { $0.count == 4 })
        #expect(steps.last?.latent.values != plain.values)
        let red = steps.last?.latent.values
        styled.styleReference = RasterImage(width: 40, height: 40, fill: RGBA(20, 20, 250))
        #expect(try finalLatent(styled, pipeline).values != red)
    }

    @Test("Requests that cannot be carried out are refused in one line")
    func badRequests() throws {
        let pipeline = try pipeline()
        var requests = [request(steps: 0), request(steps: 5000), request(guidance: .nan), request(guidance: -1)]
        var odd = request()
        odd.canvas = RasterImage(width: 30, height: 24, fill: .white)
        odd.productMask = Mask(width: 30, height: 24, fill: 0)
        requests.append(odd)
        var unequal = request()
        unequal.productMask = Mask(width: 24, height: 24, fill: 0)
        requests.append(unequal)
        var empty = request()
        empty.styleReference = RasterImage(width: 0, height: 0, fill: .white)
        requests.append(empty)
        var strange = request()
        strange.styleStrength = .nan
        requests.append(strange)
        for request in requests {
            #expect(throws: ModelError.self) { try pipeline.denoise(request, cancellation: flag) }
        }
    }

    @Test("Tokens are counted without the frame")
    func tokenCount() throws {
        let pipeline = try pipeline()
        #expect(pipeline.tokenCount("") == 0)
        #expect(pipeline.tokenCount("table table") == 2 * pipeline.tokenCount("table"))
        #expect(pipeline.maximumPromptTokens == 75)
    }
}

@Suite("The description of a model")
struct ModelDescriptionTests {
    @Test("A plain diffusers directory")
    func plain() throws {
        let description = try InpaintingPipeline.describe(directory: Golden.tinyModel)
        #expect(description.name == "tiny-inpaint")
        #expect(description.nativeSize == 16 && description.latentScale == 2 && description.sizeMultiple == 4)
        #expect(description.categories.isEmpty && description.recommended == .stableDiffusion)
        #expect(description.parameterCounts.total > 100_000)
        #expect(description == (try InpaintingPipeline(directory: Golden.tinyModel)).description)
    }

    @Test("backdrop.json adds categories and recommended settings")
    func backdrop() throws {
        let copy = try ModelCopy()
        let json = """
            {"name": "Starter", "version": "1", "licence": "CC0", "categories": [{"identifier": "bdshoes", "name": "Shoes", "name_ja": "靴",
            "parent": "fashion"}, {"identifier": "bdtoys", "name": "Toys"}], "recommended": {"steps": 12, "guidance": 3.5, "sampler": "euler",
            "negative": "blurry"}}
            """
        try Data(json.utf8).write(to: copy.file("backdrop.json"))
        let description = try InpaintingPipeline.describe(directory: copy.url)
        #expect(description.name == "Starter" && description.version == "1" && description.licence == "CC0")
        #expect(
            description.categories == [
                ModelCategory(identifier: "bdshoes", name: "Shoes", nameJapanese: "靴", parent: "fashion"),
                ModelCategory(identifier: "bdtoys", name: "Toys", nameJapanese: "Toys"),
            ])
        #expect(description.recommended == RecommendedSettings(steps: 12, guidance: 3.5, sampler: .euler, negativePrompt: "blurry"))
    }

    @Test("The fingerprint follows the weights, not the folder")
    func fingerprint() throws {
        let original = try InpaintingPipeline.describe(directory: Golden.tinyModel).weightsFingerprint
        let copy = try ModelCopy()
        #expect(try InpaintingPipeline.describe(directory: copy.url).weightsFingerprint == original)
        #expect(original.count == 64)
        try copy.editTensors(ModelCopy.unetWeights) { $0["conv_in.weight"]?.floats[0] += 1 }
        #expect(try InpaintingPipeline.describe(directory: copy.url).weightsFingerprint != original)
    }

    @Test("SHA-256 of the standard's examples")
    func digest() {
        var digest = SHA256()
        #expect(digest.finalized() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        digest.update("abc".utf8)
        #expect(digest.finalized() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        var long = SHA256()
        long.update("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8)
        #expect(long.finalized() == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
    }
}
