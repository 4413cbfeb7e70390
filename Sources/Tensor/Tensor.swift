import Kernels

/// An array of numbers, float32 unless said otherwise, contiguous and row-major.
///
/// Pictures and feature maps are `[batch, height, width, channels]`, sequences `[batch, tokens, channels]`: the same memory, so
/// ``reshaped(_:)`` is free. A tensor belongs to the thread that runs the engine.
public final class Tensor {
    /// Sizes of the axes, outermost first.
    public let shape: [Int]
    /// How many numbers it holds: the product of ``shape``.
    public let count: Int

    /// How the numbers are stored.
    public let precision: Precision

    private let storage: TensorStorage

    private init(shape: [Int], precision: Precision, storage: TensorStorage) {
        self.shape = shape
        self.precision = precision
        self.count = shape.reduce(1, *)
        self.storage = storage
    }

    /// A tensor with unspecified contents.
    public convenience init(shape: [Int], precision: Precision = .float32) {
        precondition(shape.allSatisfy { $0 >= 0 }, "a tensor's axes cannot be negative: \(shape)")
        self.init(shape: shape, precision: precision, storage: TensorStorage(bytes: shape.reduce(1, *) * precision.byteCount))
    }

    /// A tensor with the given numbers, row-major. `values` must have as many as `shape` says.
    public convenience init(_ values: [Float], shape: [Int]) {
        precondition(values.count == shape.reduce(1, *), "\(values.count) values do not fill the shape \(shape)")
        self.init(shape: shape)
        values.withUnsafeBufferPointer { source in
            if let from = source.baseAddress { pointer.update(from: from, count: source.count) }
        }
    }

    /// A tensor filled with zeros.
    public static func zeros(_ shape: [Int]) -> Tensor {
        let tensor = Tensor(shape: shape)
        tensor.pointer.update(repeating: 0, count: tensor.count)
        return tensor
    }

    /// A copy of the numbers as float32, row-major.
    public var values: [Float] { converted(to: .float32).withUnsafeBuffer { Array($0) } }

    /// The same numbers in another precision, rounded to the nearest; the tensor itself where it has that precision.
    public func converted(to precision: Precision) -> Tensor {
        guard precision != self.precision else { return self }
        let result = Tensor(shape: shape, precision: precision)
        withExtendedLifetime(self) {
            switch precision {
            case .float32: kernels_float_from_bfloat16(address, result.pointer, count)
            case .bfloat16: kernels_bfloat16_from_float(address, result.address.assumingMemoryBound(to: UInt16.self), count)
            }
        }
        return result
    }

    /// Whether no number is NaN or infinite: an exponent of all ones marks both.
    public var isFinite: Bool {
        withExtendedLifetime(storage) {
            switch precision {
            case .float32: kernels_is_finite(address, count) != 0
            case .bfloat16: kernels_is_finite_bfloat16(address, count) != 0
            }
        }
    }

    /// Reads the numbers of a float32 tensor in place.
    public func withUnsafeBuffer<R>(_ body: (UnsafeBufferPointer<Float>) throws -> R) rethrows -> R {
        try withExtendedLifetime(storage) { try body(UnsafeBufferPointer(start: pointer, count: count)) }
    }

    /// Changes the numbers of a float32 tensor in place; every tensor that shares the storage sees it.
    public func withUnsafeMutableBuffer<R>(_ body: (UnsafeMutableBufferPointer<Float>) throws -> R) rethrows -> R {
        try withExtendedLifetime(storage) { try body(UnsafeMutableBufferPointer(start: pointer, count: count)) }
    }

    /// The same numbers under another shape of the same ``count``; shares the storage.
    public func reshaped(_ shape: [Int]) -> Tensor {
        precondition(shape.reduce(1, *) == count, "\(self.shape) cannot be reshaped to \(shape)")
        return Tensor(shape: shape, precision: precision, storage: storage)
    }

    /// The first number of a float32 tensor. Valid as long as the tensor lives.
    var pointer: UnsafeMutablePointer<Float> {
        precondition(precision == .float32, "a \(precision.rawValue) tensor is not an array of floats")
        return address.assumingMemoryBound(to: Float.self)
    }

    /// Where the numbers start. Valid as long as the tensor lives.
    var address: UnsafeMutableRawPointer { storage.bytes.baseAddress.unsafelyUnwrapped }
}

extension Tensor {
    /// Numbers stored as little-endian float32, in any alignment. `bytes` must hold exactly as many as `shape` says.
    public convenience init(float32Bytes bytes: UnsafeRawBufferPointer, shape: [Int], precision: Precision = .float32) {
        self.init(shape: shape, precision: precision)
        precondition(bytes.count == count * 4, "\(bytes.count) bytes do not fill the shape \(shape) of float32")
        switch precision {
        case .float32: UnsafeMutableRawBufferPointer(start: address, count: count * 4).copyMemory(from: bytes)
        case .bfloat16: kernels_bfloat16_from_float(bytes.baseAddress, address.assumingMemoryBound(to: UInt16.self), count)
        }
    }

    /// Numbers stored as little-endian IEEE half precision. `bytes` must hold exactly as many as `shape` says.
    public convenience init(float16Bytes bytes: UnsafeRawBufferPointer, shape: [Int], precision: Precision = .float32) {
        self.init(shape: shape, precision: precision)
        precondition(bytes.count == count * 2, "\(bytes.count) bytes do not fill the shape \(shape) of float16")
        switch precision {
        case .float32: kernels_float_from_half(bytes.baseAddress, pointer, count)
        case .bfloat16: kernels_bfloat16_from_half(bytes.baseAddress, address.assumingMemoryBound(to: UInt16.self), count)
        }
    }

    /// Numbers stored as little-endian bfloat16. `bytes` must hold exactly as many as `shape` says.
    public convenience init(bfloat16Bytes bytes: UnsafeRawBufferPointer, shape: [Int], precision: Precision = .float32) {
        self.init(shape: shape, precision: precision)
        precondition(bytes.count == count * 2, "\(bytes.count) bytes do not fill the shape \(shape) of bfloat16")
        switch precision {
        case .float32: kernels_float_from_bfloat16(bytes.baseAddress, pointer, count)
        case .bfloat16: UnsafeMutableRawBufferPointer(start: address, count: count * 2).copyMemory(from: bytes)
        }
    }
}
