/// A studio background as a smooth surface: each channel a cubic polynomial of the position, and the size of its noise.
struct BackgroundModel {
    /// Ten coefficients a channel, for the terms of ``terms(_:_:)``.
    private let coefficients: [SIMD4<Float>]
    /// The standard deviation of known background pixels around the surface, in 8-bit steps, of the worst channel.
    let noise: Float
    /// The share of the sampled pixels that lie on the surface.
    let inlierShare: Float

    /// Fits the surface to some pixels and is not misled when a good part of them are not background.
    ///
    /// Iteratively reweighted least squares with Tukey's biweight, started from the median colour.
    ///
    /// - Parameters:
    ///   - indices: the pixels to fit to; at least one.
    ///   - degree: 2 or 3. Pixels of the border alone say too little of the middle for 3.
    init(_ field: ColourField, indices: [Int], degree: Int) {
        let width = Float(max(1, field.width - 1))
        let height = Float(max(1, field.height - 1))
        let positions = indices.map { SIMD2(Float($0 % field.width) / width * 2 - 1, Float($0 / field.width) / height * 2 - 1) }
        let colours = indices.map { field.values[$0] }
        let terms = positions.map { Self.terms($0.x, $0.y, degree: degree) }
        let median = SIMD4(
            Self.median(colours.map(\.x)), Self.median(colours.map(\.y)), Self.median(colours.map(\.z)), 0)
        var coefficients = [SIMD4<Float>](repeating: .zero, count: Self.termCount)
        coefficients[0] = median
        var residuals = colours.map { Self.distance($0 - median) }
        // Generous at first: a gradient is far from its median at both ends.
        var scale = max(4, Self.median(residuals) * 2)
        for _ in 0..<12 {
            let limit = max(4, scale * 4.685)
            let weights = residuals.map { residual -> Float in
                let ratio = residual / limit
                return ratio < 1 ? (1 - ratio * ratio) * (1 - ratio * ratio) : 0
            }
            guard let solution = Self.solve(terms, colours, weights, degree: degree) else { break }
            coefficients = solution
            residuals = zip(terms, colours).map { Self.distance($1 - Self.evaluate(solution, $0)) }
            // 1.4826 turns the median deviation of a normal distribution into its standard deviation.
            scale = max(0.5, Self.median(residuals) * 1.4826)
        }
        self.coefficients = coefficients
        noise = scale
        let tolerance = max(4, scale * 3)
        inlierShare = Float(residuals.count { $0 <= tolerance }) / Float(max(1, residuals.count))
    }

    /// The background's colour at every pixel of the working picture.
    func surface(width: Int, height: Int) -> ColourField {
        var values = [SIMD4<Float>](repeating: .zero, count: width * height)
        let c = coefficients
        for row in 0..<height {
            let y = Float(row) / Float(max(1, height - 1)) * 2 - 1
            // For a fixed row the surface is a cubic in x.
            let constant = c[0] + (c[2] + (c[5] + c[9] * y) * y) * y
            let linear = c[1] + (c[4] + c[8] * y) * y
            let square = c[3] + c[7] * y
            for column in 0..<width {
                let x = Float(column) / Float(max(1, width - 1)) * 2 - 1
                values[row * width + column] = constant + (linear + (square + c[6] * x) * x) * x
            }
        }
        return ColourField(width: width, height: height, values: values)
    }

    /// The difference of two colours: the channel that differs most.
    static func distance(_ difference: SIMD4<Float>) -> Float { max(difference.max(), -difference.min()) }

    private static let termCount = 10

    private static func terms(_ x: Float, _ y: Float, degree: Int) -> [Float] {
        let quadratic: [Float] = [1, x, y, x * x, x * y, y * y]
        return degree < 3 ? quadratic : quadratic + [x * x * x, x * x * y, x * y * y, y * y * y]
    }

    private static func evaluate(_ coefficients: [SIMD4<Float>], _ terms: [Float]) -> SIMD4<Float> {
        var sum = SIMD4<Float>.zero
        for index in terms.indices { sum += coefficients[index] * terms[index] }
        return sum
    }

    private static func median(_ values: [Float]) -> Float {
        guard !values.isEmpty else { return 0 }
        return values.sorted()[values.count / 2]
    }

    /// Weighted least squares through the normal equations, with a whisper of ridge so that few pixels still have an answer.
    private static func solve(
        _ terms: [[Float]], _ colours: [SIMD4<Float>], _ weights: [Float], degree: Int
    ) -> [SIMD4<Float>]? {
        let size = degree < 3 ? 6 : termCount
        var matrix = [Double](repeating: 0, count: size * size)
        var right = [SIMD4<Double>](repeating: .zero, count: size)
        for index in terms.indices where weights[index] > 0 {
            let weight = Double(weights[index])
            let term = terms[index]
            let colour = SIMD4<Double>(colours[index]) * weight
            for row in 0..<size {
                right[row] += colour * Double(term[row])
                for column in 0...row { matrix[row * size + column] += weight * Double(term[row]) * Double(term[column]) }
            }
        }
        let total = matrix[0]
        guard total > 0 else { return nil }
        for row in 0..<size {
            matrix[row * size + row] += row == 0 ? 0 : total * 1e-5
            for column in (row + 1)..<max(size, row + 1) { matrix[row * size + column] = matrix[column * size + row] }
        }
        for pivot in 0..<size {
            let diagonal = matrix[pivot * size + pivot]
            guard diagonal > 1e-9 else { return nil }
            for row in 0..<size where row != pivot {
                let factor = matrix[row * size + pivot] / diagonal
                for column in pivot..<size { matrix[row * size + column] -= factor * matrix[pivot * size + column] }
                right[row] -= right[pivot] * factor
            }
        }
        var solution = [SIMD4<Float>](repeating: .zero, count: termCount)
        for row in 0..<size { solution[row] = SIMD4<Float>(right[row] / matrix[row * size + row]) }
        return solution
    }
}
