import Kernels

/// Repeats every pixel twice in both directions.
///
/// - Parameter x: `[batch, height, width, channels]`.
/// - Returns: `[batch, 2 · height, 2 · width, channels]`.
/// - Throws: ``TensorError/shapeMismatch(operator:shapes:expected:)``.
public func upsampleNearest2x(_ x: Tensor) throws -> Tensor {
    guard x.shape.count == 4 else {
        throw TensorError.shapeMismatch(operator: "upsampleNearest2x", shapes: [x.shape], expected: "[batch, height, width, channels]")
    }
    let (batch, height, width, channels) = (x.shape[0], x.shape[1], x.shape[2], x.shape[3])
    let result = Tensor(shape: [batch, height * 2, width * 2, channels])
    kernels_upsample_nearest_2x(x.pointer, result.pointer, batch, height, width, channels)
    return result
}

/// Joins tensors along their last axis; all other axes must agree.
///
/// - Throws: ``TensorError/shapeMismatch(operator:shapes:expected:)``.
public func concatenateChannels(_ tensors: [Tensor]) throws -> Tensor {
    guard let first = tensors.first, !first.shape.isEmpty,
        tensors.allSatisfy({ $0.shape.dropLast() == first.shape.dropLast() && $0.count > 0 })
    else {
        throw TensorError.shapeMismatch(
            operator: "concatenateChannels", shapes: tensors.map(\.shape), expected: "at least one, equal but for the last axis")
    }
    let widths = tensors.map { $0.shape[$0.shape.count - 1] }
    let total = widths.reduce(0, +)
    let result = Tensor(shape: first.shape.dropLast() + [total])
    var offset = 0
    for (tensor, width) in zip(tensors, widths) {
        kernels_copy_columns(tensor.pointer, result.pointer + offset, tensor.count / width, width, total)
        offset += width
    }
    return result
}
