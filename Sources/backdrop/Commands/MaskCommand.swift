import ArgumentParser
import Catalogue
import Foundation
import Imaging
import Studio

struct MaskCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mask", abstract: "Work a product's mask over in another program.",
        discussion: """
            Written, edited and read again, a mask comes back exactly as it was saved. It holds every correction made in the studio; taken away, \
            the automatic mask and its corrections are back.

            EXAMPLES:
              backdrop mask export mug --output mug-mask.png
              backdrop mask import mug mug-mask.png
              backdrop mask drop mug
            """,
        subcommands: [MaskExport.self, MaskImport.self, MaskDrop.self])
}

/// A product's mask as scripts read it. Keys are only ever added.
private struct MaskRecord: Encodable {
    let product: String
    /// The mask's file; null where it is the automatic one.
    let path: String?
    let width: Int
    let height: Int

    private enum CodingKeys: String, CodingKey { case product, path, width, height }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(product, forKey: .product)
        try container.encode(path, forKey: .path)
        try container.encode(width, forKey: .width)
        try container.encode(height, forKey: .height)
    }
}

/// Which product, and how results are written.
private struct MaskChoice: ParsableArguments {
    @OptionGroup var catalogue: CatalogueOptions
    @OptionGroup var output: OutputOptions

    func say(_ product: ProductItem, path: String?, words: String) throws {
        if output.json {
            return try Console.json(MaskRecord(product: product.name, path: path, width: product.width, height: product.height))
        }
        Console.result(words)
    }

    /// Selects the product, performs a command on it and waits for its words.
    func perform(_ command: Command, on product: ProductItem, in session: Session) throws {
        try session.perform(.selectProduct(product.id))
        try session.perform(command)
        var failure: StatusMessage?
        let interrupted = session.run { event in
            if case .message(let words) = event, words.severity == .error { failure = words }
        }
        if let failure { throw Refusal(failure) }
        if let interrupted { throw interrupted }
    }
}

struct MaskExport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write a product's mask as a grey PNG.",
        discussion: """
            EXAMPLES:
              backdrop mask export mug                     masks/mug.png in the catalogue
              backdrop mask export mug --output mug.png
            """)

    @Argument(help: "Name of a product.")
    var product: String
    @Option(
        name: .shortAndLong, help: ArgumentHelp("Where the mask goes (default: masks/ in the catalogue).", valueName: "png"),
        completion: .file(extensions: ["png"]))
    var output: String?
    @OptionGroup private var choice: MaskChoice

    func run() throws {
        let session = try Session(choice.catalogue)
        let item = try session.product(product)
        let asked = output.map { URL(fileURLWithPath: $0) }
        let target = asked ?? session.folder.appendingPathComponent("masks/\(item.name).png")
        try choice.perform(.exportMask(asked), on: item, in: session)
        try choice.say(item, path: target.path, words: target.path)
    }
}

struct MaskImport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Take a product's mask from a file.",
        discussion: """
            The file is a grey PNG (or one with alpha) as large as the photo: black is background, white is product.

            EXAMPLES:
              backdrop mask import mug mug-mask.png
            """)

    @Argument(help: "Name of a product.")
    var product: String
    @Argument(help: "The mask.", completion: .file(extensions: ["png", "jpg", "jpeg"]))
    var mask: String
    @OptionGroup private var choice: MaskChoice

    func run() throws {
        let session = try Session(choice.catalogue)
        let item = try session.product(product)
        try choice.perform(.importMask(URL(fileURLWithPath: mask)), on: item, in: session)
        let file = session.state.treatment(of: item.id).importedMask?.file
        try choice.say(
            item, path: file.map { session.folder.appendingPathComponent($0).path },
            words: "\(item.name): mask taken from \(mask); `backdrop mask drop` goes back to the automatic one")
    }
}

struct MaskDrop: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drop", abstract: "Go back to the automatic mask and its corrections.",
        discussion: """
            EXAMPLES:
              backdrop mask drop mug
            """)

    @Argument(help: "Name of a product.")
    var product: String
    @OptionGroup private var choice: MaskChoice

    func run() throws {
        let session = try Session(choice.catalogue)
        let item = try session.product(product)
        var treatment = session.state.treatment(of: item.id)
        treatment.dropImportedMask()
        try choice.perform(.treat(treatment), on: item, in: session)
        try choice.say(item, path: nil, words: "\(item.name): the automatic mask")
    }
}
