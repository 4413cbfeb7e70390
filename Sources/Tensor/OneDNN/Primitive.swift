import COneDNN

/// A compiled oneDNN operation for fixed shapes, with its arguments.
///
/// Built once per shape and kept by the layer; ``run(_:)`` only sets addresses.
final class Primitive {
    /// One argument of the operation: which one, and how it lies in memory.
    struct Argument {
        let identifier: Int32
        let layout: DataLayout
    }

    private let name: String
    private let primitive: dnnl_primitive_t?
    private let stream: dnnl_stream_t?
    private let scratchBytes: Int
    private var arguments: [dnnl_exec_arg_t]

    /// - Parameters:
    ///   - description: the primitive descriptor; the caller keeps owning it.
    ///   - arguments: in the order in which ``run(_:)`` takes their addresses.
    init(name: String, description: dnnl_primitive_desc_t?, arguments: [Argument]) throws {
        self.name = name
        let engine = OneDNNEngine.shared.handle
        var primitive: dnnl_primitive_t?
        try check(dnnl_primitive_create(&primitive, description), name)
        self.primitive = primitive
        OneDNNEngine.shared.countPrimitive()
        OperatorClock.shared.countKernel(String(cString: onednn_implementation(description)))
        var stream: dnnl_stream_t?
        let streamStatus = dnnl_stream_create(&stream, engine, dnnl_stream_default_flags.rawValue)
        self.stream = stream
        let scratch = try DataLayout.chosen(by: description, dnnl_query_scratchpad_md, for: name)
        scratchBytes = scratch.bytes
        let scratchArgument = Argument(identifier: DNNL_ARG_SCRATCHPAD, layout: scratch)
        self.arguments = []
        try check(streamStatus, name)
        for argument in arguments + [scratchArgument] {
            var memory: dnnl_memory_t?
            try check(onednn_memory_create(&memory, argument.layout.handle, engine), name)
            self.arguments.append(dnnl_exec_arg_t(arg: argument.identifier, memory: memory))
        }
    }

    deinit {
        for argument in arguments { dnnl_memory_destroy(argument.memory) }
        dnnl_stream_destroy(stream)
        dnnl_primitive_destroy(primitive)
    }

    /// Runs the operation on arrays at `addresses`, in the order of the arguments given to ``init(name:description:arguments:)``.
    func run(_ addresses: [UnsafeMutableRawPointer]) throws {
        let scratch = TensorStorage(bytes: scratchBytes)
        for (argument, address) in zip(arguments, addresses) {
            try check(dnnl_memory_set_data_handle(argument.memory, address), name)
        }
        try check(dnnl_memory_set_data_handle(arguments[arguments.count - 1].memory, scratch.bytes.baseAddress), name)
        try withExtendedLifetime(scratch) {
            try check(dnnl_primitive_execute(primitive, stream, Int32(arguments.count), arguments), name)
        }
    }
}
