import Diffusion
import Foundation
import Tensor

/// What `backdrop bench` found out, as scripts read it.
struct BenchReport: Encodable {
    /// One network, or a pair of calls of one.
    struct Part: Encodable {
        let name: String
        /// Of the fastest and the middle call, in seconds.
        let fastest: Double
        let median: Double
        /// Multiplications and additions of one call, as the direct methods have them.
        let operations: Double
        /// Of the fastest call.
        let gigaflops: Double
        /// Of the machine's peak, by the direct methods' operations: Winograd's convolutions may lift it beyond 1.
        let shareOfPeak: Double
        let operators: [Share]
    }

    /// One kind of operator within a call.
    struct Share: Encodable {
        let name: String
        let calls: Int
        let seconds: Double
        let share: Double
        let gigaflops: Double
    }

    let model: String
    let precision: Precision
    let loadSeconds: Double
    /// From the start of loading to the first UNet call, in seconds: loading, and what the first call takes more than a later one.
    let firstStepSeconds: Double
    /// The machine's fastest product of this precision, measured between the parts.
    let peakGigaflops: Double
    let peakMemoryBytes: Int
    /// The most bytes that tensors and packed weights ever took; the same in every run.
    let peakTensorBytes: Int
    /// oneDNN's kernels, and how many primitives run on each.
    let kernels: [String: Int]
    let parts: [Part]

    /// The report for people.
    var lines: [String] {
        var lines = [
            "\(model), \(precision.rawValue): loaded in \(Console.duration(loadSeconds)), ready for the first step after "
                + "\(Console.duration(firstStepSeconds)), peak memory \(peakMemoryBytes >> 20) MiB",
            String(format: "machine's peak: %.0f GFLOP/s (the better of a matrix product and a direct convolution)", peakGigaflops), "",
        ]
        for part in parts {
            lines.append(
                String(
                    format: "%@ %8.1f ms (median %.1f)  %6.0f GFLOP/s  %3.0f%% of the peak", Self.padded(part.name), part.fastest * 1e3,
                    part.median * 1e3, part.gigaflops, part.shareOfPeak * 100))
            for share in part.operators {
                let rate = share.gigaflops > 0 ? String(format: "%6.0f GFLOP/s", share.gigaflops) : ""
                lines.append(
                    String(
                        format: "  %@ %6.1f ms %3.0f%%  %4d calls  %@", Self.padded(share.name), share.seconds * 1e3, share.share * 100,
                        share.calls, rate))
            }
        }
        lines.append("")
        lines += kernels.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\(Self.padded($0.key)) \($0.value) primitives" }
        return lines
    }

    private static func padded(_ name: String) -> String {
        name.padding(toLength: 28, withPad: " ", startingAt: 0)
    }
}
