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
        // A plant has leaves of one kind of green, each turned to the light another way; those behind, painted first, are in the others' shade.
        let own = pick(colours, &chance) * tone
        var shade: Float = 1
        func leaf(from start: SIMD2<Float>, towards angle: Float, length: Float, width: Float, bend: Float) -> PropFigure {
            let heading = SIMD2(cos(angle), sin(angle))
            return PropFigure(
                shape: .leaf(width: width, bend: bend), middle: start + heading * (length / 2), radius: length / 2, angle: angle,
                colour: own * (shade * chance.next(in: 0.82...1.12)) * SIMD3(1, 1, chance.next(in: 0.85...1.1)), seed: 0, blur: blur)
        }
        let upright = -Float.pi / 2 + lean
        func all(_ count: Int, _ figures: (_ number: Int, _ aside: Float) -> [PropFigure]) -> [PropFigure] {
            (0..<count).flatMap { number in
                shade = 0.6 + 0.48 * Float(number) / Float(count)
                return figures(number, number % 2 == 0 ? 1 : -1)
            }
        }
        switch species {
        case .broadLeaved:
            // The outer ones, which hang, come last.
            return all(13) { number, aside in
                let angle = upright + aside * (0.1 + 0.105 * Float(number)) + chance.next(in: -0.14...0.14)
                return [
                    leaf(
                        from: root, towards: angle, length: size * chance.next(in: 0.7...1.05) * (1 - 0.025 * Float(number)),
                        width: chance.next(in: 0.22...0.36), bend: aside * chance.next(in: 0.1...0.4))
                ]
            }
        case .grass:
            return all(26) { _, _ in
                let aside = chance.next(in: -1...1)
                return [
                    leaf(
                        from: root + SIMD2(0.18 * size * chance.next(in: -1...1), 0.02 * size * aside), towards: upright + 0.5 * aside,
                        length: size * chance.next(in: 0.5...1.1), width: chance.next(in: 0.04...0.07), bend: 0.5 * aside)
                ]
            }
        case .fern:
            return all(6) { number, aside in
                let angle = upright + aside * (0.12 + 0.2 * Float(number)) + chance.next(in: -0.12...0.12)
                return frond(
                    from: root, towards: angle, length: size * chance.next(in: 0.8...1.15), bend: 0.7 * aside, leaflet: 0.34, pairs: 10,
                    width: 0.22, leaf)
            }
        case .herb:
            return all(9) { number, aside in
                let angle = upright + aside * 0.09 * Float(number) + chance.next(in: -0.1...0.1)
                return frond(
                    from: root + SIMD2(0.02 * size * aside * Float(number), 0), towards: angle, length: size * chance.next(in: 0.5...0.95),
                    bend: 0.3 * aside, leaflet: 0.27, pairs: 5, width: 0.5, leaf)
            }
        case .vine:
            return all(5) { number, aside in
                let angle = upright + aside * (0.1 + 0.18 * Float(number)) + chance.next(in: -0.12...0.12)
                return frond(
                    from: root, towards: angle, length: size * chance.next(in: 0.75...1.15), bend: 0.8 * aside, leaflet: 0.3, pairs: 7,
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
