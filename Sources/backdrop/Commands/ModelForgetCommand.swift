import ArgumentParser
import Diffusion
import Foundation

struct ModelForgetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forget", abstract: "Remove a model's packed weights from the disk.",
        discussion: """
            Large models are kept once more, packed for this processor, so that they start at once: beside the model, or in the cache folder \
            (~/.cache/backdrop) where the model's folder cannot be written. The files can be removed at any time; the next start packs the \
            weights anew, unless it is told --no-packed-weights.

            EXAMPLES:
              backdrop model forget ~/models/sd15-inpainting
            """)

    @Argument(help: "A diffusers folder or a .safetensors file.", completion: .file())
    var path: String

    func run() throws {
        let model = URL(fileURLWithPath: path)
        guard FileManager.default.fileExists(atPath: model.path) else { throw Refusal("there is no \(path)") }
        let bytes = try PackedWeightsPlace.clear(model)
        let size = ByteCountFormatter.string(fromByteCount: Int64(bytes), countStyle: .file)
        Console.result(bytes == 0 ? "no packed weights of \(path)" : "\(size) of packed weights removed")
    }
}
