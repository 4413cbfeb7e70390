import COneDNN

/// A layer's weights in the layouts that its primitives chose.
///
/// The first primitive's layout replaces the original array, so that the weights exist once. A primitive for another shape that wants
/// another layout gets its own copy, made from the first.
final class PackedWeights {
    private let name: String
    private var original: (layout: DataLayout, tensor: Tensor)?
    private var packed: [(layout: DataLayout, storage: TensorStorage)] = []

    init(_ tensor: Tensor, layout: DataLayout, name: String) {
        self.name = name
        original = (layout, tensor)
    }

    /// The weights in `layout`, reordered now if that layout was not asked for before.
    func address(in layout: DataLayout) throws -> UnsafeMutableRawPointer {
        if let known = packed.first(where: { $0.layout.isSame(as: layout) }) { return try address(of: known.storage) }
        let storage = TensorStorage(bytes: layout.bytes)
        let target = try address(of: storage)
        if let original {
            try reorder(from: original.layout, at: UnsafeMutableRawPointer(original.tensor.pointer), to: layout, at: target)
        } else if let first = packed.first {
            try reorder(from: first.layout, at: try address(of: first.storage), to: layout, at: target)
        }
        original = nil
        packed.append((layout, storage))
        return target
    }

    private func address(of storage: TensorStorage) throws -> UnsafeMutableRawPointer {
        guard let address = storage.bytes.baseAddress else {
            throw TensorError.backend(operator: name, status: Int(dnnl_out_of_memory.rawValue))
        }
        return address
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
        let primitive = try Primitive(
            name: name, description: description,
            arguments: [.init(identifier: DNNL_ARG_FROM, layout: source), .init(identifier: DNNL_ARG_TO, layout: target)])
        try primitive.run([sourceAddress, targetAddress])
    }
}
