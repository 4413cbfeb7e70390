import ArgumentParser
import Diffusion
import Foundation
import Imaging
import StarterModel

struct RenderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "render", abstract: "Make one picture with a model and its adapters.",
        discussion: """
            No catalogue is needed. Without --image the picture comes from the prompt alone; with it, the picture is painted over; with --mask as \
            well, only where the mask is white. The same options make the same picture as diffusers does from the same seed, and the PNG \
            carries the settings as WebUI writes them.

            EXAMPLES:
              backdrop render --model sd15 --prompt "a jar on (oak:1.2)" -o jar.png
              backdrop render --model inpaint.safetensors --image jar.png \\
                --mask background.png --prompt "on moss" --lora film:0.8 -o moss.png
            """)

    @OptionGroup(title: "Model") var model: RenderModelOptions
    @OptionGroup(title: "Sampling") var sampling: RenderSamplingOptions
    @OptionGroup(title: "Pictures") var pictures: RenderPictureOptions

    @Option(name: .shortAndLong, help: "What the picture shows.")
    var prompt: String
    @Option(help: "What it must not show.")
    var negative = ""
    @Flag(help: "Brackets in prompts are brackets, not weights.")
    var plainPrompt = false
    @Option(help: "Layers of the text encoder to stop before, as WebUI counts: 1 is none.")
    var clipSkip = 1

    @Option(name: .shortAndLong, help: ArgumentHelp("The PNG file to write.", valueName: "file"), completion: .file())
    var output: String
    @Option(help: ArgumentHelp("Keep the final latents, as safetensors.", valueName: "file"), completion: .file())
    var saveLatents: String?

    func validate() throws {
        guard clipSkip >= 1 else { throw ValidationError("--clip-skip goes from 1") }
        try pictures.validateTogether()
    }

    func run() throws {
        let directory = try model.directory()
        let pipeline = try DiffusionPipeline(
            model: directory, options: model.loading, adapters: pictures.adapters(model.adapters))
        let request = try request(pipeline.description)
        let cancellation = CancellationFlag()
        let began = ContinuousClock.now
        var sequence = try pipeline.denoise(request, cancellation: cancellation)
        var last: DenoisingStep?
        while let step = try sequence.next() {
            Console.note("step \(step.index) of \(step.count)")
            last = step
        }
        guard let last else { throw Refusal("no step was left to take") }
        let picture = try pipeline.decode(last.latent, cancellation: cancellation)
        let text = WebUIParameters(
            request: request, model: pipeline.description.name, version: "Backdrop \(Backdrop.version)"
        ).text
        try PNGCodec.encode(picture, text: [(keyword: "parameters", text: text)]).write(to: URL(fileURLWithPath: output))
        if let saveLatents {
            try SafetensorsWriter.data(["latents": channelsFirst(last.latent)]).write(to: URL(fileURLWithPath: saveLatents))
        }
        let seconds = (ContinuousClock.now - began) / .seconds(1)
        Console.result("\(output)  seed \(request.seed)  \(Console.duration(seconds))")
    }

    private func request(_ description: ModelDescription) throws -> RenderRequest {
        let size = sampling.size ?? pictures.naturalSize(multiple: description.sizeMultiple)
        let recommended = description.recommended
        var request = RenderRequest(
            prompt: prompt, width: size?.width ?? description.nativeSize, height: size?.height ?? description.nativeSize,
            steps: sampling.steps ?? recommended.steps, guidanceScale: sampling.guidance ?? recommended.guidance, seed: sampling.seed,
            scheduler: sampling.sampler ?? recommended.sampler)
        request.negativePrompt = negative
        request.syntax = plainPrompt ? .plain : .webUI
        request.skippedLayers = clipSkip - 1
        request.sigmaSpacing = sampling.schedule
        request.timestepSpacing = sampling.spacing
        request.prediction = sampling.prediction
        request.reuse = sampling.reuse
        try pictures.apply(to: &request)
        return request
    }
}
