import ArgumentParser
import Diffusion
import Foundation
import Tensor

extension BenchmarkShape: ExpressibleByArgument {}

/// What `bench --paced` calls.
enum PacedNetwork: String, CaseIterable, ExpressibleByArgument {
    case unet, decoder
}

struct BenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measure how fast a model runs on this machine, and why.",
        discussion: """
            Times one call of each network, against the fastest product this machine reaches in the same run. Without a model it makes weights \
            up, which takes the same time. With a photo it times that photo's way to a finished picture instead: reading, cutting out, \
            compositing, writing, and what the studio shows.

            EXAMPLES:
              backdrop bench
              backdrop bench --shape sd15 --precision bf16
              backdrop bench --model ~/models/sd15-inpainting --json
              backdrop bench --photo mug.jpg
            """)

    @Option(
        help: ArgumentHelp("A diffusers folder or .safetensors file to measure instead of a shape.", valueName: "path"), completion: .file()
    )
    var model: String?
    @Option(help: "An architecture with made-up weights.")
    var shape: BenchmarkShape = .starter
    @Option(
        help: ArgumentHelp("A photo whose way to a finished picture is timed instead of a model.", valueName: "picture"),
        completion: .file(extensions: ["png", "jpg", "jpeg"]))
    var photo: String?
    @OptionGroup var arithmetic: PrecisionOptions
    @OptionGroup var memory: MemoryOptions
    @Option(help: "How often each network runs.")
    var rounds = 5
    @Option(help: "One call of this network for every line on standard input; prints its seconds on the wall and of the processor.")
    var paced: PacedNetwork?
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if rounds < 1 { throw ValidationError("--rounds must be at least 1.") }
    }

    func run() throws {
        if let photo { return try measure(photo: photo) }
        let precision = arithmetic.precision
        let start = ContinuousClock.now
        var options = memory.loading()
        options.precision = precision
        let subject = try model.map { try ModelBenchmark(directory: URL(fileURLWithPath: $0), options: options) }
        let loaded = try subject ?? ModelBenchmark(shape: shape, precision: precision)
        let loadSeconds = (ContinuousClock.now - start) / .seconds(1)
        if let paced { return try pace(paced, of: loaded) }

        let outcome = try Benchmark(model: loaded, precision: precision, rounds: rounds).run()
        let report = BenchReport(
            model: model ?? shape.rawValue, precision: precision, loadSeconds: loadSeconds,
            firstStepSeconds: loadSeconds + outcome.firstCallSeconds, peakGigaflops: outcome.peakGigaflops,
            peakMemoryBytes: Self.peakMemory, peakTensorBytes: StoragePool.shared.statistics.peakBytes,
            kernels: OperatorClock.shared.kernels, parts: outcome.parts)
        if output.json {
            try Console.json(report)
        } else {
            for line in report.lines { Console.result(line) }
        }
    }

    private func measure(photo: String) throws {
        let stages = try PhotoBenchmark(file: URL(fileURLWithPath: photo), rounds: rounds).run()
        let report = PhotoBenchReport(photo: photo, stages: stages, peakMemoryBytes: Self.peakMemory)
        if output.json { return try Console.json(report) }
        for line in report.lines { Console.result(line) }
    }

    /// Lets another program say when to run, so that several engines can be compared in turn.
    private func pace(_ network: PacedNetwork, of model: ModelBenchmark) throws {
        func call() throws {
            switch network {
            case .unet: try model.predictNoise(batch: 1)
            case .decoder: try model.decode()
            }
        }
        try call()
        Console.result("ready")
        while readLine() != nil {
            let processorStart = clock()
            let wall = try ContinuousClock().measure { try call() } / .seconds(1)
            Console.result("\(wall) \(Double(clock() - processorStart) / Double(CLOCKS_PER_SEC))")
        }
    }

    /// The most memory that this process ever had, in bytes.
    private static var peakMemory: Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return (line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0) * 1024
    }
}
