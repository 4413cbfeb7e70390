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
    let result = Tensor(shape: [batch, height * 2, width * 2, channels], precision: x.precision)
    OperatorClock.shared.measure(.rearrangement) {
        kernels_upsample_nearest_2x(x.address, result.address, batch, height, width, channels * x.precision.byteCount)
    }
    return result
}

/// Joins tensors along their last axis; all other axes must agree.
///
/// - Throws: ``TensorError/shapeMismatch(operator:shapes:expected:)``.
public func concatenateChannels(_ tensors: [Tensor]) throws -> Tensor {
    guard let first = tensors.first, !first.shape.isEmpty,
        tensors.allSatisfy({
            $0.shape.dropLast() == first.shape.dropLast() && $0.precision == first.precision && $0.count > 0
        })
    else {
        throw TensorError.shapeMismatch(
            operator: "concatenateChannels", shapes: tensors.map(\.shape),
            expected: "at least one, equal but for the last axis and of one precision")
    }
    let widths = tensors.map { $0.shape[$0.shape.count - 1] }
    let total = widths.reduce(0, +)
    let result = Tensor(shape: first.shape.dropLast() + [total], precision: first.precision)
    let bytes = first.precision.byteCount
    var offset = 0
    for (tensor, width) in zip(tensors, widths) {
        OperatorClock.shared.measure(.rearrangement) {
            kernels_copy_rows(tensor.address, result.address + offset, tensor.count / width, width * bytes, total * bytes)
        }
        offset += width * bytes
    }
    return result
}
