/// Where the packed weights of some layers, one network's as a rule, are between calls.
///
/// Belongs to the thread that runs the engine.
public final class WeightResidence {
    /// What to give back.
    public enum Extent {
        /// Everything; what no archive keeps is read and packed anew at the next call.
        case everything
        /// Arrays that an archive keeps, and those that are larger than the weights they were made of.
        case cheap
    }

    /// Whether no array stays longer than the call that uses it: little memory, and every call packs or maps its weights.
    public let isStreamed: Bool
    /// Keeps packed arrays from one run of the program to the next.
    public let archive: (any PackedArrayArchive)?
    private var layers: [Weak] = []

    private struct Weak {
        weak var weights: PackedWeights?
    }

    public init(isStreamed: Bool = false, archive: (any PackedArrayArchive)? = nil) {
        self.isStreamed = isStreamed
        self.archive = archive
    }

    /// Gives memory back that the next call can do without having been spared.
    public func release(_ extent: Extent) {
        for layer in layers { layer.weights?.release(extent) }
    }

    /// Bytes of packed arrays that stay between calls and no archive keeps.
    public var residentBytes: Int { layers.reduce(0) { $0 + ($1.weights?.residentBytes ?? 0) } }

    func add(_ weights: PackedWeights) {
        layers.append(Weak(weights: weights))
    }
}

/// Keeps arrays of bytes by name. Belongs to the thread that runs the engine.
public protocol PackedArrayArchive: AnyObject {
    /// The array of that name, if there is one of that size; valid as long as the archive lives.
    func array(named name: String, byteCount: Int) -> UnsafeRawPointer?

    /// Keeps a copy of an array; nil where that is not possible, which is no error.
    ///
    /// - Returns: the copy, valid as long as the archive lives
    func keep(_ array: UnsafeRawBufferPointer, named name: String) -> UnsafeRawPointer?

    /// Tells that an array is not needed for a while: its memory can be used otherwise.
    func rest(_ array: UnsafeRawBufferPointer)
}
