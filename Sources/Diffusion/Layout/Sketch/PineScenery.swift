extension Scenery {
    /// A stand of conifers under snow, row behind row in the winter's haze.
    static func pines(_ base: SIMD3<Float>, _ view: View) -> SIMD3<Float> {
        let bottom = view.horizon + 0.06
        let haze = base * 0.25 + SIMD3(162, 172, 186)
        var paint = Paint(haze + SIMD3(26, 24, 20) * smooth(bottom - 0.5, bottom, view.place.y))
        for row in 0..<pineRows {
            let nearness = Float(row) / Float(pineRows - 1)
            let count = 9 - 2 * row
            for number in 0..<count {
                let own = Int32(100 + 20 * row + number)
                let height = (0.2 + 0.22 * nearness) * (0.6 + 0.6 * view.chance(own))
                let middle = view.aspect * (Float(number) + view.chance(own + 200)) / Float(count)
                pine(SIMD2(middle, bottom + 0.02), height, base, haze: haze, share: 0.66 * (1 - nearness), own, &paint, view)
            }
        }
        paint.put(snow, drift(at: bottom, view))
        return paint.colour
    }

    /// Boughs in tiers, each wider than the one above, with snow on their ends.
    private static func pine(
        _ foot: SIMD2<Float>, _ height: Float, _ base: SIMD3<Float>, haze: SIMD3<Float>, share: Float, _ own: Int32, _ paint: inout Paint,
        _ view: View
    ) {
        let down = (view.place.y - foot.y + height) / height
        guard down > -0.05, down < 1.05 else { return }
        let ragged = 0.25 * view.other(UInt32(own)).value(view.place * (9 / height))
        let tier = down * (6 + 3 * view.chance(own + 400)) + ragged
        let inTier = tier - tier.rounded(.down)
        // A bough's end bends back to the next one.
        let reach = inTier * (1 - smooth(0.8, 1, inTier))
        let half = height * 0.3 * (0.06 + 0.94 * down) * (0.66 + 0.4 * reach)
        let across = abs(view.place.x - foot.x)
        let soft = view.soft * 0.8
        let cover = (1 - smooth(half - soft, half + soft, across)) * smooth(-0.02, 0.04, down)
        let green = base * SIMD3(0.46, 0.54, 0.5) * (0.84 + 0.3 * reach)
        let white = 0.8 * smooth(0.3, 0.8, reach) * smooth(0.1, 0.9, across / max(half, 0.001))
        let colour = green + (snow * 0.93 - green) * white
        paint.put(colour + (haze - colour) * share, cover)
    }

    private static let pineRows = 3
    private static let snow: SIMD3<Float> = [236, 240, 244]

    /// How much of a place the snow hides before the trees.
    private static func drift(at bottom: Float, _ view: View) -> Float {
        let drift = 0.02 * view.other(3).fractal(SIMD2(view.place.x, 0), wavelength: 0.4, octaves: 2, footprint: 0.01)
        return 0.9 * smooth(bottom - 0.03 + drift, bottom + 0.05 + drift, view.place.y)
    }

    /// Conifers under snow so far out of focus that only their dark and the light between them are left.
    static func blurredPines(_ base: SIMD3<Float>, _ view: View) -> SIMD3<Float> {
        let bottom = view.horizon + 0.06
        var paint = Paint((base * SIMD3(0.62, 0.8, 0.76)) * (0.92 + 0.1 * smooth(bottom - 0.5, bottom, view.place.y)))
        for number in 0..<5 {
            let number = Int32(number)
            let middle = view.aspect * (Float(number) + view.chance(60 + number)) / 5
            let tip = bottom - 0.3 - 0.3 * view.chance(70 + number)
            // A tree is a wedge.
            let half = 0.42 * max(view.place.y - tip, 0) * (0.5 + 0.5 * view.chance(80 + number))
            let soft = 0.03 + view.soft
            let tree = (1 - smooth(half - soft, half + soft, abs(view.place.x - middle))) * smooth(tip - soft, tip + soft, view.place.y)
            let isLight = view.chance(90 + number) < 0.4
            paint.put(isLight ? base * 0.6 + 70 : base * SIMD3(0.42, 0.6, 0.56), 0.5 * tree)
        }
        paint.put(snow, drift(at: bottom, view))
        return paint.colour
    }
}
