import Foundation
import Testing

extension BackdropTests {
    @Suite("Benchmark")
    struct BenchTests {
        private struct Report: Decodable {
            struct Part: Decodable {
                let name: String
                let fastest: Double
                let shareOfPeak: Double
            }

            let peakTensorBytes: Int
            let peakMemoryBytes: Int
            let firstStepSeconds: Double
            let loadSeconds: Double
            let parts: [Part]
        }

        private func report(_ options: [String]) throws -> Report {
            // Scratch memory grows with the threads; two on every machine.
            let outcome = try Program.run(
                ["bench", "--rounds", "1", "--json"] + options, in: Program.repository, environment: ["OMP_NUM_THREADS": "2"])
            #expect(outcome.status == 0, "\(outcome.errors)")
            return try outcome.json(Report.self)
        }

        @Test("What is measured, and the most memory that the starter's shape takes: the same in every run, and no more than it is today")
        func starter() throws {
            let report = try report([])
            #expect(Set(report.parts.map(\.name)) == ["UNet call", "UNet call, guidance pair", "decoding", "text", "first preview"])
            #expect(report.parts.allSatisfy { $0.fastest > 0 })
            #expect(report.firstStepSeconds >= report.loadSeconds)
            #expect(report.peakTensorBytes < 260 << 20, "\(report.peakTensorBytes) bytes")
            #expect(report.peakMemoryBytes > report.peakTensorBytes / 2)
        }

        @Test("Little memory: a model takes less, whatever else is the same")
        func lowMemory() throws {
            let tiny = ["--model", Program.tinyModel.path]
            #expect(try report(tiny + ["--low-memory"]).peakTensorBytes < report(tiny).peakTensorBytes)
        }
    }
}
