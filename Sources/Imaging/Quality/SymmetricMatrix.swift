/// A small symmetric matrix: covariances.
struct SymmetricMatrix: Equatable {
    let size: Int
    /// All of it, row by row.
    private var values: [Double]

    init(size: Int) {
        self.size = size
        values = [Double](repeating: 0, count: size * size)
    }

    /// Setting one side sets the other.
    subscript(row: Int, column: Int) -> Double {
        get { values[row * size + column] }
        set {
            values[row * size + column] = newValue
            values[column * size + row] = newValue
        }
    }

    var trace: Double { (0..<size).reduce(0) { $0 + self[$1, $1] } }

    /// The product of another matrix, this one and the other once more.
    func between(_ other: SymmetricMatrix) -> SymmetricMatrix {
        func product(_ a: [Double], _ b: [Double]) -> [Double] {
            var result = [Double](repeating: 0, count: size * size)
            for row in 0..<size {
                for inner in 0..<size where a[row * size + inner] != 0 {
                    for column in 0..<size { result[row * size + column] += a[row * size + inner] * b[inner * size + column] }
                }
            }
            return result
        }
        let whole = product(product(other.values, values), other.values)
        var result = SymmetricMatrix(size: size)
        // Rounding leaves the two sides a little apart.
        for row in 0..<size {
            for column in 0...row { result[row, column] = (whole[row * size + column] + whole[column * size + row]) / 2 }
        }
        return result
    }

    func eigenvalues() -> [Double] { decomposed().values }

    /// The matrix whose square this is; eigenvalues that rounding pushed below 0 count as 0.
    func squareRoot() -> SymmetricMatrix {
        let (eigenvalues, vectors) = decomposed()
        var result = SymmetricMatrix(size: size)
        for row in 0..<size {
            for column in 0...row {
                result[row, column] = (0..<size).reduce(0) {
                    $0 + vectors[row * size + $1] * vectors[column * size + $1] * max(0, eigenvalues[$1]).squareRoot()
                }
            }
        }
        return result
    }

    /// Jacobi's rotations (Golub and Van Loan, Matrix Computations, 8.5): eigenvalues, and the vectors as columns.
    private func decomposed() -> (values: [Double], vectors: [Double]) {
        var matrix = values
        var vectors = [Double](repeating: 0, count: size * size)
        for index in 0..<size { vectors[index * size + index] = 1 }
        let scale = matrix.reduce(0) { $0 + $1 * $1 }
        // Each sweep squares what is left off the diagonal; a dozen is beyond a double's precision.
        for _ in 0..<30 {
            var rest = 0.0
            for row in 0..<size { for column in 0..<row { rest += matrix[row * size + column] * matrix[row * size + column] } }
            guard rest > scale * 1e-26 else { break }
            for p in 0..<size {
                for q in (p + 1)..<max(p + 1, size) where matrix[p * size + q] != 0 { rotate(&matrix, &vectors, p, q) }
            }
        }
        return ((0..<size).map { matrix[$0 * size + $0] }, vectors)
    }

    private func rotate(_ matrix: inout [Double], _ vectors: inout [Double], _ p: Int, _ q: Int) {
        let ratio = (matrix[q * size + q] - matrix[p * size + p]) / (2 * matrix[p * size + q])
        let tangent = (ratio < 0 ? -1 : 1) / (abs(ratio) + (ratio * ratio + 1).squareRoot())
        let cosine = 1 / (tangent * tangent + 1).squareRoot()
        let sine = tangent * cosine
        func turn(_ values: inout [Double], _ first: Int, _ second: Int) {
            let (a, b) = (values[first], values[second])
            values[first] = cosine * a - sine * b
            values[second] = sine * a + cosine * b
        }
        for index in 0..<size { turn(&matrix, index * size + p, index * size + q) }
        for index in 0..<size { turn(&matrix, p * size + index, q * size + index) }
        for index in 0..<size { turn(&vectors, index * size + p, index * size + q) }
    }
}
