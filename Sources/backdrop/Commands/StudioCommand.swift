import ArgumentParser
import Foundation
import Studio
import TerminalUI

struct StudioCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "studio", abstract: "Choose, generate, review and export on one screen.",
        discussion: """
            Needs a terminal. Pictures appear by the kitty or iTerm2 protocol or as sixel graphics where the terminal has one of them, else as blocks; `backdrop doctor` says which, \
            and why. `?` shows the keys, `q` leaves.

            EXAMPLES:
              backdrop studio
              backdrop studio ~/spring-catalogue --pictures halfblock --theme light
              backdrop studio --record session.jsonl      then: backdrop doctor --latency session.jsonl
            """)

    @Argument(help: ArgumentHelp("The project folder; the same as --catalogue.", valueName: "folder"), completion: .directory)
    var folder: String?
    @OptionGroup var catalogue: CatalogueOptions
    @OptionGroup var model: ModelOptions
    @OptionGroup var memory: MemoryOptions
    @Option(help: "How pictures are shown (default: what the terminal can do best).")
    var pictures: PictureChoice?
    @Option(help: ArgumentHelp("dark, light, high-contrast, solarized, sixteen, monochrome, or a theme file.", valueName: "theme"))
    var theme: String?
    @Option(help: "What the screen speaks: en or ja.")
    var language: Language?
    @Option(
        help: ArgumentHelp("Write when keys came, screens were written and pictures sent; nothing of what was typed.", valueName: "file"),
        completion: .file())
    var record: String?
    @Flag(help: "With --record: the keys themselves, and so everything that is typed.")
    var recordKeys = false

    func validate() throws {
        guard folder == nil || catalogue.catalogue == nil else { throw ValidationError("name the project folder once") }
        guard !recordKeys || record != nil else { throw ValidationError("--record-keys needs --record") }
    }

    func run() throws {
        let place = folder.map { URL(fileURLWithPath: $0, isDirectory: true) } ?? catalogue.folder
        var options = StudioTerminal.Options()
        options.settings = try Settings.load()
        options.pictures = pictures
        options.theme = theme
        options.language = language
        options.recording = record.map { URL(fileURLWithPath: $0) }
        options.recordsKeys = recordKeys
        var work = StudioSession.Options(modelDirectory: model.directory)
        work.isInteractive = true
        work.loading = memory.loading(options.settings)
        let session = try StudioSession(folder: place.standardizedFileURL, options: work)
        defer { session.shutdown() }
        let status = try StudioTerminal.run(session: session, options: options)
        if status == 128 + SIGHUP, options.settings.hangUp == .keep, !session.state.tasks.isEmpty {
            // The line is dead, the work is not: it is painted to its end, and the next start shows it. SIGTERM still stops it.
            let interruption = Interruption(session.interrupter)
            withExtendedLifetime(interruption) { _ = session.runUntilIdle() }
        }
        if status != 0 { throw ExitCode(status) }
    }
}

extension PictureChoice: ExpressibleByArgument {}
extension Language: ExpressibleByArgument {}
