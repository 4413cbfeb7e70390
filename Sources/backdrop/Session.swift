import ArgumentParser
import Catalogue
import Diffusion
import Foundation
import Studio

/// One command's use of the studio: opens it, runs it with progress and signals, and ends it.
final class Session {
    let studio: StudioSession
    let folder: URL
    private let progress = ProgressLine()
    private let interruption: Interruption

    /// - Parameters:
    ///   - loading: what of the model stays in memory and on disk.
    ///   - creating: makes a catalogue where there is none.
    ///   - rescanning: takes in first what was put into the folder by hand.
    init(
        _ catalogue: CatalogueOptions, model: URL? = nil, loading: LoadingOptions = LoadingOptions(), creating: Bool = false,
        rescanning: Bool = false
    ) throws {
        folder = catalogue.folder.standardizedFileURL
        var options = StudioSession.Options(modelDirectory: model, createsCatalogue: creating, rescans: false)
        options.loading = loading
        studio = try StudioSession(folder: folder, options: options)
        interruption = Interruption(studio.interrupter)
        if rescanning { try rescan() }
    }

    deinit {
        progress.clear()
        studio.shutdown()
    }

    var state: StudioState { studio.state }

    /// Performs a command.
    /// - Throws: why it could not be done.
    func perform(_ command: Command) throws {
        if let refusal = studio.perform(command) { throw Refusal(refusal) }
    }

    /// Works until everything asked for is done.
    /// - Parameter onEvent: called after each event was taken.
    /// - Returns: nil when it came to the end; 130 (SIGINT), 143 (SIGTERM) or 129 (SIGHUP) when it was interrupted.
    func run(_ onEvent: (Event) -> Void) -> ExitCode? {
        let finished = studio.runUntilIdle { [progress] event, state in
            onEvent(event)
            progress.show(state)
            return true
        }
        if !finished {
            // What was done before the workers stopped is done.
            for event in studio.drain() { onEvent(event) }
        }
        progress.clear()
        return finished ? nil : ExitCode(128 + interruption.signal)
    }

    /// A line that stays above the progress.
    func say(_ line: String) {
        progress.say(line)
    }

    /// Takes the progress away, before a result is written.
    func clearProgress() {
        progress.clear()
    }

    /// Looks for files that were put into the folder by hand, and says what it found.
    private func rescan() throws {
        try perform(.rescan)
        var failure: StatusMessage?
        let interrupted = run { event in
            switch event {
            case .importFinished(let report): ImportSummary(report).say(to: self)
            case .importFailed(let words): failure = words
            default: break
            }
        }
        if let interrupted { throw interrupted }
        if let failure { throw Refusal(failure) }
    }

    /// The product of this name or file name; case does not matter.
    func product(_ name: String) throws -> ProductItem {
        let wanted = Self.key(name)
        if let product = state.products.first(where: { Self.key($0.name) == wanted || $0.fileName == name }) { return product }
        throw CatalogueError.unknownProduct(SafeName.displayable(name))
    }

    /// The brand picture of this name; case does not matter.
    func reference(_ name: String) throws -> String {
        let wanted = Self.key(name)
        if let reference = state.references.first(where: { Self.key($0) == wanted }) { return reference }
        throw CatalogueError.unknownReference(SafeName.displayable(name))
    }

    /// The category of this identifier, English or Japanese name; case does not matter.
    func category(_ name: String) throws -> String {
        let wanted = Self.key(name)
        let items = state.categories.items
        if let item = items.first(where: { [$0.identifier, $0.name, $0.nameJapanese].map(Self.key).contains(wanted) }) {
            return item.identifier
        }
        let known = items.isEmpty ? "the model \(state.model.name) knows none" : "known are " + items.map(\.name).joined(separator: ", ")
        throw Refusal("no category \(SafeName.displayable(name)): \(known)")
    }

    private static func key(_ name: String) -> String {
        name.precomposedStringWithCanonicalMapping.lowercased()
    }
}

/// Why the studio did not do what was asked.
struct Refusal: Error, CustomStringConvertible {
    let description: String

    init(_ message: StatusMessage) {
        description = message.line
    }

    init(_ text: String) {
        description = text
    }
}
