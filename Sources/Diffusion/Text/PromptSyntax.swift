/// How a prompt's brackets are read.
public enum PromptSyntax: String, Codable, CaseIterable, Sendable {
    /// `(word)` counts 1.1 times, `[word]` 1 / 1.1 times, `(word:1.3)` 1.3 times; `BREAK` begins a new chunk; a backslash
    /// before a bracket leaves it a bracket (AUTOMATIC1111/stable-diffusion-webui `modules/prompt_parser.py`).
    case webUI = "webui"
    /// Brackets are brackets.
    case plain
}

/// A prompt in stretches of equal weight.
struct WeightedPrompt: Equatable {
    enum Part: Equatable {
        case text(String, weight: Float)
        /// What follows begins a new chunk.
        case chunkBreak
    }

    let parts: [Part]

    init(_ prompt: String, syntax: PromptSyntax) {
        switch syntax {
        case .plain: parts = [.text(prompt, weight: 1)]
        case .webUI:
            var parser = WebUIParser(prompt)
            parts = parser.parse()
        }
    }
}

/// `parse_prompt_attention` of WebUI: one pass, with a stack for each kind of bracket.
private struct WebUIParser {
    private let characters: [Character]
    private var position = 0
    private var parts: [WeightedPrompt.Part] = []
    private var rounds: [Int] = []
    private var squares: [Int] = []

    private static let roundFactor: Float = 1.1
    private static let squareFactor: Float = 1 / 1.1

    init(_ prompt: String) {
        characters = Array(prompt)
    }

    mutating func parse() -> [WeightedPrompt.Part] {
        while position < characters.count {
            switch characters[position] {
            case "\\":
                // A backslash that escapes nothing is dropped, as there.
                if position + 1 < characters.count, "()[]\\".contains(characters[position + 1]) {
                    append(String(characters[position + 1]))
                    position += 1
                }
                position += 1
            case "(":
                rounds.append(parts.count)
                position += 1
            case "[":
                squares.append(parts.count)
                position += 1
            case ":" where !rounds.isEmpty:
                if let (weight, end) = closingWeight() {
                    multiply(from: rounds.removeLast(), by: weight)
                    position = end
                } else {
                    append(":")
                    position += 1
                }
            case ")" where !rounds.isEmpty:
                multiply(from: rounds.removeLast(), by: Self.roundFactor)
                position += 1
            case "]" where !squares.isEmpty:
                multiply(from: squares.removeLast(), by: Self.squareFactor)
                position += 1
            case ")", "]", ":":
                append(String(characters[position]))
                position += 1
            default:
                let end = characters[position...].firstIndex { "\\()[]:".contains($0) } ?? characters.count
                append(String(characters[position..<end]))
                position = end
            }
        }
        for start in rounds { multiply(from: start, by: Self.roundFactor) }
        for start in squares { multiply(from: start, by: Self.squareFactor) }
        return merged()
    }

    /// The number of `:1.2)` and where it ends.
    private func closingWeight() -> (Float, Int)? {
        guard let close = characters[position...].firstIndex(of: ")") else { return nil }
        let number = characters[(position + 1)..<close].filter { !$0.isWhitespace }
        guard !number.isEmpty, number.allSatisfy({ "+-.0123456789".contains($0) }), let weight = Float(String(number)), weight.isFinite
        else { return nil }
        return (weight, close + 1)
    }

    private mutating func multiply(from start: Int, by factor: Float) {
        for index in start..<max(parts.count, start) {
            if case .text(let text, let weight) = parts[index] { parts[index] = .text(text, weight: weight * factor) }
        }
    }

    /// Adds text; each `BREAK` that stands alone becomes a break.
    private mutating func append(_ text: String) {
        var words: [Substring] = []
        for (index, piece) in text.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
            if piece == "BREAK" {
                parts.append(.text(words.joined(separator: " "), weight: 1))
                parts.append(.chunkBreak)
                words = []
            } else if index == 0 || !words.isEmpty || !piece.isEmpty {
                words.append(piece)
            }
        }
        parts.append(.text(words.joined(separator: " "), weight: 1))
    }

    /// Neighbours of equal weight become one; a prompt of nothing is one empty text.
    private func merged() -> [WeightedPrompt.Part] {
        var result: [WeightedPrompt.Part] = []
        for part in parts {
            if case .text(let text, let weight) = part, case .text(let before, let same)? = result.last, same == weight {
                result[result.count - 1] = .text(before + text, weight: weight)
            } else {
                result.append(part)
            }
        }
        result.removeAll { $0 == .text("", weight: 1) }
        return result.isEmpty ? [.text("", weight: 1)] : result
    }
}
