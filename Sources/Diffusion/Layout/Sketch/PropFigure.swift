import Foundation

/// One small thing beside the product: a flat figure in the picture's plane. Lengths are heights of the canvas.
struct PropFigure {
    enum Shape { case ball, stone, blossom, leaf, needle, stack, block, candle }

    let shape: Shape
    /// Across from the canvas's middle and down from its upper edge.
    let middle: SIMD2<Float>
    let radius: Float
    /// Clockwise from level, in radians.
    let angle: Float
    /// sRGB, 0...255.
    let colour: SIMD3<Float>
    let seed: UInt32
    /// Width of its soft rim: it is a little out of focus.
    let blur: Float

    /// Whether it lies on the ground, which is darker around it.
    private var lies: Bool { shape != .leaf && shape != .needle }

    /// How far its colour or its light reaches.
    var reach: Float { radius * (shape == .candle ? 3 : 1.7) }

    /// How dark the ground is beside it, 0...1.
    ///
    /// - Parameters:
    ///   - away: from its middle
    ///   - side: where the light comes from: -1 from the left, 1 from the right
    func shade(_ away: SIMD2<Float>, side: Float) -> Float {
        guard lies else { return 0 }
        let foot = SIMD2(away.x + 0.25 * side * radius, (away.y - 0.72 * radius) * 2.6) / radius
        return 0.34 * (1 - smooth(0.4, 1.35, (foot.x * foot.x + foot.y * foot.y).squareRoot()))
    }

    /// Its colour at a place, and how much of the place it covers.
    func look(_ away: SIMD2<Float>, pixel: Float, side: Float) -> (colour: SIMD3<Float>, cover: Float) {
        let place = away / radius
        let soft = max(pixel, blur) / radius
        switch shape {
        case .ball: return round(place, soft, side, flatness: 1.08, lump: 0, shine: 34)
        case .stone:
            let lump = 0.13 * PlaneNoise(seed: seed &+ 7).value(place * 1.4 + 9)
            return round(place, soft, side, flatness: 1.5, lump: lump, shine: 0)
        case .blossom: return blossom(place, soft, side)
        case .leaf: return leaf(place, soft)
        case .needle: return needle(place, soft)
        case .stack: return box(place, soft, side, slabs: 3)
        case .block: return box(place, soft, side, slabs: 1)
        case .candle: return candle(place, soft, side)
        }
    }

    private func turned(_ place: SIMD2<Float>) -> SIMD2<Float> {
        let (c, s) = (cos(angle), sin(angle))
        return SIMD2(place.x * c + place.y * s, place.y * c - place.x * s)
    }

    private func round(
        _ place: SIMD2<Float>, _ soft: Float, _ side: Float, flatness: Float, lump: Float, shine: Float
    ) -> (colour: SIMD3<Float>, cover: Float) {
        let flat = SIMD2(place.x, place.y * flatness)
        let distance = (flat.x * flat.x + flat.y * flat.y).squareRoot() + lump
        let up = max(1 - min(distance, 1) * min(distance, 1), 0).squareRoot()
        let lit = 0.4 * side * flat.x - 0.45 * flat.y + 0.62 * up
        let grain = 1 + 0.06 * PlaneNoise(seed: seed &+ 7).fractal(place, wavelength: 0.5, octaves: 4, footprint: soft / 2)
        return (colour * ((0.68 + 0.4 * lit) * grain) + shine * smooth(0.7, 1.05, lit), 1 - smooth(1 - soft, 1 + soft, distance))
    }

    private func blossom(_ place: SIMD2<Float>, _ soft: Float, _ side: Float) -> (colour: SIMD3<Float>, cover: Float) {
        let open = SIMD2(place.x, place.y * 1.7)
        let distance = (open.x * open.x + open.y * open.y).squareRoot()
        let turn = atan2(open.y, open.x) + angle
        let petal = abs(cos(2.5 * turn))
        let rim = 0.5 + 0.46 * petal.squareRoot()
        let shade = 0.86 + 0.16 * smooth(0.1, 0.9, distance) - 0.1 * (1 - petal) + 0.08 * cos(turn - angle + side)
        let heart = 0.7 * (1 - smooth(0.08, 0.24, distance))
        return (colour * shade * (1 - heart) + SIMD3(226, 196, 128) * heart, 1 - smooth(rim - soft, rim + soft, distance))
    }

    private func leaf(_ place: SIMD2<Float>, _ soft: Float) -> (colour: SIMD3<Float>, cover: Float) {
        let along = turned(place)
        let width = 0.42 * max(1 - along.x * along.x, 0) * (1 - 0.25 * along.x)
        let rib = 1 - smooth(0.015, 0.05, abs(along.y))
        let cover = abs(along.x) < 1 ? 1 - smooth(width - soft, width + soft, abs(along.y)) : 0
        return (colour * ((along.y > 0 ? 1.1 : 0.88) + 0.16 * rib), cover)
    }

    private func needle(_ place: SIMD2<Float>, _ soft: Float) -> (colour: SIMD3<Float>, cover: Float) {
        let along = turned(place)
        let width = 0.07 * max(1 - along.x * along.x, 0)
        return (colour, abs(along.x) < 1 ? 1 - smooth(width, width + soft, abs(along.y)) : 0)
    }

    /// A box seen from a little above; a stack has slabs of other colours, one a little aside of the other.
    private func box(_ place: SIMD2<Float>, _ soft: Float, _ side: Float, slabs: Int) -> (colour: SIMD3<Float>, cover: Float) {
        let noise = PlaneNoise(seed: seed &+ 23)
        let (top, bottom): (Float, Float) = (-0.38, 0.72)
        let height = (bottom - top) / Float(slabs)
        let slab = Int32(min(max((place.y - top) / height, 0), Float(slabs) - 1))
        let aside = slabs > 1 ? 0.16 * (noise.chance(slab, 1) - 0.5) : 0
        let x = place.x - aside
        let isTop = place.y < top
        let inset: Float = isTop ? 0.12 * (top - place.y) / 0.24 : 0
        let edge = max(abs(x) - 0.95 + inset, max(place.y - bottom, -0.24 + top - place.y))
        let hue = slabs > 1 ? SIMD3(noise.chance(slab, 2), noise.chance(slab, 3), noise.chance(slab, 4)) * 0.5 + 0.7 : SIMD3(repeating: 1)
        let line = slabs > 1 && !isTop ? 1 - 0.25 * (1 - smooth(0, 0.05 + soft, abs((place.y - top) / height - Float(slab)))) : 1
        return (colour * hue * (isTop ? 1.1 : (0.88 + 0.1 * side * x) * line), 1 - smooth(-soft, soft, edge))
    }

    /// A pillar candle that burns, with the glow of its flame.
    private func candle(_ place: SIMD2<Float>, _ soft: Float, _ side: Float) -> (colour: SIMD3<Float>, cover: Float) {
        let edge = max(abs(place.x) - 0.46, max(place.y - 0.72, -0.8 - place.y))
        let body = 1 - smooth(-soft, soft, edge)
        let flame = SIMD2(place.x * 5, (place.y + 1.08) * 2.6)
        let bright = exp(-(flame.x * flame.x + flame.y * flame.y) * 1.4)
        let glow = 0.5 * exp(-(place.x * place.x + (place.y + 1.0) * (place.y + 1.0)) * 0.9)
        let wax = colour * (0.86 + 0.16 * side * place.x / 0.46 + 0.14 * (1 - smooth(-0.8, 0, place.y)))
        let light = max(bright, glow * (1 - body))
        return (wax * body * (1 - bright) + SIMD3(255, 214, 140) * (1 - body * (1 - bright)), max(body, light))
    }
}
