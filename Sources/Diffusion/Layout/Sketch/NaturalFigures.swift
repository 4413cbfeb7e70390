import Foundation

/// Fruit and other things that have grown, seen from the side. A place is across and down from the middle, in radii.
extension PropFigure {
    /// A lemon, a lime or an orange with a skin full of pores; three in ten are cut and show their flesh.
    func citrus(_ place: SIMD2<Float>, _ soft: Float, _ light: SIMD3<Float>, isLong: Bool) -> Look {
        if noise.chance(4, 4) < 0.3 { return cutCitrus(place, soft, light) }
        let along = turned(place)
        var ball = along
        var distance = length(place)
        if isLong {
            ball = SIMD2(along.x / 1.02, along.y / 0.84)
            distance = length(ball)
            for (end, size) in [(Float(1), SIMD2<Float>(0.26, 0.22)), (-1, SIMD2(0.2, 0.22))] {
                distance = Self.joined(distance, length((along - SIMD2(0.96 * end, 0)) / size), 0.3)
            }
        }
        let (right, down) = (turned(SIMD2(1, 0)), turned(SIMD2(0, 1)))
        let back = SIMD2((right * ball).sum(), (down * ball).sum())
        let tone = 1 + 0.06 * noise.fractal(place, wavelength: 0.9, octaves: 2, footprint: soft)
        // Greener at its ends.
        let end = isLong ? smooth(0.7, 1.1, abs(along.x)) : 0
        let dot = 0.5 * (1 - smooth(0.05, 0.1 + soft, length(along - SIMD2(isLong ? 1.16 : 0.3, isLong ? 0 : -0.55))))
        let skin = SIMD3(tone * (1 - 0.12 * end), tone * (1 - 0.02 * end), tone * (1 - 0.1 * end)) * (1 - dot)
        return lit(
            back, distance: distance, soft, light, bump: (isLong ? 0.18 : 0.14) * relief(place, 0.1, octaves: 2, soft, light), skin: skin,
            shine: 46)
    }

    /// Half of one, its cut turned to the camera: segments, pith and rind.
    private func cutCitrus(_ place: SIMD2<Float>, _ soft: Float, _ light: SIMD3<Float>) -> Look {
        let aside: Float = noise.chance(5, 4) < 0.5 ? -1 : 1
        let body = lit(
            SIMD2((place.x - 0.2 * aside) / 0.82, place.y), distance: length(SIMD2((place.x - 0.2 * aside) / 0.82, place.y)), soft, light,
            bump: 0.16 * relief(place, 0.1, octaves: 2, soft, light), shine: 46)
        let cut = SIMD2((place.x + 0.12 * aside) / 0.8, place.y / 0.97)
        let distance = length(cut)
        let turn = atan2(cut.y, cut.x) * 9 / (2 * .pi) + noise.chance(6, 4)
        let part = abs(turn - turn.rounded()) * distance
        // Segments are round at their outer ends.
        let segment =
            smooth(0.03, 0.07 + soft, part) * (1 - smooth(0.8 - soft, 0.84 + soft, distance + 0.12 * max(0.16 - part, 0)))
            * smooth(0.07, 0.12 + soft, distance)
        let juice = 1 + 0.14 * noise.fractal(SIMD2(distance * 1.5, turn * 3), wavelength: 0.4, octaves: 2, footprint: soft)
        let pith = SIMD3<Float>(250, 240, 208)
        let rind = smooth(0.92 - soft, 0.95 + soft, distance)
        var flesh = pith + (colour * SIMD3(1.02, 0.97, 0.86) * juice - pith) * (0.82 * segment)
        flesh += (colour - flesh) * rind
        let lightness = 0.9 + 0.14 * light.x * -aside - 0.1 * place.y
        let face = 1 - smooth(1 - soft, 1 + soft, distance)
        return (body.colour + (flesh * lightness - body.colour) * face, max(face, body.cover))
    }

    /// Hollow around its stem, narrower below, streaked with yellow.
    func apple(_ place: SIMD2<Float>, _ soft: Float, _ light: SIMD3<Float>) -> Look {
        let ball = SIMD2(place.x * (1 + 0.1 * place.y), place.y * 1.04)
        let hollow = exp(-place.x * place.x / 0.09) * smooth(-0.4, -1, place.y)
        let turn = atan2(place.x, max(place.y + 1.4, 0.1))
        let streaks = noise.fractal(SIMD2(turn * 9, place.y * 0.7), wavelength: 0.8, octaves: 3, footprint: soft)
        let pale = min(max(0.3 * smooth(0.5, -0.9, place.y) + 0.26 * streaks + 0.4 * hollow, 0), 0.7)
        let yellow = SIMD3<Float>(226, 196, 104) / (colour + 1)
        let body = lit(
            ball, distance: length(ball) + 0.15 * hollow, soft, light, bump: -0.25 * hollow, skin: 1 + (yellow - 1) * (0.5 * pale),
            shine: 70)
        return Self.over(body, stem(place, from: SIMD2(0.02, -0.78), to: SIMD2(0.16, -1.24), soft))
    }

    /// A cone with seeds in its skin, leaves at its foot.
    func strawberry(_ place: SIMD2<Float>, _ soft: Float, _ light: SIMD3<Float>) -> Look {
        let along = turned(place)
        let part = min(max((along.x + 0.8) / 1.75, 0), 1)
        let half = 0.76 * min(part / 0.16, 1).squareRoot() * max(1 - part * part, 0).squareRoot()
        let distance = abs(along.y) / max(half, 0.12) + 3 * max(-along.x - 0.8, along.x - 0.95, 0)
        let across = along.y / max(half, 0.05)
        let cell = SIMD2(along.x * 5.5, across * 3.4 + ((along.x * 5.5).rounded(.down)).truncatingRemainder(dividingBy: 2) * 0.5)
        let inside = cell - cell.rounded(.down) - 0.5
        let seed = 1 - smooth(0.1, 0.18 + 3 * soft, length(inside * SIMD2(0.7, 1.1)))
        let body = lit(
            SIMD2(place.x * 0.9, min(max(place.y / 0.8, -1), 1)), distance: distance, soft / max(half, 0.2), light,
            bump: 0.2 * relief(place, 0.3, octaves: 2, soft, light) - 0.15 * seed, shine: 70)
        let seeded = body.colour + (SIMD3(232, 196, 110) - body.colour) * (0.6 * seed * max(1 - 8 * soft, 0))
        let crown = along + SIMD2(0.76, 0)
        let star = 0.34 + 0.22 * cos(6 * atan2(crown.y, crown.x))
        let leaves = 1 - smooth(star - soft, star + soft, length(crown * SIMD2(1.5, 0.85)))
        return Self.over((seeded, body.cover), (SIMD3(84, 132, 58) * (0.9 - 0.25 * place.y), leaves))
    }

    /// A scallop that leans back: ribs that fan out from its hinge.
    func shell(_ place: SIMD2<Float>, _ soft: Float, _ light: SIMD3<Float>) -> Look {
        let lean = 0.5 * sin(noise.chance(3, 3) * 6)
        let hinge = SIMD2(place.x * cos(lean) + place.y * sin(lean), (place.y * cos(lean) - place.x * sin(lean) - 0.66) / 0.86)
        let (turn, far) = (atan2(hinge.x, -hinge.y), length(hinge) / 1.55)
        let ribs = cos(turn * 15)
        let edge = 0.94 + 0.025 * ribs - 0.16 * turn * turn
        let fan = max(far - edge, (abs(turn) - 1.1) * far)
        let ears = max(abs(hinge.x) - 0.34, abs(hinge.y + 0.1) - 0.12) / 1.55
        let growth = 0.06 * sin(34 * far + 2 * noise.value(hinge * 2)) + 0.08 * noise.value(SIMD2(far * 5, 4))
        let rib = sin(turn * 15) * (light.x > 0 ? -1 : 1) * max(1 - 5 * soft, 0)
        let round = 0.86 + 0.2 * light.x * turn + 0.12 * cos(far * 2.4) + 0.1 * rib * smooth(0.1, 0.5, far) + growth
        let pale = colour + (SIMD3(250, 240, 228) - colour) * (0.5 * smooth(0.9, 0.3, far))
        return (pale * round, 1 - smooth(-soft / 1.5, soft / 1.5, min(fan, ears)))
    }

    /// A rose's petal on the ground, seen aslant: a shallow bowl, notched at its far end, paler at its foot.
    func petal(_ place: SIMD2<Float>, _ soft: Float, _ light: SIMD3<Float>) -> Look {
        let along = turned(SIMD2(place.x, place.y * 1.5))
        let bowl = SIMD2(along.x / 0.9, along.y / (0.74 + 0.16 * along.x))
        let far = length(bowl)
        let notch = 0.16 * exp(-along.y * along.y / 0.03) * smooth(0.3, 0.9, along.x)
        let rim = 1 - notch + 0.05 * noise.value(along * 2)
        // Its near wall is in the shade, its far wall and its curled rim in the light.
        let wall = -0.22 * (place.x * light.x - place.y * light.y) * far
        let curl = 0.16 * smooth(0.72, 0.98, far) * smooth(-0.2, 0.6, along.x)
        let veins = 0.03 * sin(atan2(along.y, along.x + 1.2) * 46) * max(1 - 6 * soft, 0)
        let pale = colour + (SIMD3(250, 240, 226) - colour) * (0.55 * smooth(-0.2, -0.95, along.x))
        return (pale * (0.96 + wall + curl + veins - 0.1 * (1 - far)), 1 - smooth(rim - soft, rim + soft, far))
    }

    /// A pebble: its outline a little uneven, its skin rough and speckled.
    func stone(_ place: SIMD2<Float>, _ soft: Float, _ light: SIMD3<Float>) -> Look {
        let flatness = 1.25 + 0.4 * noise.chance(3, 4)
        let flat = SIMD2(place.x, place.y * flatness - 0.72 * (flatness - 1))
        let distance = length(flat) + 0.16 * noise.value(flat * 1.1 + 9) + 0.05 * noise.value(flat * 2.7)
        let speckles = 0.05 * noise.fractal(place, wavelength: 0.1, octaves: 3, footprint: soft / 2, roughness: 0.8)
        let layers =
            0.06 * noise.fractal(SIMD2(turned(place).x * 0.6, turned(place).y * 3), wavelength: 0.8, octaves: 3, footprint: soft / 2)
        return lit(
            flat, distance: distance, soft, light, bump: 0.12 * relief(flat, 0.5, octaves: 5, soft, light),
            skin: SIMD3(repeating: 1 + speckles + layers), shine: 0)
    }

    /// Five petals around a heart, seen aslant.
    func blossom(_ place: SIMD2<Float>, _ soft: Float, _ side: Float) -> Look {
        let open = SIMD2(place.x, place.y * 1.8)
        let distance = (open.x * open.x + open.y * open.y).squareRoot()
        let turn = atan2(open.y, open.x) + angle
        let petal = abs(cos(2.5 * turn))
        let rim = 0.46 + 0.46 * petal.squareRoot() + 0.06 * noise.value(open * 2)
        // Petals stand up at their tips, those behind more in the light.
        let shade = 0.72 + 0.3 * smooth(0.1, 0.9, distance) - 0.16 * (1 - petal) - 0.12 * open.y + 0.08 * open.x * side
        let heart = 0.8 * (1 - smooth(0.06, 0.2 + soft, distance))
        return (colour * shade * (1 - heart) + SIMD3(222, 184, 96) * heart, 1 - smooth(rim - soft, rim + soft, distance))
    }

    /// Half of it turned to the light, its rib pale, its foot in the shade of the others.
    func leaf(
        _ place: SIMD2<Float>, _ soft: Float, _ width: Float, _ bend: Float, _ side: Float
    ) -> Look {
        let along = turned(place)
        let part = (along.x + 1) / 2
        let across = along.y - bend * part * part
        guard abs(along.x) < 1, abs(across) < 1.1 * width + soft else { return (colour, 0) }
        let half = width * max(1 - along.x * along.x, 0) * (1 - 0.3 * along.x)
        let ends = 1 - smooth(1 - min(2 * soft, 0.5), 1, abs(along.x))
        // What is thinner than its own blur is partly seen through.
        let cover = ends * (1 - smooth(half - soft, half + soft, abs(across))) * min(2 * width / (width + soft), 1)
        guard cover > 0 else { return (colour, 0) }
        let isLit: Float = across * (axis.x > 0 ? -1 : 1) > 0 ? 1 : 0
        let rib = (1 - smooth(0.015, 0.03 + soft, abs(across))) * smooth(0.15, 0.3, width)
        let veins = 0.05 * sin(26 * (along.x - 0.9 * abs(across))) * smooth(0.15, 0.3, width) * max(1 - 8 * soft, 0)
        let tone = 0.66 + 0.36 * part + 0.2 * isLit * (0.5 + 0.5 * part) + 0.14 * rib + veins
        // Light shines through towards the tip.
        return (colour * SIMD3(tone * (1 + 0.1 * part), tone, tone * (1 - 0.08 * part)), cover)
    }

    /// A stalk between two places.
    func stem(_ place: SIMD2<Float>, from start: SIMD2<Float>, to end: SIMD2<Float>, half: Float = 0.04, _ soft: Float) -> Look {
        let (way, away) = (end - start, place - start)
        let part = min(max((away * way).sum() / (way * way).sum(), 0), 1)
        return (SIMD3(96, 74, 48) * (1 + 0.3 * part), 1 - smooth(half - soft, half + soft, length(away - way * part)))
    }

    /// One thing with another before it.
    static func over(_ back: Look, _ front: Look) -> Look {
        let cover = 1 - (1 - back.cover) * (1 - front.cover)
        guard cover > 0 else { return back }
        return ((front.colour * front.cover + back.colour * (back.cover * (1 - front.cover))) / cover, cover)
    }

    /// The smaller of two distances, without an edge where they meet (polynomial smooth minimum; I. Quilez).
    private static func joined(_ first: Float, _ second: Float, _ soft: Float) -> Float {
        let share = min(max(0.5 + 0.5 * (second - first) / soft, 0), 1)
        return second + (first - second) * share - soft * share * (1 - share)
    }
}
