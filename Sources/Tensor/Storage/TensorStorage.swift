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

    deinit {
        StoragePool.shared.release(bytes)
    }
}
