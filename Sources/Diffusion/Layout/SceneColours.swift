import Imaging

/// The colours of a scene's two largest surfaces, sRGB, 0...255.
struct SceneColours: Equatable {
    /// What the product stands on.
    var ground: SIMD3<Float>
    var backdrop: SIMD3<Float>

    init(ground: SIMD3<Float>, backdrop: SIMD3<Float>) {
        (self.ground, self.backdrop) = (ground, backdrop)
    }

    /// The colours that a prompt speaks of; nil where it names none.
    ///
    /// What follows "on" (or comes before の上) is the ground, what comes in clauses of its own the backdrop; products, props and light
    /// are left out.
    init?(prompt: String) {
        var ground: SIMD3<Float>?
        var backdrop: SIMD3<Float>?
        for clause in Self.clauses(of: prompt) {
            switch clause {
            case .ground(let phrase): ground = ground ?? ColourWords.colour(of: phrase)
            case .backdrop(let phrase): backdrop = backdrop ?? ColourWords.colour(of: phrase)
            }
        }
        if let ground, let backdrop {
            self.init(ground: ground, backdrop: backdrop)
        } else if let only = ground ?? backdrop {
            // A set of one colour: its wall a little darker than its floor.
            self.init(ground: only, backdrop: only * 0.94)
        } else {
            return nil
        }
    }

    /// The colours of a reference picture: the upper half's mean for the backdrop, the lower third's for the ground.
    init?(reference: RasterImage) {
        guard reference.width > 0, reference.height > 2 else { return nil }
        func mean(_ rows: Range<Int>) -> SIMD3<Float> {
            var sum = SIMD3<Double>.zero
            for y in rows {
                for x in 0..<reference.width {
                    let pixel = (y * reference.width + x) * 4
                    sum += SIMD3(Double(reference.pixels[pixel]), Double(reference.pixels[pixel + 1]), Double(reference.pixels[pixel + 2]))
                }
            }
            return SIMD3<Float>(sum / Double(max(rows.count * reference.width, 1)))
        }
        self.init(ground: mean(reference.height * 2 / 3..<reference.height), backdrop: mean(0..<reference.height / 2))
    }

    func mixed(with other: SceneColours, share: Float) -> SceneColours {
        SceneColours(
            ground: ground * (1 - share) + other.ground * share, backdrop: backdrop * (1 - share) + other.backdrop * share)
    }

    // MARK: Reading a prompt

    private enum Clause {
        case ground(String)
        case backdrop(String)
    }

    private static func clauses(of prompt: String) -> [Clause] {
        var text = prompt.lowercased()
        for separator in [" against ", " in front of ", " before ", " in a ", " in the ", " behind ", " with "] {
            text = text.replacing(separator, with: separator == " with " ? ",with " : ",")
        }
        return text.split { ",;.、。，".contains($0) }.compactMap { part in
            let words = " " + String(part.map { $0.isLetter ? $0 : " " }).split(separator: " ").joined(separator: " ") + " "
            if words.hasPrefix(" with ") || lightWords.contains(where: words.contains) { return nil }
            if let range = [" on ", " upon ", " onto "].lazy.compactMap({ words.range(of: $0) }).first {
                return .ground(" " + words[range.upperBound...])
            }
            if let range = words.range(of: "の上") { return .ground(String(words[..<range.lowerBound])) }
            return .backdrop(words)
        }
    }

    private static let lightWords = [
        " light ", " lights ", " sunlight ", " daylight ", " shadow ", " shadows ", " tones ", " mood ", " softbox ", " glow ", " backlit ",
        "光", "影", "雰囲気", "逆光",
    ]
}
