import Foundation
import Kernels
import Testing

@testable import Tensor

/// How near the operators come to what the machine can do. Run with `BACKDROP_BENCHMARK=1 swift test --filter PerformanceTests`.
///
/// The limit is the fastest matrix product that oneDNN reaches in the same run, so that the ratio survives a busy machine.
@Suite("Performance", .serialized, .enabled(if: ProcessInfo.processInfo.environment["BACKDROP_BENCHMARK"] != nil))
struct PerformanceTests {
    /// Seconds of the fastest of many calls. On one thread (`OMP_NUM_THREADS=1`) processor time is counted, which other programs on a
    /// busy machine do not lengthen; on several threads only the clock on the wall is right.
    private func seconds(_ body: () throws -> Void) rethrows -> Double {
        let clock = kernels_threads() == 1 ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC
        func now() -> Double {
            var time = timespec()
            clock_gettime(clock, &time)
            return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        }
        try body()
        let start = now()
        var best = Double.infinity
        while now() - start < 0.3 {
            let before = now()
            try body()
            best = min(best, now() - before)
        }
        return best
    }

    private func report(_ name: String, operations: Double, seconds: Double, peak: Double) {
        let rate = operations / seconds / 1e9
        print(
            name.padding(toLength: 44, withPad: " ", startingAt: 0)
                + String(format: "%9.3f ms %8.1f GFLOP/s %5.0f%% of the peak", seconds * 1e3, rate, 100 * rate / peak))
    }

    private func measurePeak() throws -> Double {
        var numbers = TestNumbers(20)
        let layer = try Linear(weight: numbers.tensor([1024, 1024]), bias: nil)
        let x = numbers.tensor([2048, 1024])
        return 2.0 * 2048 * 1024 * 1024 / (try seconds { _ = try layer(x) }) / 1e9
    }

    @Test("operators against the machine's matrix product")
    func operators() throws {
        var numbers = TestNumbers(21)
        var peak = try measurePeak()
        print(String(format: "peak %.1f GFLOP/s on %d threads", peak, kernels_threads()))
        for (batch, side, input, output) in [
            (1, 32, 96, 96), (2, 32, 96, 96), (1, 16, 192, 192), (2, 16, 192, 192), (2, 8, 384, 384), (1, 256, 32, 32),
            (1, 64, 320, 320), (2, 64, 320, 320), (1, 32, 640, 640), (1, 16, 1280, 1280), (1, 256, 256, 256), (1, 32, 9, 96),
            (1, 256, 32, 3),
        ] {
            peak = max(peak, try measurePeak())
            let layer = try Convolution2D(
                weight: numbers.tensor([output, input, 3, 3]), bias: numbers.tensor([output]), padding: .all(1))
            let x = numbers.tensor([batch, side, side, input])
            let time = try seconds { _ = try layer(x) }
            report(
                "3x3 convolution \(batch)x\(side)x\(side)x\(input) -> \(output)",
                operations: 18 * Double(batch * side * side * input * output), seconds: time, peak: peak)
        }
        for (rows, input, output) in [(1024, 192, 768), (1024, 768, 192), (4096, 320, 2560), (77, 768, 768)] {
            peak = max(peak, try measurePeak())
            let layer = try Linear(weight: numbers.tensor([output, input]), bias: numbers.tensor([output]))
            let x = numbers.tensor([1, rows, input])
            let time = try seconds { _ = try layer(x) }
            report("linear \(rows)x\(input) -> \(output)", operations: 2 * Double(rows * input * output), seconds: time, peak: peak)
        }
        for (queries, keys, heads, size) in [
            (1024, 1024, 6, 32), (1024, 77, 6, 32), (4096, 4096, 8, 40), (1024, 1024, 8, 80), (4096, 77, 8, 40), (4096, 4096, 1, 512),
        ] {
            peak = max(peak, try measurePeak())
            let query = numbers.tensor([1, queries, heads * size])
            let (key, value) = (numbers.tensor([1, keys, heads * size]), numbers.tensor([1, keys, heads * size]))
            let time = try seconds { _ = try attention(query: query, key: key, value: value, heads: heads) }
            report(
                "attention \(queries)x\(keys), \(heads) heads of \(size)", operations: 4 * Double(queries * keys * heads * size),
                seconds: time, peak: peak)
        }
        for (side, channels) in [(32, 96), (16, 192), (256, 32), (64, 320)] {
            let x = numbers.tensor([1, side, side, channels])
            let (scale, shift) = (numbers.tensor([channels]), numbers.tensor([channels]))
            let norm = GroupNorm(groups: 32, scale: scale, shift: shift, epsilon: 1e-5)
            let normTime = try seconds { _ = try norm(x, activation: .silu) }
            let layer = LayerNorm(scale: scale, shift: shift, epsilon: 1e-5)
            let layerTime = try seconds { _ = try layer(x) }
            let sumTime = try seconds { _ = try add(x, x) }
            print(
                String(
                    format: "%dx%dx%d: group norm + SiLU %.3f ms, layer norm %.3f ms, addition %.3f ms", side, side, channels,
                    normTime * 1e3, layerTime * 1e3, sumTime * 1e3))
        }
    }
}
