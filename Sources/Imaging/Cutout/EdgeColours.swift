/// The product's own colours in the soft edge: what the photo shows there, less the old background's share.
///
/// Sparse, because the edge is a thin band: sorted pixel indices and one colour for each.
struct EdgeColours: Sendable, Equatable {
    /// Pixel indices (`y * width + x`), ascending.
    var indices: [Int32] = []
    /// Red, green and blue of each index, 0...65535, encoded like the photo; the fourth lane is unused.
    var colours: [SIMD4<UInt16>] = []

    /// Calls `body` for each entry whose pixel lies in `range`.
    func forEach(in range: Range<Int>, _ body: (_ pixel: Int, _ colour: SIMD4<UInt16>) -> Void) {
        var entry = firstEntry(from: range.lowerBound)
        while entry < indices.count, Int(indices[entry]) < range.upperBound {
            body(Int(indices[entry]), colours[entry])
            entry += 1
        }
    }

    /// The position in ``indices`` of the first entry at or after `pixel`.
    private func firstEntry(from pixel: Int) -> Int {
        var low = 0
        var high = indices.count
        while low < high {
            let middle = (low + high) / 2
            if Int(indices[middle]) < pixel { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
