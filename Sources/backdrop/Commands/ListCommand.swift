import ArgumentParser
import Catalogue
import Foundation
import Studio

extension Verdict: ExpressibleByArgument {}

struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Show products, candidates and decisions.",
        discussion: """
            Without names: every product with its counts. With names, or with --only: their candidates.

            EXAMPLES:
              backdrop list
              backdrop list vase
              backdrop list --only approved --json
            """)

    @Argument(help: "Names of products.")
    var products: [String] = []
    @Option(help: "Only candidates with this decision.")
    var only: Verdict?
    @OptionGroup var catalogue: CatalogueOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let session = try Session(catalogue)
        let state = session.state
        let chosen = products.isEmpty ? state.products : try products.map(session.product)
        let records = chosen.map { product in
            ProductRecord(
                product, candidates: state.candidates(of: product.id).filter { only == nil || $0.verdict == only }, folder: session.folder)
        }
        if output.json {
            return try Console.json(
                Listing(products: records, references: state.references, unfinished: state.resumeOffer?.candidatesLeft ?? 0))
        }
        if products.isEmpty && only == nil {
            for record in records { Console.result(Self.line(record, state)) }
            let totals = state.totals
            Console.result(
                "\(records.count) \(records.count == 1 ? "product" : "products"): approved \(totals.approved), rejected \(totals.rejected), open \(totals.open)"
            )
        } else {
            for candidate in records.flatMap(\.candidates) { Console.result(candidate.line) }
        }
        if let offer = state.resumeOffer {
            Console.note("an earlier run left \(offer.candidatesLeft) pictures unfinished: `backdrop generate --resume` goes on")
        }
    }

    private static func line(_ product: ProductRecord, _ state: StudioState) -> String {
        let category = product.category.map { state.categories[$0]?.name ?? $0 } ?? "no category"
        let counts = "\(product.approved) approved, \(product.rejected) rejected, \(product.open) open"
        return "\(product.name)  \(product.width)x\(product.height)  \(category)  \(counts)" + (product.warning.map { "  ! \($0)" } ?? "")
    }
}

/// A catalogue as scripts read it.
private struct Listing: Encodable {
    let products: [ProductRecord]
    let references: [String]
    /// Pictures that a run which died left to paint.
    let unfinished: Int
}
