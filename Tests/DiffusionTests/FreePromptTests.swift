import Foundation
import Testing

@testable import Diffusion

/// Prompts that were written without knowing how they are read, and labelled with what a person would expect of them.
@Suite("Prompts in anybody's words")
struct FreePromptTests {
    /// A prompt with its labels; each is empty or "any" where the words leave it open.
    private struct Sample {
        let prompt: String
        let ground: String
        let behind: String
        let props: Set<String>
    }

    private static func samples(_ name: String) throws -> [Sample] {
        let file = Golden.folder.appending(path: "prompts/\(name).tsv")
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            return Sample(
                prompt: fields[0], ground: fields[1], behind: fields[2], props: Set(fields[3].split(separator: ",").map(String.init)))
        }
    }

    /// What the words put under the product.
    private static func ground(_ clauses: PromptClauses) -> String {
        let material = clauses.stand.map(SurfaceMaterial.under) ?? clauses.ground.lazy.compactMap(SurfaceMaterial.under).first
        return switch material {
        case .moss: "grass"
        case .endGrain: "wood"
        case .some(let other): "\(other)"
        case nil: "plain"
        }
    }

    /// What they put behind it; several labels fit some.
    private static func behind(_ clauses: PromptClauses) -> Set<String> {
        switch Scenery(clauses) {
        case .plain: ["plain", "studio"]
        case .studio: ["studio", "plain"]
        case .wall(.tile): ["wall", "bathroom"]
        case .wall: ["wall"]
        case .kitchen: ["kitchen", "wall"]
        case .foliage(let isWood): [isWood ? "forest" : "garden"]
        case .courtyard: ["garden"]
        case .meadow(let isBlue): isBlue ? ["meadow", "sky"] : ["meadow"]
        case .lamps: ["city"]
        case .sky: ["sky"]
        case .sea: ["sea"]
        case .pines: ["snowscape"]
        case .mountains: ["mountains"]
        case .room: ["room"]
        case .neon: ["neon"]
        }
    }

    /// Props by the labels' names, where those are not the first word that names them.
    private static let names = [
        "lemon": "lemons", "lime": "limes", "orange": "oranges", "apple": "apples", "cherry blossom": "flowers", "cherry": "cherries",
        "strawberry": "strawberries", "berry": "berries", "bauble": "baubles", "pearl": "pearls", "water drop": "drops",
        "sphere": "spheres", "stone": "stones", "shell": "shells", "book": "books", "towel": "towels", "geometric block": "blocks",
        "candle": "candles", "petal": "petals", "flower": "flowers", "potted plant": "plant", "branch": "branches", "herb": "herbs",
        "tropical": "leaves", "leaf": "leaves", "autumn leaf": "leaves",
    ]

    /// Props that the labels know nothing of.
    private static let unlabelled: Set = [
        "peaches", "plum", "tomato", "pumpkin", "egg", "gift", "grape", "coffee bean", "nut", "confetti", "feather",
    ]

    @Test(
        "Most are read as a person reads them: what is under the product, behind it and around it",
        arguments: [
            ("first", 84), ("second", 87), ("third", 87), ("fourth", 81), ("fifth", 67), ("sixth", 57), ("seventh", 78), ("eighth", 112),
            ("products-read", 103), ("products-counted", 37),
        ])
    func reading(_ name: String, _ least: Int) throws {
        let samples = try Self.samples(name)
        #expect(samples.count >= 50)
        var misread: [String] = []
        for sample in samples {
            let clauses = PromptClauses(sample.prompt)
            let props = Set(clauses.props.compactMap { PropWords.named(in: $0)?.words.all[0] }.map { Self.names[$0] ?? $0 })
                .subtracting(Self.unlabelled)
            let (ground, behind) = (Self.ground(clauses), Self.behind(clauses))
            let isRead =
                (sample.ground == "any" || sample.ground == ground) && (sample.behind == "any" || behind.contains(sample.behind))
                && props == sample.props
            if !isRead { misread.append("\(sample.prompt): \(ground), \(behind.sorted()), \(props.sorted())") }
        }
        #expect(samples.count - misread.count >= least, "\(misread.joined(separator: "\n"))")
    }

    @Test(
        "What a picture is to be without is not in it",
        arguments: ["on a marble table, no flowers", "on a marble table without lemons or leaves", "大理石のテーブルの上、小物なし、花なし"])
    func absent(_ prompt: String) {
        #expect(PromptClauses(prompt).props.isEmpty && PromptClauses(prompt).ground.count == 1)
    }

    @Test(
        "Words of cameras, colours and salt are no places, and what is only alike is not there",
        arguments: [
            ("black marble table, shallow depth of field", "marble", "plain"),
            ("on slate with sea salt, dark background", "stone", "plain"),
            ("stone grey seamless paper", "plain", "plain"), ("forest green velvet, deep folds", "cloth", "plain"),
            ("chocolate bar, white marble, soft light", "marble", "plain"), ("gym bag, grey background", "plain", "plain"),
            ("sofa, white background", "plain", "plain"), ("シルバーの背景、柔らかい光", "plain", "plain"),
            ("mountain bike, grey seamless", "plain", "plain"), ("stone-washed denim jacket, light blue gradient", "plain", "plain"),
            ("white background for my online shop", "plain", "plain"),
            ("ゴルフクラブ、白背景", "plain", "plain"), ("石けんのギフト箱、ピンクの背景", "plain", "plain"),
            ("fresh as a mountain morning: white podium, mint gradient", "plain", "plain"), ("砂色の壁、空間を広く、澄んだ空気", "plain", "plain"),
        ])
    func namesakes(_ prompt: String, _ ground: String, _ behind: String) {
        let clauses = PromptClauses(prompt)
        #expect(Self.ground(clauses) == ground)
        #expect(Self.behind(clauses).contains(behind))
    }

    @Test(
        "A thing that carries the product is of what such things are made of, in its colour, and tells of its place",
        arguments: [
            ("on a desk in the office", "wood", "room"), ("picnic blanket in an olive grove", "linen", "garden"),
            ("tennis court, blue sky", "stone", "sky"), ("oak floor, cosy mountain lodge", "wood", "room"),
            ("oak table, hotel room with a mountain view", "wood", "mountains"), ("bar counter, bottles out of focus", "wood", "room"),
            ("縁側に置いて、奥に緑の庭", "wood", "garden"),
            ("stainless steel shelf, restaurant kitchen", "gloss", "kitchen"),
            ("fresh snow on the railing, Alps in the distance", "snow", "mountains"),
        ])
    func carriers(_ prompt: String, _ ground: String, _ behind: String) throws {
        let clauses = PromptClauses(prompt)
        #expect(Self.ground(clauses) == ground)
        #expect(Self.behind(clauses).contains(behind))
        let colours = try #require(SceneColours(clauses))
        #expect(ground == "gloss" || colours.ground != colours.backdrop)
    }

    @Test("Room for text is no ground and no light, and what a product is called is not around it")
    func others() {
        let roomy = PromptClauses("a lemon soap on white marble, room for text on the left")
        #expect(roomy.ground == [" white marble "] && roomy.props.isEmpty)
        #expect(!LayoutWords("a lemon soap on white marble, room for text on the left").namesLight)
        let named = PromptClauses("green apple shampoo, oak shelf, white tile wall")
        #expect(named.props.isEmpty && named.ground == [" oak shelf "] && named.backdrop == [" white tile wall "])
    }

    @Test(
        "The hour of the day colours the light, wherever in the words it stands",
        arguments: ["on a rock by the sea at golden hour", "a stone terrace at sunset", "夕暮れの砂浜"])
    func hours(_ prompt: String) {
        let (evening, day) = (LightPattern(PromptClauses(prompt), seed: 1).tint, LightPattern(PromptClauses("on a rock"), seed: 1).tint)
        #expect(evening.x / evening.z > day.x / day.z * 1.1)
    }

    @Test(
        "What is understood is told in a few terms, none twice, in both languages",
        arguments: [
            (
                "a jar on an oak table in a kitchen, with lemons and mint, soft window light from the left",
                "wood · kitchen · lemon · herb · from the left"
            ),
            ("a round marble podium, blush pink background, golden hour", "marble · podium · golden hour"),
            ("セージグリーンの台座の上、アーチ、木漏れ日", "podium · arch · leaf shadows"), ("white sand, turquoise sea, seashells", "sand · sea · shell"),
            ("futuristic, award winning, no lemons", ""),
        ])
    func terms(_ prompt: String, _ terms: String) {
        let reading = SceneReading(prompt)
        #expect(reading.terms.map(\.english).joined(separator: " · ") == terms)
        #expect(reading.terms.allSatisfy { Words.isJapanese($0.japanese) })
    }

    @Test(
        "Of a pasted book only the beginning is read, and at once",
        arguments: ["lemon and soft light and ", "、レモンとライムと", "in front of a kitchen ", "("])
    func pasted(_ words: String) {
        let clock = ContinuousClock()
        let taken = clock.measure { _ = SceneReading("on oak, " + String(repeating: words, count: 40_000)) }
        #expect(taken < .seconds(10))
        #expect(SceneReading("on oak, " + String(repeating: words, count: 40_000)).terms.first?.english == "wood")
    }
}
