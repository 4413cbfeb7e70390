import Foundation

/// Paints the shadow that a standing product throws on a floor: a narrow dark line right where it touches, and a soft one away from the light.
struct ShadowPainter: Sendable {
    let footprint: Footprint
    /// The line under the product's lower edge, narrow and wide, 1 at its darkest.
    private let tight, wide: Plane

    /// The share of light that the line under the product and the cast shadow take at strength 1, as on our own studio renders.
    private static let contactDepth: Float = 0.75
    /// The share that the light below the product keeps where the background is left to say what it lacks. By eye:
    /// path-traced studio sets keep more, but a line that thin is not seen.
    private static let seam: Float = 0.45
    private static let castDepth: Float = 0.34
    /// However strong a shadow is asked for, this share of the light stays.
    private static let floor: Float = 0.2

    init(_ footprint: Footprint) {
        self.footprint = footprint
        let size = Float(max(footprint.bounds.width, footprint.bounds.height))
        tight = Self.contactLine(footprint, deviation: max(0.8, size * 0.014))
        wide = Self.contactLine(footprint, deviation: max(2, size * 0.036))
    }

    /// The share of light that is left at each pixel, 0...1.
    ///
    /// - Parameters:
    ///   - direction: where the light comes from; see ``SceneLight/direction``.
    ///   - cast: the strength of the soft shadow, 0 … 2.
    ///   - contact: for each column the share of light that the line under the product takes, 0 … 1.
    func light(direction: Float, cast strength: Float, contact: [Float]) -> Plane {
        let cast = cast(direction)
        var result = Plane(width: tight.width, height: tight.height, fill: 1)
        for y in 0..<result.height {
            for x in 0..<result.width {
                let index = y * result.width + x
                let line = max(tight.values[index], wide.values[index] * 0.55) * contact[x]
                let depth = (1 - line) * (1 - cast.values[index] * Self.castDepth * strength)
                result.values[index] = max(Self.floor, depth)
            }
        }
        return result
    }

    /// The line's depth in each column where the background is left to say what it lacks: as much as makes the light below the product less
    /// than half of what it is a little farther down, and none where it is as dark already. Within a broad shadow too the line is the darkest
    /// place, but no blacker than a sixth of the open floor.
    static func contact(lacking scene: SceneLight) -> [Float] {
        zip(scene.seam, scene.beyond).map { seam, beyond in
            let wanted = Self.seam * min(1, max(beyond, 0.4))
            return max(0, min(contactDepth, 1 - wanted / max(seam, 0.01)))
        }
    }

    /// The same depth in every column.
    static func contact(strength: Float, columns: Int) -> [Float] {
        [Float](repeating: min(1 - floor, contactDepth * strength), count: columns)
    }

    /// A soft band right below the product's lower edge, weaker where that edge lies higher: there the product lifts off the floor.
    private static func contactLine(_ footprint: Footprint, deviation: Float) -> Plane {
        let coverage = footprint.coverage
        var line = Plane(width: coverage.width, height: coverage.height)
        let thickness = max(1, Int(deviation))
        for (x, row) in footprint.contact.enumerated() {
            guard let row else { continue }
            let lift = Float(footprint.ground - row) / Float(footprint.reach)
            let weight = max(0, 1 - 0.5 * lift * lift.squareRoot())
            for y in min(row + 1, coverage.height)..<min(coverage.height, row + 1 + thickness) { line[x, y] = weight }
        }
        // A blurred band keeps this share of its height in its middle. A little more than all of it, cut off, is dark right from the edge on:
        // the first pixels are the product's own soft edge.
        let peak = erf(Float(thickness) / (2 * Float(2).squareRoot() * deviation))
        let soft = line.blurred(deviation)
        return soft.mapped { min(1, 1.35 * soft.values[$0] / peak) }
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
