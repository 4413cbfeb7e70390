import Foundation
import Studio

/// The studio on a terminal.
public enum StudioTerminal {
    /// How it is to look.
    public struct Options: Sendable {
        /// How pictures are to be shown; nil leaves it to the settings.
        public var pictures: PictureChoice?
        /// A theme's name, or a path to its file; nil takes the one used last, then that of the settings, then the dark one.
        public var theme: String?
        /// What the screen speaks; nil takes the one used last, then that of the settings, then that of the locale.
        public var language: Language?
        /// Where times of keys, screens and pictures are written; nil writes none.
        public var recording: URL?
        /// Whether the recording holds the keys themselves, and with them what is typed.
        public var recordsKeys = false
        public var settings = Settings()

        public init() {}
    }

    /// Runs the studio until the designer leaves it, the terminal goes away, or the process is asked to end. The terminal is left as
    /// it was found, whatever happens. The session is not shut down.
    /// - Returns: the exit status: 0 after `q`, 128 and the signal's number after a hang-up or a request to end.
    /// - Throws: `ScreenError` where there is no usable terminal, `ThemeError`.
    public static func run(session: StudioSession, options: Options = Options()) throws -> Int32 {
        let themes = try ThemeKeeper(
            named: options.theme, orElse: [session.screenValue(for: "theme"), options.settings.theme].compactMap { $0 })
        let loop = try TerminalLoop(session: session, options: options, themes: themes, keymap: try Keymap.load())
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
