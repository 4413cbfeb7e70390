import ArgumentParser
import Catalogue
import Foundation
import Studio

/// Which candidates a decision is about.
struct CandidateChoice: ParsableArguments {
    @Argument(help: "Name of a product.")
    var product: String
    @Argument(help: "Numbers of its candidates.")
    var candidates: [Int] = []
    @Flag(help: "All its candidates that are still open.")
    var all = false

    func validate() throws {
        guard candidates.isEmpty == all else { throw ValidationError("name candidates by number, or say --all") }
    }

    /// - Throws: `CatalogueError` for the first that there is none of; then nothing is decided.
    func items(_ session: Session) throws -> [(id: CandidateID, number: Int)] {
        let product = try session.product(product)
        let stored = session.state.candidates(of: product.id)
        if all { return stored.filter(\.isOpen).compactMap { item in item.key.storedID.map { ($0, item.number) } } }
        return try candidates.map { number in
            guard let id = stored.first(where: { $0.number == number })?.key.storedID else {
                throw CatalogueError.unknownCandidate("\(number) of \(product.name)")
            }
            return (id, number)
        }
    }

    /// Records the verdict and says so.
    func decide(_ verdict: Verdict, _ catalogue: CatalogueOptions, _ output: OutputOptions) throws {
        let session = try Session(catalogue)
        let items = try items(session)
        for item in items { try session.perform(.decide(item.id, verdict)) }
        let name = try session.product(product).name
        if output.json {
            return try Console.json(DecisionRecord(product: name, candidates: items.map(\.number), decision: verdict.rawValue))
        }
        for item in items { Console.result("\(name) \(item.number) \(verdict.rawValue)") }
        if items.isEmpty { Console.result("\(name) has no open candidate") }
    }
}

/// Decisions as scripts read them.
private struct DecisionRecord: Encodable {
    let product: String
    let candidates: [Int]
    let decision: String
}

struct ApproveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve", abstract: "Approve candidates.",
        discussion: """
            EXAMPLES:
              backdrop approve vase 2 4
              backdrop approve vase --all
            """)
    @OptionGroup var choice: CandidateChoice
    @OptionGroup var catalogue: CatalogueOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        try choice.decide(.approved, catalogue, output)
    }
}

struct RejectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reject", abstract: "Reject candidates. Their files stay.",
        discussion: """
            EXAMPLES:
              backdrop reject vase 1 3
              backdrop reject vase --all
            """)
    @OptionGroup var choice: CandidateChoice
    @OptionGroup var catalogue: CatalogueOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        try choice.decide(.rejected, catalogue, output)
    }
}

struct UndoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo", abstract: "Take your last decision back.",
        discussion: "Goes back as far as you like, also to decisions of earlier days. Other people's decisions stand.")
    @OptionGroup var catalogue: CatalogueOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        try HistoryStep.take(.undo, catalogue, output)
    }
}

struct RedoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "redo", abstract: "Bring the decision back that you took back last.")
    @OptionGroup var catalogue: CatalogueOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        try HistoryStep.take(.redo, catalogue, output)
    }
}

/// One step back or forth in the history of decisions.
private enum HistoryStep {
    static func take(_ command: Command, _ catalogue: CatalogueOptions, _ output: OutputOptions) throws {
        let session = try Session(catalogue)
        guard command == .undo ? session.state.canUndo : session.state.canRedo else {
            throw Refusal(command == .undo ? "there is nothing to undo" : "there is nothing to redo")
        }
        try session.perform(command)
        guard let product = session.state.selectedProduct, let item = session.state.selectedCandidate else { return }
        if output.json {
            return try Console.json(DecisionRecord(product: product.name, candidates: [item.number], decision: item.verdict.rawValue))
        }
        Console.result("\(product.name) \(item.number) is \(item.verdict.rawValue) again")
    }
}
