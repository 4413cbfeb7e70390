import Imaging

/// The colours of a scene's two largest surfaces, sRGB, 0...255.
struct SceneColours: Equatable {
    /// What the product stands on.
    var ground: SIMD3<Float>
    var backdrop: SIMD3<Float>

    init(ground: SIMD3<Float>, backdrop: SIMD3<Float>) {
        (self.ground, self.backdrop) = (ground, backdrop)
    }

    /// The colours that a prompt speaks of; nil where it names neither a colour nor what the product stands on.
    init?(_ clauses: PromptClauses) {
        let ground = clauses.ground.lazy.compactMap(ColourWords.colour).first
        // "A kitchen with a white tile wall" is as white as its wall.
        let walls = clauses.backdrop.filter { PromptClauses.says($0, ["wall", "壁"]) }
        let backdrop = (walls + clauses.backdrop).lazy.compactMap(ColourWords.colour).first
        if let ground, let backdrop {
            self.init(ground: ground, backdrop: backdrop)
        } else if let only = ground ?? backdrop {
            // A set of one colour: its wall a little darker than its floor.
            self.init(ground: only, backdrop: only * 0.94)
        } else if !clauses.ground.isEmpty {
            // "On a round podium", of whatever colour: that of paper and plaster.
            self.init(ground: SIMD3(214, 207, 199), backdrop: SIMD3(205, 198, 190))
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
}
