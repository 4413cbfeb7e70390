import Foundation

/// The props of a prompt in their places around the product.
struct SceneProps {
    /// From the back to the front.
    var figures: [PropFigure] = []
    /// Those of them that cast shadows on the ground.
    private(set) var solids: [PropSolid] = []
    /// What plants stand there with: their leaves are figures of their own and have none.
    var plantBodies: [PropSolid.Place] = []
    /// Towards the main light: to the right, up, and to the camera.
    private let light: SIMD3<Float>
    /// Those of ``figures`` that may be seen in each square of the canvas, row by row; from the front to the back.
    private var squares: [[Int]] = []
    let aspect: Float
    let foot: Foot
    /// The row of the ground's far end.
    let farEdge: Float
    /// Half the width around the product's foot where nothing lies.
    let clear: Float
    /// What is made for the scene has its colour.
    let tone: SIMD3<Float>
    let map: LayoutMap

    /// Where the product stands: down, across, and half its width, in heights of the canvas.
    typealias Foot = (row: Float, column: Float, half: Float)

    private static let squaresAcross = 48
    private static let squaresDown = 48

    /// - Parameters:
    ///   - aspect: the canvas's width in heights
    ///   - map: of `layout`
    ///   - tone: the colour of what is made for the scene, sRGB, 0...255
    ///   - isMeadow: whether grass grows there
    init(
        _ clauses: PromptClauses, foot: Foot, aspect: Float, layout: SceneLayout, map: LayoutMap, tone: SIMD3<Float>, isMeadow: Bool,
        seed: UInt64
    ) {
        (self.tone, self.map) = (tone, map)
        let (light, standHalf) = (layout.light, (layout.stand?.reach ?? 0) * max(foot.half, LayoutMap.leastHalfWidth))
        let farEdge = map.farEdge ?? foot.row - 0.3
        // What is lit from behind still has a lit rim, and light from all around.
        self.light = SIMD3(
            cos(light.elevation) * sin(light.azimuth), sin(light.elevation), max(cos(light.elevation) * cos(light.azimuth), 0.25))
        clear = max(foot.half, standHalf)
        (self.foot, self.aspect, self.farEdge) = (foot, aspect, min(max(farEdge, 0), foot.row - 0.06))
        var chance = LayoutChance(seed: seed ^ 0x9809)
        if isMeadow {
            var other = LayoutChance(seed: seed ^ 0x6A55)
            tufts(&other)
        }
        for (index, phrase) in clauses.props.enumerated() {
            guard let named = PropWords.named(in: phrase) else { continue }
            let kind = named.hue(in: phrase).map(named.coloured) ?? named
            // One kind to the left, the next to the right.
            let aside: Float = (chance.next(in: -1...1) < 0) == (index % 2 == 0) ? -1 : 1
            switch kind.arrangement {
            case .beside(let count, let size, let variety):
                lay(
                    count, asked: PropCount.of(phrase), kind, size: size, variety: variety, aside: aside,
                    &chance)
            case .scattered(let count, let size): scatter(count, kind, size: size, &chance)
            case .plants(let species):
                let isLush =
                    (clauses.backdrop + [phrase]).contains { $0.says("background, 背景") }
                    && phrase.says(Self.lush)
                if isLush { thicket(kind, species, &chance) } else { stand(kind, species, aside: aside, &chance) }
            case .potted: pot(kind, aside: aside, &chance)
            case .sprig(let count, let lengths, let width, let spread, let blur):
                let root = SIMD2(aside * (aspect / 2 + 0.02), chance.next(in: 0...0.16))
                hang(count, kind, lengths: lengths, width: width, spread: spread, blur: blur, root: root, aside: aside, &chance)
            case .behind: putBehind(kind, &chance)
            case .stalks: stalks(kind, aside: aside, &chance)
            case .palm: palm(kind, aside: aside, &chance)
            }
        }
        let bodies = figures.compactMap { figure in
            figure.body.map { PropSolid.Place(foot: figure.middle + SIMD2(0, $0.foot * figure.radius), half: $0.half * figure.radius) }
        }
        solids = (bodies + plantBodies).compactMap { PropSolid($0, in: map, light: light) }
        sort()
    }

    private static let lush: Words = "lush, tropical, jungle, botanical, 熱帯, 茂る, トロピカル"

    /// The scene's colour with what lies before it.
    ///
    /// - Parameters:
    ///   - pixel: in heights of the canvas
    ///   - scene: asked for where it is seen only
    func over(across: Float, down: Float, pixel: Float, scene: () -> SIMD3<Float>) -> SIMD3<Float> {
        guard !figures.isEmpty else { return scene() }
        var colour = SIMD3<Float>.zero
        // How much of what is behind is seen: front ones first, so that what they hide costs nothing.
        var open: Float = 1
        for index in squares[Self.square(across, down, aspect)] {
            let figure = figures[index]
            let away = SIMD2(across, down) - figure.middle
            guard abs(away.x) < figure.reach.x, abs(away.y) < figure.reach.y else { continue }
            let look = figure.look(away, pixel: pixel, light: light)
            colour += look.colour * (look.cover * open)
            open *= (1 - look.cover) * (1 - figure.shade(away, side: light.x))
            if open < 0.004 { return colour }
        }
        return colour + scene() * open
    }

    var isEmpty: Bool { figures.isEmpty }

    /// How much of a place they cover, 0...1.
    func cover(across: Float, down: Float, pixel: Float) -> Float {
        var open: Float = 1
        for index in squares[Self.square(across, down, aspect)] {
            let figure = figures[index]
            let away = SIMD2(across, down) - figure.middle
            guard abs(away.x) < figure.reach.x, abs(away.y) < figure.reach.y else { continue }
            open *= 1 - figure.look(away, pixel: pixel, light: light).cover
            if open < 0.004 { break }
        }
        return 1 - open
    }

    private static func square(_ across: Float, _ down: Float, _ aspect: Float) -> Int {
        let (x, y) = (Int((across / aspect + 0.5) * Float(squaresAcross)), Int(down * Float(squaresDown)))
        return min(max(y, 0), squaresDown - 1) * squaresAcross + min(max(x, 0), squaresAcross - 1)
    }

    private mutating func sort() {
        guard !figures.isEmpty else { return }
        squares = Array(repeating: [], count: Self.squaresAcross * Self.squaresDown)
        for (index, figure) in figures.enumerated().reversed() {
            let (first, last) = (figure.middle - figure.reach, figure.middle + figure.reach)
            let (from, to) = (Self.square(first.x, first.y, aspect), Self.square(last.x, last.y, aspect))
            for row in from / Self.squaresAcross...to / Self.squaresAcross {
                for column in from % Self.squaresAcross...to % Self.squaresAcross {
                    squares[row * Self.squaresAcross + column].append(index)
                }
            }
        }
    }
}
