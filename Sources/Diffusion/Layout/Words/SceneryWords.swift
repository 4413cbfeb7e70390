/// What scenery the words speak of, in English and Japanese.
extension Scenery {
    /// The scenery that the phrases of a backdrop speak of.
    init(_ clauses: PromptClauses) { self.init(clauses.backdrop, light: clauses.light) }

    private init(_ backdrop: [String], light: [String] = []) {
        // Some colours are named after places.
        let places = backdrop.map { Self.roomsOnly(ColourWords.withoutNames($0)) }
        let phrases = places.joined(separator: " ")
        func says(_ words: Words) -> Bool { phrases.says(words) }
        let isSnowy =
            says("snow, snowy, winter, 雪") && says("pine, fir, spruce, tree, 松, もみ, 針葉樹, 木々" + Self.forests)
        // "The sea at golden hour" has an evening's sky, "blue sky, golden hour sunlight" a blue one.
        let isLate = !says("blue, 青") && light.contains { $0.says(Self.evenings) }
        let isEvening = says(Self.evenings)
        if says("neon, cyberpunk, ネオン, サイバーパンク") || light.contains(where: { $0.says("neon, ネオン") }) {
            let named = (backdrop + light).joined(separator: " ")
            let found = Self.tubeColours.filter { named.says($0.words) }.map(\.colour)
            let first = found.first ?? Self.tubeColours[0].colour
            self = .neon(first, found.dropFirst().first ?? found.first ?? Self.tubeColours[1].colour, NeonForm(named))
        } else if says(Self.towns) || (says(Self.garlands) && !says(Self.rooms)) {
            self = .lamps
        } else if says("photo studio, 撮影スタジオ") {
            self = .studio
        } else if says(Self.snows) {
            self = .pines(isBlurred: Self.isBlurred(phrases))
        } else if says("mount fuji, mt fuji, 富士") {
            self = .mountains(isEvening: isEvening || isLate)
        } else if says(Self.streams) {
            self = .foliage(isWood: true)
        } else if says(Self.seas) {
            self = .sea(isEvening: isEvening || isLate)
        } else if says(Self.heights) {
            self = .mountains(isEvening: isEvening || isLate)
        } else if says(Self.lakes) {
            self = .sea(isEvening: isEvening || isLate)
        } else if isSnowy || (says("pine, 松") && !says(Self.forests)) {
            self = .pines(isBlurred: Self.isBlurred(phrases))
        } else if says(Self.fields) {
            self = .meadow(isBlue: says("blue sky, clear sky, 青空"))
        } else if says("courtyard, 中庭") {
            self = .courtyard
        } else if says(Self.doors) {
            self = .wall(.wood)
        } else if says(Self.greenery) {
            self = .foliage(isWood: says(Self.forests + "tree, 木々"))
        } else if says(Self.skies) || (isEvening && !Self.isIndoors(phrases)) {
            self = .sky(isEvening: isEvening || isLate)
        } else if says("winter, 冬景色"), !PromptNouns.isHanging(phrases) {
            self = .pines(isBlurred: Self.isBlurred(phrases))
        } else if says("fireplace, 暖炉") {
            self = .room
        } else if let material = places.compactMap(SurfaceMaterial.init).first(where: {
            $0.isBuilt || ($0.canHang && !Self.isIndoors(phrases))
        }) {
            self = says(LayoutWords.kitchens) ? .kitchen(material) : .wall(material)
        } else if says(LayoutWords.kitchens) {
            self = .kitchen(.tile)
        } else if says(Self.bathrooms) {
            self = .wall(.tile)
        } else if says(Self.rooms) {
            self = .room
        } else if Self.isBlurred(phrases) {
            // "Creamy bokeh" is of leaves, "a dumbbell rack out of focus" is indoors.
            self = Self.isOnlyBlurred(phrases) ? .foliage(isWood: false) : .room
        } else {
            self = .plain
        }
    }

    /// A phrase about a room without where that is: a "mountain lodge" has no mountains in it, one with a mountain view has.
    static func roomsOnly(_ phrase: String) -> String {
        let words = phrase.split(separator: " ").map(String.init)
        guard let last = words.last, indoors.contains(last), !furnishings.contains(last), !phrase.says("view") else { return phrase }
        return " " + words.filter { !outdoors.contains($0) }.joined(separator: " ") + " "
    }

    private static let outdoors = waters + heights + fields + forests + streams

    /// Whether a phrase speaks of a room of any kind.
    static func isIndoors(_ phrase: String) -> Bool {
        ColourWords.withoutNames(phrase).says(indoors)
    }

    /// Whether a phrase speaks of the sea or other wide water.
    static func isSea(_ phrase: String) -> Bool { ColourWords.withoutNames(phrase).says(waters) }

    /// Whether a phrase alone speaks of a place, and not just of a wall or of paper.
    static func isPlace(_ phrase: String) -> Bool {
        switch Scenery([phrase]) {
        case .plain, .wall: false
        case .foliage: phrase.says(greenery)
        default: true
        }
    }

    /// Whether a place that a phrase speaks of can be seen with it.
    func leavesRoom(for phrase: String) -> Bool {
        switch (self, Scenery([phrase])) {
        case (.plain, _), (.sky, .meadow): true
        default: false
        }
    }

    /// Whether a phrase wants what it names out of focus.
    static func isBlurred(_ phrase: String) -> Bool { phrase.says(LayoutWords.farAway) }

    /// Whether phrases say how it is blurred and nothing of what is.
    private static func isOnlyBlurred(_ phrases: String) -> Bool {
        let rest = LayoutWords.farAway.all.reduce(phrases) { $0.replacing(" \($1) ", with: " ") }
        return Words.isJapanese(phrases) || rest.split(separator: " ").allSatisfy { blurWords.all.contains(String($0)) }
    }

    /// What tells of blur, or of where it is.
    private static let blurWords: Words = """
        a, an, the, of, in, and, with, very, softly, soft, creamy, smooth, beautiful, shallow, deep, depth, field, background, backdrop,
        behind, it, nicely, nice, light, subtle, gently, gentle, dreamy, warm, cool, green, slightly, blur, defocused, golden, sunny,
        outdoor, outdoors, natural, summer, spring
        """

    /// Whether the words speak of a picture on the wall.
    static func hasPicture(_ clauses: PromptClauses) -> Bool {
        (clauses.backdrop + clauses.props).contains {
            $0.says("framed picture, picture, poster, painting, 額縁, 絵画, ポスター")
        }
    }

    private static let tubeColours: [(words: Words, colour: SIMD3<Float>)] = [
        ("pink, magenta, ピンク", [255, 64, 168]), ("blue, 青", [52, 120, 255]), ("purple, violet, 紫", [164, 60, 255]),
        ("green, 緑", [60, 255, 140]), ("red, 赤", [255, 58, 58]), ("orange, オレンジ", [255, 140, 50]),
        ("teal, cyan, turquoise, ターコイズ", [40, 226, 240]), ("yellow, 黄", [255, 220, 80]),
    ]
}
