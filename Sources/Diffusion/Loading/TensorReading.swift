import Foundation
import Tensor

extension WeightStore.Location {
    /// The numbers in the part's shape.
    ///
    /// - Throws: `ModelError` naming file and tensor where they are no finite floating-point numbers
    func read(as precision: Precision = .float32) throws -> Tensor {
        let tensor: Tensor? = withBytes { bytes, shape in
            switch entry.elementType {
            case .float32: Tensor(float32Bytes: bytes, shape: shape, precision: precision)
            case .float16: Tensor(float16Bytes: bytes, shape: shape, precision: precision)
            case .bfloat16: Tensor(bfloat16Bytes: bytes, shape: shape, precision: precision)
            case .float64: Tensor(Self.narrowed(bytes), shape: shape).converted(to: precision)
            default: nil
            }
        }
        file.rest(entry)
        guard let tensor else { throw notNumbers }
        guard tensor.isFinite else { throw notFinite }
        if case .transposed = part { return transposed(tensor.converted(to: .float32)).converted(to: precision) }
        return tensor
    }

    /// Throws what ``read(as:)`` would, without keeping the numbers.
    func checkNumbers() throws {
        let isFinite: Bool? = withBytes { bytes, _ in
            switch entry.elementType {
            case .float32: !Self.contains(bytes, exponent: UInt32(0x7F80_0000))
            case .float16: !Self.contains(bytes, exponent: UInt16(0x7C00))
            case .bfloat16: !Self.contains(bytes, exponent: UInt16(0x7F80))
            case .float64: Self.narrowed(bytes).allSatisfy(\.isFinite)
            default: nil
            }
        }
        file.rest(entry)
        guard let isFinite else { throw notNumbers }
        guard isFinite else { throw notFinite }
    }

    private var notNumbers: ModelError {
        .corruptWeights(
            path: file.url.path, tensor: name, problem: "holds \(entry.elementType.rawValue), not floating-point numbers")
    }

    private var notFinite: ModelError { .notFinite(path: file.url.path, tensor: name) }

    /// Lends the stored bytes of the part with their shape; a transposed part as it is stored.
    private func withBytes<Result>(_ body: (UnsafeRawBufferPointer, [Int]) -> Result) -> Result {
        file.withBytes(of: entry) { bytes in
            guard case .rows(let index, let count) = part else { return body(bytes, entry.shape) }
            let stretch = bytes.count / count
            return body(UnsafeRawBufferPointer(rebasing: bytes[index * stretch..<(index + 1) * stretch]), shape)
        }
    }

    /// Whether a number has an exponent of all ones, which marks infinities and NaN.
    private static func contains<Bits: FixedWidthInteger & UnsignedInteger & SIMDScalar>(
        _ bytes: UnsafeRawBufferPointer, exponent: Bits
    ) -> Bool {
        typealias Numbers = SIMD32<Bits>
        let size = MemoryLayout<Bits>.size
        let (mask, none, one) = (Numbers(repeating: exponent), Numbers(repeating: 0), Numbers(repeating: 1))
        var found = none
        let whole = bytes.count / (32 * size) * 32 * size
        for offset in stride(from: 0, to: whole, by: 32 * size) {
            let numbers = bytes.loadUnaligned(fromByteOffset: offset, as: Numbers.self)
            found.replace(with: one, where: (numbers & mask) .== mask)
        }
        let rest = stride(from: whole, to: bytes.count / size * size, by: size).contains {
            bytes.loadUnaligned(fromByteOffset: $0, as: Bits.self) & exponent == exponent
        }
        return found != none || rest
    }

    private static func narrowed(_ bytes: UnsafeRawBufferPointer) -> [Float] {
        (0..<bytes.count / 8).map {
            Float(Double(bitPattern: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * 8, as: UInt64.self))))
        }
    }
}

/// A matrix of which single rows are read.
struct MatrixRows {
    private enum Place {
        case tensor(Tensor)
        case file(WeightStore.Location)
    }

    let count: Int
    private let width: Int
    private let place: Place

    init(_ tensor: Tensor) {
        (count, width) = (tensor.shape[0], tensor.shape[1])
        place = .tensor(tensor)
    }

    /// - Throws: `ModelError` where the stored tensor cannot be read
    init(_ location: WeightStore.Location) throws {
        (count, width) = (location.shape[0], location.shape[1])
        if case .whole = location.part { place = .file(location) } else { place = .tensor(try location.read()) }
    }

    /// - Throws: `ModelError` where its numbers are not finite
    func row(_ index: Int) throws -> [Float] {
        switch place {
        case .tensor(let tensor): return tensor.withUnsafeBuffer { Array($0[index * width..<(index + 1) * width]) }
        case .file(var location):
            location.part = .rows(index: index, count: count)
            return try location.read().values
        }
    }
}

/// A matrix with its axes swapped.
func transposed(_ matrix: Tensor) -> Tensor {
    let (rows, columns) = (matrix.shape[0], matrix.shape[1])
    let result = Tensor(shape: [columns, rows])
    matrix.withUnsafeBuffer { source in
        result.withUnsafeMutableBuffer { target in
            for row in 0..<rows {
                for column in 0..<columns { target[column * rows + row] = source[row * columns + column] }
            }
        }
    }
    return result
}
