/// A prompt taken apart: what the product stands on, what is behind, what lies beside, how it is lit. English or Japanese.
///
/// Phrases are lower case, English words between single spaces, with one at either end.
struct PromptClauses {
    private(set) var ground: [String] = []
    /// What the product stands on, where that stands on something else: the stump in "a stump on moss", the podium before a plain background.
    private(set) var stand: String?
    private(set) var backdrop: [String] = []
    private(set) var props: [String] = []
    private(set) var light: [String] = []

    /// What follows the first "on" (or comes before の上) is the ground, "with" the props, what speaks of light the light; the rest is the backdrop.
    init(_ prompt: String) {
        var text = prompt.lowercased()
        for separator in Self.separators {
            text = text.replacing(separator, with: ",")
        }
        // "kitchen with white tile wall" is one place; "with lemons" is a prop of its own.
        text = text.replacing(" with ", with: ",with ")
        for part in text.split(whereSeparator: { ",;.、。，".contains($0) }) {
            let words = Self.phrase(part)
            if let range = words.range(of: "の上") {
                ground.append(String(words[..<range.lowerBound]))
            } else if Self.isOfLight(words) {
                light.append(words)
            } else if words.hasPrefix(" with ") {
                if Self.wallWords.contains(where: words.contains) { backdrop.append(words) } else { props.append(words) }
            } else if ground.isEmpty, let range = [" on ", " upon ", " onto "].lazy.compactMap({ words.range(of: $0) }).first {
                put(under: " " + words[range.upperBound...])
            } else if let range = [" on ", " upon "].lazy.compactMap({ words.range(of: $0) }).first, words.hasSuffix(" background ") {
                // "Leaves on a pink background" hang before it.
                props.append(words[..<range.lowerBound] + " ")
                backdrop.append(" " + words[range.upperBound...])
            } else if let prop = PropWords.named(in: words), case .behind = prop.arrangement {
                // "Before an arch".
                props.append(words)
            } else if Self.isJapanese(words), !Self.places.contains(where: words.contains), PropWords.named(in: words) != nil {
                props.append(words)
            } else {
                backdrop.append(words)
            }
        }
        putOnGround()
    }

    /// "On a white podium, navy blue background" is a podium on navy paper that goes on behind it; "on a tree stump, blurred forest" a stump
    /// on moss.
    private mutating func putOnGround() {
        guard stand == nil, let only = ground.first, ground.count == 1 else { return }
        let isPlain = if case .plain = Scenery(self) { true } else { false }
        let isStump = Self.says(only, LayoutWords.stumps)
        guard isStump || (isPlain && Self.says(only, LayoutWords.podiums)) else { return }
        stand = only
        ground = isPlain ? [] : [" moss "]
    }

    /// Takes what the product stands on apart where it is a stand on a ground.
    private mutating func put(under phrase: String) {
        guard let range = [" on ", " in ", " over "].lazy.compactMap({ phrase.range(of: $0) }).first,
            Self.says(String(phrase[..<range.lowerBound]) + " ", LayoutWords.stands)
        else { return ground.append(phrase) }
        stand = phrase[..<range.lowerBound] + " "
        ground.append(" " + phrase[range.upperBound...])
    }

    /// Between what is said of the ground and of what is behind.
    private static let separators = [
        " against ", " in front of ", " before ", " behind ", " in a ", " in the ", " at a ", " at the ", " by a ", " by the ", " near a ",
        " near the ", " under a ", " under the ",
    ]

    /// Words as a phrase. English ones stand between spaces, so that "sea" is not found in "seamless".
    static func phrase(_ text: some StringProtocol) -> String {
        " " + String(text.lowercased().map { $0.isLetter ? $0 : " " }).split(separator: " ").joined(separator: " ") + " "
    }

    /// Whether a phrase has one of some words; English ones whole, also in the plural.
    static func says(_ phrase: String, _ words: [String]) -> Bool {
        words.contains { word in
            guard word.utf8.first.map({ $0 < 0x80 }) == true else { return phrase.contains(word) }
            return phrase.contains(" \(word) ") || phrase.contains(" \(word)s ") || phrase.contains(" \(word)es ")
        }
    }

    private static func isJapanese(_ phrase: String) -> Bool { phrase.unicodeScalars.contains { $0.value > 0x3000 } }

    /// What a Japanese phrase about a place has in it: 松の背景 is a backdrop, 松の枝 a prop.
    private static let places = ["背景", "壁", "ぼけ", "ボケ", "部屋", "リビング", "キッチン", "浴室", "スタジオ", "夜景", "海", "空", "森", "庭", "街"]
    /// Whether a phrase speaks of light. "On a light wooden table" does not: there it says how pale the wood is.
    private static func isOfLight(_ phrase: String) -> Bool {
        let words = phrase.split(separator: " ")
        let others = words.indices.filter { index in
            words[index] != "light" || index + 1 == words.count || ColourWords.colour(of: " \(words[index + 1]) ") == nil
        }
        let rest = " " + others.map { String(words[$0]) }.joined(separator: " ") + " "
        return lightWords.contains(where: rest.contains)
    }

    private static let wallWords = [" wall ", " walls ", "壁"]
    private static let lightWords = [
        " light ", " lighting ", " sunlight ", " daylight ", " shadow ", " shadows ", " tones ", " mood ", " softbox ", " glow ",
        " backlit ", " backlight ", " lamplight ", " colours ", " colors ", "光", "影", "雰囲気", "逆光", "灯り", "色調", "ムード", "カラー", "木漏れ日",
    ]
}
