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
            "with ripe strawberries",
        ])
    func fruit(_ phrase: String) throws {
        let clause = PromptClauses.phrase(phrase.split(separator: ",")[0])
        switch try #require(PropWords.named(in: clause)).shape {
        case .citrus, .apple, .strawberry: break
        default: Issue.record("\(phrase) is no fruit")
        }
    }
}
