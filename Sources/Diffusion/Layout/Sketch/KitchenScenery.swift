import Foundation

extension Scenery {
    /// What stands before a kitchen's wall at the far end of its counter: boards, jars, bowls, a plant, now and then a shelf above.
    static func kitchen(_ base: SIMD3<Float>, _ near: View) -> SIMD3<Float> {
        let view = near.softened(0.065)
        var paint = Paint(base)
        // Light falls along the wall from one side.
        let lightSide: Float = view.chance(1) < 0.5 ? 1 : 0
        paint.colour *= 1.05 - 0.16 * abs(view.place.x / view.aspect - lightSide)
        let counter = view.floor
        if view.chance(2) < 0.55 {
            let row = counter - 0.26 - 0.1 * view.chance(3)
            let from = view.chance(4) < 0.4 ? -0.1 : view.aspect * (view.chance(5) < 0.5 ? 0.45 : -0.1)
            let columns = from...(from < 0 && view.chance(5) < 0.5 ? view.aspect * 0.55 : view.aspect + 0.1)
            paint.colour *= 1 - 0.2 * view.box(columns, row...row + 0.07)
            for place in 0..<4 where view.chance(40 + Int32(place)) < 0.7 {
                let column = from + 0.1 + 0.13 * Float(place) + 0.05 * view.chance(50 + Int32(place))
                stand(
                    Item.allCases[Int(1 + view.chance(60 + Int32(place)) * 2.999)], at: SIMD2(column, row), 70 + 10 * Int32(place), 0.75,
                    &paint, view)
            }
            paint.put(view.pick(woods, 6), view.box(columns, row...row + 0.018))
        }
        for place in 0..<4 where view.chance(110 + Int32(place)) < 0.9 {
            let number = 120 + 10 * Int32(place)
            let column = view.aspect * (0.06 + 0.25 * Float(place) + 0.13 * view.chance(number))
            // One plant is enough.
            let items = place == 3 ? Item.allCases : Item.allCases.dropLast()
            stand(view.pick(items, number + 1), at: SIMD2(column, counter + 0.004), number + 2, 1.5, &paint, view)
        }
        // Hardly any light reaches the corner.
        paint.colour *= 0.86 + 0.14 * smooth(0, 0.05, counter - view.place.y)
        return paint.colour
    }

    private enum Item: CaseIterable { case board, jar, bottle, bowl, plant }

    private static func stand(
        _ item: Item, at foot: SIMD2<Float>, _ number: Int32, _ scale: Float, _ paint: inout Paint, _ view: View
    ) {
        guard abs(view.place.x - foot.x) < 0.28, view.place.y < foot.y + 0.05, view.place.y > foot.y - 0.5 else { return }
        func size(_ range: ClosedRange<Float>, _ other: Int32) -> Float {
            scale * (range.lowerBound + (range.upperBound - range.lowerBound) * view.chance(number + other))
        }
        let colour = view.pick(wares, number)
        func columns(_ half: Float) -> ClosedRange<Float> { foot.x - half...foot.x + half }
        func rows(_ height: Float) -> ClosedRange<Float> { foot.y - height...foot.y }
        // Its shadow on the wall.
        let aside: Float = view.chance(1) < 0.5 ? 0.02 : -0.02
        switch item {
        case .board:
            let (half, height) = (size(0.045...0.075, 1), size(0.14...0.24, 2))
            paint.colour *= 1 - 0.25 * view.box(foot.x - half + aside...foot.x + half + aside, rows(height - 0.01))
            let grain = 1 + 0.07 * view.other(5).value(SIMD2(view.place.x * 60, view.place.y * 6))
            paint.put(view.pick(woods, number + 3) * grain * (0.94 + 0.4 * (foot.y - view.place.y)), view.box(columns(half), rows(height)))
        case .jar:
            let (half, height) = (size(0.024...0.04, 1), size(0.07...0.13, 2))
            paint.colour *= 1 - 0.25 * view.box(foot.x - half + aside...foot.x + half + aside, rows(height))
            paint.put(colour * view.roundness(foot.x, half), view.box(columns(half), rows(height)))
            paint.put(
                view.pick(woods, number + 3) * view.roundness(foot.x, half),
                view.box(columns(half * 0.92), foot.y - height...foot.y - 0.8 * height))
        case .bottle:
            let (half, height) = (size(0.018...0.028, 1), size(0.14...0.2, 2))
            let glass = colour * SIMD3(0.62, 0.7, 0.6)
            paint.put(glass * view.roundness(foot.x, half), 0.85 * view.box(columns(half), rows(0.62 * height)))
            paint.put(glass * view.roundness(foot.x, half), 0.85 * view.box(columns(half * 0.4), foot.y - height...foot.y - 0.55 * height))
        case .bowl:
            let (half, height) = (size(0.05...0.085, 1), size(0.04...0.06, 2))
            let round =
                view.oval(SIMD2(foot.x, foot.y - height), SIMD2(half, height))
                * smooth(-view.soft / 2, view.soft / 2, view.place.y - foot.y + height)
            paint.put(colour * view.roundness(foot.x, half) * (1.06 - 3 * max(view.place.y - foot.y + height, 0)), round)
            paint.put(colour * 0.7, view.oval(SIMD2(foot.x, foot.y - height), SIMD2(half, 0.012)))
        case .plant:
            let height = size(0.05...0.075, 1)
            let leaves = view.bush(foot - SIMD2(0, height), size(0.13...0.2, 2), UInt32(number))
            paint.put(SIMD3(82, 124, 70) * leaves.tone, 0.95 * leaves.cover)
            paint.put(colour * view.roundness(foot.x, 0.04), view.box(columns(0.036 * scale), rows(height)))
        }
    }

    static let woods: [SIMD3<Float>] = [[196, 160, 120], [168, 126, 88], [214, 188, 152], [128, 90, 64]]
    private static let wares: [SIMD3<Float>] = [
        [232, 226, 216], [206, 124, 92], [214, 196, 168], [92, 150, 154], [226, 196, 104], [150, 164, 138], [226, 222, 218],
    ]
}
