import ArgumentParser
import Catalogue
import Foundation
import Imaging
import Studio

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Measure candidates: product locked, halo, shadow, frame, contrast.",
        discussion: """
            What the studio shows beside a candidate: whether the product's pixels are the photo's own, how far the colours in its edge are \
            from a true mixture (CIEDE2000), how dark the floor is where it stands, how much of the frame it fills, what the background adds \
            to it (with the learned cutout installed), its contrast and sharpness against the background. Ends with exit code 3 where a check \
            fails.

            EXAMPLES:
              backdrop check
              backdrop check vase --only approved --json
            """)

    @Argument(help: "Names of products (default: all).")
    var products: [String] = []
    @Option(help: "Only candidates with this decision.")
    var only: Verdict?
    @OptionGroup var catalogue: CatalogueOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let session = try Session(catalogue)
        let chosen = products.isEmpty ? session.state.products : try products.map(session.product)
        var records: [CheckRecord] = []
        for product in chosen {
            for candidate in session.state.candidates(of: product.id) where only == nil || candidate.verdict == only {
                guard let id = candidate.key.storedID else { continue }
                let checks = try session.studio.checks(of: id)
                let lines = checks.lines(frame: session.state.frameShares(of: product.id))
                let record = CheckRecord(product: product.name, candidate: candidate.number, checks, lines)
                records.append(record)
                if !output.json { Console.result(record.line) }
            }
        }
        if output.json { try Console.json(["candidates": records]) }
        if records.contains(where: { !$0.passed }) { throw ExitCode.partlyFailed }
    }
}

/// A candidate's checks as scripts read them. Keys are only ever added.
struct CheckRecord: Encodable {
    let product: String
    let candidate: Int
    let passed: Bool
    let coreMaximumDifference: Int
    let measured: CompositeChecks?
    let checks: [CheckLine]

    init(product: String, candidate: Int, _ measured: CandidateChecks, _ lines: [CheckLine]) {
        self.product = product
        self.candidate = candidate
        checks = lines
        passed = !lines.contains { $0.isGood == false }
        coreMaximumDifference = measured.coreMaximumDifference
        self.measured = measured.look
    }

    /// The same for people.
    var line: String {
        "\(product) \(candidate)  "
            + checks.map { "\($0.name.lowercased()) \($0.value)\($0.isGood == false ? " !" : "")" }.joined(separator: "  ")
    }
}
