import ArgumentParser
import Foundation
import Studio

struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write the approved set at the photos' own resolution.",
        discussion: """
            Puts every approved candidate behind its product, into exports/, and a contact sheet of all of them. The product's pixels are \
            those of the photo; of 16-bit photos in 16 bit. Ends with the line that fetches the set.

            EXAMPLES:
              backdrop export
              backdrop export --json | jq -r '.items[].path'
            """)

    @OptionGroup var catalogue: CatalogueOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let session = try Session(catalogue)
        try session.perform(.exportApproved)
        var report: ExportReport?
        var failure: StatusMessage?
        let interrupted = session.run { event in
            switch event {
            case .exportFinished(let result): report = result
            case .exportFailed(let words): failure = words
            default: break
            }
        }
        if let failure { throw Refusal(failure) }
        if let report { try show(report) }
        if let interrupted { throw interrupted }
        guard let report, !report.items.isEmpty else { throw ExitCode.failure }
        if !report.failures.isEmpty { throw ExitCode.partlyFailed }
    }

    private func show(_ report: ExportReport) throws {
        if output.json { return try Console.json(report) }
        for item in report.items { Console.result(item.path) }
        if let sheet = report.contactSheet { Console.result(sheet) }
        for failure in report.failures { Console.note(failure) }
        if report.items.isEmpty { Console.note(report.message.line) }
        if let command = report.copyCommand { Console.note("fetch it with: \(command)") }
        if let command = report.synchroniseCommand { Console.note("or only what is new: \(command)") }
    }
}
