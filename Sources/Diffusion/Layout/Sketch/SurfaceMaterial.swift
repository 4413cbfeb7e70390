import Foundation

/// What a surface is made of: its pattern close by. Lengths are in units of the product's distance, about a metre.
enum SurfaceMaterial {
    case plain, wood, endGrain, marble, stone, terrazzo, sand, snow, water, moss, tile, brick, cloth, linen, gloss

    /// The material that a phrase speaks of; nil where it names none.
    init?(_ phrase: String) {
        let phrase = ColourWords.withoutNames(phrase)
        guard let found = Self.words.first(where: { phrase.says($0.words) }) else { return nil }
        let isFlat = found.material == .cloth && phrase.says(Self.flat) && !phrase.says(Self.folds)
        self = isFlat ? .linen : found.material
    }

    /// Whether walls of rooms are made of it.
    var isBuilt: Bool {
        switch self {
        case .wood, .marble, .stone, .terrazzo, .tile, .brick: true
        default: false
        }
    }

    /// Whether it can be behind a product, upright.
    var canHang: Bool { self != .water && self != .snow }

    /// How much light such a surface mirrors at the angle of a product photo.
    var gloss: Float {
        switch self {
        case .gloss: 0.8
        case .water: 0.55
        case .marble, .tile: 0.15
        default: 0
        }
    }

    /// How much of what stands behind it mirrors at a place: the flatter the ray, the more; of water, which is clear from above, most of all.
    ///
    /// - Parameter nearness: as in ``SceneLayout``, 0...1
    func mirroredShare(nearness: Float) -> Float {
        self == .water ? 0.9 - min(1.2 * nearness, 0.7) : gloss * (1.15 - nearness)
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
        case .stone: return grey(1 + clouds(0.22, 0.05, octaves: 6) + grain(0.005, 0.03))
        case .terrazzo: return terrazzo(place, footprint, noise)
        case .sand:
            // Footprints that the wind has smoothed; on some sand ripples, here strong and there blown away, their far sides in the shade; grains.
            let drift = noise.fractal(upright, wavelength: 0.4, octaves: 3, footprint: footprint)
            let phase = place.y * 62 + place.x * (40 * noise.chance(9, 11) - 20) + 8 * drift
            let ripple = (sin(phase + 0.6 * sin(phase))) * resolved(0.1, footprint) * smooth(-0.5, 0.5, noise.value(place * 4 + 3))
            let prints = relief(upright, 0.2, footprint, noise) + 0.5 * relief(upright, 0.07, footprint, PlaneNoise(seed: noise.seed &+ 7))
            let isRippled: Float = noise.chance(9, 13) < 0.35 ? 1 : 0
            return grey(1 + 0.012 * drift + 0.028 * isRippled * ripple + (0.03 - 0.015 * isRippled) * prints + grain(0.006, 0.03))
                + SIMD3(0.01, 0, -0.02) * relief(upright, 0.35, footprint, noise)
        case .snow:
            // Drifts, blue in the shade.
            let shade = relief(upright, 0.5, footprint, noise)
            let fine = relief(place, 0.1, footprint, PlaneNoise(seed: noise.seed &+ 5))
            return grey(0.99) + SIMD3(0.045, 0.036, 0.024) * shade + 0.022 * fine + grain(0.006, 0.02)
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
                0.1, 0.5, PlaneNoise(seed: noise.seed &+ 8).fractal(upright, wavelength: 0.4, octaves: 5, footprint: footprint))
            let hue = PlaneNoise(seed: noise.seed &+ 6).fractal(upright, wavelength: 0.2, octaves: 3, footprint: footprint)
            let green = SIMD3<Float>(1.02 + 0.05 * hue, 1.04, 0.94 - 0.04 * hue)
            let bed = green + (SIMD3(1.1, 0.91, 0.95) - green) * (0.85 * earth)
            let clumps = noise.fractal(SIMD2(place.x, place.y * 0.6), wavelength: 0.07, octaves: 5, footprint: footprint, roughness: 0.8)
            return bed * (1 + 0.11 * mounds + 0.07 * clumps + (0.11 - 0.04 * earth) * shoots)
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
            return grey(1 + 0.016 * threads + 0.035 * creases + grain(0.01, 0.012))
        case .cloth: return cloth(place, footprint, noise)
        }
    }

    /// Cloth that is laid flat.
    private static let flat: Words = "linen, リネン" + fabrics

    /// What tells cloth that is draped from it.
    private static let folds: Words = """
        draped, drape, fold, folded, crumpled, wrinkled, creased, satin, silk, velvet, background,
        折りたた, ドレープ, しわ, シワ, 背景
        """

    static let words: [(material: SurfaceMaterial, words: Words)] = [
        (
            .gloss,
            "glossy, glossy floor, mirror, mirrored, reflective, acrylic, lacquer, 暗く光る床, 光沢, 鏡面, 鏡の, つや, ツヤ, 艶, アクリル"
        ),
        (.marble, "marble, carrara, calacatta, onyx, 大理石"), (.terrazzo, "terrazzo, テラゾー"),
        (.tile, "tile, tiled, zellige, mosaic, azulejo, checkerboard, chequerboard, タイル, モザイク, 市松"), (.brick, "brick, レンガ"),
        (.endGrain, "stump, log, 切り株, 丸太"),
        (
            .wood,
            """
            wood, wooden, plank, timber, oak, walnut, teak, birch, pine wood, cedar, mahogany, hardwood, parquet,
            driftwood, butcher block, panelled, paneled, panelling, pier, crate,
            木の, 木製, 木箱, 板壁, オーク, ウォールナット, 白木
            """
        ),
        (
            .stone,
            """
            stone, rock, rocky, travertine, concrete, cement, slate, plaster, granite, limestone, sandstone, asphalt,
            pavement, cobblestone, boulder,
            石, 岩, トラバーチン, コンクリート, スレート, 漆喰
            """
        ),
        (.snow, "snow, snowy, snowstorm, snowfield, frozen lake, ice rink, fresh powder, powder snow, 雪"),
        (.sand, "sand, sandy, beach, desert, dune, 砂, ビーチ"),
        (.water, "water, lake, puddle, 水面, 水の, 水辺, 水中, 水たまり"),
        (.moss, "moss, mossy, grass, grassy, lawn, meadow, field, pasture, forest, 苔, 草, 芝, 森, 畑"),
        (.linen, "linen table, linen surface, cloth table, tablecloth, placemat, rug, リネンのテーブル, リネンテーブル, ラグ, テーブルクロス"),
        (
            .cloth,
            "satin, silk, velvet, drapery, linen, cloth, fabric, draped, chiffon, knit, wool, blanket, サテン, シルク, リネン, 布, ベルベット"
        ),
        (.wood, "farmhouse, rustic"),
    ]
}

/// 0 up to `first`, 1 from `last` on, smooth between; `last` may be the smaller one.
func smooth(_ first: Float, _ last: Float, _ value: Float) -> Float {
    let part = min(max((value - first) / (abs(last - first) < 1e-6 ? 1e-6 : last - first), 0), 1)
    return part * part * (3 - 2 * part)
}
