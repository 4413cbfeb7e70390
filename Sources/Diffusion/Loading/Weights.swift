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
    private let residence: WeightResidence
    /// Tells the component's tensors from those of others in the archive.
    private let component: String
    /// Whether an earlier run has looked at every number.
    private let isVerified: Bool

    /// - Parameters:
    ///   - precision: what layers multiply in
    ///   - audit: takes note of what is asked for, and nothing is read
    ///   - residence: where packed weights stay between calls
    ///   - component: what the weights are called in the residence's archive
    ///   - isVerified: whether an earlier run has looked at every number
    init(
        _ store: WeightStore, precision: Precision = .float32, cancellation: CancellationFlag?, audit: WeightAudit? = nil,
        residence: WeightResidence = WeightResidence(), component: String = "", isVerified: Bool = false
    ) {
        self.store = store
        self.precision = precision
        self.cancellation = cancellation
        self.audit = audit
        self.residence = residence
        self.component = component
        self.isVerified = isVerified
    }

    /// Made-up numbers of every name and shape that is asked for, to measure architectures without their weights.
    init(madeUpIn precision: Precision) {
        store = nil
        self.precision = precision
        cancellation = nil
        audit = nil
        residence = WeightResidence()
        component = ""
        isVerified = false
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
        let tensor = try location(name, in: store, shape: shape, orStoredAs: alternative).read().reshaped(shape)
        for addition in store.additions[name] ?? [] { try addition.merge(into: tensor) }
        return tensor
    }

    /// A layer's weights, low-rank additions merged, to be read when the layer needs them. Shapes and numbers are checked now.
    ///
    /// - Parameters: as for ``tensor(_:shape:orStoredAs:)``
    /// - Throws: `ModelError`, or `CancellationError`
    func source(_ name: String, shape: [Int], orStoredAs alternative: [Int]? = nil) throws -> WeightSource {
        let precision = precision
        guard let store else {
            return WeightSource(shape: shape, precision: precision, name: nil, residence: residence) {
                MadeUpNumbers.tensor(name, shape).converted(to: precision)
            }
        }
        try cancellation?.check()
        let name = prefix + name
        if let audit {
            try audit.note(name, in: store, shape: shape, orStoredAs: alternative)
            return WeightSource(shape: shape, precision: precision, name: nil, residence: residence) {
                Tensor(shape: shape, precision: precision)
            }
        }
        let location = try location(name, in: store, shape: shape, orStoredAs: alternative)
        let additions = store.additions[name] ?? []
        for addition in additions { try addition.check(against: shape) }
        if !isVerified { try location.checkNumbers() }
        let isPlain = additions.isEmpty
        return WeightSource(shape: shape, precision: precision, name: isPlain ? "\(component) \(name)" : nil, residence: residence) {
            let tensor = try location.read(as: isPlain ? precision : .float32).reshaped(shape)
            for addition in additions { try addition.merge(into: tensor) }
            return tensor.converted(to: precision)
        }
    }

    /// A matrix of which single rows are read, such as a vocabulary's vectors.
    ///
    /// - Throws: `ModelError`, or `CancellationError`
    func rows(_ name: String, shape: [Int]) throws -> MatrixRows {
        guard let store, audit == nil, store.additions[prefix + name] == nil else { return MatrixRows(try tensor(name, shape: shape)) }
        try cancellation?.check()
        let location = try location(prefix + name, in: store, shape: shape, orStoredAs: nil)
        if !isVerified { try location.checkNumbers() }
        return try MatrixRows(location)
    }

    private func location(
        _ name: String, in store: WeightStore, shape: [Int], orStoredAs alternative: [Int]?
    ) throws -> WeightStore.Location {
        guard let location = store.locations[name] else { throw ModelError.missingTensor(path: store.path, tensor: name) }
        guard location.shape == shape || location.shape == alternative else {
            throw ModelError.wrongShape(path: location.file.url.path, tensor: location.name, expected: shape, found: location.shape)
        }
        return location
    }
}

extension Weights {
    /// `name.weight` `[outputs, inputs]` and, unless the architecture has none, `name.bias`. Older files store some as 1x1 convolutions.
    func linear(_ name: String, inputs: Int, outputs: Int, bias: Bool = true) throws -> Linear {
        let weights = scope(name)
        return try Linear(
            weights: weights.source("weight", shape: [outputs, inputs], orStoredAs: [outputs, inputs, 1, 1]),
            bias: bias ? weights.tensor("bias", shape: [outputs]) : nil)
    }

    /// `name.weight` `[outputs, inputs, kernel, kernel]` and, unless the architecture has none, `name.bias`.
    func convolution(
        _ name: String, inputs: Int, outputs: Int, kernel: Int = 3, stride: Int = 1, padding: Padding2D? = nil, bias: Bool = true
    ) throws -> Convolution2D {
        let weights = scope(name)
        return try Convolution2D(
            weights: weights.source("weight", shape: [outputs, inputs, kernel, kernel]),
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
