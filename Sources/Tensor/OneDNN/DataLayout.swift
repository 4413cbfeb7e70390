import COneDNN

/// How an array lies in memory (oneDNN's memory descriptor).
final class DataLayout {
    let handle: onednn_layout_t

    private init(_ handle: onednn_layout_t) {
        self.handle = handle
    }

    deinit {
        onednn_layout_destroy(handle)
    }

    /// `dims` in oneDNN's logical order, `strides` in elements.
    static func strided(_ dims: [Int], strides: [Int], precision: Precision = .float32, for name: String) throws -> DataLayout {
        try make(name) { onednn_layout_strided(&$0, precision.dataType, Int32(dims.count), dims.map(Int64.init), strides.map(Int64.init)) }
    }

    /// A layout for the primitive to choose.
    static func any(_ dims: [Int], precision: Precision = .float32, for name: String) throws -> DataLayout {
        try make(name) { onednn_layout_any(&$0, precision.dataType, Int32(dims.count), dims.map(Int64.init)) }
    }

    /// `[batch, channels, height, width]` by name, channels innermost in memory.
    static func channelsLast(
        batch: Int, height: Int, width: Int, channels: Int, precision: Precision = .float32, for name: String
    ) throws -> DataLayout {
        try strided(
            [batch, channels, height, width], strides: [height * width * channels, 1, width * channels, channels], precision: precision,
            for: name)
    }

    /// A row-major array.
    static func rowMajor(_ dims: [Int], precision: Precision = .float32, for name: String) throws -> DataLayout {
        var strides = [Int](repeating: 1, count: dims.count)
        for axis in dims.indices.dropLast().reversed() { strides[axis] = strides[axis + 1] * dims[axis + 1] }
        return try strided(dims, strides: strides, precision: precision, for: name)
    }

    /// The layout that a primitive chose for one of its arguments.
    static func chosen(by description: dnnl_primitive_desc_t?, _ what: dnnl_query_t, for name: String) throws -> DataLayout {
        try make(name) { onednn_layout_of(&$0, description, what) }
    }

    var bytes: Int { onednn_layout_bytes(handle) }

    /// What tells this layout from any other, as text.
    var signature: String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 512) { text in
            guard let start = text.baseAddress else { return "" }
            onednn_layout_describe(handle, start, text.count)
            return String(cString: start)
        }
    }

    func isSame(as other: DataLayout) -> Bool {
        onednn_layout_equal(handle, other.handle) != 0
    }

    private static func make(_ name: String, _ body: (inout onednn_layout_t?) -> dnnl_status_t) throws -> DataLayout {
        var handle: onednn_layout_t?
        try check(body(&handle), name)
        guard let handle else { throw TensorError.backend(operator: name, status: Int(dnnl_out_of_memory.rawValue)) }
        return DataLayout(handle)
    }
}
