import Tensor

/// Tensors one after another along the first axis; all other axes agree.
func stackedBatch(_ tensors: [Tensor]) -> Tensor {
    guard tensors.count != 1, let first = tensors.first else { return tensors.first ?? Tensor(shape: [0]) }
    let batch = tensors.reduce(0) { $0 + $1.shape[0] }
    let result = Tensor(shape: [batch] + first.shape.dropFirst())
    result.withUnsafeMutableBuffer { target in
        var offset = 0
        for tensor in tensors {
            tensor.withUnsafeBuffer { source in
                offset = target[offset...].update(fromContentsOf: source)
            }
        }
    }
    return result
}

/// `tensor` repeated along the first axis.
func repeatedBatch(_ tensor: Tensor, count: Int) -> Tensor {
    stackedBatch(Array(repeating: tensor, count: count))
}

/// The pictures of a batch, each as a batch of one.
func splitBatch(_ tensor: Tensor) -> [Tensor] {
    let shape = [1] + tensor.shape.dropFirst()
    let count = shape.reduce(1, *)
    return tensor.withUnsafeBuffer { source in
        (0..<tensor.shape[0]).map { Tensor(Array(source[($0 * count)..<(($0 + 1) * count)]), shape: shape) }
    }
}
