import Tensor

/// The weights of one component, looked up by the names that diffusers gives them.
///
/// A scope is a prefix: `weights.scope("mid_block").scope("resnets.0")` holds `mid_block.resnets.0.conv1.weight` as
/// `conv1.weight`. Shapes are compared with the architecture's before memory is taken, and every value must be finite.
struct Weights {
    private let file: SafetensorsFile
    private let prefix: String
    private let cancellation: CancellationFlag?

    init(_ file: SafetensorsFile, cancellation: CancellationFlag?) {
        self.init(file, prefix: "", cancellation: cancellation)
    }

    private init(_ file: SafetensorsFile, prefix: String, cancellation: CancellationFlag?) {
        self.file = file
        self.prefix = prefix
        self.cancellation = cancellation
    }

    func scope(_ name: String) -> Weights {
        Weights(file, prefix: prefix + name + ".", cancellation: cancellation)
    }

    func contains(_ name: String) -> Bool {
        file.header.entries[prefix + name] != nil
    }

    /// A tensor as float32.
    ///
    /// - Parameters:
    ///   - shape: what the architecture asks for
    ///   - alternative: a shape with the same elements that older files use
    /// - Throws: `ModelError`, or `CancellationError`
    func tensor(_ name: String, shape: [Int], orStoredAs alternative: [Int]? = nil) throws -> Tensor {
        try cancellation?.check()
        let path = file.url.path
        let name = prefix + name
        guard let entry = file.header.entries[name] else { throw ModelError.missingTensor(path: path, tensor: name) }
        guard entry.shape == shape || entry.shape == alternative else {
            throw ModelError.wrongShape(path: path, tensor: name, expected: shape, found: entry.shape)
        }
        let tensor: Tensor? = file.withBytes(of: entry) { bytes in
            switch entry.elementType {
            case .float32: Tensor(float32Bytes: bytes, shape: shape)
            case .float16: Tensor(float16Bytes: bytes, shape: shape)
            case .bfloat16: Tensor(bfloat16Bytes: bytes, shape: shape)
            case .float64: Tensor(Self.narrowed(bytes), shape: shape)
            default: nil
            }
        }
        guard let tensor else {
            throw ModelError.corruptWeights(
                path: path, tensor: name, problem: "holds \(entry.elementType.rawValue), not floating-point numbers")
        }
        guard tensor.isFinite else { throw ModelError.notFinite(path: path, tensor: name) }
        return tensor
    }

    private static func narrowed(_ bytes: UnsafeRawBufferPointer) -> [Float] {
        (0..<bytes.count / 8).map {
            Float(Double(bitPattern: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * 8, as: UInt64.self))))
        }
    }
}

extension Weights {
    /// `name.weight` `[outputs, inputs]` and, unless the architecture has none, `name.bias`. Older files store some as 1x1 convolutions.
    func linear(_ name: String, inputs: Int, outputs: Int, bias: Bool = true) throws -> Linear {
        let weights = scope(name)
        return try Linear(
            weight: weights.tensor("weight", shape: [outputs, inputs], orStoredAs: [outputs, inputs, 1, 1]),
            bias: bias ? weights.tensor("bias", shape: [outputs]) : nil)
    }

    /// `name.weight` `[outputs, inputs, kernel, kernel]` and, unless the architecture has none, `name.bias`.
    func convolution(
        _ name: String, inputs: Int, outputs: Int, kernel: Int = 3, stride: Int = 1, padding: Padding2D? = nil, bias: Bool = true
    ) throws -> Convolution2D {
        let weights = scope(name)
        return try Convolution2D(
            weight: weights.tensor("weight", shape: [outputs, inputs, kernel, kernel]),
            bias: bias ? weights.tensor("bias", shape: [outputs]) : nil, stride: stride, padding: padding ?? .all(kernel / 2))
    }

    func groupNorm(_ name: String, groups: Int, channels: Int, epsilon: Float) throws -> GroupNorm {
        let weights = scope(name)
        return GroupNorm(
            groups: groups, scale: try weights.tensor("weight", shape: [channels]), shift: try weights.tensor("bias", shape: [channels]),
            epsilon: epsilon)
    }

    func layerNorm(_ name: String, channels: Int, epsilon: Float = 1e-5) throws -> LayerNorm {
        let weights = scope(name)
        return LayerNorm(
            scale: try weights.tensor("weight", shape: [channels]), shift: try weights.tensor("bias", shape: [channels]), epsilon: epsilon)
    }
}

extension Tensor {
    /// Whether no element is NaN or infinite: an exponent of all ones marks both.
    var isFinite: Bool {
        withUnsafeBuffer { values in
            var found: UInt32 = 0
            for value in values { found |= (value.bitPattern & 0x7F80_0000) == 0x7F80_0000 ? 1 : 0 }
            return found == 0
        }
    }
}
