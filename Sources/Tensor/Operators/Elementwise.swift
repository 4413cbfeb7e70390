/// Applies `activation` to every number.
public func activate(_ x: Tensor, _ activation: Activation) -> Tensor {
    Reference.activate(x, activation)
}

/// The first half of the last axis times the exact GELU of the second half.
///
/// - Parameter x: `[…, 2 · channels]`.
/// - Returns: `[…, channels]`.
/// - Throws: ``TensorError/shapeMismatch(operator:shapes:expected:)`` when the last axis is odd.
public func geglu(_ x: Tensor) throws -> Tensor {
    guard let last = x.shape.last, last % 2 == 0, x.count > 0 else {
        throw TensorError.shapeMismatch(operator: "geglu", shapes: [x.shape], expected: "an even last axis")
    }
    return Reference.geglu(x)
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
    return Reference.add(a, b)
}
