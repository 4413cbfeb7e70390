import COneDNN

/// A layer's weights in the layouts that its primitives chose.
///
/// The first primitive's layout replaces the original array, so that the weights exist once. A primitive for another shape that wants
/// another layout gets its own copy, made from the first.
final class PackedWeights {
    private struct Copy {
        let layout: DataLayout
        let storage: TensorStorage
    }

    private let name: String
    private let shape: [Int]
    /// How the weights are stored.
    let precision: Precision
    private let plainLayout: DataLayout
    private var plain: Tensor?
    private var packed: [Copy] = []

    init(_ tensor: Tensor, layout: DataLayout, name: String) {
        self.name = name
        shape = tensor.shape
        precision = tensor.precision
        plainLayout = layout
        plain = tensor
    }

    /// The weights in `layout`, reordered now if that layout was not asked for before.
    func address(in layout: DataLayout) throws -> UnsafeMutableRawPointer {
        if let known = packed.first(where: { $0.layout.isSame(as: layout) }) { return address(of: known.storage) }
        let copy = Copy(layout: layout, storage: TensorStorage(bytes: layout.bytes))
        if let plain {
            try reorder(from: plainLayout, at: plain.address, to: layout, at: address(of: copy.storage))
        } else if let first = packed.first {
            try reorder(from: first.layout, at: address(of: first.storage), to: layout, at: address(of: copy.storage))
        }
        plain = nil
        packed.append(copy)
        return address(of: copy.storage)
    }

    /// The weights as they were given.
    func original() throws -> Tensor {
        if let plain { return plain }
        let tensor = Tensor(shape: shape, precision: precision)
        if let first = packed.first {
            try reorder(from: first.layout, at: address(of: first.storage), to: plainLayout, at: tensor.address)
        }
        return tensor
    }

    private func address(of storage: TensorStorage) -> UnsafeMutableRawPointer {
        storage.bytes.baseAddress.unsafelyUnwrapped
    }

    private func reorder(
        from source: DataLayout, at sourceAddress: UnsafeMutableRawPointer,
        to target: DataLayout, at targetAddress: UnsafeMutableRawPointer
    ) throws {
        let attributes = try PrimitiveAttributes(for: name)
        var description: dnnl_primitive_desc_t?
        try check(
            onednn_reorder(&description, OneDNNEngine.shared.handle, attributes.handle, source.handle, target.handle), name)
        defer { dnnl_primitive_desc_destroy(description) }
        OneDNNEngine.shared.countReorder()
        let primitive = try Primitive(
            name: name, description: description,
            arguments: [.init(identifier: DNNL_ARG_FROM, layout: source), .init(identifier: DNNL_ARG_TO, layout: target)])
        try primitive.run([sourceAddress, targetAddress])
    }
}
