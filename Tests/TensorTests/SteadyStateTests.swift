import Testing

@testable import Tensor

/// A running model neither allocates nor builds primitives once it has seen its shapes.
///
/// The counters are the process's, so the test looks for a stretch in which they stand still while other suites run beside it; a
/// layer that allocates or compiles on every call never has one.
@Suite("Steady state", .serialized)
struct SteadyStateTests {
    @Test("repeated calls build no primitives and take no memory from the system")
    func steadyState() throws {
        var numbers = TestNumbers(15)
        let x = numbers.tensor([1, 40, 24, 32])
        let norm = GroupNorm(groups: 8, scale: numbers.tensor([32]), shift: numbers.tensor([32]), epsilon: 1e-5)
        let convolution = try Convolution2D(weight: numbers.tensor([32, 32, 3, 3]), bias: numbers.tensor([32]), padding: .all(1))
        let linear = try Linear(weight: numbers.tensor([64, 32]), bias: nil)
        func run() throws {
            let features = try convolution(try norm(x, activation: .silu), adding: x)
            let tokens = try geglu(try linear(features.reshaped([1, 40 * 24, 32])))
            _ = try attention(query: tokens, key: tokens, value: tokens, heads: 2)
        }
        try run()
        let wasSteady = try (0..<200).contains { _ in
            let primitives = EngineStatistics.primitivesCreated
            let blocks = StoragePool.shared.statistics.blocksAllocated
            for _ in 0..<3 { try run() }
            return EngineStatistics.primitivesCreated == primitives && StoragePool.shared.statistics.blocksAllocated == blocks
        }
        #expect(wasSteady)
    }

    @Test("a released block serves the next request, and trimming gives it back")
    func reuse() {
        let pool = StoragePool()
        let first = pool.allocate(bytes: 1000)
        #expect(UInt(bitPattern: first.baseAddress) % 64 == 0)
        #expect(pool.statistics == .init(blocksAllocated: 1, bytesInUse: first.count, bytesFree: 0, peakBytes: first.count))
        pool.release(first)
        #expect(pool.statistics == .init(blocksAllocated: 1, bytesInUse: 0, bytesFree: first.count, peakBytes: first.count))
        let second = pool.allocate(bytes: 900)
        #expect(second.baseAddress == first.baseAddress)
        let third = pool.allocate(bytes: 1000)
        #expect(third.baseAddress != second.baseAddress && pool.statistics.blocksAllocated == 2)
        pool.release(second)
        pool.release(third)
        let large = pool.allocate(bytes: 5 << 20)
        #expect(UInt(bitPattern: large.baseAddress) % (2 << 20) == 0, "large blocks start on a huge page")
        #expect(large.count >= 5 << 20)
        pool.release(large)
        pool.trim()
        #expect(pool.statistics.bytesFree == 0 && pool.statistics.bytesInUse == 0)
    }

    @Test("a small request does not take a large block")
    func waste() {
        let pool = StoragePool()
        let large = pool.allocate(bytes: 1 << 20)
        pool.release(large)
        let small = pool.allocate(bytes: 4096)
        #expect(small.baseAddress != large.baseAddress)
        pool.release(small)
        pool.trim()
    }
}
