import Foundation
import Tensor
import Testing

@testable import Diffusion

/// Damaged files of every kind the engine reads: whatever they hold, it answers with an error or a model, and never dies.
///
/// A few seconds in an ordinary run. For a long one:
/// `BACKDROP_FUZZ_SECONDS=600 swift test --filter FuzzTests`; `BACKDROP_FUZZ_SEED` repeats one that failed.
@Suite("Damaged files of every kind", .serialized)
struct FuzzTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let seconds = environment["BACKDROP_FUZZ_SECONDS"].flatMap(Double.init) ?? 2
    private static let seed = environment["BACKDROP_FUZZ_SEED"].flatMap(UInt64.init) ?? 1

    /// Attempts of each target at least, however busy the machine is: of so many some damage what matters.
    private static let fewest = 8

    /// Repeats `attempt` for this target's share of the time; counts the attempts that ended in a model rather than an error.
    private func repeatedly(_ name: String, _ attempt: (inout Chance) throws -> Void) throws {
        let end = ContinuousClock.now + .seconds(Self.seconds / 6)
        var chance = Chance(seed: Self.seed)
        var (attempts, accepted) = (0, 0)
        while ContinuousClock.now < end || attempts < Self.fewest {
            attempts += 1
            do {
                try attempt(&chance)
                accepted += 1
            } catch let error as ModelError {
                let line = error.description
                #expect(!line.isEmpty && !line.contains("\n"), "\(name), seed \(Self.seed), attempt \(attempts): \(line)")
            } catch is TensorError {
                // An operator refused shapes that a configuration led to.
            }
        }
        print("fuzz \(name): \(attempts) attempts, \(accepted) accepted")
        #expect(attempts > 0 && accepted < attempts, "\(name): damage must show")
    }

    @Test("Safetensors files")
    func safetensors() throws {
        let original = try Data(contentsOf: Golden.folder.appending(path: "families/lcm.safetensors"))
        let file = TemporaryFile("fuzz.safetensors")
        try repeatedly("safetensors") { chance in
            try chance.damaged(original, mostlyBefore: 400).write(to: file.url)
            for location in WeightStore(try SafetensorsFile(url: file.url)).locations.values { _ = try location.read() }
        }
    }

    @Test("Configurations, and what is built from them")
    func configurations() throws {
        let copy = try ModelCopy()
        let names = ["unet/config.json", "vae/config.json", "text_encoder/config.json", "scheduler/scheduler_config.json"]
        let originals = try names.map { try Data(contentsOf: copy.file($0)) }
        try repeatedly("configurations") { chance in
            let index = chance.below(names.count)
            try chance.damagedJSON(originals[index]).write(to: copy.file(names[index]))
            defer { try? originals[index].write(to: copy.file(names[index])) }
            let blueprint = try ModelBlueprint(directory: copy.url)
            _ = try blueprint.describe()
            for kind in SchedulerKind.allCases { _ = try kind.makeScheduler(blueprint.scheduler, steps: chance.below(60)) }
            let audit = WeightAudit()
            switch index {
            case 0: _ = try UNet(Weights(blueprint.openWeights(.unet), cancellation: nil, audit: audit), blueprint.unet)
            case 1: _ = try blueprint.autoencoder.makeAutoencoder(Weights(blueprint.openWeights(.autoencoder), cancellation: nil))
            default: _ = try CLIPTextModel(Weights(blueprint.openWeights(.textEncoder), cancellation: nil), blueprint.textEncoder)
            }
            guard audit.missing.isEmpty, audit.misshapen.isEmpty else {
                throw ModelError.missingTensor(path: "unet", tensor: audit.missing.first ?? audit.misshapen[0])
            }
        }
    }

    @Test("Tokenizers, and prompts of any characters")
    func tokenizers() throws {
        let copy = try ModelCopy()
        let names = ["vocab.json", "merges.txt", "tokenizer_config.json"].map { "tokenizer/\($0)" }
        let originals = try names.map { try Data(contentsOf: copy.file($0)) }
        try repeatedly("tokenizers") { chance in
            let index = chance.below(names.count)
            try chance.damaged(originals[index]).write(to: copy.file(names[index]))
            defer { try? originals[index].write(to: copy.file(names[index])) }
            let tokenizer = try CLIPTokenizer(folder: copy.file("tokenizer"), maximumTokens: 77)
            let prompt = chance.text()
            for syntax in PromptSyntax.allCases {
                let chunks = PromptChunks(WeightedPrompt(prompt, syntax: syntax), tokenizer: tokenizer, embeddings: ["a(": [1, 2]]).chunks
                #expect(chunks.allSatisfy { $0.tokens.count == tokenizer.maximumTokens && $0.weights.count == $0.tokens.count })
            }
        }
    }

    @Test("Single files of tensors with any names and shapes")
    func singleFiles() throws {
        let families = try ["sd1-inpainting", "sd2", "sdxl"].map { try FamilyModel($0) }
        let models = try families.map { try SafetensorsFile(url: $0.file).header.entries.mapValues(\.shape) }
        let file = TemporaryFile("fuzz.safetensors")
        try repeatedly("single files") { chance in
            var shapes = models[chance.below(models.count)]
            for _ in 0...chance.below(4) { chance.damage(&shapes) }
            try file.writeHoles(shapes)
            let blueprint = try ModelBlueprint(directory: file.url)
            _ = try blueprint.describe()
            let inspection = WeightAudit()
            _ = try UNet(Weights(blueprint.openWeights(.unet), cancellation: nil, audit: inspection), blueprint.unet)
        }
    }

    @Test("Adapter files of tensors with any names and shapes")
    func adapters() throws {
        let files = try FamilyModel("lora")
        let picture = try FamilyModel("ip-adapter")
        let control = try FamilyModel("control")
        let urls =
            ["kohya", "peft", "older"].map { files.folder.appending(path: "\($0).safetensors") }
            + ["base", "plus"].map { picture.folder.appending(path: "\($0).safetensors") }
            + [control.folder.appending(path: "control0/diffusion_pytorch_model.safetensors")]
        let models = try urls.map { try SafetensorsFile(url: $0).header.entries.mapValues(\.shape) }
        let blueprint = try ModelBlueprint(directory: Golden.tinyModel)
        let file = TemporaryFile("fuzz.safetensors")
        try repeatedly("adapters") { chance in
            let index = chance.below(models.count)
            var shapes = models[index]
            for _ in 0...chance.below(3) { chance.damage(&shapes) }
            try file.writeHoles(shapes)
            switch index {
            case 0..<3:
                var store = try blueprint.openWeights(.unet)
                try LoRA(file.url, weight: 1).apply(to: &store, .unet, layersPerBlock: 1)
                _ = try UNet(Weights(store, cancellation: nil), blueprint.unet)
            case 3, 4:
                _ = try IPAdapter(WeightStore(SafetensorsFile(url: file.url)), layerCount: 3, channels: 32, cancellation: nil)
                _ = try TextualInversion(file.url)
            default:
                _ = try ControlNet.load(file.url, blueprint: blueprint, cancellation: nil)
            }
        }
    }

    @Test("Indexes of sharded weights")
    func shards() throws {
        let copy = try ModelCopy()
        try copy.shard(ModelCopy.unetWeights)
        let index = copy.file("unet/diffusion_pytorch_model.safetensors.index.json")
        let original = try Data(contentsOf: index)
        try repeatedly("shards") { chance in
            try chance.damaged(original, times: chance.below(3)).write(to: index)
            _ = try ModelBlueprint(directory: copy.url).describe()
        }
    }
}
