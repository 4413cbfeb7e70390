/// Paints the shadow that a standing product throws on a floor: darkest where it touches, and a soft one away from the light.
struct ShadowPainter: Sendable {
    let footprint: Footprint
    private let tight, wide: Plane

    /// The share of light that the contact and the cast shadow take at strength 1, as on our own studio renders.
    private static let contactDepth: Float = 0.62
    private static let castDepth: Float = 0.34
    /// However strong a shadow is asked for, this share of the light stays.
    private static let floor: Float = 0.2

    init(_ footprint: Footprint) {
        self.footprint = footprint
        let line = Self.contactLine(footprint)
        let size = Float(footprint.bounds.width)
        tight = line.blurred(max(0.8, size * 0.012))
        wide = line.blurred(max(2, size * 0.045))
    }

    /// The share of light that is left at each pixel, 0...1.
    ///
    /// - Parameters:
    ///   - direction: where the light comes from; see ``SceneLight/direction``.
    ///   - strength: 0 … 2.
    func light(direction: Float, strength: Float) -> Plane {
        let cast = cast(direction)
        var result = Plane(width: tight.width, height: tight.height, fill: 1)
        for index in result.values.indices {
            let contact = min(1, tight.values[index] * 1.1 + wide.values[index] * 1.5)
            let depth = (1 - contact * Self.contactDepth * strength) * (1 - cast.values[index] * Self.castDepth * strength)
            result.values[index] = max(Self.floor, depth)
        }
        return result
    }

    /// A thin band along the product's lower edge, weaker where that edge lies higher: there the product lifts off the floor.
    private static func contactLine(_ footprint: Footprint) -> Plane {
        let coverage = footprint.coverage
        var line = Plane(width: coverage.width, height: coverage.height)
        let half = max(1, footprint.bounds.height / 80)
        let rise = Float(max(1, footprint.bounds.height / 10))
        for (x, row) in footprint.contact.enumerated() {
            guard let row else { continue }
            let lift = Float(footprint.ground - row) / rise
            for y in max(0, row - half)...min(coverage.height - 1, row + half) { line[x, y] = max(0, 1 - 0.6 * lift) }
        }
        return line
    }

    /// The outline laid down on the floor, away from the light and a little to the back, softer and fainter with the height it comes from.
    private func cast(_ direction: Float) -> Plane {
        let coverage = footprint.coverage
        let bounds = footprint.bounds
        // The floor is seen at a low angle, so that a length on it looks this much shorter.
        let squash: Float = 0.2
        let lean = -direction * 0.55
        let reach = max(1, Int(Float(bounds.height) * squash))
        var sharp = Plane(width: coverage.width, height: coverage.height)
        for y in max(0, footprint.ground - reach)...footprint.ground {
            let height = Float(footprint.ground - y) / squash
            let fade = 1 - 0.75 * height / Float(max(1, bounds.height))
            for x in 0..<coverage.width {
                sharp[x, y] = coverage.sample(Float(x) - lean * height, Float(footprint.ground) - height) * max(0, fade)
            }
        }
        let near = sharp.blurred(max(1, Float(bounds.width) * 0.02))
        let far = sharp.blurred(max(2, Float(bounds.width) * 0.07))
        var result = near
        for y in 0..<coverage.height {
            let share = min(1, max(0, Float(footprint.ground - y) / Float(reach) * 1.6))
            for x in 0..<coverage.width { result[x, y] = near[x, y] * (1 - share) + far[x, y] * share }
        }
        return result
    }
}
