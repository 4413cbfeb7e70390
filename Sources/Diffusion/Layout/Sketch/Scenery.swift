import Foundation

/// What stands far behind the product, out of focus.
enum Scenery {
    /// A flat wall or paper.
    case plain
    /// A wall of some material.
    case wall(SurfaceMaterial)
    /// A kitchen's wall behind a counter with jars.
    case kitchen(SurfaceMaterial)
    /// Leaves and the sun between them.
    case foliage
    /// Lamps at night.
    case lamps
    /// A sky, palest at the horizon.
    case sky(isEvening: Bool)
    /// The sea under a sky.
    case sea(isEvening: Bool)
    /// Trunks and snow.
    case pines
    /// A room: window, furniture, lamp.
    case room
    /// Glowing tubes of one colour or two.
    case neon(SIMD3<Float>, SIMD3<Float>)

    /// The scenery that the phrases of a backdrop speak of.
    init(_ clauses: PromptClauses) {
        let phrases = clauses.backdrop.joined(separator: " ")
        func says(_ words: [String]) -> Bool { PromptClauses.says(phrases, words) }
        let isEvening = says(["sunset", "dusk", "sunrise", "dawn", "夕焼け", "夕日", "夕暮れ", "朝日", "朝焼け"])
        if says(["neon", "ネオン"]) || clauses.light.contains(where: { PromptClauses.says($0, ["neon", "ネオン"]) }) {
            let named = (clauses.backdrop + clauses.light).joined(separator: " ")
            let found = Self.tubes.filter { PromptClauses.says(named, $0.words) }.map(\.colour)
            self = .neon(found.first ?? Self.tubes[0].colour, found.dropFirst().first ?? found.first ?? Self.tubes[1].colour)
        } else if says(["night", "city", "street", "夜", "夜景", "街"]) {
            self = .lamps
        } else if says(["sea", "ocean", "海"]) {
            self = .sea(isEvening: isEvening)
        } else if says(["pine", "winter", "松", "冬"]) {
            self = .pines
        } else if says(Self.greenery) {
            self = .foliage
        } else if isEvening || says(["sky", "空"]) {
            self = .sky(isEvening: isEvening)
        } else if let material = clauses.backdrop.compactMap({ SurfaceMaterial($0) }).first {
            self = says(Self.kitchens) ? .kitchen(material) : .wall(material)
        } else if says(Self.kitchens), says(["wall", "壁"]) {
            self = .kitchen(.plain)
        } else if says(["room", "interior", "cafe", "リビング", "部屋", "室内", "カフェ"] + Self.kitchens) {
            self = .room
        } else if says(["bokeh", "blurred", "ぼけ"]) {
            self = .foliage
        } else {
            self = .plain
        }
    }

    /// What the wall is made of, where one is all that is behind.
    var wall: SurfaceMaterial? {
        switch self {
        case .wall(let material), .kitchen(let material): material
        default: nil
        }
    }

    /// The colour at a place of the picture.
    ///
    /// - Parameters:
    ///   - base: what the words or the reference say its colour is
    ///   - place: across and down from the picture's upper left corner, in heights of the picture
    ///   - aspect: the picture's width in heights
    ///   - horizon: its row
    ///   - floor: the row where it stands on the ground
    ///   - blur: the width of the circle of confusion there, in heights
    func colour(
        _ base: SIMD3<Float>, at place: SIMD2<Float>, aspect: Float, horizon: Float, floor: Float, blur: Float, seed: UInt32
    ) -> SIMD3<Float> {
        let view = View(
            place: place, aspect: aspect, horizon: horizon, floor: floor, blur: blur, soft: max(blur, 0.02), noise: PlaneNoise(seed: seed))
        switch self {
        case .plain, .wall: return base * (1 + 0.02 * view.noise.fractal(place, wavelength: 0.7, octaves: 2, footprint: blur))
        case .kitchen: return Self.kitchen(base, view)
        case .foliage: return Self.foliage(base, view)
        case .lamps: return Self.lamps(base, view)
        case .sky(let isEvening): return Self.sky(isEvening ? Self.eveningSky : base, view, horizon: view.horizon)
        case .sea(let isEvening): return Self.sea(base, view, isEvening: isEvening)
        case .pines: return Self.pines(base, view)
        case .room: return Self.room(base, view)
        case .neon(let first, let second): return Self.neon(base, first, second, view)
        }
    }

    /// Where in the picture a colour is asked for.
    private struct View {
        let place: SIMD2<Float>
        let aspect: Float
        let horizon: Float
        let floor: Float
        let blur: Float
        /// At least the blur of a thing that stands behind a product.
        let soft: Float
        let noise: PlaneNoise

        func other(_ number: UInt32) -> PlaneNoise { PlaneNoise(seed: noise.seed &+ number) }
    }

    private static func foliage(_ base: SIMD3<Float>, _ view: View) -> SIMD3<Float> {
        let masses = view.noise.fractal(view.place, wavelength: 0.42, octaves: 3, footprint: view.soft, roughness: 0.6)
        let hue = view.other(3).value(view.place * 3.1)
        let other = view.other(4).fractal(view.place, wavelength: 0.6, octaves: 2, footprint: view.soft)
        // The sky shows between the leaves, more of it higher up.
        let gaps = smooth(-0.1, 0.75, masses + 0.55 * other - view.place.y)
        var leaves = base * SIMD3(1 + 0.16 * hue, 1, 1 - 0.2 * hue) * (0.9 + 0.3 * masses)
        leaves += (SIMD3(214, 222, 200) - leaves) * (0.6 * gaps)
        let sun = discs(view.place, size: 0.13, share: 0.35, soft: view.soft * 0.25, view.noise)
        let small = discs(view.place + 3.7, size: 0.06, share: 0.3, soft: view.soft * 0.25, view.other(17))
        let light = base * 0.45 + SIMD3(150, 146, 112)
        return leaves + (light - leaves) * min(0.42 * sun * max(0, 0.6 + masses) + 0.25 * small, 0.7)
    }

    private static func lamps(_ base: SIMD3<Float>, _ view: View) -> SIMD3<Float> {
        let dark = base * (0.75 + 0.25 * view.noise.fractal(view.place, wavelength: 0.5, octaves: 2, footprint: view.soft))
        let warm: SIMD3<Float> = [255, 196, 120]
        let cool: SIMD3<Float> = [196, 214, 255]
        let band = 1 - smooth(0.05, 0.5, abs(view.place.y - 0.3))
        let large = discs(view.place, size: 0.17, share: 0.5, soft: 0.008, view.noise) * band
        let small = discs(view.place + 1.3, size: 0.085, share: 0.4, soft: 0.006, view.other(5)) * band
        return dark + (warm - dark) * min(0.55 * large, 0.8) + (cool - dark) * min(0.3 * small, 0.5)
    }

    /// How much of a place clouds hide, 0...1: flat heaps.
    private static func clouds(_ view: View, wavelength: Float) -> Float {
        let flat = SIMD2(view.place.x, view.place.y * 2.5)
        return smooth(0, 0.7, view.noise.fractal(flat, wavelength: wavelength, octaves: 4, footprint: view.soft))
    }

    /// Deep above, pale in the haze at the horizon.
    private static func sky(_ base: SIMD3<Float>, _ view: View, horizon: Float) -> SIMD3<Float> {
        let down = min(max(view.place.y / max(horizon, 0.15), 0), 1)
        let haze = base * 0.55 + SIMD3(112, 110, 106)
        let air = base * 0.84 + (haze - base * 0.84) * (down * down)
        return air + (haze + 22 - air) * (0.6 * clouds(view, wavelength: 0.6))
    }

    private static let eveningSky: SIMD3<Float> = [236, 170, 124]

    private static func sea(_ colour: SIMD3<Float>, _ view: View, isEvening: Bool) -> SIMD3<Float> {
        let far = view.horizon + 0.02
        let air = sky(isEvening ? eveningSky : SIMD3(140, 190, 230), view, horizon: far)
        // Water mirrors its sky.
        let base = isEvening ? colour * 0.5 + eveningSky * 0.4 : colour
        let below = smooth(far - view.soft / 2, far + view.soft / 2, view.place.y)
        guard below > 0 else { return air }
        // Darker far out, bright over the shallows.
        let near = smooth(far, far + 0.14, view.place.y)
        let waves = view.noise.fractal(SIMD2(view.place.x, view.place.y * 7), wavelength: 0.3, octaves: 3, footprint: view.soft * 0.5)
        let water = base * (SIMD3(0.62, 0.8, 0.88) * (1 - near) + SIMD3(1.04, 1.1, 1.04) * near) * (1 + 0.09 * waves)
        let glints = discs(SIMD2(view.place.x, view.place.y * 3), size: 0.08, share: 0.3, soft: 0.02, view.other(23))
        return air + (water + SIMD3(30, 30, 28) * glints - air) * below
    }

    private static func pines(_ base: SIMD3<Float>, _ view: View) -> SIMD3<Float> {
        let upright = SIMD2(view.place.x * 2.6, view.place.y * 0.5)
        let trees = view.noise.fractal(upright, wavelength: 0.3, octaves: 3, footprint: view.soft)
        let wood = base * SIMD3(0.6, 0.66, 0.7) * (1 + 0.24 * trees)
        let snow = smooth(view.horizon - 0.06, view.horizon + 0.14, view.place.y)
        let flakes = discs(view.place, size: 0.1, share: 0.25, soft: 0.012, view.noise)
        return wood + (SIMD3(238, 241, 246) - wood) * (0.75 * snow) + SIMD3(repeating: 26) * flakes
    }

    /// A bright window with curtains at one side, a picture on the wall, furniture with a plant and a lamp above it at the other.
    private static func room(_ base: SIMD3<Float>, _ view: View) -> SIMD3<Float> {
        let isMirrored = view.noise.chance(1, 1) < 0.5
        let across = (isMirrored ? view.aspect - view.place.x : view.place.x) / view.aspect
        // A camera that looks down at its table sees the room behind all the same.
        let down = view.place.y - max(view.horizon, 0.15)
        func between(_ left: Float, _ right: Float) -> Float {
            smooth(left, left + view.soft, across) * (1 - smooth(right, right + view.soft, across))
        }
        func round(_ column: Float, _ row: Float, _ radius: Float) -> Float {
            let away = SIMD2((across - column) * view.aspect, down - row)
            return exp(-(away.x * away.x + away.y * away.y) / (radius * radius))
        }
        let tone = 1 + 0.06 * view.noise.fractal(view.place, wavelength: 0.6, octaves: 2, footprint: view.soft)
        // Light falls into the room from the window.
        var colour = base * tone * (0.92 - 0.2 * across)
        func paint(_ other: SIMD3<Float>, _ share: Float) { colour += (other - colour) * share }
        let window = between(0.06, 0.3) * (1 - smooth(0.04, 0.1, down))
        let bar = 1 - 0.45 * (smooth(0.165, 0.175, across) - smooth(0.185, 0.195, across))
        paint([250, 250, 246], 0.85 * window * bar)
        let folds = 0.9 + 0.1 * view.other(7).value(SIMD2(across * 40, 0.5))
        paint(base * folds + 24, 0.7 * (between(-0.2, 0.07) + between(0.28, 0.35)) * (1 - smooth(0.16, 0.2, down)))
        let frame = between(0.43, 0.54) * (1 - smooth(0.02, 0.02 + view.soft, down))
        paint(base * SIMD3(0.72, 0.68, 0.64), 0.6 * frame)
        let furniture = between(0.6, 0.98) * smooth(0.04, 0.04 + view.soft, down)
        let doors = 1 - 0.12 * (smooth(0.785, 0.79, across) - smooth(0.795, 0.8, across))
        paint(base * SIMD3(0.62, 0.53, 0.46) * doors * tone, 0.85 * furniture)
        let leaves = 0.6 + 0.8 * view.other(11).fractal(view.place, wavelength: 0.09, octaves: 2, footprint: view.soft)
        let plant = max(round(0.68, -0.03, 0.085), round(0.72, -0.09, 0.06), round(0.645, -0.08, 0.05))
        paint(SIMD3(96, 124, 82) * (0.75 + 0.35 * leaves), min(1.3 * plant * leaves, 0.85))
        paint(base * SIMD3(0.9, 0.86, 0.82) + 14, 0.8 * between(0.655, 0.705) * smooth(0, 0.01, down) * (1 - smooth(0.045, 0.06, down)))
        paint([255, 228, 184], 0.75 * round(0.86, -0.06, 0.09))
        return colour
    }

    /// Jars and boxes on the far end of the counter.
    private static func kitchen(_ base: SIMD3<Float>, _ view: View) -> SIMD3<Float> {
        var colour = base
        for jar in 0..<4 {
            let index = Int32(jar)
            func chance(_ number: Int32) -> Float { view.noise.chance(index, number) }
            let half = 0.03 + 0.04 * chance(21)
            let top = view.floor - 0.07 - 0.12 * chance(22)
            let across = (view.place.x - view.aspect * (0.08 + 0.22 * Float(jar) + 0.16 * chance(23))) / half
            let soft = view.soft / half
            let inside =
                (1 - smooth(1 - soft / 2, 1 + soft / 2, abs(across))) * smooth(top - view.soft / 2, top + view.soft / 2, view.place.y)
            let round = 1 - 0.14 * across * across + 0.05 * across
            colour += (jars[Int(chance(24) * 4.999)] * round - colour) * (0.9 * inside)
        }
        return colour
    }

    private static func neon(
        _ base: SIMD3<Float>, _ first: SIMD3<Float>, _ second: SIMD3<Float>, _ view: View
    ) -> SIMD3<Float> {
        var light = SIMD3<Float>.zero
        let reach = 1 - smooth(view.horizon + 0.06, view.horizon + 0.3, view.place.y)
        for tube in 0..<5 {
            let index = Int32(tube)
            let middle = view.aspect * (0.08 + 0.2 * Float(tube) + 0.1 * view.noise.chance(index, 2))
            let lean = 0.3 * (view.noise.chance(index, 3) - 0.5)
            let along = view.place.x - middle - lean * (view.place.y - 0.3)
            let colour = tube % 2 == 0 ? first : second
            let core = exp(-along * along / 0.00012)
            let glow = exp(-abs(along) / 0.075)
            light += (colour * (0.42 * glow) + (colour * 0.55 + 115) * core) * reach
        }
        return base * 0.28 + light
    }

    /// Circles of light out of focus, a lattice cell each: 0 between them, up to about 1 inside.
    private static func discs(_ place: SIMD2<Float>, size: Float, share: Float, soft: Float, _ noise: PlaneNoise) -> Float {
        let cell = (place / size).rounded(.down)
        var sum: Float = 0
        for y in -1...1 {
            for x in -1...1 {
                let (column, row) = (Int32(cell.x) &+ Int32(x), Int32(cell.y) &+ Int32(y))
                guard noise.chance(column, row &+ 77) < share else { continue }
                let middle = SIMD2(Float(column) + noise.chance(column, row), Float(row) + noise.chance(column &+ 51, row)) * size
                let away = place - middle
                let distance = (away.x * away.x + away.y * away.y).squareRoot()
                let radius = size * (0.22 + 0.4 * noise.chance(column, row &+ 31))
                let rim = 0.75 + 0.25 * smooth(0.6 * radius, radius, distance)
                sum += (0.35 + 0.65 * noise.chance(column &+ 9, row)) * rim * (1 - smooth(radius - soft, radius + soft, distance))
            }
        }
        return min(sum, 1.2)
    }

    private static let greenery = [
        "forest", "garden", "courtyard", "jungle", "meadow", "leaf", "leave", "foliage", "botanical", "森", "庭", "葉", "熱帯", "草原",
    ]
    private static let kitchens = ["kitchen", "キッチン", "台所"]
    private static let jars: [SIMD3<Float>] = [[222, 210, 186], [186, 122, 92], [206, 190, 168], [120, 138, 104], [150, 116, 84]]
    private static let tubes: [(words: [String], colour: SIMD3<Float>)] = [
        (["pink", "magenta", "ピンク"], [255, 64, 168]), (["blue", "青"], [52, 120, 255]), (["purple", "violet", "紫"], [164, 60, 255]),
        (["green", "緑"], [60, 255, 140]), (["red", "赤"], [255, 58, 58]), (["orange", "オレンジ"], [255, 140, 50]),
        (["teal", "cyan", "turquoise", "ターコイズ"], [40, 226, 240]), (["yellow", "黄"], [255, 220, 80]),
    ]
}
