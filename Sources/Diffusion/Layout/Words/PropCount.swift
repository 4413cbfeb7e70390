/// How many of a thing a phrase asks for: "two candles", "3 stones", "a lemon", レモン三つ.
enum PropCount {
    /// Nil where it names no number.
    ///
    /// - Parameter phrase: lower case; English words between single spaces, with one at either end
    static func of(_ phrase: String) -> Int? {
        if [" pair of ", " couple of "].contains(where: { phrase.contains($0) }) { return 2 }
        let words = phrase.split(separator: " ")
        if let number = words.lazy.compactMap({ english.dropFirst().firstIndex(of: String($0)) }).first { return number + 1 }
        if let index = japanese.firstIndex(where: { forms in forms.contains { phrase.contains($0) } }) { return index + 1 }
        guard let article = words.firstIndex(where: { ["a", "an", "one", "single"].contains($0) }), let last = words.last else {
            return nil
        }
        let isOne = !last.hasSuffix("s") && !words[article...].contains("few") && !words.contains("of")
        return isOne ? 1 : nil
    }

    /// A text with the digits that count things as words: "3 stones" is "three stones", レモン2個 is レモン二個; "8k" and "85 mm" stay.
    static func spelled(_ text: some StringProtocol) -> String {
        let characters = Array(text)
        var result = ""
        for (index, character) in characters.enumerated() {
            let before = index > 0 ? characters[index - 1] : " "
            let after = characters[(index + 1)...].prefix(2)
            guard let number = character.wholeNumberValue, (1...9).contains(number), !character.isLetter, !before.isNumber else {
                result.append(character)
                continue
            }
            if let first = after.first, counters.contains(first) {
                result += kanji[number - 1]
            } else if before == " ", after.first == " ", after.last?.isLetter == true {
                result += english[number - 1]
            } else {
                result.append(character)
            }
        }
        return result
    }

    private static let counters: [Character] = ["つ", "個", "本"]
    private static let kanji = ["一", "二", "三", "四", "五", "六", "七", "八", "九"]
    private static let english = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    private static let japanese = [
        ["一つ", "ひとつ", "一個", "一本"], ["二つ", "ふたつ", "二個", "二本"], ["三つ", "みっつ", "三個", "三本"], ["四つ", "四個", "四本"], ["五つ", "五個", "五本"],
    ]
}
