/// A layer's weights, wherever they are until the layer needs them.
///
/// The numbers are read when a primitive first wants them in its own layout, and again when another wants another: a model's weights
/// never exist twice.
public struct WeightSource {
    enum Origin {
        /// In memory; the first packed copy replaces it.
        case tensor(Tensor)
        /// Somewhere else, to be read as often as needed.
        case reader(() throws -> Tensor)
    }

    /// As PyTorch stores them, outermost axis first.
    public let shape: [Int]
    /// What the layer multiplies in.
    public let precision: Precision
    /// What the packed arrays are filed under; nil keeps them out of the residence's archive.
    let name: String?
    let residence: WeightResidence
    let origin: Origin

    /// - Parameters:
    ///   - name: tells these weights from all others of the archive; nil for weights that differ from run to run
    ///   - residence: where packed arrays stay between calls
    ///   - read: the numbers, in `shape` and `precision`; called again whenever they are needed and not kept
    public init(
        shape: [Int], precision: Precision, name: String?, residence: WeightResidence, read: @escaping () throws -> Tensor
    ) {
        self.shape = shape
        self.precision = precision
        self.name = name
        self.residence = residence
        origin = .reader(read)
    }

    /// Weights in memory.
    public init(_ tensor: Tensor) {
        shape = tensor.shape
        precision = tensor.precision
        name = nil
        residence = WeightResidence()
        origin = .tensor(tensor)
    }

    var count: Int { shape.reduce(1, *) }
}
