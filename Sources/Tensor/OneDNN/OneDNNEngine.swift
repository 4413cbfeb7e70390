import COneDNN
import Kernels
import Synchronization

/// The one oneDNN engine of the process, and the counters that show what oneDNN is asked to do.
///
/// `@unchecked Sendable`: the handle is written once, and oneDNN engines may be used from any thread.
final class OneDNNEngine: @unchecked Sendable {
    static let shared = OneDNNEngine()

    let handle: dnnl_engine_t?
    private let created = Atomic<Int>(0)
    private let reordered = Atomic<Int>(0)

    /// Primitives built since the program started. It stands still once every shape of a model has been seen.
    var primitivesCreated: Int { created.load(ordering: .relaxed) }

    /// Arrays copied into another layout since the program started: weights, once each.
    var reorders: Int { reordered.load(ordering: .relaxed) }

    private init() {
        var engine: dnnl_engine_t?
        handle = dnnl_engine_create(&engine, dnnl_cpu, 0) == dnnl_success ? engine : nil
    }

    func countPrimitive() {
        created.wrappingAdd(1, ordering: .relaxed)
    }

    func countReorder() {
        reordered.wrappingAdd(1, ordering: .relaxed)
    }
}

/// What the engine did so far, for tests and for `backdrop doctor`.
public enum EngineStatistics {
    /// oneDNN primitives built since the program started. Steady while a model runs at shapes it has seen before.
    public static var primitivesCreated: Int { OneDNNEngine.shared.primitivesCreated }
    /// Arrays copied into another layout since the program started; steady like the above.
    public static var reorders: Int { OneDNNEngine.shared.reorders }
    /// What packed weights depend on beside the weights: the versions of oneDNN and of our own kernels, and the instruction sets in use.
    public static var packing: String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { text in
            guard let start = text.baseAddress else { return "" }
            onednn_describe_choices(start, text.count)
            return "\(String(cString: start)) \(kernels_active_isa().rawValue) \(WinogradConvolution.version)"
        }
    }
    /// Blocks of memory that tensors took from the system since the program started; steady like the above.
    public static var blocksAllocated: Int { StoragePool.shared.statistics.blocksAllocated }
}

/// Throws ``TensorError/backend(operator:status:)`` unless oneDNN succeeded.
func check(_ status: dnnl_status_t, _ name: String) throws {
    if status != dnnl_success { throw TensorError.backend(operator: name, status: Int(status.rawValue)) }
}
