/// The network's guess along the picture's own edges: a ``GuidedMatte`` that is held to the guess where the network hardly doubts. There
/// texture and noise are not the product's edge.
struct HeldMatte {
    private let guided: GuidedMatte
    private let guess: Plane

    /// The guess's distance from none, and from all, within which it is believed more and more. Of what is thin, such as an antenna, the network
    /// sees only a trace.
    private static let (margin, upperMargin): (Float, Float) = (0.03, 0.15)

    /// - Parameters:
    ///   - picture: the working picture, 0...255.
    ///   - guess: as large, 0...1.
    init(_ picture: ColourField, guess: Plane) {
        guided = GuidedMatte(picture, guess: guess)
        self.guess = guess
    }

    /// The coverage 0...1 of a colour (0...1) at a place of the working picture, given as pixel-centre coordinates.
    func coverage(_ colour: SIMD4<Float>, x: Float, y: Float) -> Float {
        // The guess never quite reaches its ends.
        let coverage = min(1, max(0, (guided.coverage(colour, x: x, y: y) - 0.1) / 0.8))
        let doubt = guess.sample(x, y)
        if doubt < Self.margin { return coverage * max(0, doubt) / Self.margin }
        if doubt > 1 - Self.upperMargin { return 1 - (1 - coverage) * max(0, 1 - doubt) / Self.upperMargin }
        return coverage
    }
}
