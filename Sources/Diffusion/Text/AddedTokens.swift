/// Tokens that stand for a whole piece of text and are found before anything is split: those that frame a prompt,
/// and the identifiers that a model was taught.
struct AddedTokens {
    /// One added token as the tokenizer's files list it.
    struct Token: Equatable {
        let content: String
        let identifier: Int
        /// Whether it is looked for in the normalised text, as written otherwise.
        let isNormalized: Bool
    }

    /// A stretch of text between added tokens, or such a token.
    enum Segment: Equatable {
        case text(String)
        case token(Int)
    }

    private let plain: [[Unicode.Scalar]: Int]
    private let normalized: [[Unicode.Scalar]: Int]

    init(_ tokens: [Token]) {
        func table(_ tokens: [Token], _ spelling: (String) -> String) -> [[Unicode.Scalar]: Int] {
            Dictionary(tokens.map { (Array(spelling($0.content).unicodeScalars), $0.identifier) }, uniquingKeysWith: { first, _ in first })
                .filter { !$0.key.isEmpty }
        }
        plain = table(tokens.filter { !$0.isNormalized }) { $0 }
        normalized = table(tokens.filter(\.isNormalized), WordSplitter.normalized)
    }

    /// Splits a text as written; the stretches between the tokens come back normalised.
    func segments(of text: String) -> [Segment] {
        Self.split(text, by: plain).flatMap { segment -> [Segment] in
            guard case .text(let stretch) = segment else { return [segment] }
            return Self.split(WordSplitter.normalized(stretch), by: normalized)
        }
    }

    /// Leftmost and, from there, longest matches.
    private static func split(_ text: String, by table: [[Unicode.Scalar]: Int]) -> [Segment] {
        let scalars = Array(text.unicodeScalars)
        let spellings = table.sorted { $0.key.count > $1.key.count }
        var segments: [Segment] = []
        var stretch = String.UnicodeScalarView()
        var position = 0
        while position < scalars.count {
            if let match = spellings.first(where: { scalars[position...].starts(with: $0.key) }) {
                if !stretch.isEmpty { segments.append(.text(String(stretch))) }
                stretch = String.UnicodeScalarView()
                segments.append(.token(match.value))
                position += match.key.count
            } else {
                stretch.append(scalars[position])
                position += 1
            }
        }
        if !stretch.isEmpty { segments.append(.text(String(stretch))) }
        return segments
    }
}
