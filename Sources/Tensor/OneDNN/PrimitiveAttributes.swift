import COneDNN

/// What a primitive does beside its main operation: post-operations and who owns the scratchpad.
final class PrimitiveAttributes {
    let handle: dnnl_primitive_attr_t?
    /// The execution argument of each added array, in order.
    private(set) var additionArguments: [Int32] = []

    /// - Parameters:
    ///   - accumulates: whether the result is added to what the destination holds.
    ///   - additions: layouts of arrays to add to the result, broadcast where their size is one.
    ///   - activation: applied last.
    init(accumulates: Bool = false, additions: [DataLayout] = [], activation: Activation = .none, for name: String) throws {
        var attributes: dnnl_primitive_attr_t?
        try check(dnnl_primitive_attr_create(&attributes), name)
        handle = attributes
        try check(dnnl_primitive_attr_set_scratchpad_mode(attributes, dnnl_scratchpad_mode_user), name)

        var operations: dnnl_post_ops_t?
        try check(dnnl_post_ops_create(&operations), name)
        defer { dnnl_post_ops_destroy(operations) }
        if accumulates { try check(onednn_append_sum(operations), name) }
        for (index, layout) in additions.enumerated() {
            try check(onednn_append_binary_add(operations, layout.handle), name)
            additionArguments.append(onednn_argument_of_post_operation(Int32(index + (accumulates ? 1 : 0))))
        }
        switch activation {
        case .none: break
        case .silu: try check(onednn_append_eltwise(operations, dnnl_eltwise_swish, 1), name)
        case .quickGELU: try check(onednn_append_eltwise(operations, dnnl_eltwise_swish, quickGELUSlope), name)
        case .gelu: try check(onednn_append_eltwise(operations, dnnl_eltwise_gelu_erf, 0), name)
        case .relu: try check(onednn_append_eltwise(operations, dnnl_eltwise_relu, 0), name)
        }
        try check(dnnl_primitive_attr_set_post_ops(attributes, operations), name)
    }

    deinit {
        dnnl_primitive_attr_destroy(handle)
    }
}
