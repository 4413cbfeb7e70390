import Diffusion
import Foundation
import Tensor

/// Runs a model's networks in turn and takes their times.
struct Benchmark {
    let model: ModelBenchmark
    let precision: Precision
    /// Rounds; in each every part runs once, so that a machine that slows down slows all of them.
    let rounds: Int

    private enum Subject: String, CaseIterable {
        case unet = "UNet call"
        case pair = "UNet call, guidance pair"
        case decode = "decoding"
        case text = "text"
        case preview = "first preview"
    }

    private struct Times {
        var seconds: [Double] = []
        /// Of the fastest call.
        var records: [OperatorKind: OperatorClock.Record] = [:]

        var operations: Double { records.values.reduce(0) { $0 + $1.operations } }
    }

    /// What was measured.
    struct Outcome {
        let parts: [BenchReport.Part]
        /// The machine's peak.
        let peakGigaflops: Double
        /// What the first UNet call takes more than the fastest.
        let firstCallSeconds: Double
    }

    func run() throws -> Outcome {
        let first = try ContinuousClock().measure { try call(.unet) } / .seconds(1)
        for subject in Subject.allCases { try call(subject) }
        var peak = 0.0
        var times: [Subject: Times] = [:]
        for _ in 0..<rounds {
            peak = max(peak, try MachinePeak.measure(precision) / 1e9)
            for subject in Subject.allCases {
                OperatorClock.shared.start()
                let seconds = try ContinuousClock().measure { try call(subject) } / .seconds(1)
                let records = OperatorClock.shared.stop()
                if seconds < times[subject]?.seconds.min() ?? .infinity { times[subject, default: Times()].records = records }
                times[subject, default: Times()].seconds.append(seconds)
            }
        }
        return Outcome(
            parts: times.sorted { $0.value.operations > $1.value.operations }.map { part($0.key, $0.value, peak: peak) },
            peakGigaflops: peak, firstCallSeconds: max(first - (times[.unet]?.seconds.min() ?? 0), 0))
    }

    private func call(_ subject: Subject) throws {
        switch subject {
        case .unet: try model.predictNoise(batch: 1)
        case .pair: try model.predictNoise(batch: 2)
        case .decode: try model.decode()
        case .text: try model.encodePrompt()
        case .preview: try model.firstPreview()
        }
    }

    private func part(_ subject: Subject, _ times: Times, peak: Double) -> BenchReport.Part {
        let sorted = times.seconds.sorted()
        let fastest = sorted.first ?? 0
        let rate = times.operations / max(fastest, .leastNormalMagnitude) / 1e9
        let shares = times.records.sorted { $0.value.seconds > $1.value.seconds }.map { kind, record in
            BenchReport.Share(
                name: kind.rawValue, calls: record.calls, seconds: record.seconds, share: record.seconds / fastest,
                gigaflops: record.operations / record.seconds / 1e9)
        }
        return BenchReport.Part(
            name: subject.rawValue, fastest: fastest, median: sorted[sorted.count / 2], operations: times.operations, gigaflops: rate,
            shareOfPeak: rate / peak, operators: shares)
    }
}
