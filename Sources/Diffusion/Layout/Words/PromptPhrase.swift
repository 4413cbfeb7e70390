/// A phrase of a prompt, and where the words around it put what it names.
///
/// Designers write lists ("oak table, kitchen, lemons"), sentences ("a jar on an oak table in front of a kitchen window, with a few lemons") and
/// both at once; taken apart at commas and prepositions they are the same.
struct PromptPhrase: Equatable {
    enum Place {
        /// Under the product.
        case ground
        case behind
        case beside
        /// Nowhere: what a picture is to be without.
        case absent
    }

    /// As of ``PromptClauses/phrase(_:)``.
    var words: String
    var place: Place?

    /// Characters of a prompt that are read: more than any scene needs, and few enough to be read at every key.
    static let longestPrompt = 2000

    /// The phrases of a prompt in their order.
    static func all(_ prompt: String) -> [PromptPhrase] {
        prompt.prefix(longestPrompt).split { ",;:.()[]|/\n、。，・（）：；".contains($0) }.flatMap { part -> [PromptPhrase] in
            let phrase = PromptClauses.phrase(part)
            return Words.isJapanese(phrase) ? japanese(phrase) : english(phrase)
        }
    }

    // MARK: English

    /// Words that end a phrase and begin another one.
    private struct Marker {
        let words: [String]
        /// Where what was named before them is.
        var before: Place?
        /// Where what is named after them is.
        var after: Place?
        /// Whether they belong to what comes after.
        var stays = false
    }

    /// Longer ones first.
    private static let markers: [Marker] =
        [
            Marker(words: ["in", "front", "of"], after: .behind), Marker(words: ["on", "top", "of"], after: .ground),
            Marker(words: ["in", "the", "background"], before: .behind), Marker(words: ["in", "the", "distance"], before: .behind),
            Marker(words: ["in", "the", "back"], before: .behind), Marker(words: ["in", "the", "foreground"], before: .ground),
            Marker(words: ["surrounded", "by"], after: .beside), Marker(words: ["framed", "by"], after: .beside),
            Marker(words: ["next", "to"], after: .beside),
            Marker(words: ["golden", "hour"], stays: true),
            Marker(words: ["as", "a", "background"], before: .behind), Marker(words: ["as", "the", "background"], before: .behind),
            Marker(words: ["as", "background"], before: .behind), Marker(words: ["as", "a", "backdrop"], before: .behind),
            // "Fresh as a mountain morning": what something is only like is not there.
            Marker(words: ["for", "my"], after: .absent), Marker(words: ["for", "our"], after: .absent),
            Marker(words: ["as", "a"], after: .absent), Marker(words: ["as", "an"], after: .absent),
            Marker(words: ["reflecting"], after: .behind),
            Marker(words: ["against"], after: .behind), Marker(words: ["before"], after: .behind),
            Marker(words: ["behind"], before: .behind),
            Marker(words: ["underneath"], before: .ground), Marker(words: ["beneath"], before: .ground),
            Marker(words: ["atop"], after: .ground), Marker(words: ["beside"], after: .beside),
            Marker(words: ["alongside"], after: .beside),
            Marker(words: ["around"], before: .beside), Marker(words: ["among"], after: .beside), Marker(words: ["amid"], after: .beside),
            Marker(words: ["overlooking"], after: .behind), Marker(words: ["without"], after: .absent),
            Marker(words: ["with"], after: .beside, stays: true),
        ]
        + ["in", "at", "by", "near", "under", "inside", "outside"].flatMap { word in
            ["a", "an", "the"].map { Marker(words: [word, $0]) }
        }
        + ["sunset", "sunrise", "dusk", "dawn", "golden", "noon", "midday"].map { Marker(words: ["at", $0], stays: true) }

    private static func english(_ phrase: String) -> [PromptPhrase] {
        // No field of grass.
        let words = phrase.replacing(" depth of field ", with: " ").split(separator: " ").map(String.init)
        // "Blurred meadow at sunrise background" is one place.
        let isWhole = words.last.map(["background", "backdrop"].contains) == true && words.dropLast().last != "the"
        var result: [PromptPhrase] = []
        var (current, place): ([String], Place?) = ([], words.first == "no" ? .absent : nil)
        var next = 0
        func close() {
            if !current.isEmpty { result.append(PromptPhrase(words: " " + current.joined(separator: " ") + " ", place: place)) }
            current = []
        }
        while next < words.count {
            guard
                let marker = markers.first(where: { marker in
                    words[next...].starts(with: marker.words) && !(isWhole && marker.words.first == "at")
                })
            else {
                current.append(words[next])
                next += 1
                continue
            }
            if let before = marker.before { place = before }
            close()
            place = marker.after
            if marker.stays { current = marker.words }
            next += marker.words.count
        }
        close()
        return result
    }

    // MARK: Japanese

    /// What follows the name of a thing, and where it puts it.
    private static let particles: [(words: String, place: Place)] = [
        ("の上", .ground), ("を背景に", .behind), ("の前に", .behind), ("の前で", .behind), ("が背景", .behind), ("に置", .ground), ("に立つ", .ground),
        ("に立て", .ground), ("に並べ", .ground),
        ("に載せ", .ground), ("にのせ", .ground), ("を散らし", .beside), ("を添え", .beside), ("を飾", .beside), ("に囲まれ", .beside),
    ]
    /// What is left of those before the next thing.
    private static let endings = ["されている", "している", "された", "した", "して", "かれた", "いた", "った", "てた", "た", "て", "に", "で", "の", "は"]

    /// What follows を where its object is around the product.
    private static let handled = ["背景", "バック", "散らし", "添え", "飾", "敷", "浮か", "並べ", "周り", "まわり"]
    /// Where an object of を is put.
    private static let seats = ["の上", "背景", "の前", "に置", "に立"]

    /// What something is put on with に alone.
    private static let surfaces = ["テーブル", "カウンター", "デスク", "机", "床", "棚", "ベンチ", "砂浜", "芝生", "苔", "岩", "切り株"]

    private static func japanese(_ phrase: String) -> [PromptPhrase] {
        var rest = phrase.replacing(" ", with: "")
        var result: [PromptPhrase] = []
        func add(_ words: some StringProtocol, _ place: Place?) {
            if !words.isEmpty { result.append(PromptPhrase(words: " \(words) ", place: place)) }
        }
        if ["なし", "無し", "抜き", "なしで"].contains(where: rest.hasSuffix), !rest.hasSuffix("っぱなし") {
            return [PromptPhrase(words: phrase, place: .absent)]
        }
        if let start = ["背景には", "背景は", "後ろには", "後ろは", "奥には", "奥は", "奥に", "後ろに"].first(where: rest.hasPrefix) {
            add(rest.dropFirst(start.count), .behind)
            return result
        }
        if let found = surfaces.lazy.compactMap({ rest.range(of: $0 + "に") }).first {
            add(rest[..<found.upperBound].dropLast(), .ground)
            rest = String(rest[found.upperBound...])
        }
        if let object = rest.range(of: "を"), case let after = rest[object.upperBound...], !handled.contains(where: after.hasPrefix),
            seats.contains(where: after.contains)
        {
            // What is put somewhere is the product.
            rest = String(after)
        }
        if let range = rest.range(of: "背景に"), !rest[..<range.lowerBound].hasSuffix("を") {
            add(rest[..<range.lowerBound] + "背景", .behind)
            rest = String(rest[range.upperBound...])
        }
        // What stands on the last thing is the product.
        var isProduct = false
        while let found = particles.compactMap({ particle in rest.range(of: particle.words).map { ($0, particle.place) } }).min(by: {
            $0.0.lowerBound < $1.0.lowerBound
        }) {
            add(rest[..<found.0.lowerBound], found.1)
            rest = String(rest[found.0.upperBound...])
            isProduct = found.1 == .ground && rest.first != "に" && rest.first != "で"
            while let ending = endings.first(where: rest.hasPrefix) { rest.removeFirst(ending.count) }
        }
        if let range = rest.range(of: "背景と") {
            add(rest[..<range.lowerBound] + "背景", .behind)
            add(rest[range.upperBound...], .beside)
        } else if !isProduct {
            add(rest, nil)
        }
        return result
    }
}
