import Foundation

/// Asks a terminal what it can do, all questions in one batch, and collects the answers while everything else goes on.
///
/// The batch ends with DA1, which every terminal answers: when that reply is there, those before it are too, or never come.
struct CapabilityProbe: Equatable, Sendable {
    /// XTVERSION, XTSMGRAPHICS colour registers and largest sixel picture, cell size, synchronised output, device attributes; before
    /// them kitty graphics, a pixel that is only asked about. Not in tmux and screen, which take such a string for a window's title.
    static func questions(environment: [String: String] = ProcessInfo.processInfo.environment) -> String {
        let kitty = "\u{1B}_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\u{1B}\\"
        let others = "\u{1B}[>q\u{1B}[?1;1;0S\u{1B}[?2;1;0S\u{1B}[?2;4;0S\u{1B}[16t\u{1B}[?2026$p\u{1B}[c"
        return (TerminalReport.multiplexer(environment) == nil ? kitty : "") + others
    }

    /// After this long a terminal counts as one that doesn't answer, seconds. Later answers still improve the picture.
    static let patience = 2.0

    /// What has been learnt.
    struct Answers: Equatable, Sendable {
        /// DA1 parameters; nil before the answer.
        var attributes: [Int]?
        var colourRegisters: Int?
        /// Largest sixel picture now, pixels: usually the text area.
        var graphicsArea: (width: Int, height: Int)? {
            get { area.map { ($0[0], $0[1]) } }
            set { area = newValue.map { [$0.width, $0.height] } }
        }
        /// Largest sixel picture ever accepted, pixels.
        var graphicsLimit: (width: Int, height: Int)? {
            get { limit.map { ($0[0], $0[1]) } }
            set { limit = newValue.map { [$0.width, $0.height] } }
        }
        var cellSize: CellSize?
        /// Whether kitty graphics are known.
        var hasKitty = false
        /// What the terminal calls itself: `foot(1.13.1)`.
        var program: String?
        /// Whether mode 2026 is known; nil before the answer.
        var synchronisedOutput: Bool?

        private var area: [Int]?
        private var limit: [Int]?

        /// DA1 parameter 4: sixel graphics.
        var hasSixel: Bool { attributes?.contains(4) ?? false }
    }

    private(set) var answers = Answers()
    /// True when DA1 has come.
    var isComplete: Bool { answers.attributes != nil }

    /// Takes one reply in.
    /// - Returns: whether anything new was learnt.
    mutating func take(_ reply: InputParser.Reply) -> Bool {
        let before = answers
        switch reply {
        case .deviceAttributes(let attributes):
            answers.attributes = attributes
        case .graphics(item: 1, status: 0, let values):
            if let count = values.first, count > 0 { answers.colourRegisters = count }
        case .graphics(item: 2, status: 0, let values) where values.count >= 2 && values[0] > 0 && values[1] > 0:
            // The questions were “now” and “at most”, in this order, and a terminal answers in order.
            if answers.graphicsArea == nil {
                answers.graphicsArea = (values[0], values[1])
            } else {
                answers.graphicsLimit = (values[0], values[1])
            }
        case .cellSize(let width, let height):
            let size = CellSize(width: Double(width), height: Double(height))
            if size.isPlausible { answers.cellSize = size }
        case .kittyGraphics(let isKnown):
            answers.hasKitty = isKnown
        case .name(let name):
            answers.program = name
        case .mode(2026, let setting):
            answers.synchronisedOutput = setting == 1 || setting == 2
        default:
            return false
        }
        return answers != before
    }
}
