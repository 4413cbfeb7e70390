import Foundation

/// Phrases to write prompts with, by slot, in English and Japanese.
public struct PromptLibrary: Sendable, Equatable {
    /// One phrase in both languages; a file may leave the second away.
    public struct Phrase: Sendable, Equatable {
        public let english: String
        public let japanese: String
    }

    public private(set) var phrases: [PromptSlots.Slot: [Phrase]] = [:]
    private var slots: [String: PromptSlots.Slot] = [:]

    public init() {}

    /// Adds the phrases of a file; its form is described in `prompt-library.txt`.
    /// - Throws: `PromptFileError`.
    public mutating func add(parsing text: String, path: String) throws {
        var slot: PromptSlots.Slot?
        for (index, raw) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = raw.trimmingCharacters(in: .whitespaces)
            if line.isEmpty || line.hasPrefix("#") { continue }
            if line.hasPrefix("["), line.hasSuffix("]") {
                let name = String(line.dropFirst().dropLast())
                guard let known = PromptSlots.Slot(rawValue: name) else {
                    throw PromptFileError.badLine(path: path, line: index + 1, reason: "“\(name)” is none of \(Self.slotNames)")
                }
                slot = known
                continue
            }
            guard let slot else {
                throw PromptFileError.badLine(path: path, line: index + 1, reason: "a phrase comes before the first [slot]")
            }
            let words = line.split(separator: "|", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            add(Phrase(english: words.first ?? "", japanese: words.count > 1 ? words[1] : ""), to: slot)
        }
    }

    static var slotNames: String { PromptSlots.Slot.allCases.map(\.rawValue).joined(separator: ", ") }

    private mutating func add(_ phrase: Phrase, to slot: PromptSlots.Slot) {
        phrases[slot, default: []].append(phrase)
        for text in [phrase.english, phrase.japanese] where !text.isEmpty { slots[Self.key(text)] = slot }
    }

    /// Where a phrase belongs; nil for one that the library has not.
    public func slot(of phrase: String) -> PromptSlots.Slot? { slots[Self.key(phrase)] }

    /// How what was typed could go on: phrases that begin with it, then phrases with a word that does, those of `slot` alone where
    /// one is given. Japanese is offered to Japanese beginnings.
    /// - Parameter own: phrases of the catalogue's own prompts; they come first.
    public func completions(of beginning: String, in slot: PromptSlots.Slot? = nil, own: [String] = []) -> [String] {
        let wanted = Self.key(beginning)
        guard !wanted.isEmpty else { return [] }
        let chosen = slot.map { [$0] } ?? PromptSlots.Slot.allCases
        let all = own + chosen.flatMap { phrases[$0] ?? [] }.flatMap { [$0.english, $0.japanese] }
        var seen: Set<String> = [wanted]
        var first: [String] = []
        var second: [String] = []
        for phrase in all where !phrase.isEmpty {
            let key = Self.key(phrase)
            guard key.hasPrefix(wanted) || key.contains(" " + wanted), seen.insert(key).inserted else { continue }
            if key.hasPrefix(wanted) { first.append(phrase) } else { second.append(phrase) }
        }
        return first + second
    }

    private static func key(_ text: String) -> String {
        text.trimmingCharacters(in: .whitespaces).folding(options: [.caseInsensitive, .widthInsensitive], locale: nil)
    }
}

/// Why a preset or a library cannot be read.
public enum PromptFileError: Error, Equatable, CustomStringConvertible, LocalizedError {
    case unreadable(path: String)
    case badLine(path: String, line: Int, reason: String)

    public var description: String {
        switch self {
        case .unreadable(let path): "\(path) cannot be read as UTF-8 text: save it as UTF-8, or remove it"
        case .badLine(let path, let line, let reason): "\(path) is wrong in line \(line): \(reason)"
        }
    }

    public var errorDescription: String? { description }
}
