import ArgumentParser
import Catalogue
import Foundation
import Studio

struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Copy photos into the catalogue.",
        discussion: """
            Copies PNG and JPEG files, or every one in a folder and below, into products/ (or references/). The originals stay as they are. \
            Without files it takes in what was put into the catalogue's folders by hand. A file that is no good is named in one line, and the \
            others come in.

            EXAMPLES:
              backdrop import ~/shoot/2026-04 extra.jpg
              backdrop import --reference spring-mood.png
              cp *.png products/ && backdrop import
            """)

    @Argument(help: "Photos, or folders with photos.", completion: .file(extensions: ["png", "jpg", "jpeg"]))
    var files: [String] = []
    @Flag(help: "They are brand pictures whose style a background may follow.")
    var reference = false
    @OptionGroup var catalogue: CatalogueOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard !(reference && files.isEmpty) else { throw ValidationError("name the brand pictures to import") }
    }

    func run() throws {
        let session = try Session(catalogue, creating: true)
        let urls = files.map { URL(fileURLWithPath: $0) }
        try session.perform(urls.isEmpty ? .rescan : reference ? .importReferences(urls) : .importPhotos(urls))
        var report = ImportReport()
        var failure: StatusMessage?
        let interrupted = session.run { event in
            switch event {
            case .importFinished(let result): report = result
            case .importFailed(let words): failure = words
            default: break
            }
        }
        if let failure { throw Refusal(failure) }
        let summary = ImportSummary(report)
        if output.json { try Console.json(summary) } else { summary.show(products: session.state.products.count) }
        if let interrupted { throw interrupted }
        if !report.problems.isEmpty { throw summary.tookSomething ? ExitCode.partlyFailed : ExitCode.failure }
    }
}

/// What became of the files, as scripts and people read it.
struct ImportSummary: Encodable {
    struct Problem: Encodable {
        let file: String
        let message: String
    }

    struct Duplicate: Encodable {
        let file: String
        let of: String
    }

    let imported: [String]
    let references: [String]
    let duplicates: [Duplicate]
    let changed: [String]
    let missing: [String]
    let ignored: [String]
    let problems: [Problem]
    private let warnings: [String]

    private enum CodingKeys: String, CodingKey {
        case imported, references, duplicates, changed, missing, ignored, problems
    }

    init(_ report: ImportReport) {
        imported = report.products.map(\.name)
        references = report.references.map(\.name)
        duplicates = report.duplicates.map { Duplicate(file: $0.file, of: $0.of) }
        changed = report.changed
        missing = report.missing
        ignored = report.ignored
        problems = report.problems.map { Problem(file: $0.file, message: $0.message) }
        warnings = report.products.compactMap { product in product.warning.map { "\(product.name): \($0)" } }
    }

    var tookSomething: Bool { !imported.isEmpty || !references.isEmpty || !duplicates.isEmpty || !changed.isEmpty }

    private var lines: [String] {
        imported.map { "imported \($0)" } + references.map { "imported reference \($0)" }
            + duplicates.map { "\($0.file) is in the catalogue already, as \($0.of)" }
            + changed.map { "\($0) follows its changed file" }
    }

    private var complaints: [String] {
        missing.map { "the file of \($0) is missing" } + ignored.map { "left \($0) alone: it is not called like a PNG or JPEG" }
            + warnings.map { "look at \($0)" } + problems.map(\.message)
    }

    /// As the result of a command.
    func show(products: Int) {
        for line in lines { Console.result(line) }
        for line in complaints { Console.note(line) }
        Console.result("\(products) \(products == 1 ? "product" : "products") in the catalogue")
    }

    /// As something that happened on the way.
    func say(to session: Session) {
        for line in lines + complaints { session.say(line) }
    }
}
