import ArgumentParser

/// The shells that the argument parser can write a script for.
private enum Shell: String, ExpressibleByArgument, CaseIterable {
    case bash, zsh, fish

    var completion: CompletionShell {
        switch self {
        case .bash: .bash
        case .zsh: .zsh
        case .fish: .fish
        }
    }
}

struct CompletionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "completion", abstract: "Print the completion script of a shell.",
        discussion: """
            EXAMPLES:
              source <(backdrop completion bash)
              backdrop completion zsh > ~/.zfunc/_backdrop
              backdrop completion fish > ~/.config/fish/completions/backdrop.fish
            """)

    @Argument(help: "Which shell.")
    private var shell: Shell

    func run() {
        Console.result(Backdrop.completionScript(for: shell.completion))
    }
}
