import Testing

@testable import Diffusion

@Suite("Words that mean one thing beside one word and another beside the next")
struct PromptWordsTests {
    @Test(
        "A light table is a pale one, and soft light is light",
        arguments: [
            ("a car on a light wooden table, light grey wall, soft light", "a car on a wooden table, grey wall, soft light"),
            ("明るい木のテーブルの上の車、明るいグレーの壁、柔らかい光", "木のテーブルの上の車、グレーの壁、柔らかい光"),
        ])
    func light(_ pale: String, _ usual: String) throws {
        let (light, plain) = (PromptClauses(pale), PromptClauses(usual))
        #expect(light.light == plain.light && light.light.count == 1)
        #expect(light.ground.compactMap(SurfaceMaterial.init) == [.wood] && light.backdrop.count == plain.backdrop.count)
        let (bright, own) = (try #require(SceneColours(light)), try #require(SceneColours(plain)))
        #expect((bright.ground - own.ground).min() > 8 && (bright.backdrop - own.backdrop).min() > 8)
        #expect(bright.ground.max() < 245 && bright.backdrop.max() < 245)
    }

    @Test(
        "What a word tells the kind or the colour of is no prop of its own",
        arguments: [
            ("with cherry blossoms", "with flowers"), ("with orange flowers", "with flowers"), ("with apple blossoms", "with flowers"),
            ("with orange candles", "with candles"), ("with lemon tree branches", "with branches"), ("with orange leaves", "with leaves"),
        ])
    func heads(_ phrase: String, _ plainer: String) throws {
        let named = try #require(PropWords.named(in: PromptClauses.phrase(phrase)))
        #expect(named.shape == (try #require(PropWords.named(in: PromptClauses.phrase(plainer)))).shape)
    }

    @Test(
        "Fruit is fruit, alone, in company and cut",
        arguments: [
            "with cherries", "with lemons and limes", "with orange slices", "with a lemon", "with apples, with candles",
            "with ripe strawberries", "with peaches", "with tomatoes and basil",
        ])
    func fruit(_ phrase: String) throws {
        let clause = PromptClauses.phrase(phrase.split(separator: ",")[0])
        switch try #require(PropWords.named(in: clause)).shape {
        case .citrus, .apple, .strawberry: break
        default: Issue.record("\(phrase) is no fruit")
        }
    }

    @Test(
        "What kitchens and seasons have lying about has shapes of its own, in both languages",
        arguments: [
            ("two pumpkins", .pumpkin), ("かぼちゃ", .pumpkin), ("eggs", .egg), ("wrapped presents", .gift), ("ギフトボックス", .gift),
            ("coffee beans", .bean(isCut: true)), ("コーヒー豆", .bean(isCut: true)), ("almonds", .bean(isCut: false)),
            ("walnuts", .bean(isCut: false)),
        ] as [(String, PropFigure.Shape)])
    func pantry(_ phrase: String, _ shape: PropFigure.Shape) throws {
        let clauses = PromptClauses("white table, \(phrase)")
        #expect(clauses.props.compactMap { PropWords.named(in: $0)?.shape } == [shape])
        #expect(PromptClauses("\(phrase)なし").props.isEmpty || !Words.isJapanese(phrase))
        #expect(PromptClauses("walnut table").props.isEmpty && PromptClauses("present the watch on walnut").props.isEmpty)
    }

    @Test("English words are found whole and in the plural, Japanese ones anywhere, in the phrase's order")
    func lists() {
        let words: Words = """
            sea, coffee shop, beach,
            海, 砂浜
            """
        #expect(words.all == ["sea", "coffee shop", "beach", "海", "砂浜"])
        #expect(" two beaches by the sea ".says(words) && " coffee shops ".says(words) && " 白い砂浜 ".says(words))
        #expect(!" seamless paper ".says(words) && !" coffee ".says(words) && !" shop ".says(words) && !"".says(words))
        #expect(words.said(in: " beach near a coffee shop at sea ") == ["beach", "coffee shop", "sea"])
        #expect(words.said(in: " beach at sea ", atMost: 1) == ["beach"])
        #expect((words + "pier").contains("piers") && !words.contains("pier") && !words.contains("coffee"))
    }
}
