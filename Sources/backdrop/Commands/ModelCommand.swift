import ArgumentParser
import Diffusion
import Foundation

struct ModelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model", abstract: "Look at model files.", subcommands: [ModelInspectCommand.self, ModelForgetCommand.self])
}

struct ModelInspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect", abstract: "Say what a model is, and whether it is complete.",
        discussion: """
            Reads a diffusers folder or a single-file .safetensors checkpoint: its architecture, the numbers of its weights and how they are \
            stored, tensors that are missing, misshapen or of no use, and the SHA-256 of every file. Ends with exit code 1 where something is \
            missing.

            EXAMPLES:
              backdrop model inspect ~/models/sd15-inpainting
              backdrop model inspect realistic.safetensors --json
            """)

    @Argument(help: "A diffusers folder or a .safetensors file.", completion: .file())
    var path: String
    @OptionGroup var output: OutputOptions

    func run() throws {
        let inspection = try ModelInspection(URL(fileURLWithPath: path))
        if output.json {
            try Console.json(inspection)
        } else {
            for line in Self.lines(inspection) { Console.result(line) }
        }
        if !inspection.isComplete { throw ExitCode.failure }
    }

    private static func lines(_ inspection: ModelInspection) -> [String] {
        var lines = [
            "\(inspection.path)",
            "  \(inspection.architecture), \(inspection.nativeSize) pixels, predicts \(inspection.prediction.rawValue)",
        ]
        for component in inspection.components {
            let types = component.types.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
            let millions = String(format: "%.1f", Double(component.parameters) / 1_000_000)
            lines.append("  \(component.name): \(millions) million weights; tensors: \(types)")
            lines += problems("missing", component.missing) + problems("misshapen", component.misshapen)
            lines += problems("of no use", component.unused)
        }
        for file in inspection.files { lines.append("  \(file.sha256)  \(file.bytes) bytes  \(file.path)") }
        return lines
    }

    /// The first few names, and how many more there are.
    private static func problems(_ label: String, _ names: [String]) -> [String] {
        guard !names.isEmpty else { return [] }
        let shown = names.prefix(5).joined(separator: ", ")
        return ["    \(label): \(shown)" + (names.count > 5 ? " and \(names.count - 5) more" : "")]
    }
}
