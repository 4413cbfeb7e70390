import Foundation

/// One small thing beside the product: a figure in the picture's plane, shaded as if it were round. Lengths are heights of the canvas.
struct PropFigure {
    enum Shape: Equatable {
        case ball, stone, drop, blossom, stack, block, candle, pot, disc
        /// A panel that is round above; its straight part's height is in radii.
        case arch(straight: Float)
        /// A leaf or a needle: half its greatest width, and how far its tip bends aside, in half-lengths.
        case leaf(width: Float, bend: Float)
    }

    let shape: Shape
    /// Across from the canvas's middle and down from its upper edge.
    let middle: SIMD2<Float>
    let radius: Float
    /// sRGB, 0...255.
    let colour: SIMD3<Float>
    /// Width of its soft rim: it is a little out of focus.
    let blur: Float
    /// How far its colour, its shadow or its light reaches, across and down.
    let reach: SIMD2<Float>
    /// Where its own upper half points, across and down.
    private let axis: SIMD2<Float>
    private let angle: Float
    private let noise: PlaneNoise

    /// - Parameter angle: clockwise from level, in radians
    init(shape: Shape, middle: SIMD2<Float>, radius: Float, angle: Float, colour: SIMD3<Float>, seed: UInt32, blur: Float) {
        (self.shape, self.middle, self.radius, self.angle, self.colour, self.blur) = (shape, middle, radius, angle, colour, blur)
        axis = SIMD2(cos(angle), sin(angle))
        noise = PlaneNoise(seed: seed &+ 7)
        switch shape {
        case .leaf(let width, let bend):
            let along = SIMD2(abs(axis.x), abs(axis.y))
            reach = (along + SIMD2(along.y, along.x) * (1.1 * width + abs(bend))) * radius + 2 * blur
        case .candle: reach = SIMD2(repeating: 3 * radius)
        case .arch(let straight): reach = SIMD2(1.5, 1.5 + straight) * radius + blur
        default: reach = SIMD2(repeating: 1.9 * radius + blur)
        }
    }

    /// How dark the ground is beside it, 0...1: its shadow, and hardly any light where it touches the ground.
    ///
    /// - Parameters:
    ///   - away: from its middle
    ///   - side: where the light comes from: -1 from the left, 1 from the right
    func shade(_ away: SIMD2<Float>, side: Float) -> Float {
        switch shape {
        case .leaf: return 0
        case .disc, .arch:
            // On what is further behind.
            let soft = 0.1 + blur / radius
            return 0.2 * (1 - smooth(-soft, soft, outline(away / radius + SIMD2(0.14 * side, -0.1))))
        default: break
        }
        // A blossom lies flat.
        let foot: Float = shape == .blossom ? 0.32 : 0.7
        func around(_ aside: Float, _ flatness: Float, _ from: Float, _ to: Float) -> Float {
            let place = SIMD2((away.x + aside * side * radius) * (aside > 0 ? 0.8 : 1), (away.y - foot * radius) * flatness) / radius
            return 1 - smooth(from, to, (place.x * place.x + place.y * place.y).squareRoot())
        }
        return 1 - (1 - 0.3 * around(0.45, 2.6, 0.3, 1.4)) * (1 - 0.42 * around(0, 4, 0.5, 1.05))
    }

    /// Its colour at a place, and how much of the place it covers.
    func look(_ away: SIMD2<Float>, pixel: Float, side: Float) -> (colour: SIMD3<Float>, cover: Float) {
        let place = away / radius
        let soft = max(pixel, blur) / radius
        switch shape {
        case .ball: return round(place, soft, side, flatness: 1, lump: 0, shine: 46)
        case .stone:
            let lump = 0.2 * noise.value(place * 1.2 + 9) + 0.05 * noise.value(place * 3.1)
            return round(place, soft, side, flatness: 1.25 + 0.4 * noise.chance(3, 4), lump: lump, shine: 0)
        case .drop:
            let (colour, cover) = round(place, soft, side, flatness: 1.6, lump: 0, shine: 90)
            return (colour, 0.55 * cover)
        case .disc, .arch: return panel(place, soft, side)
        case .blossom: return blossom(place, soft, side)
        case .leaf(let width, let bend): return leaf(place, soft, width, bend, side)
        case .stack: return box(place, soft, side, slabs: 3)
        case .block: return box(place, soft, side, slabs: 1)
        case .candle: return candle(place, soft, side)
        case .pot: return pot(place, soft, side)
        }
    }

    private func turned(_ place: SIMD2<Float>) -> SIMD2<Float> {
        SIMD2(place.x * axis.x + place.y * axis.y, place.y * axis.x - place.x * axis.y)
    }

    /// A ball or a pebble: lit from above and from the main light's side, dark below, where the ground hides the light.
    private func round(
        _ place: SIMD2<Float>, _ soft: Float, _ side: Float, flatness: Float, lump: Float, shine: Float
    ) -> (colour: SIMD3<Float>, cover: Float) {
        let flat = SIMD2(place.x, place.y * flatness - 0.72 * (flatness - 1))
        let distance = (flat.x * flat.x + flat.y * flat.y).squareRoot() + lump
        let up = max(1 - min(distance, 1) * min(distance, 1), 0).squareRoot()
        let rough = shine > 0 ? 0 : 0.3 * noise.fractal(place, wavelength: 0.7, octaves: 4, footprint: soft / 2)
        let direct = max(0.55 * side * flat.x - 0.62 * flat.y + 0.56 * up + rough, 0)
        let open = 0.66 + 0.34 * smooth(0.95, -0.2, flat.y)
        let lit = 0.7 * open + 0.56 * direct
        let glint = shine * smooth(0.82, 1.0, direct)
        return (colour * (lit * (1 + 0.25 * rough)) + glint, 1 - smooth(1 - soft, 1 + soft, distance))
    }

    /// Five petals around a heart, seen aslant.
    private func blossom(_ place: SIMD2<Float>, _ soft: Float, _ side: Float) -> (colour: SIMD3<Float>, cover: Float) {
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
    private func leaf(
        _ place: SIMD2<Float>, _ soft: Float, _ width: Float, _ bend: Float, _ side: Float
    ) -> (colour: SIMD3<Float>, cover: Float) {
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

    /// A box with one edge towards the camera, seen from a little above; a stack has slabs of other colours, one a little aside of the other.
    private func box(_ place: SIMD2<Float>, _ soft: Float, _ side: Float, slabs: Int) -> (colour: SIMD3<Float>, cover: Float) {
        let (top, bottom, slope, half): (Float, Float, Float, Float) = (-0.2, 0.9, 0.24, 0.92)
        let height = (bottom - top) / Float(slabs)
        let corner = 0.55 * cos(angle)
        let front = place.y + slope * abs(place.x - corner)
        let slab = Int32(min(max((front - top) / height, 0), Float(slabs) - 1))
        let x = place.x - (slabs > 1 ? 0.14 * (noise.chance(slab, 1) - 0.5) : 0)
        let back = max(top - slope * (half + corner) - slope * (x + half), top - slope * (half - corner) - slope * (half - x))
        let edge = max(abs(x) - half, max(front - bottom, back - place.y))
        let isTop = front < top
        let hue = slabs > 1 ? SIMD3(noise.chance(slab, 2), noise.chance(slab, 3), noise.chance(slab, 4)) * 0.5 + 0.7 : SIMD3(repeating: 1)
        let line = slabs > 1 && !isTop ? 1 - 0.3 * (1 - smooth(0, 0.06 + soft, abs((front - top) / height - Float(slab)))) : 1
        let turnedToLight = smooth(-soft - 0.02, soft + 0.02, (place.x - corner) * side)
        let face = (0.68 + 0.3 * turnedToLight) * (1 - 0.14 * smooth(0.2, bottom, front)) * line
        let roof = smooth(-soft - 0.02, soft + 0.02, top - front)
        return (colour * hue * (face + (1.12 - face) * roof), 1 - smooth(-soft, soft, edge))
    }

    /// How far outside a disc or an arch a place is, in radii; below zero inside.
    private func outline(_ place: SIMD2<Float>) -> Float {
        let round = (place.x * place.x + place.y * place.y).squareRoot() - 1
        guard case .arch(let straight) = shape, place.y > 0 else { return round }
        return max(abs(place.x) - 1, place.y - straight)
    }

    /// A thick panel that faces the camera: its rim catches the light, its foot is in the shade.
    private func panel(_ place: SIMD2<Float>, _ soft: Float, _ side: Float) -> (colour: SIMD3<Float>, cover: Float) {
        let edge = outline(place)
        let rim = smooth(-0.05 - soft, -0.015, edge) * smooth(-0.2, 0.8, 0.7 * place.x * side - 0.7 * place.y)
        let lit = 0.95 + 0.05 * place.x * side - 0.06 * place.y + 0.14 * rim
        return (colour * lit, 1 - smooth(-soft, soft, edge))
    }

    /// A flower pot, wider above.
    private func pot(_ place: SIMD2<Float>, _ soft: Float, _ side: Float) -> (colour: SIMD3<Float>, cover: Float) {
        let half = 0.66 - 0.14 * place.y
        let bulge = 0.1 * max(1 - place.x * place.x / (half * half), 0)
        let edge = max(abs(place.x) - half, max(place.y - 0.72 - bulge, -0.62 - place.y))
        let across = place.x / half
        let lit = 0.86 + 0.24 * across * side - 0.18 * across * across - 0.12 * smooth(0.1, 0.8, place.y)
        return (colour * lit, 1 - smooth(-soft, soft, edge))
    }

    /// A pillar candle that burns, with the glow of its flame.
    private func candle(_ place: SIMD2<Float>, _ soft: Float, _ side: Float) -> (colour: SIMD3<Float>, cover: Float) {
        let edge = max(abs(place.x) - 0.46, max(place.y - 0.72, -0.8 - place.y))
        let body = 1 - smooth(-soft, soft, edge)
        let flame = SIMD2(place.x * 5, (place.y + 1.08) * 2.6)
        let bright = exp(-(flame.x * flame.x + flame.y * flame.y) * 1.4)
        let glow = 0.5 * exp(-(place.x * place.x + (place.y + 1.0) * (place.y + 1.0)) * 0.9)
        let wax = colour * (0.9 + 0.14 * side * place.x / 0.46 - 0.7 * place.x * place.x + 0.2 * (1 - smooth(-0.8, 0.1, place.y)))
        let light = max(bright, glow * (1 - body))
        return (wax * body * (1 - bright) + SIMD3(255, 214, 140) * (1 - body * (1 - bright)), max(body, light))
    }
}
