/// A block of the ``StoragePool`` that returns there when its last owner is gone.
final class TensorStorage {
    let bytes: UnsafeMutableRawBufferPointer
    private let isPooled: Bool

    init(bytes: Int) {
        self.bytes = StoragePool.shared.allocate(bytes: bytes)
        isPooled = true
    }

    /// A block for as long as a model lives, which goes straight back to the system.
    init(unpooled bytes: Int) {
        self.bytes = StoragePool.shared.allocateNew(bytes: bytes)
        isPooled = false
    }

    /// Room for `count` numbers.
    convenience init(floats count: Int) {
        self.init(bytes: count * MemoryLayout<Float>.stride)
    }

    /// Lends the block as numbers of type `T`; it stays alive for the call.
    func withMemory<T, R>(of type: T.Type, _ body: (UnsafeMutablePointer<T>) throws -> R) rethrows -> R {
        try withExtendedLifetime(self) { try body(bytes.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: type)) }
    }

    deinit {
        isPooled ? StoragePool.shared.release(bytes) : StoragePool.shared.free(bytes)
    }
}
