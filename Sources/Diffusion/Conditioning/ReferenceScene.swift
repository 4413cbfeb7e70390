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
    /// Whether it has no floor line of its own, whatever was asked for.
    private let isContinuous: Bool
    /// The colours of the backdrop's rows at either side, or of all rows where there is no floor line.
    private let behind: PictureSides
    /// Those of the ground's rows, or of the lowest third where there is no floor line.
    private let below: PictureSides

    /// Of the picture that is looked at, whatever its shape.
    private static let side = 192
    /// Beyond that it is a pattern, which noise is not.
    private static let mostGrain: Float = 0.025
    /// What is not looked at, of any picture: one row, as wide as it is in hundredths.
    static let middle: Mask = {
        let edge = Int(100 * PictureSides.band)
        var mask = Mask(width: 100, height: 1, fill: 0)
        for column in edge..<100 - edge { mask.values[column] = 255 }
        return mask
    }()
    /// In heights of the picture.
    static let grainWavelengths: [Float] = [1, 2, 4, 8].map { 2.5 * $0 / Float(side) }

    /// - Parameter strength: 0...1
    init?(_ picture: RasterImage, strength: Float) {
        guard picture.width > 0, picture.height > 2 else { return nil }
        let sides = PictureSides(picture)
        let rows = sides.rows.count
        self.strength = strength
        floorLine = Self.floorLine(sides.rows)
        isContinuous = floorLine == nil
        let line = floorLine.map { Int($0 * Float(rows)) }
        let (left, right) = (Self.mean(sides.rows.map(\.left)), Self.mean(sides.rows.map(\.right)))
        let lean = (right.sum() - left.sum()) / max(right.sum() + left.sum(), 1)
        lightSide = abs(lean) < 0.03 ? nil : lean < 0 ? -1 : 1
        let both = sides.rows.map { ($0.left + $0.right) / 2 }
        colours = SceneColours(ground: Self.mean(both[(line ?? rows * 2 / 3)...]), backdrop: Self.mean(both[..<(line ?? rows / 2)]))
        behind = sides.unfocused(0..<(line ?? rows))
        below = sides.unfocused((line ?? rows * 2 / 3)..<rows)
        grain = Self.grain(picture, from: floorLine ?? 0.66)
    }

    /// How the backdrop's colour at a place differs from its mean.
    ///
    /// - Parameters:
    ///   - across: share of the width, from the left
    ///   - down: share of the backdrop's height, from above: to the floor line, or to the picture's lower edge where there is none
    func backdropShift(across: Float, down: Float) -> SIMD3<Float> { behind.colour(across: across, down: down) - colours.backdrop }

    /// How the ground's colour at a place differs from its mean: light falls on it here and there.
    ///
    /// - Parameters:
    ///   - across: share of the width, from the left
    ///   - down: share of the ground's height, from its far end
    func groundShift(across: Float, down: Float) -> SIMD3<Float> { below.colour(across: across, down: down) - colours.ground }

    /// A picture of a scene after this one, with this one's colours at its sides, row by row: what shadows, exposure and a model's light made of
    /// them is taken back there. Unchanged where only one of the two has a floor line.
    ///
    /// - Parameters:
    ///   - floorLine: the picture's, as a share of its height from above; nil where it has none
    ///   - productMask: 255 = product, which does not count; of the picture's shape, of any size
    func matched(_ picture: RasterImage, floorLine: Float?, productMask: Mask) -> RasterImage {
        guard floorLine == nil ? isContinuous : self.floorLine != nil else { return picture }
        let own = PictureSides(picture, without: productMask)
        return SideGains(own, floorLine: floorLine, behind: behind, below: below, strength: strength).applied(to: picture)
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
    private static func floorLine(_ sides: [PictureSides.Row]) -> Float? {
        let rows = sides.count
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

    /// The part of the brightness that is lost with each halving of the ground's sides; by the smaller ones, so that
    /// edges, props and shadows do not count.
    private static func grain(_ picture: RasterImage, from floorLine: Float) -> [Float] {
        var level = resized(picture, width: side, height: side)
        return grainWavelengths.map { _ in
            let coarse = resized(level, width: level.width / 2, height: level.height / 2)
            let smooth = resized(coarse, width: level.width, height: level.height)
            let width = Int(Double(level.width) * PictureSides.band)
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
            // Of a normal distribution 35 % are nearer to the mean than 0.4538 deviations.
            return min(differences.sorted()[differences.count * 35 / 100] / 0.4538 * Float(differences.count) / max(sum, 1), mostGrain)
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
