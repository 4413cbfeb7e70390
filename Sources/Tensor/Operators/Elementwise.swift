import Kernels

/// The first half of the last axis times the exact GELU of the second half.
///
/// - Parameter x: `[…, 2 · channels]`.
/// - Returns: `[…, channels]`, in the precision of `x`.
/// - Throws: ``TensorError/shapeMismatch(operator:shapes:expected:)`` when the last axis is odd.
public func geglu(_ x: Tensor) throws -> Tensor {
    guard let last = x.shape.last, last % 2 == 0, x.count > 0 else {
        throw TensorError.shapeMismatch(operator: "geglu", shapes: [x.shape], expected: "an even last axis")
    }
    let result = Tensor(shape: x.shape.dropLast() + [last / 2], precision: x.precision)
    OperatorClock.shared.measure(.gatedUnit) {
        kernels_geglu(x.address, result.address, x.precision.element, x.count / last, last / 2)
    }
    return result
}

/// The sum of two tensors.
///
/// - Parameter b: shaped like `a`; or `[batch, channels]` for an `a` of `[batch, …, channels]`, the same at every position.
/// - Throws: ``TensorError/shapeMismatch(operator:shapes:expected:)``.
public func add(_ a: Tensor, _ b: Tensor) throws -> Tensor {
    let isBroadcast = a.shape.count > 2 && [a.shape[0], a.shape[a.shape.count - 1]] == b.shape
    guard a.shape == b.shape || isBroadcast else {
        throw TensorError.shapeMismatch(operator: "add", shapes: [a.shape, b.shape], expected: "equal shapes, or [batch, channels]")
    }
    let result = Tensor(shape: a.shape)
    OperatorClock.shared.measure(.elementwise) {
        if a.shape == b.shape {
            kernels_add(a.pointer, b.pointer, result.pointer, a.count)
        } else if a.count > 0 {
            kernels_add_per_channel(a.pointer, b.pointer, result.pointer, b.shape[0], a.count / b.count, b.shape[1])
        }
    }
    return result
}
