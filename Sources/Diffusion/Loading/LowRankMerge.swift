import Tensor

extension LowRankAddition {
    /// Adds scale * up * down to `weight` in place.
    ///
    /// - Parameters:
    ///   - weight: `[outputs, inputs]` or `[outputs, inputs, height, width]`
    ///   - name: the weight's name, for messages
    /// - Throws: `ModelError` where the shapes don't fit
    func merge(into weight: Tensor, named name: String) throws {
        let upShape = up.shape
        let downShape = down.shape
        let outputs = weight.shape[0]
        let inputs = weight.count / outputs
        guard let rank = downShape.first, rank > 0, upShape.count >= 2, upShape.reduce(1, *) == outputs * rank, upShape[1] == rank,
            downShape.reduce(1, *) == rank * inputs
        else {
            throw ModelError.wrongShape(
                path: up.file.url.path, tensor: up.name, expected: [outputs, downShape.first ?? 0], found: upShape)
        }
        let product = try Linear(weight: transposed(down.read().reshaped([rank, inputs])), bias: nil)(up.read().reshaped([outputs, rank]))
        product.withUnsafeBuffer { product in
            weight.withUnsafeMutableBuffer { weight in
                for index in weight.indices { weight[index] += scale * product[index] }
            }
        }
    }
}
