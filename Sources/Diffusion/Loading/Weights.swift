import Tensor

/// The weights of one component as its layers ask for them, looked up by the names that diffusers gives them.
///
/// A scope is a prefix: `weights.scope("mid_block").scope("resnets.0")` holds `mid_block.resnets.0.conv1.weight` as
/// `conv1.weight`. Shapes are compared with the architecture's before memory is taken, and every value must be finite.
struct Weights {
    /// What layers multiply in; tensors asked for by name are float32 in either case.
    private(set) var precision: Precision
    /// Nil makes numbers up.
    private let store: WeightStore?
    private var prefix = ""
    private let cancellation: CancellationFlag?
    private let audit: WeightAudit?

    /// - Parameters:
    ///   - precision: what layers multiply in
    ///   - audit: takes note of what is asked for, and nothing is read
    init(_ store: WeightStore, precision: Precision = .float32, cancellation: CancellationFlag?, audit: WeightAudit? = nil) {
        self.store = store
        self.precision = precision
        self.cancellation = cancellation
        self.audit = audit
    }

    /// Made-up numbers of every name and shape that is asked for, to measure architectures without their weights.
    init(madeUpIn precision: Precision) {
        store = nil
        self.precision = precision
        cancellation = nil
        audit = nil
    }

    func scope(_ name: String) -> Weights {
        var copy = self
        copy.prefix += name + "."
        return copy
    }

    /// The same weights for layers of another precision.
    func multiplied(in precision: Precision) -> Weights {
        var copy = self
        copy.precision = precision
        return copy
    }

    func contains(_ name: String) -> Bool {
        store?.locations[prefix + name] != nil
    }

    /// A tensor's shape; nil where there is none of that name.
    func shape(of name: String) -> [Int]? {
        store?.locations[prefix + name]?.shape
    }

    /// A tensor as float32, low-rank additions merged.
    ///
    /// - Parameters:
    ///   - shape: what the architecture asks for
    ///   - alternative: a shape with the same elements that older files use
    /// - Throws: `ModelError`, or `CancellationError`
    func tensor(_ name: String, shape: [Int], orStoredAs alternative: [Int]? = nil) throws -> Tensor {
        guard let store else { return MadeUpNumbers.tensor(name, shape) }
        try cancellation?.check()
        let name = prefix + name
        if let audit {
            try audit.note(name, in: store, shape: shape, orStoredAs: alternative)
            return Tensor(shape: shape)
        }
        guard let location = store.locations[name] else { throw ModelError.missingTensor(path: store.path, tensor: name) }
        guard location.shape == shape || location.shape == alternative else {
            throw ModelError.wrongShape(path: location.file.url.path, tensor: location.name, expected: shape, found: location.shape)
        }
        let tensor = try location.read().reshaped(shape)
        for addition in store.additions[name] ?? [] { try addition.merge(into: tensor, named: name) }
        return tensor
    }
}

extension WeightStore.Location {
    /// The numbers as float32, in the part's shape.
    ///
    /// - Throws: `ModelError` naming file and tensor where they are no finite floating-point numbers
    func read() throws -> Tensor {
        let path = file.url.path
        let tensor: Tensor? = file.withBytes(of: entry) { bytes in
            var (bytes, shape) = (bytes, entry.shape)
            if case .rows(let index, let count) = part {
                let stretch = bytes.count / count
                bytes = UnsafeRawBufferPointer(rebasing: bytes[index * stretch..<(index + 1) * stretch])
                shape = self.shape
            }
            return switch entry.elementType {
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
        if case .transposed = part { return transposed(tensor) }
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
            weight: weights.tensor("weight", shape: [outputs, inputs], orStoredAs: [outputs, inputs, 1, 1]).converted(to: precision),
            bias: bias ? weights.tensor("bias", shape: [outputs]) : nil)
    }

    /// `name.weight` `[outputs, inputs, kernel, kernel]` and, unless the architecture has none, `name.bias`.
    func convolution(
        _ name: String, inputs: Int, outputs: Int, kernel: Int = 3, stride: Int = 1, padding: Padding2D? = nil, bias: Bool = true
    ) throws -> Convolution2D {
        let weights = scope(name)
        return try Convolution2D(
            weight: weights.tensor("weight", shape: [outputs, inputs, kernel, kernel]).converted(to: precision),
            bias: bias ? weights.tensor("bias", shape: [outputs]) : nil, stride: stride, padding: padding ?? .all(kernel / 2))
    }

    func groupNorm(_ name: String, groups: Int, channels: Int, epsilon: Float) throws -> GroupNorm {
        let weights = scope(name)
        return GroupNorm(
            groups: groups, scale: try weights.tensor("weight", shape: [channels]), shift: try weights.tensor("bias", shape: [channels]),
            epsilon: epsilon, precision: precision)
    }

    func layerNorm(_ name: String, channels: Int, epsilon: Float = 1e-5) throws -> LayerNorm {
        let weights = scope(name)
        return LayerNorm(
            scale: try weights.tensor("weight", shape: [channels]), shift: try weights.tensor("bias", shape: [channels]), epsilon: epsilon,
            precision: precision)
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
