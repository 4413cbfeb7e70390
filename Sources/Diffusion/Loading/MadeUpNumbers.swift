import Tensor

/// Weights without a model: numbers that keep activations near unit size, for measurements of speed.
enum MadeUpNumbers {
    /// Uniform numbers of variance 1 / inputs for a matrix or a kernel, zeros for a bias, ones for the scale of a norm.
    static func tensor(_ name: String, _ shape: [Int]) -> Tensor {
        guard shape.count > 1 else {
            return Tensor([Float](repeating: name.hasSuffix("bias") ? 0 : 1, count: shape.reduce(1, *)), shape: shape)
        }
        // Uniform numbers from -a to a have the variance a² / 3.
        let bound = (3 / Float(shape.dropFirst().reduce(1, *))).squareRoot()
        let tensor = Tensor(shape: shape)
        tensor.withUnsafeMutableBuffer { numbers in
            for index in numbers.indices { numbers[index] = stock[index & (stock.count - 1)] * bound }
        }
        return tensor
    }

    /// Uniform numbers from -1 to 1, a power of two of them, used again and again.
    private static let stock: [Float] = {
        var state: UInt32 = 0x9E37_79B9
        return (0..<1 << 16).map { _ in
            // Xorshift32 (Marsaglia, "Xorshift RNGs").
            state ^= state << 13
            state ^= state >> 17
            state ^= state << 5
            return Float(state >> 8) / Float(1 << 23) - 1
        }
    }()
}
