import ArgumentParser
import Diffusion
import Foundation
import Imaging
import Studio
import TerminalUI

struct GenerateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate", abstract: "Paint candidates for products.",
        discussion: """
            What is not given stays as it was last set for the product, or as the model's maker recommends. The same seed and settings make the \
            same picture, byte for byte; the i-th of a batch has the seed + i. Every finished picture is stored at once: after Ctrl-C, a \
            crash or a lost line, --resume goes on with the rest.

            EXAMPLES:
              backdrop generate vase --prompt "on pale oak, soft light" --count 4
              backdrop generate vase shoe --seed 7 --json    with what `backdrop check` says of each
              backdrop generate --all           every product with nothing approved
              backdrop generate --resume
            """)

    @Argument(help: "Names of products.")
    var products: [String] = []
    @Flag(help: "Every product without an approved candidate.")
    var all = false
    @Flag(help: "Go on with what an earlier run left unfinished.")
    var resume = false
    @Flag(help: "Give up what an earlier run left unfinished; its finished pictures stay.")
    var discard = false

    @Option(name: .shortAndLong, help: "What the background shows.")
    var prompt: String?
    @Option(help: "What it must not show.")
    var negative: String?
    @Option(help: "The product's category, by name or identifier; `none` for none.")
    var category: String?
    @Option(name: [.customShort("n"), .long], help: "Candidates per product, 1 to \(GenerationParameters.candidateCountRange.upperBound).")
    var count: Int?
    @Option(help: "Seed of the first candidate; `random` for a new one every time.")
    var seed: Seed?
    @Option(help: "Denoising steps, 1 to \(GenerationParameters.stepsRange.upperBound).")
    var steps: Int?
    @Option(help: "Classifier-free guidance scale; 1 is none.")
    var guidance: Double?
    @Option(help: "How the noise is taken away.")
    var sampler: SchedulerKind?
    @Option(help: "The finished picture: photo, a shape such as 4:5, or pixels such as 1920x1080.")
    var aspect: AspectRatio?
    @Option(help: "Brand picture in references/ to follow, by name; `none` for none.")
    var reference: String?
    @Option(help: "How far it is followed, 0 to 1.")
    var referenceStrength: Double?
    @Option(help: "The scene to paint on, where the model accepts one.")
    var layout: LayoutKind?
    @Option(help: "Where that scene's floor ends, as a share of the picture's height from above; `auto` as words and seed have it.")
    var floorLine: OrAuto<Double>?
    @Option(help: "Where that scene's light comes from; `auto` as the words have it, else from where the product itself is lit.")
    var light: OrAuto<LightDirection>?

    @OptionGroup var catalogue: CatalogueOptions
    @OptionGroup var model: ModelOptions
    @OptionGroup var memory: MemoryOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        let ways = [!products.isEmpty, all, resume, discard].filter { $0 }.count
        guard ways == 1 else { throw ValidationError("say what to paint: names of products, --all, --resume or --discard") }
        try Self.check(count, in: GenerationParameters.candidateCountRange, "--count")
        try Self.check(steps, in: GenerationParameters.stepsRange, "--steps")
        try Self.check(guidance, in: GenerationParameters.guidanceRange, "--guidance")
        try Self.check(referenceStrength, in: GenerationParameters.referenceStrengthRange, "--reference-strength")
        try Self.check(floorLine?.value, in: SceneArrangement.floorLineRange, "--floor-line")
    }

    private static func check<Value>(_ value: Value?, in range: ClosedRange<Value>, _ name: String) throws {
        guard let value, !range.contains(value) else { return }
        throw ValidationError("\(name) goes from \(range.lowerBound) to \(range.upperBound)")
    }

    func run() throws {
        let session = try Session(
            catalogue, model: model.directory, loading: memory.loading(try Settings.load()), creating: false,
            rescanning: !resume && !discard)
        if discard { return try discardInterrupted(session) }
        if resume {
            guard session.state.resumeOffer != nil else { return try report(GenerationLog(), nil) }
            try session.perform(.resumeInterrupted)
        } else {
            if let offer = session.state.resumeOffer {
                session.say(
                    "an earlier run left \(offer.candidatesLeft) pictures unfinished: `backdrop generate --resume` goes on, --discard drops them"
                )
            }
            try enqueue(session)
        }
        let log = GenerationLog()
        let names = Dictionary(uniqueKeysWithValues: session.state.tasks.map { ($0.id, session.state.name(of: $0.productID)) })
        let interrupted = session.run { event in
            log.take(event, names: names, folder: session.folder)
            if case .candidateFinished = event, !output.json, let last = log.candidates.last {
                session.clearProgress()
                Console.result(last.line)
            }
        }
        if output.json, interrupted == nil { try log.measure(in: session) }
        try report(log, interrupted)
    }

    /// Sets the drafts and puts the batches into the queue. Whatever can be refused is refused before anything is written.
    private func enqueue(_ session: Session) throws {
        if case .missing(let words) = session.state.model.readiness { throw Refusal(words) }
        let chosen: [ProductID]
        if all {
            chosen = session.state.products.filter { $0.counts.approved == 0 }.map(\.id)
        } else {
            chosen = try products.map { try session.product($0).id }
        }
        let brand = try reference.map { $0 == "none" ? nil : try session.reference($0) }
        let identifier = try category.map { $0 == "none" ? nil : try session.category($0) }
        for product in chosen {
            try session.perform(.selectProduct(product))
            if let identifier { try session.perform(.selectCategory(identifier)) }
            if let prompt { try session.perform(.setPrompt(prompt)) }
            if let negative { try session.perform(.setNegativePrompt(negative)) }
            if let brand { try session.perform(.setParameter(.reference(brand))) }
            for change in changes { try session.perform(.setParameter(change)) }
        }
        try session.perform(.generate(.products(chosen)))
    }

    private var changes: [ParameterChange] {
        [
            count.map(ParameterChange.candidateCount), seed.map { .seed($0.choice) }, steps.map(ParameterChange.steps),
            guidance.map(ParameterChange.guidance), sampler.map(ParameterChange.sampler), aspect.map(ParameterChange.aspect),
            referenceStrength.map(ParameterChange.referenceStrength), layout.map(ParameterChange.layout),
            floorLine.map { .floorLine($0.value) }, light.map { .light($0.value) },
        ].compactMap { $0 }
    }

    private func discardInterrupted(_ session: Session) throws {
        let left = session.state.resumeOffer?.candidatesLeft ?? 0
        if left > 0 { try session.perform(.discardInterrupted) }
        if output.json { return try Console.json(["discarded": left]) }
        Console.result(left == 0 ? "nothing was left unfinished" : "\(left) unfinished pictures dropped")
    }

    private func report(_ log: GenerationLog, _ interrupted: ExitCode?) throws {
        if output.json {
            try Console.json(GenerationResult(candidates: log.candidates, failures: log.failures, interrupted: interrupted != nil))
        } else {
            for failure in log.failures { Console.note(failure) }
            if interrupted != nil { Console.note("interrupted: `backdrop generate --resume` goes on where it stopped") }
            if resume, log.isEmpty, interrupted == nil { Console.result("nothing was left unfinished") }
        }
        if let interrupted { throw interrupted }
        guard !log.failures.isEmpty else { return }
        throw log.candidates.isEmpty ? ExitCode.failure : ExitCode.partlyFailed
    }
}

/// A seed, or a new one every time.
struct Seed: ExpressibleByArgument {
    let choice: SeedChoice

    init?(argument: String) {
        if argument == "random" {
            choice = .random
        } else if let number = UInt64(argument) {
            choice = .fixed(number)
        } else {
            return nil
        }
    }
}

/// What a run has brought so far.
final class GenerationLog {
    fileprivate(set) var candidates: [CandidateRecord] = []
    private(set) var failures: [String] = []

    var isEmpty: Bool { candidates.isEmpty && failures.isEmpty }

    func take(_ event: Event, names: [JobID: String], folder: URL) {
        switch event {
        case .candidateFinished(let job, _, let item):
            if let record = CandidateRecord(item, product: names[job] ?? "", folder: folder) { candidates.append(record) }
        case .jobFailed(let job, let words): failures.append("\(names[job] ?? "a job"): \(words.line)")
        default: break
        }
    }
}

extension GenerationLog {
    /// Adds every candidate's checks.
    func measure(in session: Session) throws {
        for index in candidates.indices {
            let frame = try session.state.frameShares(of: session.product(candidates[index].product).id)
            candidates[index].checks = try session.studio.checks(of: candidates[index].id).lines(frame: frame)
        }
    }
}

/// A run's result as scripts read it.
struct GenerationResult: Encodable {
    let candidates: [CandidateRecord]
    let failures: [String]
    let interrupted: Bool
}
