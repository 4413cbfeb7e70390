/// A block of the ``StoragePool`` that returns there when its last owner is gone.
final class TensorStorage {
    let bytes: UnsafeMutableRawBufferPointer

    init(bytes: Int) {
        self.bytes = StoragePool.shared.allocate(bytes: bytes)
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
        StoragePool.shared.release(bytes)
    }
}
