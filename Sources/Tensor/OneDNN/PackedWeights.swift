import COneDNN

/// A layer's weights in the layouts that its primitives chose.
///
/// An array is packed when it is first asked for and stays where the source's ``WeightResidence`` says. Weights that came as a tensor are
/// replaced by their first packed copy, and other copies are made from that.
final class PackedWeights {
    /// Weights in one layout, there as long as it lives.
    final class Copy {
        let layout: DataLayout
        private let storage: TensorStorage?
        private let archived: UnsafeRawBufferPointer?
        private let archive: (any PackedArrayArchive)?

        fileprivate init(layout: DataLayout, storage: TensorStorage) {
            self.layout = layout
            self.storage = storage
            archived = nil
            archive = nil
        }

        fileprivate init(layout: DataLayout, archived: UnsafeRawBufferPointer, archive: any PackedArrayArchive) {
            self.layout = layout
            storage = nil
            self.archived = archived
            self.archive = archive
        }

        var isArchived: Bool { archived != nil }

        /// oneDNN takes addresses without asking whether it may write; it does not write weights.
        var address: UnsafeMutableRawPointer {
            UnsafeMutableRawPointer(mutating: archived?.baseAddress) ?? storage.unsafelyUnwrapped.bytes.baseAddress.unsafelyUnwrapped
        }

        deinit {
            if let archived { archive?.rest(archived) }
        }
    }

    /// How the weights are stored.
    let precision: Precision
    let residence: WeightResidence
    private let name: String
    private let shape: [Int]
    private let fileName: String?
    private let plainLayout: DataLayout
    /// Whether the packed arrays are larger than what they are made of.
    private let isExpanded: Bool
    /// Weights that came as a tensor, until a packed copy replaces them.
    private var held: Tensor?
    /// Reads weights that did not.
    private let read: (() throws -> Tensor)?
    private var copies: [Copy] = []

    /// - Parameters:
    ///   - layout: how the source's numbers lie
    ///   - name: the operator's, for errors
    init(_ source: WeightSource, layout: DataLayout, isExpanded: Bool = false, name: String) {
        precision = source.precision
        residence = source.residence
        shape = source.shape
        fileName = source.name
        self.name = name
        self.isExpanded = isExpanded
        plainLayout = layout
        switch source.origin {
        case .tensor(let tensor): (held, read) = (tensor, nil)
        case .reader(let reader): (held, read) = (nil, reader)
        }
        residence.add(self)
    }

    /// The weights in `layout`, packed now if they are not there.
    func copy(in layout: DataLayout) throws -> Copy {
        if let known = copies.first(where: { $0.layout.isSame(as: layout) }) { return known }
        let copy = try archivedCopy(in: layout) ?? packedCopy(in: layout)
        if !residence.isStreamed || read == nil { copies.append(copy) }
        return copy
    }

    /// The weights as they were given.
    func original() throws -> Tensor {
        if let held { return held }
        if let read { return try read() }
        let tensor = Tensor(shape: shape, precision: precision)
        if let first = copies.first { try reorder(from: first.layout, at: first.address, to: plainLayout, at: tensor.address) }
        return tensor
    }

    /// A source of what is computed from these weights, which stays where they do.
    func derived(_ suffix: String, shape: [Int], precision: Precision, read: @escaping () throws -> Tensor) -> WeightSource {
        WeightSource(shape: shape, precision: precision, name: fileName.map { $0 + suffix }, residence: residence, read: read)
    }

    /// Bytes of copies that no archive keeps.
    var residentBytes: Int { copies.reduce(0) { $0 + ($1.isArchived ? 0 : $1.layout.bytes) } }

    func release(_ extent: WeightResidence.Extent) {
        guard read != nil else { return }
        copies.removeAll { extent == .everything || isExpanded || $0.isArchived }
    }

    private func key(_ layout: DataLayout) -> String? {
        fileName.map { "\($0) \(layout.signature)" }
    }

    private func archivedCopy(in layout: DataLayout) -> Copy? {
        guard let archive = residence.archive, let key = key(layout),
            let array = archive.array(named: key, byteCount: layout.bytes)
        else { return nil }
        return Copy(layout: layout, archived: UnsafeRawBufferPointer(start: array, count: layout.bytes), archive: archive)
    }

    private func packedCopy(in layout: DataLayout) throws -> Copy {
        let copy = Copy(layout: layout, storage: TensorStorage(unpooled: layout.bytes))
        if held == nil, read == nil, let first = copies.first {
            try reorder(from: first.layout, at: first.address, to: layout, at: copy.address)
        } else {
            let plain = try original()
            try withExtendedLifetime(plain) { try reorder(from: plainLayout, at: plain.address, to: layout, at: copy.address) }
            held = nil
        }
        guard let archive = residence.archive, let key = key(layout),
            let array = archive.keep(UnsafeRawBufferPointer(start: copy.address, count: layout.bytes), named: key)
        else { return copy }
        return Copy(layout: layout, archived: UnsafeRawBufferPointer(start: array, count: layout.bytes), archive: archive)
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
