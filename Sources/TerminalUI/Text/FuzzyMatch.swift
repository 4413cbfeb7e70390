import Foundation
import Synchronization

/// How well a typed pattern fits a text: all its characters must occur in order; matches at word starts and in a row count more.
public enum FuzzyMatch {
    /// A text that fits.
    public struct Result: Equatable, Sendable {
        /// Higher is better; comparable only between texts for the same pattern.
        public let score: Int
        /// Indices of the matched characters of the text, ascending.
        public let positions: [Int]
    }

    /// `nil` where `pattern` does not occur in `text` as a subsequence, ignoring case and width of letters.
    public static func match(_ pattern: String, in text: String) -> Result? {
        match(wanted(pattern), in: text)
    }

    /// Whether `pattern` occurs in `text` as a subsequence, ignoring case and width of letters.
    public static func fits(_ pattern: String, in text: String) -> Bool {
        occurs(wanted(pattern), in: text)
    }

    /// Those of `items` that fit, in their order, `limit` at most.
    public static func filtered<Items: Sequence>(
        _ items: Items, pattern: String, limit: Int = .max, text: (Items.Element) -> String
    ) -> [Items.Element] {
        let wanted = wanted(pattern)
        var result: [Items.Element] = []
        for item in items where result.count < limit && occurs(wanted, in: text(item)) { result.append(item) }
        return result
    }

    private static func wanted(_ pattern: String) -> [Character] {
        Array(folded(pattern).filter { !$0.isWhitespace })
    }

    /// Of ten thousand names most do not fit; this finds them out without putting anything together.
    private static func occurs(_ wanted: [Character], in text: String) -> Bool {
        var rest = wanted[...]
        if let found = text.utf8.withContiguousStorageIfAvailable({ bytes -> Bool? in
            for byte in bytes {
                guard byte < 0x80 else { return nil }
                guard let next = rest.first else { return true }
                if next.asciiValue == (65...90 ~= byte ? byte + 32 : byte) { rest.removeFirst() }
            }
            return rest.isEmpty
        }), let found {
            return found
        }
        rest = wanted[...]
        for character in text {
            guard let next = rest.first else { return true }
            if folded(character) == next { rest.removeFirst() }
        }
        return rest.isEmpty
    }

    private static func match(_ wanted: [Character], in text: String) -> Result? {
        guard occurs(wanted, in: text) else { return nil }
        let available = text.map { folded($0) }
        guard !wanted.isEmpty else { return Result(score: 0, positions: []) }

        // best[j]: the best way to have matched the pattern so far with its last character at text position j.
        var best = [(score: Int, previous: Int)?](repeating: nil, count: available.count)
        var trail: [[Int]] = []
        for (row, character) in wanted.enumerated() {
            var next = [(score: Int, previous: Int)?](repeating: nil, count: available.count)
            var bestBefore: (score: Int, index: Int)?
            for column in available.indices {
                if row > 0, column > 0, let candidate = best[column - 1], candidate.score > bestBefore?.score ?? .min {
                    bestBefore = (candidate.score, column - 1)
                }
                guard available[column] == character else { continue }
                let startsWord = column == 0 || !(available[column - 1].isLetter || available[column - 1].isNumber)
                let own = startsWord ? 9 : 1
                if row == 0 {
                    next[column] = (own - min(column, 6), -1)
                } else {
                    let inARow = column > 0 ? best[column - 1].map { $0.score + own + 6 } : nil
                    let apart = bestBefore.map { $0.score + own }
                    if let inARow, inARow >= apart ?? .min {
                        next[column] = (inARow, column - 1)
                    } else if let apart, let index = bestBefore?.index {
                        next[column] = (apart, index)
                    }
                }
            }
            trail.append(next.map { $0?.previous ?? -1 })
            best = next
        }
        var end: (score: Int, index: Int)?
        for (index, candidate) in best.enumerated() {
            if let candidate, candidate.score > end?.score ?? .min { end = (candidate.score, index) }
        }
        guard let end else { return nil }
        var positions: [Int] = []
        var column = end.index
        for row in stride(from: wanted.count - 1, through: 0, by: -1) {
            positions.append(column)
            column = trail[row][column]
        }
        return Result(score: end.score - available.count / 8, positions: positions.reversed())
    }

    /// Those of `items` that fit, best first; equal ones keep their order. An empty pattern keeps all.
    public static func ranked<Item>(_ items: [Item], pattern: String, text: (Item) -> String) -> [(item: Item, positions: [Int])] {
        let wanted = wanted(pattern)
        guard !wanted.isEmpty else { return items.map { ($0, []) } }
        let matches = items.enumerated().compactMap { offset, item in
            match(wanted, in: text(item)).map { (offset: offset, item: item, result: $0) }
        }
        return matches.sorted { ($1.result.score, $0.offset) < ($0.result.score, $1.offset) }.map { ($0.item, $0.result.positions) }
    }

    private static func folded(_ character: Character) -> Character {
        if let byte = character.asciiValue { return 65...90 ~= byte ? Character(Unicode.Scalar(byte + 32)) : character }
        if let known = foldings.withLock({ $0[character] }) { return known }
        let folded = folded(String(character)).first ?? character
        foldings.withLock { known in
            if known.count > 20_000 { known = [:] }
            known[character] = folded
        }
        return folded
    }

    /// Foundation takes a microsecond for each; a catalogue's names are made of a few hundred.
    private static let foldings = Mutex<[Character: Character]>([:])

    private static func folded(_ text: String) -> String {
        text.folding(options: [.caseInsensitive, .widthInsensitive, .diacriticInsensitive], locale: nil)
    }
}
