import Foundation

/// What a surface is made of: its pattern close by. Lengths are in units of the product's distance, about a metre.
enum SurfaceMaterial {
    case plain, wood, endGrain, marble, stone, terrazzo, sand, snow, water, moss, tile, brick, cloth, gloss

    /// The material that a phrase speaks of; nil where it names none.
    init?(_ phrase: String) {
        guard let found = Self.words.first(where: { PromptClauses.says(phrase, $0.words) }) else { return nil }
        self = found.material
    }

    /// How much light such a surface mirrors at the angle of a product photo.
    var gloss: Float {
        switch self {
        case .gloss: 0.5
        case .water: 0.35
        case .marble, .tile: 0.1
        default: 0
        }
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
        switch self {
        case .plain, .gloss: return grey(1 + clouds(0.5, 0.012, octaves: 2))
        case .wood: return wood(place, footprint, noise)
        case .endGrain: return endGrain(place, footprint, noise)
        case .marble: return marble(place, footprint, noise)
        case .stone: return grey(1 + clouds(0.22, 0.08, octaves: 7) + grain(0.005, 0.08))
        case .terrazzo: return terrazzo(place, footprint, noise)
        case .sand:
            let drift = noise.fractal(place, wavelength: 0.4, octaves: 3, footprint: footprint)
            let ripple = sin(place.y * 45 + 9 * drift) * resolved(0.14, footprint)
            return grey(1 + 0.09 * drift + 0.02 * ripple + grain(0.008, 0.13))
        case .snow:
            let hills = noise.fractal(place, wavelength: 0.28, octaves: 4, footprint: footprint)
            return SIMD3(1 + 0.07 * hills, 1 + 0.055 * hills, 1 + 0.03 * hills) + grain(0.006, 0.025)
        case .water:
            let swell = noise.fractal(SIMD2(place.x, place.y * 4), wavelength: 0.3, octaves: 5, footprint: footprint, roughness: 0.65)
            let glint = max(swell - 0.7, 0)
            return grey(0.94 + 0.17 * swell + 0.7 * glint)
        case .moss:
            let tufts = noise.fractal(place, wavelength: 0.12, octaves: 5, footprint: footprint, roughness: 0.7)
            let dry = noise.value(place * 5)
            return SIMD3(1 + 0.12 * dry, 1 + 0.03 * dry, 1 - 0.12 * dry) * (1 + 0.26 * tufts)
        case .tile: return tiles(place, SIMD2(0.15, 0.15), shift: 0, joint: 0.006, jointTone: 0.86, spread: 0.03, footprint, noise)
        case .brick:
            let rough = 1 + grain(0.02, 0.08)
            return tiles(place, SIMD2(0.23, 0.078), shift: 0.5, joint: 0.011, jointTone: 1.16, spread: 0.13, footprint, noise) * rough
        case .cloth: return cloth(place, footprint, noise)
        }
    }

    /// 1 where a wavelength is seen, 0 where the footprint hides it.
    private func resolved(_ wavelength: Float, _ footprint: Float) -> Float { min(max(wavelength / (2 * footprint) - 1, 0), 1) }

    /// Planks that run across, with rings and fibres along them.
    private func wood(_ place: SIMD2<Float>, _ footprint: Float, _ noise: PlaneNoise) -> SIMD3<Float> {
        let width: Float = 0.115
        let index = Int32((place.y / width).rounded(.down))
        let part = place.y / width - Float(index)
        // Every plank is cut from another place of the log.
        let local = SIMD2(place.x + 7 * noise.chance(index, 11), place.y + 3 * noise.chance(index, 12))
        let wander = noise.fractal(SIMD2(local.x * 0.35, local.y * 2), wavelength: 0.14, octaves: 3, footprint: footprint)
        let rings = sin(local.y * 260 + 5.5 * wander) * resolved(0.03, footprint)
        let fibres = noise.fractal(SIMD2(local.x * 0.06, local.y), wavelength: 0.012, octaves: 2, footprint: footprint)
        let edge = min(part, 1 - part) * width
        let joint = 1 - smooth(0, 0.0035 + footprint, edge) * 1
        let dark = 0.5 + 0.5 * (0.4 * rings + 0.5 * wander) + 0.25 * fibres
        let plank = 1 + 0.14 * (noise.chance(index, 13) - 0.5) * resolved(3 * width, footprint)
        let seam = 1 - 0.42 * joint * min(0.0035 / max(footprint, 0.0035) + 0.25, 1)
        return SIMD3(1.08 - 0.15 * dark, 1.08 - 0.18 * dark, 1.08 - 0.22 * dark) * (plank * seam)
    }

    /// A log cut across: rings, and cracks that run outwards.
    private func endGrain(_ place: SIMD2<Float>, _ footprint: Float, _ noise: PlaneNoise) -> SIMD3<Float> {
        let away = place - SIMD2(0.02, 0.06)
        let wander = noise.fractal(place, wavelength: 0.12, octaves: 3, footprint: footprint)
        let radius = (away.x * away.x + away.y * away.y).squareRoot()
        let rings = sin(radius * 520 + 3 * wander) * resolved(0.012, footprint)
        let dark = 0.5 + 0.3 * rings + 0.4 * wander
        return SIMD3(1.07 - 0.12 * dark, 1.06 - 0.15 * dark, 1.05 - 0.18 * dark)
    }

    /// Clouds, and veins that run aslant: ridges of warped noise, each a dark thread in a soft band, here strong and there lost.
    private func marble(_ place: SIMD2<Float>, _ footprint: Float, _ noise: PlaneNoise) -> SIMD3<Float> {
        func other(_ number: UInt32) -> PlaneNoise { PlaneNoise(seed: noise.seed &+ number) }
        let warp = SIMD2(
            noise.fractal(place, wavelength: 0.3, octaves: 5, footprint: footprint, roughness: 0.55),
            other(71).fractal(place, wavelength: 0.3, octaves: 5, footprint: footprint, roughness: 0.55))
        let slanted = SIMD2(0.4 * (0.77 * place.x + 0.64 * place.y), 0.77 * place.y - 0.64 * place.x) + 0.08 * warp
        let presence = smooth(-0.35, 0.65, other(3).value(place / 0.24))
        let wide = abs(other(5).value(slanted / 0.26))
        let fine = abs(other(9).value(slanted / 0.1))
        let band = 1 - smooth(0, 0.45, wide)
        let thread = 1 - smooth(0, 0.04 + footprint * 4, wide)
        let threads = 1 - smooth(0, 0.06 + footprint * 12, fine)
        let veins =
            presence * (0.12 * band * band + 0.17 * thread) * resolved(0.26, footprint)
            + (1 - presence) * 0.07 * threads * resolved(0.1, footprint)
        let tone = 1.03 + 0.035 * warp.x - veins
        return SIMD3(tone, tone, tone + 0.12 * veins)
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
        _ place: SIMD2<Float>, _ size: SIMD2<Float>, shift: Float, joint: Float, jointTone: Float, spread: Float, _ footprint: Float,
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
        return SIMD3(repeating: face + (jointTone - face) * line)
    }

    /// Folds that fan out, with the sheen of their ridges.
    private func cloth(_ place: SIMD2<Float>, _ footprint: Float, _ noise: PlaneNoise) -> SIMD3<Float> {
        let bend = noise.fractal(place, wavelength: 0.3, octaves: 1, footprint: footprint)
        let phase = 27 * (0.8 * place.x + 0.3 * place.y) + 2.6 * bend
        let fold = sin(phase) + 0.3 * sin(1.7 * phase + 1.7 + 1.5 * bend)
        let sheen = max(sin(phase + 0.6), 0)
        return SIMD3(repeating: 0.92 + 0.2 * fold + 0.2 * sheen * sheen * sheen * sheen)
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
        (.cloth, ["satin", "silk", "velvet", "linen", "cloth", "fabric", "draped", "サテン", "シルク", "リネン", "布", "ベルベット"]),
    ]
}

/// 0 below `low`, 1 above `high`, smooth between.
func smooth(_ low: Float, _ high: Float, _ value: Float) -> Float {
    let part = min(max((value - low) / max(high - low, 1e-6), 0), 1)
    return part * part * (3 - 2 * part)
}
