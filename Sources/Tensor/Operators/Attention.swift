import Kernels

/// What a query may look at.
public enum AttentionMask {
    /// Every key.
    case none
    /// Keys up to the query's own position.
    case causal
    /// Numbers added to the scores before the softmax: `[queries, keys]`, or `[batch, queries, keys]`.
    case additive(Tensor)
}

/// softmax(Q Kᵀ / √headDim + mask) V for every head.
///
/// - Parameters:
///   - query: `[batch, queries, heads · headDim]`.
///   - key: `[batch, keys, heads · headDim]`.
///   - value: shaped like `key`.
///   - heads: must divide the channels.
/// - Returns: shaped like `query`, in its precision.
/// - Throws: ``TensorError/shapeMismatch(operator:shapes:expected:)``.
public func attention(query: Tensor, key: Tensor, value: Tensor, heads: Int, mask: AttentionMask = .none) throws -> Tensor {
    guard query.shape.count == 3, key.shape.count == 3, key.shape == value.shape, query.count > 0, key.count > 0,
        query.shape[0] == key.shape[0], query.shape[2] == key.shape[2], heads > 0, query.shape[2] % heads == 0
    else {
        throw TensorError.shapeMismatch(
            operator: "attention", shapes: [query.shape, key.shape, value.shape],
            expected: "[batch, queries, channels], [batch, keys, channels] twice, channels in \(heads) equal heads")
    }
    if case .additive(let tensor) = mask {
        let plane = [query.shape[1], key.shape[1]]
        guard tensor.shape == plane || tensor.shape == [query.shape[0]] + plane else {
            throw TensorError.shapeMismatch(
                operator: "attention", shapes: [query.shape, key.shape, tensor.shape],
                expected: "a mask \(plane) or \([query.shape[0]] + plane)")
        }
    }
    guard key.precision == query.precision, value.precision == query.precision else {
        throw TensorError.precisionMismatch(operator: "attention", precisions: [query.precision, key.precision, value.precision])
    }
    let result = Tensor(shape: query.shape, precision: query.precision)
    var problem = kernels_attention_problem(
        query: query.address, key: key.address, value: value.address, output: result.address, element: query.precision.element,
        batch: query.shape[0], queries: query.shape[1], keys: key.shape[1], heads: heads, size: query.shape[2] / heads,
        mask: nil, mask_stride: 0, causal: 0)
    switch mask {
    case .none: break
    case .causal: problem.causal = 1
    case .additive(let tensor):
        problem.mask = UnsafePointer(tensor.pointer)
        problem.mask_stride = tensor.shape.count == 3 ? query.shape[1] * key.shape[1] : 0
    }
    let scratch = TensorStorage(floats: kernels_attention_scratch(&problem))
    withExtendedLifetime((query, key, value, mask)) {
        scratch.withMemory(of: Float.self) { scratch in
            OperatorClock.shared.measure(.attention, operations: 4 * query.count * key.shape[1]) { kernels_attention(&problem, scratch) }
        }
    }
    return result
}
