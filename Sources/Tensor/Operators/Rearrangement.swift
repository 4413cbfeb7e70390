/// Repeats every pixel twice in both directions.
///
/// - Parameter x: `[batch, height, width, channels]`.
/// - Returns: `[batch, 2 · height, 2 · width, channels]`.
/// - Throws: ``TensorError/shapeMismatch(operator:shapes:expected:)``.
public func upsampleNearest2x(_ x: Tensor) throws -> Tensor {
    guard x.shape.count == 4 else {
        throw TensorError.shapeMismatch(operator: "upsampleNearest2x", shapes: [x.shape], expected: "[batch, height, width, channels]")
    }
    return Reference.upsampleNearest2x(x)
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
    return Reference.concatenateChannels(tensors)
}
