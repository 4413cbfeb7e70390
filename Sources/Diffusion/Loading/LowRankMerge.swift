import Tensor

extension LowRankAddition {
    /// Throws where the addition does not fit a weight of `shape`, or has numbers that are not finite.
    func check(against shape: [Int]) throws {
        _ = try rank(for: shape)
        try up.checkNumbers()
        try down.checkNumbers()
    }

    private func rank(for shape: [Int]) throws -> Int {
        let outputs = shape[0]
        let inputs = shape.dropFirst().reduce(1, *)
        guard let rank = down.shape.first, rank > 0, up.shape.count >= 2, up.shape.reduce(1, *) == outputs * rank, up.shape[1] == rank,
            down.shape.reduce(1, *) == rank * inputs
        else {
            throw ModelError.wrongShape(
                path: up.file.url.path, tensor: up.name, expected: [outputs, down.shape.first ?? 0], found: up.shape)
        }
        return rank
    }

    /// Adds scale * up * down to `weight` in place.
    ///
    /// - Parameter weight: `[outputs, inputs]` or `[outputs, inputs, height, width]`
    /// - Throws: `ModelError` where the shapes don't fit
    func merge(into weight: Tensor) throws {
        let rank = try rank(for: weight.shape)
        let outputs = weight.shape[0]
        let inputs = weight.count / outputs
        let product = try Linear(weight: transposed(down.read().reshaped([rank, inputs])), bias: nil)(up.read().reshaped([outputs, rank]))
        product.withUnsafeBuffer { product in
            weight.withUnsafeMutableBuffer { weight in
                for index in weight.indices { weight[index] += scale * product[index] }
            }
        }
    }
}
