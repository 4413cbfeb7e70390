import Foundation

/// What stands far behind the product, out of focus.
enum Scenery {
    /// A flat wall or paper.
    case plain
    /// A wall of some material.
    case wall(SurfaceMaterial)
    /// A kitchen's wall behind a counter with jars.
    case kitchen(SurfaceMaterial)
    /// Leaves and the sun between them; in a wood also trunks.
    case foliage(isWood: Bool)
    /// A field under a sky that the seed makes hazy or clear where the words do not call it blue.
    case meadow(isBlue: Bool)
    /// Lamps of a town, by night or by day as the colour has it.
    case lamps
    /// Walls in the sun, shrubs at their feet.
    case courtyard
    /// A hall with softboxes.
    case studio
    /// A sky, palest at the horizon.
    case sky(isEvening: Bool)
    /// The sea under a sky.
    case sea(isEvening: Bool)
    /// Conifers and snow; a haze of them where they are to be blurred.
    case pines(isBlurred: Bool)
    /// Ridges one behind the other, each paler in the haze.
    case mountains(isEvening: Bool)
    /// A room: window, furniture, lamp.
    case room
    /// Glowing tubes of one colour or two; of a form that the seed chooses where the words leave it open.
    case neon(SIMD3<Float>, SIMD3<Float>, NeonForm?)

    /// Whether it is so far away that the ground ends before it.
    var isFar: Bool {
        switch self {
        case .foliage, .meadow, .lamps, .courtyard, .sky, .sea, .pines, .mountains: true
        default: false
        }
    }

    /// The wall's colour at a place where a picture may hang: a sheet of one colour, with its shadow.
    static func framed(_ wall: SIMD3<Float>, at place: SIMD2<Float>, aspect: Float, floor: Float, blur: Float, seed: UInt32) -> SIMD3<Float>
    {
        let view = View(place: place, aspect: aspect, horizon: 0, floor: floor, blur: blur, soft: blur, noise: PlaneNoise(seed: seed))
        let (width, height) = (0.15 + 0.1 * view.chance(30), 0.14 + 0.12 * view.chance(31))
        let left = view.chance(32) < 0.5 ? aspect * (0.04 + 0.2 * view.chance(33)) : aspect * (0.96 - 0.2 * view.chance(33)) - width
        let top = floor - 0.16 - height - 0.1 * view.chance(34)
        var paint = Paint(wall)
        paint.colour *= 1 - 0.25 * view.box(left + 0.012...left + width + 0.016, top + 0.014...top + height + 0.02)
        let sheet = view.pick(sheets, 35)
        paint.put(sheet * (1 + 0.04 * view.other(36).value(place * 6)), view.box(left...left + width, top...top + height))
        return paint.colour
    }

    /// What the wall is made of, where one is all that is behind.
    var wall: SurfaceMaterial? {
        switch self {
        case .wall(let material), .kitchen(let material): material
        default: nil
        }
    }

    /// Its colour where the words name none.
    var usualColour: SIMD3<Float>? {
        switch self {
        case .plain, .wall, .neon: nil
        case .kitchen: SIMD3(212, 206, 196)
        case .foliage, .courtyard: SIMD3(140, 162, 114)
        case .meadow: SIMD3(158, 170, 138)
        case .lamps: SIMD3(46, 46, 62)
        case .studio: SIMD3(142, 148, 152)
        case .sky: SIMD3(164, 200, 226)
        case .sea: SIMD3(112, 178, 204)
        case .pines: SIMD3(122, 144, 130)
        case .mountains: SIMD3(132, 144, 156)
        case .room: SIMD3(168, 148, 130)
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
        case .plain, .wall:
            // Plaster and paper: broad clouds, and more light on one side.
            let clouds = view.noise.fractal(place, wavelength: 0.6, octaves: 3, footprint: blur, roughness: 0.6)
            let light = SIMD2(aspect * (0.15 + 0.7 * view.chance(1)), 0.1)
            return base * (0.97 + 0.03 * clouds + 0.07 * view.glow(light, 0.55))
        case .kitchen: return Self.kitchen(base, view)
        case .foliage(let isWood): return Self.foliage(base, view, isWood: isWood)
        case .meadow(let isBlue): return Self.meadow(base, view, isBlue: isBlue)
        case .lamps: return Self.lamps(base, view)
        case .courtyard: return Self.courtyard(base, view)
        case .studio: return Self.studio(base, view)
        case .sky(let isEvening): return Self.sky(isEvening ? Self.eveningSky : base, view, horizon: view.horizon)
        case .sea(let isEvening): return Self.sea(base, view, isEvening: isEvening)
        case .pines(let isBlurred): return isBlurred ? Self.blurredPines(base, view) : Self.pines(base, view)
        case .mountains(let isEvening): return Self.mountains(base, view, isEvening: isEvening)
        case .room: return Self.room(base, view)
        case .neon(let first, let second, let form): return Self.neon(base, first, second, form, view)
        }
    }

    /// Crowns of trees, the sky between them, more of it higher up; a wood has trunks.
    private static func foliage(_ base: SIMD3<Float>, _ view: View, isWood: Bool) -> SIMD3<Float> {
        let masses = view.noise.fractal(view.place, wavelength: 0.42, octaves: 4, footprint: view.soft, roughness: 0.6)
        let hue = view.other(3).value(view.place * 3.1)
        let other = view.other(4).fractal(view.place, wavelength: 0.6, octaves: 3, footprint: view.soft)
        var paint = Paint(base * SIMD3(1.02 + 0.2 * hue, 1.04, 0.9 - 0.22 * hue) * (0.9 + 0.32 * masses))
        let open = masses + 0.6 * other - 1.6 * (view.place.y - 0.12)
        let gaps = smooth(-0.25, 0.6, open)
        paint.put(base * SIMD3(0.62, 0.66, 0.6), 0.35 * smooth(0.1, 0.8, -masses) * (1 - gaps))
        paint.put([236, 240, 226], 0.85 * gaps)
        if isWood {
            for number in 0..<5 {
                let number = Int32(number)
                let half = 0.012 + 0.03 * view.chance(20 + number)
                let lean = 0.12 * (view.chance(30 + number) - 0.5)
                let middle = view.aspect * (Float(number) + view.chance(40 + number)) / 5 + lean * (view.place.y - 0.3)
                let trunk = 1 - smooth(half - view.soft, half + view.soft, abs(view.place.x - middle))
                paint.put(base * SIMD3(0.62, 0.55, 0.52), trunk * (0.45 + 0.2 * view.chance(50 + number)))
            }
        }
        let sun = discs(view.place, size: 0.12, share: 0.3, soft: view.soft * 0.3, view.noise)
        let light = base * 0.4 + SIMD3(160, 160, 126)
        paint.put(light, min(0.4 * sun * smooth(-0.5, 0.4, open), 0.6))
        // Air between here and there.
        return paint.colour * 0.9 + 22
    }

    /// A field in the low sun: haze above, a row of trees at the horizon.
    private static func meadow(_ base: SIMD3<Float>, _ view: View, isBlue: Bool) -> SIMD3<Float> {
        let far = view.horizon + 0.02
        let haze: SIMD3<Float>
        let zenith: SIMD3<Float>
        if isBlue {
            (haze, zenith) = ([204, 220, 234], [118, 168, 222])
        } else if view.chance(3) < 0.5 {
            (haze, zenith) = ([226, 226, 216], [172, 198, 226])
        } else {
            (haze, zenith) = ([244, 222, 186], [228, 214, 196])
        }
        var paint = Paint(haze + (zenith - haze) * smooth(far, far - 0.5, view.place.y))
        let sun = SIMD2(view.aspect * (0.1 + 0.8 * view.chance(4)), far - 0.1)
        paint.colour += SIMD3(48, 38, 16) * ((isBlue ? 0.4 : 1) * view.glow(sun, 0.28))
        let crowns = view.noise.fractal(SIMD2(view.place.x, 0.3 * view.place.y), wavelength: 0.34, octaves: 3, footprint: view.soft)
        let top = far - 0.06 - 0.09 * crowns
        let trees = base * view.pick(crownTones, 5)
        paint.put(
            trees * (1 + 0.12 * view.other(6).fractal(view.place, wavelength: 0.14, octaves: 2, footprint: view.soft)),
            0.86 * smooth(top - view.soft, top + view.soft, view.place.y))
        let field =
            base * SIMD3(1.1, 1.04, 0.84)
            * (1 + 0.06
                * view.other(8).fractal(
                    SIMD2(view.place.x, 5 * view.place.y), wavelength: 0.3, octaves: 2, footprint: view.soft))
        paint.put(field, smooth(far - view.soft / 2, far + view.soft, view.place.y))
        return paint.colour
    }

    /// Lamps of many colours far behind, each a disc as wide as the lens is open.
    private static func lamps(_ base: SIMD3<Float>, _ view: View) -> SIMD3<Float> {
        let dark = base * (0.7 + 0.3 * view.noise.fractal(view.place, wavelength: 0.5, octaves: 2, footprint: view.soft))
        let height = min(max(view.horizon - 0.14 + 0.16 * view.chance(1), 0.25 * view.floor), max(0.75 * view.floor, 0.05))
        let band = exp(-(view.place.y - height) * (view.place.y - height) / 0.035)
        var light = SIMD3<Float>.zero
        for (size, number, strength) in lampSizes {
            let noise = view.other(number)
            eachDisc(view.place, size: size, share: 0.55, soft: 0.008, noise) { column, row, cover in
                // Neighbours are of one colour: a window's, a street's.
                let choice = noise.chance((column >> 1) &+ 13, (row >> 1) &+ 17)
                light += lampColours[min(Int(choice * Float(lampColours.count)), lampColours.count - 1)] * (strength * cover * band)
            }
        }
        let open = (1 - light / 255).clamped(lowerBound: .zero, upperBound: SIMD3(repeating: 1))
        return 255 - (255 - dark) * open
    }

    private static let lampSizes: [(size: Float, number: UInt32, strength: Float)] = [(0.2, 0, 1.2), (0.11, 5, 0.8)]
    private static let lampColours: [SIMD3<Float>] = [
        [255, 206, 130], [255, 170, 104], [255, 236, 196], [255, 128, 150], [126, 222, 196], [196, 214, 255],
    ]

    /// How much of a place clouds hide, 0...1: flat heaps.
    private static func clouds(_ view: View, wavelength: Float) -> Float {
        let flat = SIMD2(view.place.x, view.place.y * 2.5)
        return smooth(0, 0.7, view.noise.fractal(flat, wavelength: wavelength, octaves: 4, footprint: view.soft))
    }

    /// Deep above, pale in the haze at the horizon.
    static func sky(_ base: SIMD3<Float>, _ view: View, horizon: Float) -> SIMD3<Float> {
        let haze = base * 0.55 + SIMD3(112, 110, 106)
        let air = base * 0.84 + (haze - base * 0.84) * smooth(0, 1.4 * max(horizon, 0.15), view.place.y)
        return air + (haze + 22 - air) * (0.6 * clouds(view, wavelength: 0.6))
    }

    static let eveningSky: SIMD3<Float> = [226, 174, 142]

    private static func sea(_ colour: SIMD3<Float>, _ view: View, isEvening: Bool) -> SIMD3<Float> {
        let far = view.horizon + 0.02
        let air = sky(isEvening ? eveningSky : SIMD3(164, 200, 230), view, horizon: far)
        // Water mirrors its sky.
        // A beach is not of its sea's colour.
        let own = colour.z > colour.x ? colour : SIMD3(112, 178, 204)
        let base = isEvening ? own * 0.5 + eveningSky * 0.4 : own
        let below = smooth(far - view.soft / 2, far + view.soft / 2, view.place.y)
        guard below > 0 else { return air }
        // Darker far out, bright over the shallows.
        let near = smooth(far, far + 0.14, view.place.y)
        let waves = view.noise.fractal(SIMD2(view.place.x, view.place.y * 7), wavelength: 0.3, octaves: 3, footprint: view.soft * 0.5)
        let water = base * (SIMD3(0.62, 0.8, 0.88) * (1 - near) + SIMD3(1.04, 1.1, 1.04) * near) * (1 + 0.09 * waves)
        let glints = discs(SIMD2(view.place.x, view.place.y * 3), size: 0.08, share: 0.3, soft: 0.02, view.other(23))
        return air + (water + SIMD3(30, 30, 28) * glints - air) * below
    }

    /// Circles of light out of focus, a lattice cell each: 0 between them, up to about 1 inside.
    private static func discs(_ place: SIMD2<Float>, size: Float, share: Float, soft: Float, _ noise: PlaneNoise) -> Float {
        var sum: Float = 0
        eachDisc(place, size: size, share: share, soft: soft, noise) { _, _, cover in sum += cover }
        return min(sum, 1.2)
    }

    /// Those of them that reach a place, by their lattice cells, and how bright they are there.
    private static func eachDisc(
        _ place: SIMD2<Float>, size: Float, share: Float, soft: Float, _ noise: PlaneNoise,
        _ body: (_ column: Int32, _ row: Int32, _ cover: Float) -> Void
    ) {
        let cell = (place / size).rounded(.down)
        for y in -1...1 {
            for x in -1...1 {
                let (column, row) = (Int32(cell.x) &+ Int32(x), Int32(cell.y) &+ Int32(y))
                guard noise.chance(column, row &+ 77) < share else { continue }
                let middle = SIMD2(Float(column) + noise.chance(column, row), Float(row) + noise.chance(column &+ 51, row)) * size
                let away = place - middle
                let distance = (away.x * away.x + away.y * away.y).squareRoot()
                let radius = size * (0.22 + 0.4 * noise.chance(column, row &+ 31))
                let rim = 0.75 + 0.25 * smooth(0.6 * radius, radius, distance)
                body(
                    column, row, (0.35 + 0.65 * noise.chance(column &+ 9, row)) * rim * (1 - smooth(radius - soft, radius + soft, distance))
                )
            }
        }
    }

    private static let sheets: [SIMD3<Float>] = [
        [226, 196, 92], [120, 84, 156], [176, 204, 222], [222, 150, 168], [226, 222, 214], [96, 140, 132],
    ]
    private static let crownTones: [SIMD3<Float>] = [[0.76, 0.82, 0.66], [0.98, 0.78, 0.56], [0.7, 0.76, 0.72]]
}
