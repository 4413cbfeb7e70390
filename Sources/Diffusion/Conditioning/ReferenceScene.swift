import Imaging

/// What a reference picture shows beside its product: where its ground ends, the colours at its sides, from where it is lit.
///
/// Its product is not known. It stands in the middle, so that only the outer parts of the picture are looked at, and by medians:
/// a prop that reaches into them does not count.
struct ReferenceScene {
    /// The row where the ground ends and what is behind begins, as a share of the height from above; nil where they run into one another.
    private(set) var floorLine: Float?
    /// 1 where it is lit from the right, -1 from the left; nil where neither side is brighter.
    let lightSide: Float?
    /// How strongly it counts, 0...1.
    let strength: Float
    /// The mean colours, sRGB, 0...255.
    let colours: SceneColours
    /// How far the ground's brightness varies at ``grainWavelengths``, as shares of its mean.
    let grain: [Float]
    /// The colours of the backdrop's rows at either side, or of all rows where there is no floor line.
    private let behind: [Sides]
    /// Those of the ground's rows, or of the lowest third where there is no floor line.
    private let below: [Sides]

    /// The median colours of a row at the left side and at the right.
    private typealias Sides = (left: SIMD3<Float>, right: SIMD3<Float>)

    /// Of the picture that is looked at, whatever its shape.
    private static let side = 192
    private static let rows = 96
    /// The part of the width that is looked at at either side.
    private static let band = 0.22
    /// Beyond that it is a pattern, which noise is not.
    private static let mostGrain: Float = 0.025
    /// What is not looked at, of any picture: one row, as wide as it is in hundredths.
    static let middle: Mask = {
        let edge = Int(100 * band)
        var mask = Mask(width: 100, height: 1, fill: 0)
        for column in edge..<100 - edge { mask.values[column] = 255 }
        return mask
    }()
    /// In heights of the picture.
    static let grainWavelengths: [Float] = [1, 2, 4, 8].map { 2.5 * $0 / Float(side) }

    /// - Parameter strength: 0...1
    init?(_ picture: RasterImage, strength: Float) {
        guard picture.width > 0, picture.height > 2 else { return nil }
        let small = resized(picture, width: Self.rows, height: Self.rows)
        let width = Int(Double(Self.rows) * Self.band)
        let sides = (0..<Self.rows).map { row -> Sides in
            func median(_ columns: Range<Int>) -> SIMD3<Float> {
                var colour = SIMD3<Float>.zero
                for channel in 0..<3 {
                    colour[channel] = Float(columns.map { small.pixels[(row * Self.rows + $0) * 4 + channel] }.sorted()[width / 2])
                }
                return colour
            }
            return (median(0..<width), median(Self.rows - width..<Self.rows))
        }
        self.strength = strength
        floorLine = Self.floorLine(sides)
        let line = floorLine.map { Int($0 * Float(Self.rows)) }
        let (left, right) = (Self.mean(sides.map(\.left)), Self.mean(sides.map(\.right)))
        let lean = (right.sum() - left.sum()) / max(right.sum() + left.sum(), 1)
        lightSide = abs(lean) < 0.03 ? nil : lean < 0 ? -1 : 1
        let both = sides.map { ($0.left + $0.right) / 2 }
        colours = SceneColours(
            ground: Self.mean(both[(line ?? Self.rows * 2 / 3)...]), backdrop: Self.mean(both[..<(line ?? Self.rows / 2)]))
        behind = Self.unfocused(Array(sides[..<(line ?? Self.rows)]))
        below = Self.unfocused(Array(sides[(line ?? Self.rows * 2 / 3)...]))
        grain = Self.grain(picture, from: floorLine ?? 0.66)
    }

    /// How the backdrop's colour at a place differs from its mean.
    ///
    /// - Parameters:
    ///   - across: share of the width, from the left
    ///   - down: share of the backdrop's height, from above: to the floor line, or to the picture's lower edge where there is none
    func backdropShift(across: Float, down: Float) -> SIMD3<Float> { Self.colour(of: behind, across, down) - colours.backdrop }

    /// How the ground's colour at a place differs from its mean: light falls on it here and there.
    ///
    /// - Parameters:
    ///   - across: share of the width, from the left
    ///   - down: share of the ground's height, from its far end
    func groundShift(across: Float, down: Float) -> SIMD3<Float> { Self.colour(of: below, across, down) - colours.ground }

    private static func colour(of rows: [Sides], _ across: Float, _ down: Float) -> SIMD3<Float> {
        let row = min(max(down, 0), 1) * Float(rows.count - 1)
        let above = min(Int(row), rows.count - 2)
        func colour(_ row: Int) -> SIMD3<Float> { rows[row].left + (rows[row].right - rows[row].left) * min(max(across, 0), 1) }
        return colour(above) + (colour(above + 1) - colour(above)) * (row - Float(above))
    }

    /// The floor line where the reference counts for as much as the words or more.
    var floorLineToFollow: Float? { strength >= 0.5 ? floorLine : nil }

    /// The same for a scene of some kind: whoever asks for a sweep, a podium or open country has said where the ground ends.
    func fitting(_ kind: LayoutKind, prompt: String) -> ReferenceScene {
        var result = self
        if ![.table, .wall].contains(kind == .auto ? LayoutWords(prompt).kind : kind) { result.floorLine = nil }
        return result
    }

    /// How much brighter than its mean the ground is at a place, as a share: noise as strong as the picture's own at its wavelengths.
    ///
    /// - Parameters:
    ///   - place: on the ground, in units of the product's distance
    ///   - footprint: what a pixel covers there
    func roughness(at place: SIMD2<Float>, footprint: Float, seed: UInt32) -> Float {
        zip(grain, Self.grainWavelengths).enumerated().reduce(0) { sum, octave in
            let (strength, wavelength) = octave.element
            let noise = PlaneNoise(seed: seed &+ 80 &+ UInt32(octave.offset))
            return sum + strength / Self.deviation
                * noise.fractal(place, wavelength: wavelength * LayoutMap.frame, octaves: 1, footprint: footprint)
        }
    }

    /// Of ``PlaneNoise``.
    private static let deviation: Float = 0.43

    /// Where both sides change most within a few rows, if that is a step and not a gradient. The thresholds part most of the training
    /// scenes' tables and horizons from their paper sweeps.
    private static func floorLine(_ sides: [Sides]) -> Float? {
        let reach = rows / 12
        func step(_ row: Int, from gap: Int, to reach: Int) -> Float {
            func step(_ colours: [SIMD3<Float>]) -> Float {
                let change = mean(colours[row + gap..<row + reach]) - mean(colours[row - reach..<row - gap])
                return (change * change).sum().squareRoot()
            }
            return (step(sides.map(\.left)) * step(sides.map(\.right))).squareRoot()
        }
        let steps = (rows / 7..<rows * 3 / 4).map { (row: $0, size: step($0, from: 0, to: reach)) }
        guard let largest = steps.max(by: { $0.size < $1.size }), largest.size > 16, step(largest.row, from: 1, to: 3) > 0.55 * largest.size
        else { return nil }
        return Float(largest.row) / Float(rows)
    }

    /// Rows mixed with those next to them: what stands behind at one side of a reference is no stripe across another picture.
    private static func unfocused(_ sides: [Sides]) -> [Sides] {
        let reach = rows / 12
        return sides.indices.map { row in
            let near = sides[max(row - reach, 0)...min(row + reach, sides.count - 1)]
            return (mean(near.map(\.left)), mean(near.map(\.right)))
        }
    }

    /// The part of the brightness that is lost with each halving of the ground's sides; by the median, so that edges do not count.
    private static func grain(_ picture: RasterImage, from floorLine: Float) -> [Float] {
        var level = resized(picture, width: side, height: side)
        return grainWavelengths.map { _ in
            let coarse = resized(level, width: level.width / 2, height: level.height / 2)
            let smooth = resized(coarse, width: level.width, height: level.height)
            let width = Int(Double(level.width) * band)
            var (differences, sum) = ([Float](), Float(0))
            for y in min(Int((floorLine + 0.06) * Float(level.height)), level.height - 2)..<level.height {
                for x in Array(0..<width) + Array(level.width - width..<level.width) {
                    let pixel = (y * level.width + x) * 4
                    func light(_ pixels: [UInt8]) -> Float { Float(pixels[pixel]) + Float(pixels[pixel + 1]) + Float(pixels[pixel + 2]) }
                    differences.append(abs(light(level.pixels) - light(smooth.pixels)))
                    sum += light(level.pixels)
                }
            }
            level = coarse
            // A normal distribution's median is that far from its mean.
            return min(differences.sorted()[differences.count / 2] / 0.6745 * Float(differences.count) / max(sum, 1), mostGrain)
        }
    }

    private static func mean(_ colours: some Collection<SIMD3<Float>>) -> SIMD3<Float> {
        colours.reduce(SIMD3<Float>.zero, +) / Float(max(colours.count, 1))
    }
}

extension SceneLayout {
    /// The same scene with a reference's floor line, lit from its side unless the words name one.
    func following(_ reference: ReferenceScene, prompt: String, productMask: Mask) -> SceneLayout {
        var result = self
        if let side = reference.lightSide, !LayoutWords(prompt).namesLight { result.light.azimuth = abs(light.azimuth) * side }
        if let line = reference.floorLineToFollow {
            result = result.seen(withFloorLineAt: line, productMask: productMask)
        }
        return result
    }
}
