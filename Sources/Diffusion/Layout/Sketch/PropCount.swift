/// How many of a thing a phrase asks for: "two candles", "a lemon", レモン三つ.
enum PropCount {
    /// Nil where it names no number.
    ///
    /// - Parameter phrase: lower case; English words between single spaces, with one at either end
    static func of(_ phrase: String) -> Int? {
        if [" pair of ", " couple of "].contains(where: { phrase.contains($0) }) { return 2 }
        let words = phrase.split(separator: " ")
        if let number = words.lazy.compactMap({ english.firstIndex(of: String($0)) }).first { return number + 2 }
        if let index = japanese.firstIndex(where: { forms in forms.contains { phrase.contains($0) } }) { return index + 1 }
        guard let article = words.firstIndex(where: { ["a", "an", "one", "single"].contains($0) }), let last = words.last else {
            return nil
        }
        let isOne = !last.hasSuffix("s") && !words[article...].contains("few") && !words.contains("of")
        return isOne ? 1 : nil
    }

    private static let english = ["two", "three", "four", "five", "six", "seven", "eight", "nine"]
    private static let japanese = [
        ["一つ", "ひとつ", "一個", "一本"], ["二つ", "ふたつ", "二個", "二本"], ["三つ", "みっつ", "三個", "三本"], ["四つ", "四個", "四本"], ["五つ", "五個", "五本"],
    ]
}
