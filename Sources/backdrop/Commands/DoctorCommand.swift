import ArgumentParser
import Foundation
import TerminalUI

struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Say what this machine, terminal and model can do.",
        discussion: """
            Names what was found, which way was chosen, and why. Ends with exit code 1 where something has to be put right.

            EXAMPLES:
              backdrop doctor
              backdrop doctor --model ~/models/sd15-inpainting --json
              backdrop doctor --latency                    how long the line takes, there and back
              backdrop doctor --latency session.jsonl      what studio --record measured
            """)

    @OptionGroup var catalogue: CatalogueOptions
    @OptionGroup var model: ModelOptions
    @OptionGroup var output: OutputOptions
    @Flag(help: "Measure this terminal's line, or report a recording of the studio, and nothing else.")
    var latency = false
    @Argument(help: ArgumentHelp("With --latency: what studio --record wrote.", valueName: "recording"), completion: .file())
    var recording: String?

    func validate() throws {
        guard recording == nil || latency else { throw ValidationError("a recording is read with --latency") }
    }

    func run() throws {
        if latency { return try reportLatency() }
        let findings = Surroundings.findings(catalogue: catalogue, model: model) + Machine.findings()
        if output.json {
            try Console.json(["findings": findings])
        } else {
            for finding in findings { Console.result(finding.line) }
        }
        if findings.contains(where: { $0.status == .problem }) { throw ExitCode.failure }
    }

    private func reportLatency() throws {
        let report = try recording.map { try LatencyReport(recording: URL(fileURLWithPath: $0)) } ?? LatencyReport(asking: 50)
        if output.json {
            try Console.json(["findings": report.lines.map { Finding("latency", $0) }])
        } else {
            for line in report.lines { Console.result(line) }
        }
    }
}
