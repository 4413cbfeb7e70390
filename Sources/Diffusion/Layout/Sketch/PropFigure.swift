import Foundation

/// One small thing beside the product: a figure in the picture's plane, shaded as if it were round. Lengths are heights of the canvas.
struct PropFigure {
    enum Shape: Equatable {
        case ball, bauble, apple, strawberry, shell, stone, drop, blossom, books, towels, block, ice, candle, pot, disc
        /// A long one is a lemon or a lime, with a point at either end; some are cut in half.
        case citrus(isLong: Bool)
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
    let noise: PlaneNoise

    /// - Parameter angle: clockwise from level, in radians
    init(shape: Shape, middle: SIMD2<Float>, radius: Float, angle: Float, colour: SIMD3<Float>, seed: UInt32, blur: Float) {
        (self.shape, self.middle, self.radius, self.colour, self.blur) = (shape, middle, radius, colour, blur)
        switch shape {
        // What is long lies.
        case .citrus(isLong: true): self.angle = 0.7 * sin(3 * angle)
        case .strawberry: self.angle = (angle < 3 ? 0.35 : .pi - 0.35) + 0.3 * sin(3 * angle)
        default: self.angle = angle
        }
        axis = SIMD2(cos(self.angle), sin(self.angle))
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

    /// Its body as it stands on the ground, in radii: half its width, its depth and its height, and how far below its middle its foot is.
    /// Nil for what lies flat, hangs or stands behind.
    var body: (half: SIMD3<Float>, foot: Float)? {
        switch shape {
        case .ball, .bauble, .apple, .citrus(isLong: false): (SIMD3(0.97, 0.97, 0.97), 0.9)
        case .citrus(isLong: true): (SIMD3(1.1, 0.84, 0.84), 0.8)
        case .strawberry: (SIMD3(0.8, 0.7, 0.66), 0.7)
        case .stone: (SIMD3(1, 0.85, 0.66), 0.84)
        case .shell: (SIMD3(0.8, 0.3, 0.6), 0.66)
        case .books, .towels, .block, .ice: (SIMD3(0.95, 0.9, 0.62), 0.66)
        case .candle: (SIMD3(0.46, 0.46, 0.8), 0.66)
        case .pot: (SIMD3(0.66, 0.66, 0.7), 0.7)
        case .drop, .blossom, .disc, .arch, .leaf: nil
        }
    }

    /// How dark its surroundings are beside it, 0...1, where it has no ``body``: a panel's shadow on what is behind, a blossom's below it.
    ///
    /// - Parameters:
    ///   - away: from its middle
    ///   - side: where the light comes from: -1 from the left, 1 from the right
    func shade(_ away: SIMD2<Float>, side: Float) -> Float {
        switch shape {
        case .disc, .arch:
            // On what is further behind.
            let soft = 0.1 + blur / radius
            return 0.2 * (1 - smooth(-soft, soft, outline(away / radius + SIMD2(0.14 * (side > 0 ? 1 : -1), -0.1))))
        case .drop, .blossom:
            // A blossom lies flat.
            let foot: Float = shape == .blossom ? 0.32 : 0.7
            func around(_ aside: Float, _ flatness: Float, _ from: Float, _ to: Float) -> Float {
                let place = SIMD2((away.x + aside * (side > 0 ? radius : -radius)) * (aside > 0 ? 0.8 : 1), (away.y - foot * radius) * flatness) / radius
                return 1 - smooth(from, to, (place.x * place.x + place.y * place.y).squareRoot())
            }
            return 1 - (1 - 0.3 * around(0.45, 2.6, 0.3, 1.4)) * (1 - 0.42 * around(0, 4, 0.5, 1.05))
        default: return 0
        }
    }

    /// Its colour at a place, and how much of the place it covers.
    ///
    /// - Parameter light: towards the main light: to the right, up, and to the camera
    func look(_ away: SIMD2<Float>, pixel: Float, light: SIMD3<Float>) -> (colour: SIMD3<Float>, cover: Float) {
        let place = away / radius
        let soft = max(pixel, blur) / radius
        let side: Float = light.x > 0 ? 1 : -1
        switch shape {
        case .ball: return lit(place, distance: length(place), soft, light, shine: 60)
        case .bauble: return bauble(place, soft, light)
        case .citrus(let isLong): return citrus(place, soft, light, isLong: isLong)
        case .apple: return apple(place, soft, light)
        case .strawberry: return strawberry(place, soft, light)
        case .shell: return shell(place, soft, light)
        case .stone: return stone(place, soft, light)
        case .drop:
            let (colour, cover) = lit(place * SIMD2(1, 1.6), distance: length(place * SIMD2(1, 1.6)), soft, light, shine: 110)
            return (colour, 0.55 * cover)
        case .disc, .arch: return panel(place, soft, side)
        case .blossom: return blossom(place, soft, side)
        case .leaf(let width, let bend): return leaf(place, soft, width, bend, side)
        case .books, .towels: return box(place, soft, side, slabs: 3)
        case .block: return box(place, soft, side, slabs: 1)
        case .ice: return ice(place, soft, side)
        case .candle: return candle(place, soft, side)
        case .pot: return pot(place, soft, side)
        }
    }

    func turned(_ place: SIMD2<Float>) -> SIMD2<Float> {
        SIMD2(place.x * axis.x + place.y * axis.y, place.y * axis.x - place.x * axis.y)
    }

    func length(_ place: SIMD2<Float>) -> Float { (place.x * place.x + place.y * place.y).squareRoot() }

    /// Something round: in the light at one side, dark below, where the ground hides the sky, but for what the ground throws back.
    ///
    /// - Parameters:
    ///   - place: across and down where it is a ball of radius 1
    ///   - distance: from its middle, 1 at its outline, whatever its shape
    ///   - bump: how much more its skin is turned to the light than a ball's
    ///   - skin: factor of its colour
    ///   - shine: of its glint, in levels of 255
    func lit(
        _ place: SIMD2<Float>, distance: Float, _ soft: Float, _ light: SIMD3<Float>, bump: Float = 0,
        skin: SIMD3<Float> = SIMD3(repeating: 1), shine: Float
    ) -> (colour: SIMD3<Float>, cover: Float) {
        let inside = min(distance, 1)
        let normal = SIMD3(place.x, -place.y, 0) * (inside / max(length(place), 1e-4)) + SIMD3(0, 0, max(1 - inside * inside, 0).squareRoot())
        let turnedToLight = (normal * light).sum() + bump
        // Broad light wraps around.
        let wrapped = max((turnedToLight + 0.35) / 1.35, 0)
        let direct = wrapped * wrapped.squareRoot()
        let open = 0.62 + 0.38 * smooth(-0.95, 0.25, normal.y) + 0.1 * smooth(-0.3, -0.9, normal.y)
        // Half-way between light and camera; a broad light has a broad glint.
        let middle = light + SIMD3(0, 0, 1)
        let gleam = max((normal * middle).sum() / (middle * middle).sum().squareRoot(), 0)
        let glint = shine * smooth(0.93, 1, gleam + 0.3 * bump) + 0.2 * shine * smooth(0.7, 1, gleam)
        return (colour * skin * (0.66 * open + 0.6 * direct + 0.1 * bump) + glint, 1 - smooth(1 - soft, 1 + soft, distance))
    }

    /// How much more a bumpy skin is turned to the light at a place, about -1...1.
    func relief(_ place: SIMD2<Float>, _ wavelength: Float, octaves: Int, _ soft: Float, _ light: SIMD3<Float>) -> Float {
        func height(_ place: SIMD2<Float>) -> Float { noise.fractal(place, wavelength: wavelength, octaves: octaves, footprint: soft / 2) }
        return height(place) - height(place + SIMD2(light.x, -light.y) * (0.4 * wavelength))
    }

    /// A pebble: its outline a little uneven, its skin rough and speckled.
    private func stone(_ place: SIMD2<Float>, _ soft: Float, _ light: SIMD3<Float>) -> (colour: SIMD3<Float>, cover: Float) {
        let flatness = 1.25 + 0.4 * noise.chance(3, 4)
        let flat = SIMD2(place.x, place.y * flatness - 0.72 * (flatness - 1))
        let distance = length(flat) + 0.16 * noise.value(flat * 1.1 + 9) + 0.05 * noise.value(flat * 2.7)
        let speckles = 0.05 * noise.fractal(place, wavelength: 0.1, octaves: 3, footprint: soft / 2, roughness: 0.8)
        let layers = 0.06 * noise.fractal(SIMD2(turned(place).x * 0.6, turned(place).y * 3), wavelength: 0.8, octaves: 3, footprint: soft / 2)
        return lit(
            flat, distance: distance, soft, light, bump: 0.12 * relief(flat, 0.5, octaves: 5, soft, light),
            skin: SIMD3(repeating: 1 + speckles + layers), shine: 0)
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
        let part = (front - top) / height - Float(slab)
        let isSpine = (place.x > corner) == (noise.chance(7, 7) < 0.5)
        var (skin, line) = (colour * hue, Float(1))
        switch shape {
        case .books where !isTop && !isSpine && part > 0.1 && part < 0.88:
            // Pages between the boards.
            skin = SIMD3(236, 228, 210) * (0.9 + 0.05 * sin(part * 90) * max(1 - 30 * soft, 0)) * (0.8 + 0.2 * smooth(0.1, 0.2, part))
        case .books where !isTop && isSpine:
            line = 1.06 - 0.5 * (part - 0.45) * (part - 0.45)
            // A title's band.
            let band = abs(abs(x - corner) - 0.3) < 0.03 + 0.02 * noise.chance(slab, 9)
            if band, noise.chance(slab, 8) < 0.7 { skin = skin * 0.4 + 130 }
        case .towels:
            // Folded over, soft at the edges.
            let pile = 0.07 * noise.fractal(place, wavelength: 0.07, octaves: 2, footprint: soft / 2)
            let fold = isTop ? 0 : (2 * part - 1) * (2 * part - 1)
            line = 1 + pile - 0.4 * fold * fold
        default: break
        }
        if slabs > 1, !isTop { line *= 1 - 0.3 * (1 - smooth(0, 0.06 + soft, min(part, 1 - part))) }
        let turnedToLight = smooth(-soft - 0.02, soft + 0.02, (place.x - corner) * side)
        let face = (0.68 + 0.3 * turnedToLight) * (1 - 0.14 * smooth(0.2, bottom, front))
        let roof = smooth(-soft - 0.02, soft + 0.02, top - front)
        // Edges are not quite sharp and catch the light.
        let rim = slabs > 1 ? 0 : 0.1 * max(1 - abs(front - top) / (0.03 + soft), 0)
        return (skin * line * (face + (1.12 - face) * roof + rim), 1 - smooth(-soft, soft, edge))
    }

    /// Clear at its edges, milky inside, with cracks.
    private func ice(_ place: SIMD2<Float>, _ soft: Float, _ side: Float) -> (colour: SIMD3<Float>, cover: Float) {
        let (block, cover) = box(place, soft, side, slabs: 1)
        let milk = smooth(1.1, 0.2, length(place * SIMD2(1, 1.3)))
        let cracks = 1 - smooth(0, 0.1 + soft, abs(noise.fractal(place, wavelength: 0.8, octaves: 3, footprint: soft / 2)))
        let gleam = smooth(0.5, 0.75, noise.fractal(place + 3, wavelength: 0.4, octaves: 2, footprint: soft / 2))
        // Its rim gathers the light.
        let inner = box(place * 1.14, soft, side, slabs: 1).cover
        let rim = 1 - inner
        return (block + 34 * cracks * milk + 60 * gleam + 40 * rim, cover * min(0.6 + 0.3 * milk + 0.25 * rim + gleam, 1))
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
