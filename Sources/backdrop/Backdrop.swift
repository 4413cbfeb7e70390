import ArgumentParser

@main
struct Backdrop: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backdrop", abstract: "Paints backgrounds for product photos, in the terminal.")
}
