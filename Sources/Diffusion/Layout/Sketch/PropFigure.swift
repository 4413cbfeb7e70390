import Foundation

/// One small thing beside the product: a figure in the picture's plane, shaded as if it were round. Lengths are heights of the canvas.
struct PropFigure {
    enum Shape: Equatable {
        case ball, bauble, apple, strawberry, pumpkin, egg, shell, stone, drop, blossom, petal, fallenLeaf, books, towels, block, gift, ice,
            candle, pot, disc
        /// A coffee bean with its furrow, or a nut without.
        case bean(isCut: Bool)
        /// A long one is a lemon or a lime, with a point at either end; some are cut in half.
        case citrus(isLong: Bool)
        /// A panel that is round above; its straight part's height is in radii.
        case arch(straight: Float)
        /// A leaf or a needle: half its greatest width, and how far its tip bends aside, in half-lengths.
        case leaf(width: Float, bend: Float)
    }

    /// A colour, sRGB, 0...255, and how much of a place it covers, 0...1.
    typealias Look = (colour: SIMD3<Float>, cover: Float)

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
    let axis: SIMD2<Float>
    let angle: Float
    let noise: PlaneNoise

    /// - Parameter angle: clockwise from level, in radians
    init(shape: Shape, middle: SIMD2<Float>, radius: Float, angle: Float, colour: SIMD3<Float>, seed: UInt32, blur: Float) {
        (self.shape, self.middle, self.radius, self.colour, self.blur) = (shape, middle, radius, colour, blur)
        switch shape {
        // What is long lies.
        case .citrus(isLong: true), .egg: self.angle = 0.7 * sin(3 * angle)
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
        case .pumpkin: (SIMD3(1.04, 1, 0.8), 0.78)
        case .egg: (SIMD3(0.95, 0.76, 0.76), 0.72)
        case .stone: (SIMD3(1, 0.85, 0.66), 0.84)
        case .shell: (SIMD3(0.8, 0.3, 0.6), 0.66)
        case .books, .towels, .block, .gift, .ice: (SIMD3(0.95, 0.9, 0.62), 0.66)
        case .candle: (SIMD3(0.46, 0.46, 0.8), 0.66)
        case .pot: (SIMD3(0.66, 0.66, 0.7), 0.7)
        case .drop, .blossom, .petal, .fallenLeaf, .bean, .disc, .arch, .leaf: nil
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
        case .drop, .blossom, .petal, .fallenLeaf, .bean:
            // A blossom lies flat.
            let foot: Float =
                switch shape {
                case .drop: 0.7
                case .bean: 0.5
                case .blossom: 0.32
                default: 0.2
                }
            func around(_ aside: Float, _ flatness: Float, _ from: Float, _ to: Float) -> Float {
                let place =
                    SIMD2((away.x + aside * (side > 0 ? radius : -radius)) * (aside > 0 ? 0.8 : 1), (away.y - foot * radius) * flatness)
                    / radius
                return 1 - smooth(from, to, (place.x * place.x + place.y * place.y).squareRoot())
            }
            return 1 - (1 - 0.3 * around(0.45, 2.6, 0.3, 1.4)) * (1 - 0.42 * around(0, 4, 0.5, 1.05))
        default: return 0
        }
    }

    /// Its colour at a place, and how much of the place it covers.
    ///
    /// - Parameter light: towards the main light: to the right, up, and to the camera
    func look(_ away: SIMD2<Float>, pixel: Float, light: SIMD3<Float>) -> Look {
        let place = away / radius
        let soft = max(pixel, blur) / radius
        let side: Float = light.x > 0 ? 1 : -1
        switch shape {
        case .ball: return lit(place, distance: length(place), soft, light, shine: 60)
        case .bauble: return bauble(place, soft, light)
        case .citrus(let isLong): return citrus(place, soft, light, isLong: isLong)
        case .apple: return apple(place, soft, light)
        case .strawberry: return strawberry(place, soft, light)
        case .pumpkin: return pumpkin(place, soft, light)
        case .egg: return egg(place, soft, light)
        case .bean(let isCut): return bean(place, soft, light, isCut: isCut)
        case .shell: return shell(place, soft, light)
        case .stone: return stone(place, soft, light)
        case .drop:
            let (colour, cover) = lit(place * SIMD2(1, 1.6), distance: length(place * SIMD2(1, 1.6)), soft, light, shine: 110)
            return (colour, 0.55 * cover)
        case .disc, .arch: return panel(place, soft, side)
        case .blossom: return blossom(place, soft, side)
        case .petal: return petal(place, soft, light)
        case .fallenLeaf: return leaf(SIMD2(place.x, 2.2 * place.y), soft, 0.44, 0.18, side)
        case .leaf(let width, let bend): return leaf(place, soft, width, bend, side)
        case .books, .towels: return box(place, soft, side, slabs: 3)
        case .block: return box(place, soft, side, slabs: 1)
        case .gift: return gift(place, soft, side)
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
    ) -> Look {
        let inside = min(distance, 1)
        let normal =
            SIMD3(place.x, -place.y, 0) * (inside / max(length(place), 1e-4)) + SIMD3(0, 0, max(1 - inside * inside, 0).squareRoot())
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
}
