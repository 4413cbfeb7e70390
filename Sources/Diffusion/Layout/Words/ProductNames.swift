/// What tells the name of a product from what is around it: a mountain bike is no mountain, a velvet lipstick no velvet.
extension PromptNouns {
    /// Whether a phrase without position, of a prompt that also says what is under the product or behind it, is about the product: it names
    /// something that could be around it, but what it ends in is something else.
    static func isAboutProduct(_ phrase: String, isFirst: Bool) -> Bool {
        let misleads = isScenic(phrase) || SurfaceMaterial.under(phrase) != nil || PropWords.named(in: phrase) != nil
        guard misleads, !isHanging(phrase), !Scenery.isBlurred(phrase) else { return false }
        if Words.isJapanese(phrase) {
            guard PropCount.of(phrase) == nil else { return false }
            var rest = phrase.replacing(" ", with: "")
            while let ending = endings.all.first(where: rest.hasSuffix) { rest.removeLast(ending.count) }
            // What does something, or is something's, is no name.
            return !rest.contains { "がをにはとで".contains($0) } && !rest.contains("よう") && !surroundings.all.contains(where: rest.hasSuffix)
        }
        let words = phrase.replacing(" for ", with: " . ").split(separator: " ").prefix { $0 != "." }
        return words.split { prepositions.contains(String($0)) }.allSatisfy { part in
            let name = part[..<(part.lastIndex { !moods.contains(String($0)) }.map { $0 + 1 } ?? part.startIndex)]
            if endsInProduct(" \(name.joined(separator: " ")) ") { return true }
            if isFirst, let last = name.last, wares.all.contains(String(last)) { return true }
            return !(1...3).contains { surroundings.contains(name.suffix($0).joined(separator: " ")) }
                && (name.last.map { ColourWords.hue(of: " \($0) ") == nil } ?? true)
        }
    }

    /// Whether a phrase speaks of paper or a wall behind the product, and of no place.
    static func isPaper(_ phrase: String) -> Bool { phrase.says(papers) && !ColourWords.withoutNames(phrase).says(scenic) }

    private static let papers = hangings + "seamless, sweep, infinity cove, plain, 無地"

    /// What can be around a product, without what only stands in places and is as often the product.
    private static let surroundings = Words(
        (Scenery.places + Scenery.plants + Scenery.skies + Scenery.evenings + Scenery.doors + LayoutWords.farAway + scenic
            + SurfaceMaterial.names
            + grounds + papers + PropWords.names + pieces + "studio, snow, light, neon, スタジオ, 影, 光").all
            .filter { !(Scenery.furnishings + LayoutWords.cookers + Scenery.garlands).all.contains($0) })

    /// Things that are beside a product, or the product where a prompt begins with one of them.
    private static let wares: Words = "candle, book, magazine, novel, towel, gift, ornament, bauble, basket"

    private static let prepositions: Words = "on, upon, onto, in, at, from, by, near, under, over, through, inside, to, of, and, as"

    /// What says of a place only how it is meant or where: "beach vibes".
    private static let moods: Words = """
        vibe, mood, feeling, feel, theme, setting, scene, scenery, atmosphere, ambience, look, style, aesthetic, landscape, outside,
        here, far, below, above, beyond, around, everywhere, cold, cosy, cozy, fresh, calm, quiet, sunny, warm, moody, bright, airy,
        minimal, natural, please, top, edge, corner, texture, reflection, falling, floating, scattered, melting, drifting, blooming,
        hanging, standing, lying, glowing, sparkling, splashing, side, either, front, back, left, right
        """
    /// What may follow the last thing that a Japanese phrase names.
    private static let endings: Words =
        "です, でお願いします, の前, の後ろ, の横, の隣, の周り, がいい, みたいな感じ, の雰囲気, っぽい, の感じ, の中, など, いくつか, 少し, 数枚, 数個, 反射, のオブジェ, 々, で, に, を, が, 風"
}
