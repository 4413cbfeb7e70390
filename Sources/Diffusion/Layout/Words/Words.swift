import Foundation

/// Words that tell the same when a phrase has one of them, in English and Japanese: the names of rooms, what is made of wood.
///
/// Written as a list between commas.
struct Words: ExpressibleByStringLiteral, Sendable {
    /// In the order of the list.
    let all: [String]
    private let english: Set<Substring>
    /// Of how many words the longest English one is made.
    private let longest: Int
    private let japanese: [String]

    init(_ all: [String]) {
        self.all = all
        japanese = all.filter(Self.isJapanese)
        let english = all.filter { !Self.isJapanese($0) }
        self.english = Set(english.map { Substring($0) })
        longest = english.map { $0.split(separator: " ").count }.max() ?? 0
    }

    init(stringLiteral list: String) {
        self.init(list.split { $0 == "," || $0 == "\n" }.map { $0.drop { $0 == " " } }.filter { !$0.isEmpty }.map(String.init))
    }

    static func + (first: Words, second: Words) -> Words { Words(first.all + second.all) }

    /// Those that a phrase, as of ``PromptClauses/phrase(_:)``, has: English ones whole, also in the plural; Japanese ones, which no spaces
    /// part, anywhere.
    func said(in phrase: String, atMost limit: Int = .max) -> [String] {
        var said: [String] = []
        if Self.isJapanese(phrase) {
            for word in japanese where said.count < limit && strstr(phrase, word) != nil { said.append(word) }
        }
        guard longest > 0 else { return said }
        let spaces = phrase.utf8.indices.filter { phrase.utf8[$0] == UInt8(ascii: " ") }
        for (number, space) in spaces.enumerated() {
            for end in spaces[(number + 1)...].prefix(longest) where said.count < limit {
                let word = phrase[phrase.utf8.index(after: space)..<end]
                if let found = Self.singulars(word).first(where: english.contains) { said.append(String(found)) }
            }
        }
        return said
    }

    static func isJapanese(_ phrase: String) -> Bool { phrase.unicodeScalars.contains { $0.value > 0x3000 } }

    /// Whether an English word is one of them, or the plural of one.
    func contains(_ word: String) -> Bool { Self.singulars(word[...]).contains(where: english.contains) }

    /// A word, and what it is the plural of.
    private static func singulars(_ word: Substring) -> [Substring] {
        [word] + (word.hasSuffix("s") ? [word.dropLast()] : []) + (word.hasSuffix("es") ? [word.dropLast(2)] : [])
    }
}

extension String {
    /// Whether a phrase has one of some words.
    func says(_ words: Words) -> Bool { !words.said(in: self, atMost: 1).isEmpty }
}
