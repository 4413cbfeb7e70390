import Foundation

/// Where props lie, stand and hang, by the way they are arranged.
extension SceneProps {
    /// What stands beside a product is about as large as a part of it, and never tiny.
    private var usualSize: Float { min(max(0.45 * foot.half, 0.06), 0.1) }

    /// How much larger than beside the product a thing is whose foot is in a row, and the width of its soft rim: the lens is focused on
    /// the product, and less sharp before and behind.
    private func seen(at row: Float) -> (scale: Float, blur: Float) {
        let away = (row - foot.row) / max(foot.row - farEdge, 0.1)
        return (max(1 + 0.35 * away, 0.5), 0.0015 + 0.018 * min(max(abs(away) - 0.2, 0), 1))
    }

    private func colour(_ kind: PropWords, _ chance: inout LayoutChance) -> SIMD3<Float> {
        PlantFigures.pick(kind.colours.isEmpty ? [tone] : kind.colours, &chance) * chance.next(in: 0.9...1.08)
    }

    /// In a loose group at one side, some behind the others; the last may lie at the other side.
    ///
    /// - Parameter asked: how many the words say, if they do: then all are in the picture
    mutating func lay(
        _ usual: Int, asked: Int?, _ kind: PropWords, size: Float, variety: Float, aside: Float, _ chance: inout LayoutChance
    ) {
        let count = asked ?? usual
        var laid: [PropFigure] = []
        var across = clear + 0.6 * usualSize
        for number in 0..<count {
            let isOpposite = number > 0 && number == count - 1 && chance.next(in: 0...1) < 0.4
            let row = foot.row - chance.next(in: -0.05...0.75) * (foot.row - farEdge) * 0.55
            let look = seen(at: row)
            let radius = usualSize * size * look.scale * chance.next(in: 1 - variety...1 + variety)
            if !isOpposite { across += radius * chance.next(in: 0.7...1.1) }
            var column = foot.column + (isOpposite ? -aside * (clear + 1.6 * radius) : aside * across)
            if asked != nil {
                // To the left and to the right by turns, at the picture's edge at most.
                let side = number % 2 == 0 ? aside : -aside
                let edge = max(aspect / 2 - 0.9 * radius, 0)
                column = min(max(foot.column + side * (clear + (1.1 + 1.9 * Float(number / 2)) * radius), -edge), edge)
            }
            laid.append(
                PropFigure(
                    shape: kind.shape, middle: SIMD2(column, row - 0.7 * radius), radius: radius, angle: chance.next(in: 0...6),
                    colour: colour(kind, &chance), seed: UInt32(chance.next(in: 0...1000)), blur: look.blur))
            if !isOpposite { across += 0.8 * radius }
        }
        laid.removeAll { isOnStand($0) }
        figures += laid.sorted { $0.middle.y + $0.radius < $1.middle.y + $1.radius }
    }

    mutating func scatter(_ count: Int, _ kind: PropWords, size: Float, _ chance: inout LayoutChance) {
        var laid: [PropFigure] = []
        let own = colour(kind, &chance)
        for number in 0..<count {
            let deep = min(foot.row - farEdge, 0.22)
            let row = chance.next(in: foot.row - 0.6 * deep...max(min(foot.row + 0.75 * deep, 0.97), foot.row))
            let look = seen(at: row)
            let radius = usualSize * size * look.scale * chance.next(in: 0.6...1.4)
            let away = chance.next(in: -1...1)
            // Nothing lies on the side of a stand.
            let across = foot.column + (clear > foot.half ? clear * (away < 0 ? -1 : 1) : 0) + away * max(2.2 * foot.half, 0.42 * aspect)
            laid.append(
                PropFigure(
                    shape: kind.shape, middle: SIMD2(across, row - 0.5 * radius), radius: radius, angle: chance.next(in: 0...6),
                    colour: (kind.isMixed ? colour(kind, &chance) : own) * chance.next(in: 0.88...1.1), seed: UInt32(number),
                    blur: look.blur))
        }
        laid.removeAll { isOnStand($0) }
        figures += laid.sorted { $0.middle.y < $1.middle.y }
    }

    /// Whether it would hang in the air before a stand: things lie on the ground.
    private func isOnStand(_ figure: PropFigure) -> Bool {
        let below = figure.middle.y + 0.8 * figure.radius
        return [-0.7, 0, 0.7].contains { map.hit(row: below, column: figure.middle.x + $0 * figure.radius).identity == .stand }
    }

    /// One panel that stands behind the product and reaches higher than wide things do.
    mutating func putBehind(_ kind: PropWords, _ chance: inout LayoutChance) {
        let row = foot.row - chance.next(in: 0.45...0.75) * (foot.row - farEdge)
        let radius = min(max(chance.next(in: 0.2...0.32), 1.15 * foot.half), 0.42)
        let column = foot.column + chance.next(in: -0.3...0.3) * radius
        var (shape, middle) = (kind.shape, SIMD2(column, row - chance.next(in: 0.7...1) * radius))
        if case .arch = shape {
            let straight = chance.next(in: 0.6...1.2)
            (shape, middle.y) = (.arch(straight: straight), row - straight * radius)
        }
        figures.append(
            PropFigure(
                shape: shape, middle: middle, radius: radius, angle: 0, colour: colour(kind, &chance), seed: 0, blur: seen(at: row).blur / 2
            ))
    }

    /// A bunch or two of dry grass behind the product, out of focus.
    mutating func stalks(_ kind: PropWords, aside: Float, _ chance: inout LayoutChance) {
        for side in chance.next(in: 0...1) < 0.5 ? [aside] : [aside, -aside] {
            let row = foot.row - chance.next(in: 0.1...0.45) * min(foot.row - farEdge, 0.36)
            let root = SIMD2(foot.column + side * (clear + chance.next(in: 0.03...0.16) * aspect), row)
            let (size, blur) = (chance.next(in: 0.3...0.46), seen(at: row).blur)
            plantBodies.append(PropSolid.Place(foot: root, half: SIMD3(0.16, 0.14, 0.4) * size, opacity: 0.6))
            for number in 0..<22 {
                let lean = chance.next(in: -0.45...0.45) + 0.12 * side
                let length = size * chance.next(in: 0.6...1.1)
                let heading = SIMD2(sin(lean), -cos(lean))
                // Every third stalk bears a plume.
                let isPlume = number % 3 == 0
                let own = colour(kind, &chance) * chance.next(in: 0.75...1.1)
                let start = root + SIMD2(0.12 * size * chance.next(in: -1...1), 0)
                figures.append(
                    PropFigure(
                        shape: .leaf(width: 0.03, bend: lean / 2), middle: start + heading * (length / 2), radius: length / 2,
                        angle: lean - .pi / 2, colour: own, seed: 0, blur: blur))
                guard isPlume else { continue }
                let plume = 0.32 * length
                figures.append(
                    PropFigure(
                        shape: .leaf(width: 0.24, bend: lean / 2), middle: start + heading * length, radius: plume / 2 + 0.02,
                        angle: lean - .pi / 2, colour: own * 1.1, seed: 0, blur: blur + 0.004))
            }
        }
    }

    /// One plant or two beside the product and behind it.
    mutating func stand(_ kind: PropWords, _ species: [PlantFigures.Species], aside: Float, _ chance: inout LayoutChance) {
        let count = chance.next(in: 0...1) < 0.45 ? 1 : 2
        for number in 0..<count {
            let side = number == 0 ? aside : -aside
            let row = foot.row - chance.next(in: 0.08...0.45) * min(foot.row - farEdge, 0.36)
            let look = seen(at: row)
            let column = foot.column + side * (clear + chance.next(in: 0.02...0.14) * aspect)
            let (root, size) = (SIMD2(column, row), chance.next(in: 0.2...0.34) * (number == 0 ? 1 : 0.75))
            figures += PlantFigures.plant(
                PlantFigures.pick(species, &chance), root: root, size: size, lean: 0.15 * side, colours: kind.colours,
                tone: chance.next(in: 0.85...1.05), blur: look.blur, &chance)
            plantBodies.append(PropSolid.Place(foot: root, half: SIMD3(0.28, 0.24, 0.42) * size, opacity: 0.6))
        }
    }

    /// A dark row of plants far behind, out of focus; before it some that grow at the sides and some that reach in from the upper corners.
    mutating func thicket(_ kind: PropWords, _ species: [PlantFigures.Species], _ chance: inout LayoutChance) {
        func plant(_ root: SIMD2<Float>, size: Float, lean: Float, tone: Float, blur: Float) -> [PropFigure] {
            PlantFigures.plant(
                PlantFigures.pick(species, &chance), root: root, size: size, lean: lean, colours: kind.colours, tone: tone, blur: blur,
                &chance)
        }
        let count = 7
        for number in 0..<count {
            let part = (Float(number) + chance.next(in: 0.2...0.8)) / Float(count) - 0.5
            // The product keeps some air around it.
            let isBehind = abs(part * aspect - foot.column) < 0.8 * foot.half
            guard chance.next(in: 0...1) < (isBehind ? 0.4 : 0.8) else { continue }
            figures += plant(
                SIMD2(part * aspect * 1.1, farEdge + 0.01), size: chance.next(in: 0.26...0.46) * (isBehind ? 0.6 : 1),
                lean: 0.6 * part + chance.next(in: -0.2...0.2), tone: 0.7, blur: 0.024)
        }
        for side: Float in [-1, 1] {
            if chance.next(in: 0...1) < 0.7 {
                // Down and inwards.
                let root = SIMD2(side * (aspect / 2 + 0.04), chance.next(in: -0.02...0.16))
                figures += plant(
                    root, size: chance.next(in: 0.32...0.5), lean: -side * (.pi / 2 + chance.next(in: 0.1...0.6)),
                    tone: chance.next(in: 0.8...0.95), blur: 0.014)
            }
            guard chance.next(in: 0...1) < 0.8 else { continue }
            let root = SIMD2(
                side * max(aspect * chance.next(in: 0.34...0.5), clear + 0.1), farEdge + chance.next(in: 0.15...0.5) * (foot.row - farEdge))
            let size = chance.next(in: 0.26...0.4)
            figures += plant(root, size: size, lean: 0.15 * side, tone: chance.next(in: 0.85...1.05), blur: 0.007)
            plantBodies.append(PropSolid.Place(foot: root, half: SIMD3(0.28, 0.24, 0.42) * size, opacity: 0.6))
        }
    }

    /// Blades of grass here and there, as they grow on moss.
    mutating func tufts(_ chance: inout LayoutChance) {
        for _ in 0..<Int(chance.next(in: 2...6)) {
            let row = farEdge + chance.next(in: 0.1...0.9) * (foot.row - farEdge)
            let away = chance.next(in: -1...1)
            let root = SIMD2(foot.column + (away < 0 ? -1 : 1) * (clear + 0.03) + away * 0.4 * aspect, row)
            let look = seen(at: row)
            figures += PlantFigures.plant(
                .grass, root: root, size: 0.14 * look.scale * chance.next(in: 0.6...1.3), lean: chance.next(in: -0.2...0.2),
                colours: [[104, 140, 74], [84, 122, 66], [128, 152, 88]], tone: chance.next(in: 0.8...1), blur: look.blur, &chance)
        }
    }

    /// A plant in a pot, far back at one side.
    mutating func pot(_ kind: PropWords, aside: Float, _ chance: inout LayoutChance) {
        let row = farEdge + chance.next(in: 0.1...0.35) * (foot.row - farEdge)
        let (column, radius) = (aside * aspect * chance.next(in: 0.3...0.44), chance.next(in: 0.055...0.08))
        let look = seen(at: row)
        let top = SIMD2(column, row - 1.3 * radius)
        figures += PlantFigures.plant(
            chance.next(in: 0...1) < 0.7 ? .broadLeaved : .grass, root: top, size: chance.next(in: 0.2...0.32), lean: 0,
            colours: kind.colours, tone: 0.95, blur: look.blur, &chance)
        figures.append(
            PropFigure(
                shape: .pot, middle: SIMD2(column, row - 0.72 * radius), radius: radius, angle: 0,
                colour: PlantFigures.pick([[232, 228, 220], [190, 122, 92], [120, 126, 124]], &chance), seed: 0, blur: look.blur))
    }

    /// Long fronds that reach in from an upper corner, before the lens and out of focus.
    mutating func palm(_ kind: PropWords, aside: Float, _ chance: inout LayoutChance) {
        for number in 0..<2 {
            let root = SIMD2(aside * (aspect / 2 + 0.06), 0.02 + 0.14 * Float(number))
            let angle = (aside < 0 ? 0.3 : .pi - 0.3) + aside * chance.next(in: -0.25...0.15)
            let own = colour(kind, &chance)
            figures += PlantFigures.frond(
                from: root, towards: angle, length: chance.next(in: 0.38...0.55), bend: -0.8 * aside, leaflet: 0.4, pairs: 16, width: 0.09
            ) { start, angle, length, width, bend in
                PropFigure(
                    shape: .leaf(width: width, bend: bend), middle: start + SIMD2(cos(angle), sin(angle)) * (length / 2),
                    radius: length / 2,
                    angle: angle, colour: own * chance.next(in: 0.8...1.1), seed: 0, blur: number == 0 ? 0.008 : 0.014)
            }
        }
    }

    /// Leaves or needles along a stem that bends down, in turn to its left and right.
    mutating func hang(
        _ count: Int, _ kind: PropWords, lengths: ClosedRange<Float>, width: Float, spread: Float, blur: Float, root: SIMD2<Float>,
        aside: Float, _ chance: inout LayoutChance
    ) {
        for number in 0..<count {
            let along = 0.05 + 0.3 * Float(number) / Float(count)
            let bend = 0.5 + 1.2 * along
            let stem = SIMD2(root.x - aside * along * cos(bend - 0.5), root.y + along * sin(bend))
            let turn = number % 2 == 0 ? spread : -spread
            let heading = atan2(sin(bend), -aside * cos(bend - 0.5)) + turn + chance.next(in: -0.3...0.3)
            let length = chance.next(in: lengths)
            figures.append(
                PropFigure(
                    shape: .leaf(width: width, bend: chance.next(in: -0.25...0.25)),
                    middle: stem + SIMD2(cos(heading), sin(heading)) * length, radius: length, angle: heading,
                    colour: colour(kind, &chance), seed: UInt32(number), blur: blur))
        }
    }
}
