import Foundation

/// What a surface is made of: its pattern close by. Lengths are in units of the product's distance, about a metre.
enum SurfaceMaterial {
    case plain, wood, endGrain, marble, stone, terrazzo, sand, snow, water, moss, tile, brick, cloth, linen, gloss

    /// The material that a phrase speaks of; nil where it names none.
    init?(_ phrase: String) {
        guard let found = Self.words.first(where: { PromptClauses.says(phrase, $0.words) }) else { return nil }
        self = found.material
    }

    /// How much light such a surface mirrors at the angle of a product photo.
    var gloss: Float {
        switch self {
        case .gloss: 0.8
        case .water: 0.55
        case .marble, .tile: 0.15
        default: 0
        }
    }

    /// The surface's colour at a place, sRGB, 0...255.
    ///
    /// - Parameters:
    ///   - base: its colour on the mean
    ///   - footprint: as in ``tone(_:footprint:seed:)``
    func colour(_ base: SIMD3<Float>, at place: SIMD2<Float>, footprint: Float, seed: UInt32) -> SIMD3<Float> {
        let noise = PlaneNoise(seed: seed)
        // Mortar is grey, whatever the bricks are.
        if self == .brick {
            let mortar = (SIMD3<Float>(repeating: 168) / (base + 1)).clamped(
                lowerBound: SIMD3(repeating: 0.7), upperBound: SIMD3(repeating: 4))
            return base * bricks(place, footprint, noise, jointTone: mortar)
        }
        guard self == .marble, base.sum() / 3 < 130 else { return base * tone(place, footprint: footprint, seed: seed) }
        // Dark marble has pale veins.
        let (clouds, veins) = marble(place, footprint, noise)
        return base * (1 + 0.12 * clouds) + (SIMD3(222, 220, 214) - base) * min(1.5 * veins, 0.8)
    }

    /// The factor of the surface's own colour at a place, about 1 on the mean.
    ///
    /// - Parameters:
    ///   - footprint: what a pixel covers there, blur included: what is finer is left out
    func tone(_ place: SIMD2<Float>, footprint: Float, seed: UInt32) -> SIMD3<Float> {
        let noise = PlaneNoise(seed: seed)
        func grey(_ value: Float) -> SIMD3<Float> { SIMD3(repeating: value) }
        func grain(_ length: Float, _ strength: Float) -> Float {
            strength * noise.fractal(place, wavelength: length, octaves: 2, footprint: footprint)
        }
        func clouds(_ length: Float, _ strength: Float, octaves: Int = 4) -> Float {
            strength * noise.fractal(place, wavelength: length, octaves: octaves, footprint: footprint)
        }
        // What stands up from the ground is not foreshortened as the ground is.
        let upright = SIMD2(place.x, place.y * 0.5)
        switch self {
        case .plain, .gloss: return grey(1 + clouds(0.5, 0.012, octaves: 2))
        case .wood: return wood(place, footprint, noise)
        case .endGrain: return endGrain(place, footprint, noise)
        case .marble:
            let (clouds, veins) = marble(place, footprint, noise)
            let tone = 1.03 + 0.035 * clouds - 0.45 * veins
            return SIMD3(tone, tone, tone + 0.04 * veins)
        case .stone: return grey(1 + clouds(0.22, 0.08, octaves: 7) + grain(0.005, 0.08))
        case .terrazzo: return terrazzo(place, footprint, noise)
        case .sand:
            // Wind ripples, here strong and there blown away, their far sides in the shade; dunes; grains.
            let drift = noise.fractal(upright, wavelength: 0.4, octaves: 3, footprint: footprint)
            let phase = place.y * 62 + place.x * (40 * noise.chance(9, 11) - 20) + 8 * drift
            let ripple = (sin(phase + 0.6 * sin(phase))) * resolved(0.1, footprint) * smooth(-0.5, 0.5, noise.value(place * 4 + 3))
            return grey(1 + 0.05 * drift + 0.04 * ripple + grain(0.008, 0.06)) + SIMD3(0.01, 0, -0.02)
                * relief(upright, 0.35, footprint, noise)
        case .snow:
            // Drifts, blue in the shade.
            let shade = relief(upright, 0.5, footprint, noise)
            let fine = relief(place, 0.05, footprint, PlaneNoise(seed: noise.seed &+ 5))
            return grey(0.985) + SIMD3(0.075, 0.062, 0.04) * shade + 0.03 * fine + grain(0.006, 0.03)
        case .water:
            // Ripples mirror more sky on one side than on the other, and run across; longer waves under them.
            let ripples = ripples(place, footprint, noise)
            let swell = PlaneNoise(seed: noise.seed &+ 9).fractal(
                SIMD2(place.x * 0.6, place.y * 2), wavelength: 0.5, octaves: 2, footprint: footprint)
            let glint = max(ripples + 0.3 * swell - 0.6, 0)
            return SIMD3(0.97, 0.985, 1) + (0.13 * ripples + 0.05 * swell + 0.7 * glint)
        case .moss:
            // Mounds in the light; on them shoots side by side, dark between; earth here and there.
            let mounds = relief(upright, 0.24, footprint, noise)
            let shoots = shoots(SIMD2(place.x, place.y * 0.6), footprint, noise)
            let earth = smooth(
                0.15, 0.55, PlaneNoise(seed: noise.seed &+ 8).fractal(upright, wavelength: 0.4, octaves: 5, footprint: footprint))
            let hue = PlaneNoise(seed: noise.seed &+ 6).fractal(upright, wavelength: 0.2, octaves: 3, footprint: footprint)
            let green = SIMD3<Float>(1.02 + 0.05 * hue, 1.04, 0.94 - 0.04 * hue)
            let bed = green + (SIMD3(1.06, 0.93, 0.94) - green) * (0.7 * earth)
            let clumps = noise.fractal(SIMD2(place.x, place.y * 0.6), wavelength: 0.07, octaves: 5, footprint: footprint, roughness: 0.8)
            return bed * (1 + 0.15 * mounds + 0.14 * clumps + (0.2 - 0.08 * earth) * shoots)
        case .tile:
            // Square, or laid like bricks.
            let isLong = noise.chance(8, 8) < 0.5
            return tiles(
                place, isLong ? SIMD2(0.16, 0.08) : SIMD2(0.12, 0.12), shift: isLong ? 0.5 : 0, joint: 0.005, jointTone: grey(0.86),
                spread: 0.04, footprint, noise)
        case .brick: return bricks(place, footprint, noise, jointTone: grey(1.16))
        case .linen:
            // Threads, and creases that the light falls across.
            let uneven = 1.2 * noise.value(place * 30)
            let threads = (sin(place.x * 1500 + uneven) + sin(place.y * 1500 - uneven)) * resolved(0.0042, footprint)
            let creases = relief(place, 0.5, footprint, noise)
            return grey(1 + 0.025 * threads + 0.05 * creases + grain(0.01, 0.03))
        case .cloth: return cloth(place, footprint, noise)
        }
    }

    /// How far water is tilted at a place, about -1...1.
    func ripples(_ place: SIMD2<Float>, _ footprint: Float, _ noise: PlaneNoise) -> Float {
        noise.fractal(SIMD2(place.x, place.y * 2.6), wavelength: 0.1, octaves: 4, footprint: footprint, roughness: 0.58)
    }

    /// 1 where a wavelength is seen, 0 where the footprint hides it.
    private func resolved(_ wavelength: Float, _ footprint: Float) -> Float { min(max(wavelength / (2 * footprint) - 1, 0), 1) }

    /// How much light a bumpy surface gets at a place from one side, about -1...1: its height here less that a little further on.
    private func relief(_ place: SIMD2<Float>, _ wavelength: Float, _ footprint: Float, _ noise: PlaneNoise) -> Float {
        let towards = SIMD2<Float>(0.3, -0.2) * wavelength
        func height(_ place: SIMD2<Float>) -> Float {
            noise.fractal(place, wavelength: wavelength, octaves: 3, footprint: footprint, roughness: 0.55)
        }
        return 1.4 * (height(place) - height(place + towards))
    }

    /// Tips side by side, of two sizes: about 0 on the mean, brightest in their middles, darkest between them.
    private func shoots(_ place: SIMD2<Float>, _ footprint: Float, _ noise: PlaneNoise) -> Float {
        var sum: Float = 0
        for (number, size) in [Float(0.012), 0.006].enumerated() {
            let seen = resolved(1.6 * size, footprint)
            guard seen > 0 else { break }
            let noise = PlaneNoise(seed: noise.seed &+ 30 &+ UInt32(number))
            let cell = (place / size).rounded(.down)
            var height: Float = 0
            for y in -1...1 {
                for x in -1...1 {
                    let (column, row) = (Int32(cell.x) &+ Int32(x), Int32(cell.y) &+ Int32(y))
                    let away = SIMD2(Float(column) + noise.chance(column, row), Float(row) + noise.chance(row, column &+ 77)) - place / size
                    let bump = max(1 - 1.3 * (away * away).sum(), 0)
                    height = max(height, bump * bump * (0.4 + 0.6 * noise.chance(column &+ 40, row)))
                }
            }
            sum += seen * (height - 0.36)
        }
        return sum
    }

    /// Planks that run across or away, end to end, with rings and fibres along them.
    private func wood(_ place: SIMD2<Float>, _ footprint: Float, _ noise: PlaneNoise) -> SIMD3<Float> {
        let (width, length): (Float, Float) = (0.115, 0.9)
        // Laid as the seed has it: along the picture, a little aslant, or away from the camera.
        let laid = noise.chance(5, 6)
        let turn =
            laid < 0.45
            ? 0.1 * (noise.chance(6, 6) - 0.5) : laid < 0.75 ? 0.6 * (noise.chance(6, 6) - 0.5) : 1.35 + 0.4 * noise.chance(6, 6)
        let place = SIMD2(place.x * cos(turn) + place.y * sin(turn), place.y * cos(turn) - place.x * sin(turn))
        let index = Int32((place.y / width).rounded(.down))
        let part = place.y / width - Float(index)
        let along = place.x / length + 5 * noise.chance(index, 14)
        let board = Int32(along.rounded(.down))
        // Every plank is cut from another place of the log.
        let local = SIMD2(place.x + 7 * noise.chance(index, 11 &+ board), place.y + 3 * noise.chance(index, 12 &+ board))
        let wander = noise.fractal(SIMD2(local.x * 0.35, local.y * 2), wavelength: 0.14, octaves: 3, footprint: footprint)
        let rings = sin(local.y * 260 + 5.5 * wander) * resolved(0.03, footprint)
        let fibres = noise.fractal(
            SIMD2(local.x * 0.05, local.y), wavelength: 0.014, octaves: 4, footprint: footprint, roughness: 0.75)
        // Pores: short and dark.
        let pores = smooth(0.35, 0.8, PlaneNoise(seed: noise.seed &+ 3).value(SIMD2(local.x * 28, local.y * 420)))
            * resolved(0.004, footprint)
        let edge = min(min(part, 1 - part) * width, min(along - Float(board), 1 - along + Float(board)) * length)
        let joint = 1 - smooth(0, 0.0035 + footprint, edge)
        let dark = 0.5 + 0.5 * (0.4 * rings + 0.5 * wander) + 0.32 * fibres + 0.45 * pores
        let plank = 1 + 0.14 * (noise.chance(index, 13 &+ board) - 0.5) * resolved(3 * width, footprint)
        let seam = 1 - 0.34 * joint * min(0.0035 / max(footprint, 0.0035) + 0.2, 1)
        return SIMD3(1.06 - 0.12 * dark, 1.06 - 0.145 * dark, 1.06 - 0.18 * dark) * (plank * seam)
    }

    /// A log cut across: rings, and cracks that run outwards.
    private func endGrain(_ place: SIMD2<Float>, _ footprint: Float, _ noise: PlaneNoise) -> SIMD3<Float> {
        let away = place - SIMD2(0.02, 0.06)
        let wander = noise.fractal(place, wavelength: 0.12, octaves: 3, footprint: footprint)
        let radius = (away.x * away.x + away.y * away.y).squareRoot()
        let rings = sin(radius * 520 + 3 * wander) * resolved(0.012, footprint)
        let dark = 0.5 + 0.17 * rings + 0.4 * wander
        return SIMD3(1.07 - 0.12 * dark, 1.06 - 0.15 * dark, 1.05 - 0.18 * dark)
    }

    /// Clouds, -1...1, and veins, 0...1, at three scales: ridges of warped noise, here strong and there lost.
    private func marble(_ place: SIMD2<Float>, _ footprint: Float, _ noise: PlaneNoise) -> (clouds: Float, veins: Float) {
        func other(_ number: UInt32) -> PlaneNoise { PlaneNoise(seed: noise.seed &+ number) }
        let warp = SIMD2(
            noise.fractal(place, wavelength: 0.28, octaves: 5, footprint: footprint, roughness: 0.55),
            other(71).fractal(place, wavelength: 0.28, octaves: 5, footprint: footprint, roughness: 0.55))
        // Veins run one way, which the seed decides.
        let turn = 2.6 * noise.chance(7, 7)
        let slanted = SIMD2(0.5 * (cos(turn) * place.x + sin(turn) * place.y), cos(turn) * place.y - sin(turn) * place.x) + 0.1 * warp
        // Long ones side by side that wander and fade.
        let bed = (slanted.y - 0.1 * warp.y + 0.035 * warp.x + 0.05 * other(4).value(slanted * 2.5)) / 0.34
        let main = abs(bed - bed.rounded())
        let stays = smooth(-0.5, 0.4, other(1).value(SIMD2(slanted.x * 3, bed.rounded() * 7.3)))
        let width = 0.012 + 0.03 * smooth(-0.6, 0.9, other(2).value(slanted * 5))
        let line = 1 - smooth(0, width + footprint / 0.34, main)
        let halo = max(1 - main / 0.22, 0)
        var veins = 0.5 * stays * (line + 0.3 * halo * halo) * resolved(0.3, footprint)
        for (number, (length, width, strength)) in [(Float(0.3), Float(0.03), Float(0.3)), (0.13, 0.035, 0.22), (0.055, 0.06, 0.12)]
            .enumerated()
        {
            let number = UInt32(number) * 10
            let ridge = abs(other(5 + number).value(slanted / length))
            let strong = smooth(-0.2, 0.7, other(3 + number).value(place / (0.9 * length)))
            // A vein has a dark thread and lets its colour run into the stone around.
            let thread = 1 - smooth(0, width * (0.5 + strong) + footprint / length, ridge)
            let band = 1 - smooth(0, 0.4, ridge)
            veins += strength * strong * (thread + 0.3 * band * band) * resolved(length, footprint)
        }
        return (warp.x, min(veins, 1))
    }

    /// Chips in a plain bed, one of a few colours each.
    private func terrazzo(_ place: SIMD2<Float>, _ footprint: Float, _ noise: PlaneNoise) -> SIMD3<Float> {
        let size: Float = 0.026
        let cell = (place / size).rounded(.down)
        for y in -1...1 {
            for x in -1...1 {
                let (column, row) = (Int32(cell.x) &+ Int32(x), Int32(cell.y) &+ Int32(y))
                guard noise.chance(column, row) > 0.35 else { continue }
                let middle = SIMD2(
                    Float(column) + 0.2 + 0.6 * noise.chance(column, row &+ 900), Float(row) + 0.2 + 0.6 * noise.chance(column &+ 900, row))
                let away = place / size - middle
                let bent = (away.x * away.x + away.y * away.y).squareRoot() + 0.12 * noise.value(place / (size * 0.4))
                let radius = 0.2 + 0.3 * noise.chance(column &+ 300, row)
                guard bent < radius else { continue }
                let chips: [SIMD3<Float>] = [
                    [0.72, 0.6, 0.52], [0.62, 0.63, 0.66], [0.94, 0.8, 0.6], [1.08, 1.06, 1.04], [0.72, 0.8, 0.74],
                ]
                let chip = chips[Int(noise.chance(column, row &+ 500) * 4.999)]
                let seen = min(size / (3 * footprint), 1)
                return 1 + (chip - 1) * seen
            }
        }
        return SIMD3(repeating: 1.01)
    }

    private func tiles(
        _ place: SIMD2<Float>, _ size: SIMD2<Float>, shift: Float, joint: Float, jointTone: SIMD3<Float>, spread: Float, _ footprint: Float,
        _ noise: PlaneNoise
    ) -> SIMD3<Float> {
        let row = (place.y / size.y).rounded(.down)
        let across = place.x / size.x + shift * row.truncatingRemainder(dividingBy: 2)
        let column = across.rounded(.down)
        let inside = SIMD2(across - column, place.y / size.y - row)
        let edge = min(min(inside.x, 1 - inside.x) * size.x, min(inside.y, 1 - inside.y) * size.y)
        let soft = max(footprint, 0.001)
        let line = (1 - smooth(joint / 2 - soft / 2, joint / 2 + soft / 2, edge)) * min(joint / soft, 1)
        let face = 1 + spread * (noise.chance(Int32(column), Int32(row)) - 0.5) * resolved(3 * size.y, footprint)
        return SIMD3(repeating: face) + (jointTone - face) * line
    }

    private func bricks(_ place: SIMD2<Float>, _ footprint: Float, _ noise: PlaneNoise, jointTone: SIMD3<Float>) -> SIMD3<Float> {
        let rough = 1 + 0.08 * noise.fractal(place, wavelength: 0.02, octaves: 2, footprint: footprint)
        return tiles(place, SIMD2(0.17, 0.062), shift: 0.5, joint: 0.011, jointTone: jointTone, spread: 0.2, footprint, noise) * rough
    }

    /// Folds that fan out, with the sheen of their ridges.
    private func cloth(_ place: SIMD2<Float>, _ footprint: Float, _ noise: PlaneNoise) -> SIMD3<Float> {
        let bend = noise.fractal(place, wavelength: 0.3, octaves: 1, footprint: footprint)
        // As narrow and as aslant as the seed has them.
        let (turn, narrow) = (-0.9 + 1.8 * noise.chance(9, 9), 16 + 18 * noise.chance(9, 10))
        let phase = narrow * (cos(turn) * place.x + 0.8 * sin(turn) * place.y) + 2.6 * bend
        let fold = sin(phase) + 0.3 * sin(1.7 * phase + 1.7 + 1.5 * bend)
        let sheen = max(sin(phase + 0.6), 0)
        return SIMD3(repeating: 1.0 + 0.13 * fold + 0.16 * sheen * sheen * sheen * sheen)
    }

    private static let words: [(material: SurfaceMaterial, words: [String])] = [
        (.gloss, ["glossy", "glossy floor", "mirror", "暗く光る床", "光沢"]), (.marble, ["marble", "大理石"]), (.terrazzo, ["terrazzo", "テラゾー"]),
        (.tile, ["tile", "tiled", "タイル"]), (.brick, ["brick", "レンガ"]),
        (.endGrain, ["stump", "log", "切り株", "丸太"]),
        (
            .wood,
            [
                "wood", "wooden", "plank", "timber", "oak", "walnut", "teak", "birch", "木の", "木製", "板壁", "オーク", "ウォールナット", "白木",
            ]
        ),
        (.stone, ["stone", "rock", "travertine", "concrete", "cement", "slate", "plaster", "石", "岩", "トラバーチン", "コンクリート", "スレート", "漆喰"]),
        (.snow, ["snow", "snowy", "雪"]), (.sand, ["sand", "sandy", "beach", "desert", "砂"]), (.water, ["water", "lake", "水"]),
        (.moss, ["moss", "mossy", "grass", "lawn", "meadow", "forest", "苔", "草", "森"]),
        (.linen, ["linen table", "linen surface", "cloth table", "rug", "リネンのテーブル", "リネンテーブル", "ラグ"]),
        (.cloth, ["satin", "silk", "velvet", "linen", "cloth", "fabric", "draped", "サテン", "シルク", "リネン", "布", "ベルベット"]),
    ]
}

/// 0 up to `first`, 1 from `last` on, smooth between; `last` may be the smaller one.
func smooth(_ first: Float, _ last: Float, _ value: Float) -> Float {
    let part = min(max((value - first) / (abs(last - first) < 1e-6 ? 1e-6 : last - first), 0), 1)
    return part * part * (3 - 2 * part)
}
