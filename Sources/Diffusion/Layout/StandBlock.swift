import Foundation

/// One upright block of what a product stands on, round or square, from the ground to its top. In the lengths of ``LayoutMap``.
struct StandBlock {
    /// Across and away.
    let middle: SIMD2<Float>
    /// Radius, or half the length of an edge.
    let half: Float
    let top: Float
    let bottom: Float
    /// Cosine and sine of the angle by which a square one's edges are turned from the picture's; nil for a round one.
    let turn: SIMD2<Float>?

    /// Where a ray meets a block: how deep, and whether on a side.
    struct Meeting {
        let depth: Float
        let side: Side?
    }

    /// Of a place on a side.
    struct Side {
        /// The sine by which its outward direction points across.
        let outward: Float
        /// How far along the block's outline it lies from the middle of its face.
        let along: Float
        /// How far above the block's top; below zero.
        let height: Float
    }

    /// - Parameters:
    ///   - ray: one unit deep
    func meeting(from camera: LayoutMap.Point, along ray: LayoutMap.Point) -> Meeting? {
        if ray.z < -1e-6 {
            let depth = (top - camera.z) / ray.z
            if depth > 0, distance(to: SIMD2(camera.x + ray.x * depth, camera.y + ray.y * depth)) <= 0 {
                return Meeting(depth: depth, side: nil)
            }
        }
        let start = local(SIMD2(camera.x, camera.y))
        let heading = turned(SIMD2(ray.x, ray.y))
        guard let depth = turn == nil ? depthRound(start, heading) : depthSquare(start, heading), depth > 0 else { return nil }
        let level = camera.z + ray.z * depth
        guard (bottom...top).contains(level) else { return nil }
        let place = start + heading * depth
        let (outward, along) = side(at: place)
        return Meeting(depth: depth, side: Side(outward: outward, along: along, height: level - top))
    }

    /// How far a place of the ground plan is outside the outline; below zero inside.
    func distance(to place: SIMD2<Float>) -> Float {
        let away = local(place)
        guard turn != nil else { return (away.x * away.x + away.y * away.y).squareRoot() - half }
        let beyond = SIMD2(max(abs(away.x) - half, 0), max(abs(away.y) - half, 0))
        return (beyond.x * beyond.x + beyond.y * beyond.y).squareRoot() + min(max(abs(away.x), abs(away.y)) - half, 0)
    }

    /// How much of the main light it hides from a place below its top, 0...1: softer the further away what hides is.
    ///
    /// - Parameter light: towards the light, of length 1
    func shadow(at place: LayoutMap.Point, light: LayoutMap.Point) -> Float {
        let rise = top - place.z
        guard rise > 1e-4, light.z > 0.05 else { return 0 }
        let reach = SIMD2(light.x, light.y) * (rise / light.z)
        let length = (reach.x * reach.x + reach.y * reach.y).squareRoot()
        let start = SIMD2(place.x, place.y)
        guard distance(to: start) < length + Self.softness else { return 0 }
        var hidden: Float = 0
        for step in 0..<Self.steps {
            let part = (Float(step) + 0.5) / Float(Self.steps)
            let soft = 0.004 + Self.softness * part * min(length, 1)
            hidden = max(hidden, 1 - smooth(-soft, soft, distance(to: start + reach * part)))
        }
        return hidden
    }

    private static let steps = 6
    /// Half the width of a shadow's rim, in lengths of the way from what casts it: a lamp of some size.
    private static let softness: Float = 0.16

    private func local(_ place: SIMD2<Float>) -> SIMD2<Float> { turned(place - middle) }

    private func turned(_ away: SIMD2<Float>) -> SIMD2<Float> {
        guard let turn else { return away }
        return SIMD2(away.x * turn.x + away.y * turn.y, away.y * turn.x - away.x * turn.y)
    }

    private func depthRound(_ start: SIMD2<Float>, _ heading: SIMD2<Float>) -> Float? {
        let a = heading.x * heading.x + heading.y * heading.y
        let b = start.x * heading.x + start.y * heading.y
        let c = start.x * start.x + start.y * start.y - half * half
        let discriminant = b * b - a * c
        guard a > 0, discriminant >= 0 else { return nil }
        return (-b - discriminant.squareRoot()) / a
    }

    /// The slab method (Kay and Kajiya, "Ray tracing complex scenes", 1986).
    private func depthSquare(_ start: SIMD2<Float>, _ heading: SIMD2<Float>) -> Float? {
        var (enter, leave) = (-Float.infinity, Float.infinity)
        for axis in 0..<2 {
            guard abs(heading[axis]) > 1e-6 else {
                if abs(start[axis]) > half { return nil }
                continue
            }
            let (first, second) = ((-half - start[axis]) / heading[axis], (half - start[axis]) / heading[axis])
            (enter, leave) = (max(enter, min(first, second)), min(leave, max(first, second)))
        }
        return enter <= leave && enter.isFinite ? enter : nil
    }

    private func side(at place: SIMD2<Float>) -> (outward: Float, along: Float) {
        guard let turn else { return (place.x / half, half * asin(min(max(place.x / half, -1), 1))) }
        if abs(place.x) > abs(place.y) { return (place.x > 0 ? turn.x : -turn.x, place.y) }
        return (place.y > 0 ? -turn.y : turn.y, place.x)
    }
}
