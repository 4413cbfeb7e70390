import ArgumentParser
import Foundation

/// The program: what can be asked of it on a command line. Every command drives the same studio as the screen does.
@main
struct Backdrop: ParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "backdrop",
        abstract: "Paints backgrounds for product photos, in the terminal.",
        discussion: """
            A catalogue is a folder: photos in products/, brand pictures in references/, generated backgrounds in candidates/, the approved set \
            in exports/. Every command works on the current folder, or on the one that --catalogue names.

            EXAMPLES:
              backdrop studio                   open the studio on the current folder
              backdrop import ~/shoot           copy the photos of a folder
              backdrop generate vase --count 4 --prompt "on pale oak, soft light"
              backdrop approve vase 2           and, if it was wrong, backdrop undo
              backdrop export                   write the approved set, full size
              backdrop doctor                   what this machine and terminal can do

            Exit codes: 0 done, 1 failed, 3 partly failed, 64 wrong usage, 130 interrupted.
            """,
        version: version,
        groupedSubcommands: [
            CommandGroup(
                name: "At work",
                subcommands: [StudioCommand.self, ImportCommand.self, MaskCommand.self, GenerateCommand.self, ExportCommand.self]),
            CommandGroup(
                name: "Review",
                subcommands: [
                    ListCommand.self, CheckCommand.self, ApproveCommand.self, RejectCommand.self, UndoCommand.self, RedoCommand.self,
                ]),
            CommandGroup(name: "Models", subcommands: [RenderCommand.self, ModelCommand.self]),
            CommandGroup(name: "Single pictures", subcommands: [CutoutCommand.self, ComposeCommand.self, DistanceCommand.self]),
            CommandGroup(name: "Set-up", subcommands: [DoctorCommand.self, BenchCommand.self, CompletionCommand.self]),
        ])

    static func main() {
        // A file that outgrows the limit set for it is an error to report, like a full disk, and no reason to die.
        signal(SIGXFSZ, SIG_IGN)
        EngineThreads.letWaitingThreadsSleep()
        do {
            var command = try parseAsRoot()
            try command.run()
            end(0)
        } catch {
            let code = exitCode(for: error).rawValue
            let message = fullMessage(for: error, columns: nil)
            if !message.isEmpty { code == 0 ? print(message) : Console.note(message) }
            end(code)
        }
    }

    /// Leaves without the destructors of libraries: they would take code away that a thread in the background is still running.
    private static func end(_ code: Int32) -> Never {
        fflush(nil)
        _exit(code)
    }
}
