import Tensor

/// a x + b y, element by element; `x` and `y` have one shape.
func combined(_ a: Float, _ x: Tensor, _ b: Float, _ y: Tensor) -> Tensor {
    precondition(x.shape == y.shape, "latents of different shapes: \(x.shape) and \(y.shape)")
    let result = Tensor(shape: x.shape)
    x.withUnsafeBuffer { x in
        y.withUnsafeBuffer { y in
            result.withUnsafeMutableBuffer { result in
                for index in 0..<result.count { result[index] = a * x[index] + b * y[index] }
            }
        }
    }
    return result
}

/// x y, element by element; of one shape.
func multiplied(_ x: Tensor, _ y: Tensor) -> Tensor {
    precondition(x.shape == y.shape, "latents of different shapes: \(x.shape) and \(y.shape)")
    let result = Tensor(shape: x.shape)
    x.withUnsafeBuffer { x in
        y.withUnsafeBuffer { y in
            result.withUnsafeMutableBuffer { result in
                for index in 0..<result.count { result[index] = x[index] * y[index] }
            }
        }
    }
    return result
}

/// transform(x), element by element.
func mapped(_ x: Tensor, _ transform: (Float) -> Float) -> Tensor {
    let result = Tensor(shape: x.shape)
    x.withUnsafeBuffer { x in
        result.withUnsafeMutableBuffer { result in
            for index in 0..<result.count { result[index] = transform(x[index]) }
        }
    }
    return result
}
