import COneDNN
import Synchronization

/// What operators are reported as.
public enum OperatorKind: String, Sendable, Hashable, CaseIterable, Codable {
    case winograd = "3x3 convolution, Winograd"
    case convolution = "convolution, direct"
    case linear = "linear"
    case attention
    case groupNorm = "group norm"
    case layerNorm = "layer norm"
    case gatedUnit = "GEGLU"
    case rearrangement = "upsample, concatenate"
    case elementwise = "add, activate"
}

/// Where the time of a model goes, operator by operator. Stands still until it is started; then all operators of the process count.
public final class OperatorClock: Sendable {
    public static let shared = OperatorClock()

    /// The calls of one kind of operator.
    public struct Record: Sendable, Equatable, Codable {
        public var calls = 0
        public var seconds = 0.0
        /// Multiplications and additions of the direct method, 0 for operators that move rather than compute.
        public var operations = 0.0
    }

    private struct State {
        var records: [OperatorKind: Record] = [:]
        var kernels: [String: Int] = [:]
    }

    private let isRunning = Atomic<Bool>(false)
    private let state = Mutex(State())

    private init() {}

    /// Forgets what was recorded and starts to record.
    public func start() {
        state.withLock { $0.records = [:] }
        isRunning.store(true, ordering: .relaxed)
    }

    /// Stops recording.
    /// - Returns: what the operators took since the start.
    public func stop() -> [OperatorKind: Record] {
        isRunning.store(false, ordering: .relaxed)
        return state.withLock { $0.records }
    }

    /// How many primitives of each of oneDNN's kernels were built since the program started, by the kernel's name.
    public var kernels: [String: Int] { state.withLock { $0.kernels } }

    func countKernel(_ name: String) {
        state.withLock { $0.kernels[name, default: 0] += 1 }
    }

    func measure<Result>(_ kind: OperatorKind, operations: Int = 0, _ body: () throws -> Result) rethrows -> Result {
        guard isRunning.load(ordering: .relaxed) else { return try body() }
        let clock = ContinuousClock()
        let start = clock.now
        let result = try body()
        let seconds = (clock.now - start) / .seconds(1)
        state.withLock {
            $0.records[kind, default: Record()].calls += 1
            $0.records[kind, default: Record()].seconds += seconds
            $0.records[kind, default: Record()].operations += Double(operations)
        }
        return result
    }
}
