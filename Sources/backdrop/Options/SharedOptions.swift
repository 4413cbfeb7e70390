import ArgumentParser
import Diffusion
import Foundation
import Imaging
import Studio

/// Which project folder.
struct CatalogueOptions: ParsableArguments {
    @Option(
        name: [.customShort("C"), .long],
        help: ArgumentHelp("The project folder (default: the current folder).", valueName: "folder"), completion: .directory)
    var catalogue: String?

    var folder: URL { URL(fileURLWithPath: catalogue ?? FileManager.default.currentDirectoryPath, isDirectory: true) }
}

/// Which model.
struct ModelOptions: ParsableArguments {
    static let variable = "BACKDROP_MODEL"

    @Option(
        help: ArgumentHelp("A diffusers folder (default: $BACKDROP_MODEL, else the starter model).", valueName: "folder"),
        completion: .directory)
    var model: String?

    /// Nil takes the starter model.
    var directory: URL? {
        (model ?? Self.environment).map { URL(fileURLWithPath: $0, isDirectory: true) }
    }

    /// Why this model.
    var reason: String {
        if model != nil { return "--model names it" }
        return Self.environment == nil ? "it ships with Backdrop" : "\(Self.variable) names it"
    }

    private static var environment: String? {
        ProcessInfo.processInfo.environment[variable].flatMap { $0.isEmpty ? nil : $0 }
    }
}

/// How results are written.
struct OutputOptions: ParsableArguments {
    @Flag(help: "Write one JSON object to standard output.")
    var json = false
}

extension AspectRatio: ExpressibleByArgument {
    /// What completion offers; any other shape or size can be written.
    public static var allValueStrings: [String] { allCases.map(\.rawValue) }
}
extension SchedulerKind: ExpressibleByArgument {}
extension LayoutKind: ExpressibleByArgument {}

/// A setting that words and seed make, `auto`, unless it is made by hand.
struct OrAuto<Value: ExpressibleByArgument>: ExpressibleByArgument {
    let value: Value?

    init?(argument: String) {
        if argument == "auto" {
            value = nil
        } else if let value = Value(argument: argument) {
            self.value = value
        } else {
            return nil
        }
    }

    static var allValueStrings: [String] { Value.allValueStrings.isEmpty ? [] : ["auto"] + Value.allValueStrings }
}

extension LightDirection: ExpressibleByArgument {}

extension ExitCode {
    /// Some of it was done, some was not.
    static let partlyFailed = ExitCode(3)
}
