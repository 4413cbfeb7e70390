import ArgumentParser
import Foundation
import Studio
import TerminalUI

struct StudioCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "studio", abstract: "Choose, generate, review and export on one screen.",
        discussion: """
            Needs a terminal. Pictures appear as sixel graphics where the terminal has them, else as half-blocks; `backdrop doctor` says which, \
            and why. `?` shows the keys, `q` leaves.

            EXAMPLES:
              backdrop studio
              backdrop studio ~/spring-catalogue --pictures halfblock --theme light
            """)

    @Argument(help: ArgumentHelp("The project folder; the same as --catalogue.", valueName: "folder"), completion: .directory)
    var folder: String?
    @OptionGroup var catalogue: CatalogueOptions
    @OptionGroup var model: ModelOptions
    @Option(help: "How pictures are shown.")
    var pictures: PictureChoice = .auto
    @Option(help: ArgumentHelp("dark, light, high-contrast, solarized, sixteen, monochrome, or a theme file.", valueName: "theme"))
    var theme: String?

    func validate() throws {
        guard folder == nil || catalogue.catalogue == nil else { throw ValidationError("name the project folder once") }
    }

    func run() throws {
        let place = folder.map { URL(fileURLWithPath: $0, isDirectory: true) } ?? catalogue.folder
        let session = try StudioSession(
            folder: place.standardizedFileURL, options: StudioSession.Options(modelDirectory: model.directory))
        defer { session.shutdown() }
        let status = try StudioTerminal.run(session: session, options: StudioTerminal.Options(pictures: pictures, theme: theme))
        if status != 0 { throw ExitCode(status) }
    }
}

extension PictureChoice: ExpressibleByArgument {}
