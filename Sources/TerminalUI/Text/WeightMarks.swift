/// Where a prompt weighs its words: brackets and numbers of the WebUI syntax, `(warm light:1.3)` and `[clutter]`, for the editor to
/// show. The same rules as the engine's reading: a backslash takes a bracket's meaning away.
struct WeightMarks: Equatable {
    /// Clusters that are brackets or the number behind a colon.
    private(set) var marks: Set<Int> = []
    /// Brackets without a partner.
    private(set) var unbalanced: Set<Int> = []

    init(_ characters: [Character]) {
        var open: [(index: Int, closing: Character)] = []
        var index = 0
        while index < characters.count {
            switch characters[index] {
            case "\\": index += 1
            case "(": open.append((index, ")"))
            case "[": open.append((index, "]"))
            case ")", "]":
                guard let last = open.last, last.closing == characters[index] else {
                    unbalanced.insert(index)
                    break
                }
                open.removeLast()
                marks.formUnion([last.index, index])
                if characters[index] == ")" { markNumber(before: index, after: last.index, in: characters) }
            default: break
            }
            index += 1
        }
        unbalanced.formUnion(open.map(\.index))
    }

    private mutating func markNumber(before end: Int, after start: Int, in characters: [Character]) {
        guard let colon = characters[start..<end].lastIndex(of: ":"),
            Double(String(characters[(colon + 1)..<end]).trimmingPrefix(while: \.isWhitespace)) != nil
        else { return }
        marks.formUnion(colon..<end)
    }
}
