/// The body of a prop as light meets it: an ellipsoid that stands on the ground. Lengths are in units of the product's distance, in the
/// directions of ``LayoutMap/Point``.
struct PropSolid {
    private let middle: SIMD3<Float>
    /// Half its width, its depth and its height.
    private let half: SIMD3<Float>
    /// How much of the light it stops, 0...1: leaves let some through.
    private let opacity: Float
    /// How far its shadow reaches over the ground.
    private let reach: Float
    private let light: SIMD3<Float>
    /// Half the angle that the light is wide.
    private let spread: Float

    /// Where a prop stands in the picture and how large it is there, in heights of the canvas.
    struct Place {
        /// Across from the canvas's middle and down from its upper edge.
        var foot: SIMD2<Float>
        /// Half its width, its depth and its height.
        var half: SIMD3<Float>
        var opacity: Float = 1
    }

    /// - Returns: nil for what stands nowhere on the ground
    init?(_ place: Place, in map: LayoutMap, light: SceneLayout.Light) {
        guard let (foot, depth) = map.ground(row: place.foot.y, column: place.foot.x) else { return nil }
        half = place.half * (LayoutMap.frame * depth)
        middle = foot.vector + SIMD3(0, 0, half.z)
        opacity = place.opacity
        self.light = map.light.vector
        spread = light.spread
        let level = (self.light.x * self.light.x + self.light.y * self.light.y).squareRoot()
        reach = 2 * max(half.x, half.y) + 2.2 * half.z * (level / max(self.light.z, 0.05) + spread)
    }

    /// How much of the main light it hides from a place of the ground, 0...1, and how much of the light from all around.
    func hidden(from place: SIMD3<Float>) -> (direct: Float, ambient: Float) {
        let away = middle - place
        guard abs(away.x) < reach, abs(away.y) < reach else { return (0, 0) }
        // In a space where it is a ball of radius 1.
        let (centre, ray) = (away / half, light / half)
        // Where the ray to the light comes nearest to its middle, and by how much it misses it there.
        let along = (centre * ray).sum() / (ray * ray).sum()
        let passed = centre - ray * along
        let soft = min(max(spread * along / half.min(), 0.06), 0.9)
        let direct = along > 0 ? 1 - smooth(1 - soft, 1 + soft, (passed * passed).sum().squareRoot()) : 0
        // What a ball covers of the sky over a level place: the cosine of its direction times the square of its radius over its distance.
        let square = max((centre * centre).sum(), 1)
        let ambient = max(centre.z, 0) / (square * square.squareRoot())
        return (opacity * direct, opacity * ambient)
    }
}
