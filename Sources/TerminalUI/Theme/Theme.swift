/// What colours mean in the studio, read from a plain file.
///
/// A theme names a style for each `Role`. Colour carries meaning only: accent is focus, green approved, red rejected, yellow
/// needs a look. Every meaning is also a mark or a word, so that a theme without colour loses nothing.
public struct Theme: Equatable, Sendable {
    /// What a piece of the screen is.
    public enum Role: String, CaseIterable, Sendable {
        /// Ordinary text, and with its background the whole screen.
        case text
        /// Text that should be read last: hints, units, counts.
        case muted
        /// The lines between panes.
        case rule
        /// A pane's title.
        case title
        /// The focused pane's title and marker.
        case accent
        /// The chosen row of the focused list.
        case selection
        /// The chosen row of another list.
        case quietSelection = "quiet-selection"
        /// A key in hints and help.
        case key
        /// Decided well.
        case approved
        /// Decided against, and errors.
        case rejected
        /// Needs a look.
        case warning
        /// The done part of a progress bar.
        case progress
        /// Letters that matched a filter.
        case match
    }

    /// What the theme calls itself.
    public let name: String
    private let styles: [Role: Style]

    /// A theme of the given styles; roles left out look like text.
    public init(name: String, styles: [Role: Style]) {
        self.name = name
        self.styles = styles
    }

    /// The style of a role.
    public subscript(role: Role) -> Style {
        styles[role] ?? styles[.text] ?? Style()
    }

    /// The same theme without colours, for `NO_COLOR`: attributes stay, and what had only colour to tell it apart gets one.
    public var withoutColours: Theme {
        var plain: [Role: Style] = [:]
        for role in Role.allCases {
            var attributes = self[role].attributes
            switch role {
            case .selection: attributes.insert(.reverse)
            case .accent, .title, .key, .match: attributes.insert(.bold)
            default: break
            }
            plain[role] = Style(attributes: attributes)
        }
        return Theme(name: name + " without colours", styles: plain)
    }

    /// The theme built into the program, for when no file can be read: the same as `themes/dark.theme`.
    public static let builtIn: Theme = {
        let background = Colour.rgb(28, 28, 28)
        func style(_ red: UInt8, _ green: UInt8, _ blue: UInt8, _ attributes: Style.Attributes = []) -> Style {
            Style(foreground: .rgb(red, green, blue), background: background, attributes: attributes)
        }
        return Theme(
            name: "Dark",
            styles: [
                .text: style(208, 208, 208), .muted: style(138, 138, 138), .rule: style(68, 68, 68), .title: style(168, 168, 168),
                .accent: style(135, 175, 215, .bold),
                .selection: Style(foreground: .rgb(238, 238, 238), background: .rgb(58, 58, 58)),
                .quietSelection: Style(foreground: .rgb(208, 208, 208), background: .rgb(38, 38, 38)),
                .key: style(135, 175, 215), .approved: style(135, 175, 95), .rejected: style(215, 95, 95),
                .warning: style(215, 175, 95), .progress: style(135, 175, 215), .match: style(135, 175, 215, .bold),
            ])
    }()
}
