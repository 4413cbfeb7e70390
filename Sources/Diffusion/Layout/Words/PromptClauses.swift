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

    /// Backdrops that the words do not say to be behind.
    private var unplaced: [String] = []

    /// What a product stands on, or what the words put under it, is the ground; what speaks of light the light; what can lie around it the
    /// props; the rest is the backdrop. What the product itself is called is left out.
    init(_ prompt: String) {
        let phrases = PromptPhrase.all(prompt).filter { $0.place != .absent }
        // Where the words say what is under the product or behind it, the rest may be its name.
        let isSet = phrases.contains { $0.place == .ground || PromptNouns.isPaper($0.words) }
        let hasSurface = phrases.dropFirst().contains {
            SurfaceMaterial($0.words) != nil && !PromptNouns.isAboutProduct($0.words, isFirst: false)
        }
        for (number, phrase) in phrases.enumerated() {
            if phrase.place == nil, isSet || (hasSurface && !PromptNouns.isScenic(phrase.words)),
                PromptNouns.isAboutProduct(phrase.words, isFirst: number == 0)
            {
                light += Self.moods(of: phrase.words)
            } else {
                take(phrase.words, phrase.place)
            }
        }
        fillGround()
        fillBackdrop()
        putOnGround()
    }

    private mutating func take(_ words: String, _ place: PromptPhrase.Place?) {
        if place == .ground, ground.isEmpty { return put(under: words) }
        if place == .ground, stand == nil, words.says(LayoutWords.stands) {
            stand = words
            return
        }
        if place == .beside, let (left, right) = Self.parted(words, [" and "]), PromptNouns.isProp(right), Self.isOfLight(left) {
            take(left, place)
            return take(right, place)
        }
        if let (left, right) = Self.parted(words, ["と"]), PromptNouns.isProp(left) != PromptNouns.isProp(right),
            [left, right].contains(where: PromptNouns.isScenic)
        {
            // タオルとお風呂場: one of them is a place.
            take(left, PromptNouns.isProp(left) ? .beside : place)
            return take(right, PromptNouns.isProp(right) ? .beside : place)
        }
        if Self.isOfLight(words) { return light.append(words) }
        light += Self.moods(of: words)
        if place == .beside { return takeBeside(words) }
        if place != .behind, let (left, right) = Self.parted(words, [" on ", " upon ", " onto "]), !right.says(Self.sides) {
            if ground.isEmpty, let cover = SurfaceMaterial(left), [.snow, .moss, .sand].contains(cover), SurfaceMaterial(right) == nil,
                !PromptNouns.isAboutProduct(left, isFirst: false)
            {
                // "Fresh snow on the railing".
                return put(under: left)
            } else if ground.isEmpty, !words.hasSuffix(" background ") {
                // "Shells on sand" lie there, "a candle on a table" is the product.
                if PromptNouns.isProp(left), ![" a ", " an ", " the "].contains(where: left.contains) { takeProps(left) }
                return put(under: right)
            } else if words.hasSuffix(" background ") {
                // "Leaves on a pink background" hang before it.
                props.append(left)
                return backdrop.append(right)
            }
        }
        if let prop = PropWords.named(in: words), case .behind = prop.arrangement {
            // "Before an arch".
            props.append(words)
        } else if place != .behind, Words.isJapanese(words), !PromptNouns.isScenic(words), PropWords.named(in: words) != nil {
            takeProps(words)
        } else if place == nil, ground.isEmpty, PromptNouns.isGround(words) {
            put(under: words)
        } else if PromptNouns.isProp(words), place != .behind || !Scenery.isPlace(words) {
            takeProps(words)
        } else if place == .behind {
            backdrop.append(words)
        } else if !PromptNouns.isProduct(words) || SurfaceMaterial(words) != nil || PromptNouns.isHanging(words)
            || (Scenery.isPlace(words) && !PromptNouns.endsInProduct(words))
        {
            backdrop.append(words)
            unplaced.append(words)
        }
    }

    /// "With lemons and mint" are props, "with white tile wall" is behind, "with a table" under.
    private mutating func takeBeside(_ words: String) {
        if words.says("wall, 壁") {
            backdrop.append(words)
        } else if ground.isEmpty, let (left, right) = Self.parted(words, [" on "]),
            PromptNouns.isGround(right) || SurfaceMaterial(right) != nil
        {
            takeProps(left)
            put(under: right)
        } else if PropWords.named(in: words) != nil {
            takeProps(words)
        } else if ground.isEmpty, PromptNouns.isGround(words) {
            put(under: words)
        } else if Scenery.isPlace(words) || SurfaceMaterial(words) != nil {
            backdrop.append(words)
        } else {
            props.append(words)
        }
    }

    /// One phrase for each thing, of one or several.
    private mutating func takeProps(_ words: String) {
        for joint in [" and ", "と"] {
            if let (left, right) = Self.parted(words, [joint]), PropWords.named(in: left) != nil {
                props.append(left)
                return takeProps(right)
            }
        }
        if PropWords.named(in: words) != nil { props.append(words) }
    }

    /// Where the words put nothing under the product, the first surface that they name and do not put behind: "white sand, turquoise sea".
    private mutating func fillGround() {
        guard ground.isEmpty, stand == nil else { return nameGround() }
        let open = unplaced.filter { !PromptNouns.isHanging($0) && !Scenery.isBlurred($0) && !$0.says(Scenery.doors) }
        let surfaces = open.filter { SurfaceMaterial($0) != nil }
        // "Rustic kitchen, terracotta tiles" is a floor in a room.
        guard
            let place = surfaces.first(where: { !Scenery.isIndoors($0) }) ?? surfaces.first
                ?? open.first(where: { SurfaceMaterial.under($0) == .gloss })
        else {
            // "Travertine blocks" and "wet rocks" carry it.
            ground += props.filter { $0.says("block, slab, rock, ブロック, 岩") && SurfaceMaterial($0) != nil }.prefix(1)
            return
        }
        ground = [place]
        backdrop.removeAll { $0 == place }
        // A desert goes on behind the product, unless something else is there; a meadow under whatever sky.
        if Scenery.isPlace(place), Scenery(self).leavesRoom(for: place) { backdrop.insert(place, at: 0) }
    }

    /// "A nightstand, oak" is one of oak.
    private mutating func nameGround() {
        guard ground.count == 1, stand == nil, SurfaceMaterial(ground[0]) == nil, !ground[0].says(LayoutWords.podiums) else { return }
        let isOnly = { (phrase: String) in
            phrase.split(separator: " ").count <= 2 && SurfaceMaterial(phrase) != nil && !Scenery.isPlace(phrase)
        }
        guard let material = unplaced.first(where: { isOnly($0) && !PromptNouns.isHanging($0) }) else { return }
        ground[0] += material.dropFirst()
        backdrop.removeAll { $0 == material }
    }

    /// Where the words put nothing behind it, the place that a surface or the light belongs to: "a kitchen counter", "a sunny terrace".
    private mutating func fillBackdrop() {
        switch Scenery(self) {
        case .plain where !backdrop.contains { PromptNouns.isHanging($0) && !$0.hasSuffix(" on the wall ") }:
            let places = (ground + light).flatMap(PromptNouns.places)
            backdrop += places.isEmpty ? ground.filter(Scenery.isPlace) : places
        case .sky where ground.contains(where: Scenery.isSea) && !backdrop.contains { $0.says(Scenery.skies) }:
            backdrop += ground
        case .foliage where !backdrop.contains(where: Scenery.isPlace):
            // What is blurred behind a bar counter is the bar.
            backdrop += ground.filter(Scenery.isIndoors)
        default: break
        }
    }

    /// "On a white podium, navy blue background" is a podium on navy paper that goes on behind it; "on a tree stump, blurred forest" a stump
    /// on moss.
    private mutating func putOnGround() {
        guard stand == nil, let only = ground.first, ground.count == 1 else { return }
        let isPlain = if case .plain = Scenery(self) { true } else { false }
        let isStump = only.says(LayoutWords.stumps)
        guard isStump || (isPlain && only.says(LayoutWords.podiums)) else { return }
        stand = only
        ground = isPlain ? [] : [" moss "]
    }

    /// Takes what the product stands on apart where it is a stand on a ground.
    private mutating func put(under phrase: String) {
        guard let range = [" on ", " in ", " over "].lazy.compactMap({ phrase.range(of: $0) }).first,
            (phrase[..<range.lowerBound] + " ").says(LayoutWords.stands)
        else { return ground.append(phrase) }
        stand = phrase[..<range.lowerBound] + " "
        ground.append(" " + phrase[range.upperBound...])
    }

    /// Words as a phrase, digits that count things among them. English ones stand between spaces, so that "sea" is not found in "seamless".
    static func phrase(_ text: some StringProtocol) -> String {
        " " + String(PropCount.spelled(text.lowercased()).map { $0.isLetter ? $0 : " " }).split(separator: " ").joined(separator: " ") + " "
    }

    /// A phrase before and after the first of some words.
    private static func parted(_ phrase: String, _ words: [String]) -> (String, String)? {
        guard let range = words.lazy.compactMap({ phrase.range(of: $0) }).first else { return nil }
        let (left, right) = (phrase[..<range.lowerBound], phrase[range.upperBound...])
        return left.allSatisfy(\.isWhitespace) ? nil : (left + " ", " " + right)
    }

    /// Whether a phrase speaks of light. "On a light wooden table" does not: there it says how pale the wood is.
    private static func isOfLight(_ phrase: String) -> Bool {
        let words = phrase.split(separator: " ")
        let others = words.indices.filter { index in
            words[index] != "light" || index + 1 == words.count || ColourWords.colour(of: " \(words[index + 1]) ") == nil
        }
        let rest = " " + others.map { String(words[$0]) }.joined(separator: " ") + " "
        // 撮影 is taking photos; its second half is a shadow. City lights are things.
        let spoken = rest.replacing("撮影", with: " ").replacing(" lights ", with: " ")
        return spoken.says(lightWords) || (spoken.says(moodNames) && !Scenery.isIndoors(phrase))
    }

    /// What a phrase about something else says of the light: "a bright kitchen", "the sea at sunset". What is a picture's background has its
    /// own light: "a sunset sky background".
    private static func moods(of phrase: String) -> [String] {
        guard !phrase.says("sky, background, backdrop, 空, 背景"), !Scenery.isBlurred(phrase) else { return [] }
        let words = phrase.split(separator: " ").map(String.init)
        return moodWords.said(in: phrase).filter { mood in
            // "A bright red wall" is not bright light.
            guard let place = words.firstIndex(of: mood), place + 1 < words.count else { return true }
            return ColourWords.hue(of: " \(words[place + 1]) ") == nil
        }.map { " \($0) " }
    }

    private static let moodWords: Words = """
        golden hour, sunset, sunrise, dusk, dawn, twilight, evening, morning, sunny, bright, moody, dimly, candlelit,
        overcast,
        夕暮れ, 夕方, 朝, 明るいキッチン, 明るい部屋, 明るいリビング, 明るい浴室, 明るいカフェ, 薄暗い, 晴れた
        """
    /// Sides of the picture, which nothing stands on.
    private static let sides: Words = "left, right, side"
    private static let lightWords: Words = """
        light, lighting, sunlight, daylight, shadow, tones, softbox, glow, backlit, backlight, lamplight, colours, colors, lit from,
        lit by, sun, sunshine, spotlight, candlelight, moonlight, firelight, illumination, rays, golden hour,
        照明, ソフトボックス, 暖色, 寒色, 日差し, 陽射し, スポットライト, ライティング, 光, 影, 逆光, 灯り, 色調, カラー, 木漏れ日
        """
    /// What speaks of light, unless it speaks of a room as "a spa mood" does.
    private static let moodNames: Words = "mood, 雰囲気, ムード"
}
