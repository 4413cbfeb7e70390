import Testing

@testable import TerminalUI

@Suite("Finding by parts")
struct FuzzyMatchTests {
    @Test("Letters must come in order; case, width and accents do not count")
    func matching() {
        #expect(FuzzyMatch.match("gnr", in: "Generate")?.positions == [0, 2, 4])
        #expect(FuzzyMatch.match("rg", in: "Gear") == nil)
        #expect(FuzzyMatch.match("CAFE", in: "café")?.positions == [0, 1, 2, 3])
        #expect(FuzzyMatch.match("ボト", in: "Category: bottles ボトル")?.positions == [18, 19])
        #expect(FuzzyMatch.match("ＡＢ", in: "ab") != nil)
        #expect(FuzzyMatch.match("longer than it", in: "short") == nil)
    }

    @Test("What fits at all is found without a score, in order and up to a limit")
    func filtering() {
        let names = ["mug-speckle", "Ｍug", "ボトル-桜", "umbrella", "mug 2", "gum"]
        for pattern in ["mug", "M G", "ボ桜", "ﾎﾞ", "zz", ""] {
            #expect(FuzzyMatch.filtered(names, pattern: pattern, text: { $0 }) == names.filter { FuzzyMatch.match(pattern, in: $0) != nil })
        }
        #expect(FuzzyMatch.filtered(names, pattern: "mug", limit: 2, text: { $0 }) == ["mug-speckle", "Ｍug"])
    }

    @Test("Word starts and runs come first; an empty pattern keeps all in order")
    func ranking() {
        let titles = ["Go to the export", "Export the approved", "Explain short", "nothing"]
        #expect(
            FuzzyMatch.ranked(titles, pattern: "exp", text: { $0 }).map(\.item)
                == ["Explain short", "Export the approved", "Go to the export"])
        #expect(FuzzyMatch.ranked(titles, pattern: "", text: { $0 }).map(\.item) == titles)
        let initials = FuzzyMatch.ranked(["repaint all", "Redo decision", "resume all tasks"], pattern: "rat", text: { $0 })
        #expect(initials.first?.item == "resume all tasks")
    }

    @Test("Positions name the letters that were typed")
    func positions() {
        let text = "Paint candidates for this product"
        for pattern in ["pct", "cand", "forp", "t", "paint product"] {
            guard let match = FuzzyMatch.match(pattern, in: text) else {
                Issue.record("\(pattern) was not found")
                continue
            }
            let letters = String(match.positions.map { Array(text)[$0] }).lowercased()
            #expect(letters == pattern.filter { $0 != " " })
            #expect(match.positions == match.positions.sorted())
        }
    }
}
