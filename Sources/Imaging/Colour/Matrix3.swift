/// A 3 x 3 matrix, as columns.
struct Matrix3: Equatable, Sendable {
    var columns: (SIMD3<Double>, SIMD3<Double>, SIMD3<Double>)

    init(_ first: SIMD3<Double>, _ second: SIMD3<Double>, _ third: SIMD3<Double>) { columns = (first, second, third) }

    static func == (a: Matrix3, b: Matrix3) -> Bool { a.columns == b.columns }

    static func * (matrix: Matrix3, vector: SIMD3<Double>) -> SIMD3<Double> {
        matrix.columns.0 * vector.x + matrix.columns.1 * vector.y + matrix.columns.2 * vector.z
    }

    static func * (a: Matrix3, b: Matrix3) -> Matrix3 { Matrix3(a * b.columns.0, a * b.columns.1, a * b.columns.2) }

    /// Nil when the columns do not span space.
    var inverse: Matrix3? {
        let (a, b, c) = columns
        func cross(_ u: SIMD3<Double>, _ v: SIMD3<Double>) -> SIMD3<Double> {
            SIMD3(u.y * v.z - u.z * v.y, u.z * v.x - u.x * v.z, u.x * v.y - u.y * v.x)
        }
        let rows = (cross(b, c), cross(c, a), cross(a, b))
        let determinant = (a * rows.0).sum()
        guard abs(determinant) > 1e-9 else { return nil }
        let (p, q, r) = (rows.0 / determinant, rows.1 / determinant, rows.2 / determinant)
        return Matrix3(SIMD3(p.x, q.x, r.x), SIMD3(p.y, q.y, r.y), SIMD3(p.z, q.z, r.z))
    }
}
