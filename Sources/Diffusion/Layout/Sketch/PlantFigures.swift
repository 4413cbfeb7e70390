import Foundation

/// Plants as they stand beside products: leaves, blades or fronds from one root. Lengths are heights of the canvas.
enum PlantFigures {
    enum Species { case broadLeaved, grass, fern, vine, herb }

    /// - Parameters:
    ///   - root: where it grows, across from the canvas's middle and down
    ///   - size: how high it reaches
    ///   - lean: how far its middle leans across, in radians from upright
    ///   - tone: factor of the colours; what stands further back has less light
    static func plant(
        _ species: Species, root: SIMD2<Float>, size: Float, lean: Float, colours: [SIMD3<Float>], tone: Float, blur: Float,
        _ chance: inout LayoutChance
    ) -> [PropFigure] {
        // A plant has leaves of one kind of green, each turned to the light another way.
        let own = pick(colours, &chance) * tone
        func leaf(from start: SIMD2<Float>, towards angle: Float, length: Float, width: Float, bend: Float) -> PropFigure {
            let heading = SIMD2(cos(angle), sin(angle))
            return PropFigure(
                shape: .leaf(width: width, bend: bend), middle: start + heading * (length / 2), radius: length / 2, angle: angle,
                colour: own * chance.next(in: 0.78...1.14) * SIMD3(1, 1, chance.next(in: 0.85...1.1)), seed: 0, blur: blur)
        }
        let upright = -Float.pi / 2 + lean
        switch species {
        case .broadLeaved:
            // Those behind are painted first: the outer ones, which hang, come last.
            return (0..<9).map { number in
                let aside: Float = number % 2 == 0 ? 1 : -1
                let spread = 0.12 + 0.15 * Float(number)
                let angle = upright + aside * spread + chance.next(in: -0.12...0.12)
                return leaf(
                    from: root, towards: angle, length: size * chance.next(in: 0.78...1.05) * (1 - 0.03 * Float(number)),
                    width: chance.next(in: 0.24...0.36), bend: aside * chance.next(in: 0.1...0.4))
            }
        case .grass:
            return (0..<20).map { _ in
                let aside = chance.next(in: -1...1)
                return leaf(
                    from: root + SIMD2(0.16 * size * chance.next(in: -1...1), 0.02 * size * aside), towards: upright + 0.5 * aside,
                    length: size * chance.next(in: 0.55...1.1), width: chance.next(in: 0.04...0.07), bend: 0.5 * aside)
            }
        case .fern:
            return (0..<3).flatMap { number -> [PropFigure] in
                let aside: Float = number % 2 == 0 ? 1 : -1
                let angle = upright + aside * (0.25 + 0.3 * Float(number / 2)) + chance.next(in: -0.15...0.15)
                return frond(
                    from: root, towards: angle, length: size * chance.next(in: 0.85...1.15), bend: 0.7 * aside, leaflet: 0.34, pairs: 10,
                    width: 0.22,
                    leaf)
            }
        case .herb:
            return (0..<6).flatMap { number -> [PropFigure] in
                let aside = (Float(number) - 2.5) / 2.5 * (number % 2 == 0 ? 1 : -1)
                let angle = upright + 0.55 * aside + chance.next(in: -0.1...0.1)
                return frond(
                    from: root + SIMD2(0.1 * size * aside, 0), towards: angle, length: size * chance.next(in: 0.55...0.95),
                    bend: 0.3 * aside,
                    leaflet: 0.27, pairs: 5, width: 0.5, leaf)
            }
        case .vine:
            return (0..<3).flatMap { number -> [PropFigure] in
                let aside: Float = number % 2 == 0 ? 1 : -1
                let angle = upright + aside * chance.next(in: 0.1...0.6)
                return frond(
                    from: root, towards: angle, length: size * chance.next(in: 0.8...1.2), bend: 0.8 * aside, leaflet: 0.3, pairs: 7,
                    width: 0.42, leaf)
            }
        }
    }

    /// Leaflets in pairs along a stem that bends, smaller towards its tip.
    static func frond(
        from root: SIMD2<Float>, towards angle: Float, length: Float, bend: Float, leaflet: Float, pairs: Int, width: Float = 0.16,
        _ leaf: (SIMD2<Float>, Float, Float, Float, Float) -> PropFigure
    ) -> [PropFigure] {
        var (place, figures) = (root, [PropFigure]())
        for pair in 0..<pairs {
            let part = Float(pair) / Float(pairs)
            let heading = angle + bend * part * part
            place += SIMD2(cos(heading), sin(heading)) * (length / Float(pairs))
            let size = length * leaflet * (1.1 - part) * (0.5 + min(3 * part, 0.5))
            figures.append(leaf(place, heading, 1.4 * length / Float(pairs), 0.07 * (1.2 - part), 0))
            for side: Float in [-1, 1] { figures.append(leaf(place, heading + side * (1.15 - 0.5 * part), size, width, 0.15 * side)) }
        }
        return figures
    }

    static func pick<Choice>(_ choices: [Choice], _ chance: inout LayoutChance) -> Choice {
        choices[min(Int(chance.next(in: 0...Float(choices.count))), choices.count - 1)]
    }
}
