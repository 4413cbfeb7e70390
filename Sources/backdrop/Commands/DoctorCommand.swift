import ArgumentParser
import Foundation

struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Say what this machine, terminal and model can do.",
        discussion: """
            Names what was found, which way was chosen, and why. Ends with exit code 1 where something has to be put right.

            EXAMPLES:
              backdrop doctor
              backdrop doctor --model ~/models/sd15-inpainting --json
            """)

    @OptionGroup var catalogue: CatalogueOptions
    @OptionGroup var model: ModelOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let findings = Surroundings.findings(catalogue: catalogue, model: model) + Machine.findings()
        if output.json {
            try Console.json(["findings": findings])
        } else {
            for finding in findings { Console.result(finding.line) }
        }
        if findings.contains(where: { $0.status == .problem }) { throw ExitCode.failure }
    }
}
