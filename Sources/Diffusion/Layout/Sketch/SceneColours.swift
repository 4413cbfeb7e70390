import Imaging

/// The colours of a scene's two largest surfaces, sRGB, 0...255.
struct SceneColours: Equatable {
    /// What the product, or what carries it, stands on.
    var ground: SIMD3<Float>
    var backdrop: SIMD3<Float>
    /// What the product stands on where that is of another colour than the ground below.
    var stand: SIMD3<Float>?

    init(ground: SIMD3<Float>, backdrop: SIMD3<Float>, stand: SIMD3<Float>? = nil) {
        (self.ground, self.backdrop, self.stand) = (ground, backdrop, stand)
    }

    /// Those of paper and plaster.
    static let paper = SceneColours(ground: SIMD3(214, 207, 199), backdrop: SIMD3(205, 198, 190))

    /// The colours that a prompt speaks of; nil where it names neither a colour nor what the product stands on.
    init?(_ clauses: PromptClauses) {
        let stand = clauses.stand.flatMap(ColourWords.colour)
        let ground =
            clauses.ground.lazy.compactMap(ColourWords.colour).first
            ?? clauses.ground.lazy.compactMap { SurfaceMaterial.usualColour(of: $0, before: Scenery(clauses)) }.first
        // "A kitchen with a white tile wall" is as white as its wall.
        let walls = clauses.backdrop.filter { $0.says("wall, 壁") }
        // A wall gets less light than paper that is hung for the picture.
        let backdrop =
            (walls + clauses.backdrop).lazy.map(Scenery.roomsOnly).compactMap(ColourWords.colour).first.map {
                walls.isEmpty ? $0 : $0 * 0.86
            }
            ?? Scenery(clauses).usualColour
        if let ground, let backdrop {
            self.init(ground: ground, backdrop: backdrop, stand: stand)
        } else if let only = ground ?? backdrop {
            // A set of one colour: its wall a little darker than its floor.
            self.init(ground: only, backdrop: only * 0.94, stand: stand)
        } else if let stand {
            // "On a green podium": before paper of a paler green.
            self.init(ground: stand * 0.5 + 108, backdrop: stand * 0.5 + 100, stand: stand)
        } else if !clauses.ground.isEmpty || clauses.stand != nil {
            // "On a round podium", of whatever colour.
            self = .paper
        } else {
            return nil
        }
    }

    func mixed(with other: SceneColours, share: Float) -> SceneColours {
        func mixed(_ own: SIMD3<Float>, _ other: SIMD3<Float>) -> SIMD3<Float> { own * (1 - share) + other * share }
        return SceneColours(
            ground: mixed(ground, other.ground), backdrop: mixed(backdrop, other.backdrop), stand: stand.map { mixed($0, other.ground) })
    }
}
