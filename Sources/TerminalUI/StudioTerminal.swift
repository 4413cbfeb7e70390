import Foundation
import Studio

/// The studio on a terminal.
public enum StudioTerminal {
    /// How it is to look.
    public struct Options: Sendable {
        /// How pictures are to be shown.
        public var pictures: PictureChoice
        /// A theme's name, or a path to its file; nil takes the dark one.
        public var theme: String?

        public init(pictures: PictureChoice = .auto, theme: String? = nil) {
            self.pictures = pictures
            self.theme = theme
        }
    }

    /// Runs the studio until the designer leaves it, the terminal goes away, or the process is asked to end. The terminal is left as
    /// it was found, whatever happens. The session is not shut down.
    /// - Returns: the exit status: 0 after `q`, 128 and the signal's number after a hang-up or a request to end.
    /// - Throws: `ScreenError` where there is no usable terminal, `ThemeError`.
    public static func run(session: StudioSession, options: Options = Options()) throws -> Int32 {
        let theme = try options.theme.map { try Theme.load(named: $0) } ?? (try? Theme.load(named: "dark")) ?? .builtIn
        let loop = try TerminalLoop(session: session, options: options, theme: theme)
        return loop.run()
    }

    /// Asks the terminal on standard input and output what it can do. Takes up to two seconds where it does not answer.
    public static func report(pictures: PictureChoice = .auto) -> TerminalReport {
        TerminalInquiry.run(pictures: pictures)
    }

    /// Whether the environment asks for no colours (no-color.org).
    static var wantsNoColours: Bool {
        !(ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty
    }
}
