import Foundation

/// What kitchens and harvests have lying about, seen from the side. A place is across and down from the middle, in radii.
extension PropFigure {
    /// Squat and ribbed, hollow around a thick stalk.
    func pumpkin(_ place: SIMD2<Float>, _ soft: Float, _ light: SIMD3<Float>) -> Look {
        let ball = SIMD2(place.x / 1.06, (place.y - 0.04) * 1.16)
        let wide = max(1 - ball.y * ball.y, 0.02).squareRoot()
        // Ribs run from pole to pole: their longitude.
        let turn = asin(min(max(ball.x / wide, -1), 1)) * 2.6 + 6 * noise.chance(2, 2)
        let groove = exp(-cos(turn) * cos(turn) / 0.09)
        let hollow = exp(-place.x * place.x / 0.06) * smooth(-0.5, -0.9, place.y)
        let mottling = 0.07 * noise.fractal(SIMD2<Float>(turn * 0.6, place.y * 1.4), wavelength: 0.5, octaves: 3, footprint: soft)
        let skin = SIMD3<Float>(1, 0.94, 0.86) * (groove * -0.26) + (1 + mottling)
        let body = lit(
            ball, distance: length(ball) + 0.045 * groove * abs(ball.y) + 0.1 * hollow, soft, light,
            bump: -0.22 * hollow - 0.1 * groove * sin(turn), skin: skin, shine: 26)
        let lean: Float = noise.chance(3, 2) < 0.5 ? -0.22 : 0.22
        return Self.over(body, stem(place, from: SIMD2(0.02 * lean, -0.74), to: SIMD2(lean, -1.16), half: 0.1, soft))
    }

    /// An egg that lies on its side, a little speckled.
    func egg(_ place: SIMD2<Float>, _ soft: Float, _ light: SIMD3<Float>) -> Look {
        let along = turned(place)
        let ball = SIMD2(along.x, along.y / (0.74 - 0.1 * along.x))
        let (right, down) = (turned(SIMD2(1, 0)), turned(SIMD2(0, 1)))
        let back = SIMD2((right * ball).sum(), (down * ball).sum())
        let speckles = 0.03 * noise.fractal(place, wavelength: 0.12, octaves: 3, footprint: soft / 2, roughness: 0.8)
        return lit(back, distance: length(ball), soft, light, skin: SIMD3(repeating: 1 + speckles), shine: 18)
    }

    /// A coffee bean, its furrow up or down, or a nut with a streaked skin and a point.
    func bean(_ place: SIMD2<Float>, _ soft: Float, _ light: SIMD3<Float>, isCut: Bool) -> Look {
        let along = turned(SIMD2(place.x, place.y * 1.25))
        let half: Float = isCut ? 0.68 : 0.6 - 0.22 * along.x
        let ball = SIMD2(along.x, along.y / half)
        let (right, down) = (turned(SIMD2(1, 0)), turned(SIMD2(0, 1)))
        let back = SIMD2((right * ball).sum(), (down * ball).sum())
        let isUp = isCut && noise.chance(5, 5) < 0.65
        let bent = along.y - 0.1 * sin(3 * along.x)
        let furrow = isUp ? exp(-100 * (bent * bent)) : 0
        let streaks = isCut ? 0 : 0.12 * noise.fractal(SIMD2(along.x * 0.7, along.y * 6), wavelength: 0.7, octaves: 2, footprint: soft)
        return lit(
            back, distance: length(ball), soft, light, bump: -0.2 * furrow, skin: SIMD3(repeating: (1 + streaks) * (1 - 0.62 * furrow)),
            shine: isCut ? 54 : 16)
    }

    /// A wrapped box with a ribbon around it and a bow.
    func gift(_ place: SIMD2<Float>, _ soft: Float, _ side: Float) -> Look {
        let wrapped = box(place, soft, side, slabs: 1)
        let pale = colour.sum() / 3 > 150
        let ribbon = pale ? SIMD3<Float>(176, 52, 56) : SIMD3<Float>(240, 226, 196)
        // The corner of the roof that is near, and its edges to the left and the right, as of the box.
        let corner = SIMD2(0.55 * cos(angle), Float(-0.2))
        let left = SIMD2(-0.92 - corner.x, -0.24 * (0.92 + corner.x))
        let right = SIMD2(0.92 - corner.x, -0.24 * (0.92 - corner.x))
        let away = place - corner
        let area = left.x * right.y - left.y * right.x
        let onRoof = SIMD2(away.x * right.y - away.y * right.x, left.x * away.y - left.y * away.x) / area
        let isRoof = onRoof.x > 0 && onRoof.y > 0
        let across = isRoof ? onRoof : SIMD2(away.x < 0 ? away.x / left.x : 9, away.x < 0 ? 9 : away.x / right.x)
        let middle = min(abs(across.x - 0.5), abs(across.y - 0.5))
        let band = wrapped.cover * (1 - smooth(0.08 - soft, 0.08 + soft, middle))
        // As light as the paper under it.
        let shade = wrapped.colour.sum() / max(colour.sum(), 1)
        let tied = Self.over(wrapped, (ribbon * shade, band))
        let knot = place - corner - 0.5 * (left + right) + SIMD2(0, 0.08)
        let loops = [Float(-1), 1].map { end -> Float in
            let loop = SIMD2(knot.x * end - 0.24, knot.y + 0.1 + 0.25 * (knot.x * end - 0.24))
            return length(SIMD2(loop.x / 0.24, loop.y / 0.13))
        }
        let (loop, core) = (min(loops[0], loops[1]), length(knot / SIMD2(0.08, 0.09)))
        let inside = 1 - smooth(0.3, 0.62, loop)
        let bow = Self.over(tied, (ribbon * (1.02 - 0.42 * inside), 1 - smooth(1 - 3 * soft, 1 + 3 * soft, loop)))
        return Self.over(bow, (ribbon * 0.9, 1 - smooth(1 - 4 * soft, 1 + 4 * soft, core)))
    }
}
