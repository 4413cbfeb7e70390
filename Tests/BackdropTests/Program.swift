import Foundation
import Imaging

/// The built program, run as a script would run it.
enum Program {
    /// What a run left behind.
    struct Outcome {
        let status: Int32
        /// Ended by a signal rather than by itself.
        let wasKilled: Bool
        let output: String
        let errors: String

        /// The lines on standard error.
        var complaints: [String] { errors.split(separator: "\n").map(String.init) }

        /// Standard output as JSON.
        func json<Value: Decodable>(_ type: Value.Type) throws -> Value {
            try JSONDecoder().decode(type, from: Data(output.utf8))
        }
    }

    /// Beside the test bundle, where the package manager puts both.
    static let url: URL = {
        let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        return URL(fileURLWithPath: tests).deletingLastPathComponent().appendingPathComponent("backdrop")
    }()

    static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// A model of a few hundred kilobytes whose pictures are noise, and which paints a step in a millisecond.
    static let tinyModel = repository.appendingPathComponent("Tests/Golden/tiny-inpaint")

    /// A script's surroundings: no terminal, no locale, a user's name.
    static let environment = [
        "PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "USER": "aiko", "BACKDROP_MODEL": tinyModel.path, "COLUMNS": "80",
    ]

    /// Runs the program and waits for its end.
    static func run(_ arguments: [String], in folder: URL, environment: [String: String] = [:]) throws -> Outcome {
        try start(arguments, in: folder, environment: environment).wait()
    }

    /// Runs any program, by default ours, without waiting.
    static func start(
        _ arguments: [String], in folder: URL, environment: [String: String] = [:], executable: URL = url
    ) throws -> Running {
        try Running(executable, arguments, in: folder, environment: Self.environment.merging(environment) { $1 })
    }
}

/// A program that runs, its output going to files, so that no pipe can fill up or outlive it.
final class Running {
    private let process = Process()
    private let folder: TemporaryFolder
    private let outputFile: URL
    private let errorFile: URL

    init(_ executable: URL, _ arguments: [String], in directory: URL, environment: [String: String]) throws {
        folder = try TemporaryFolder()
        outputFile = try folder.write(Data(), "output")
        errorFile = try folder.write(Data(), "errors")
        process.executableURL = executable
        process.arguments = arguments
        process.environment = environment
        process.currentDirectoryURL = directory
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: outputFile)
        process.standardError = try FileHandle(forWritingTo: errorFile)
        try process.run()
    }

    /// What it has written so far.
    var output: String { (try? String(contentsOf: outputFile, encoding: .utf8)) ?? "" }

    /// Its environment, as the kernel shows it.
    var environment: [String] {
        let data = FileManager.default.contents(atPath: "/proc/\(process.processIdentifier)/environ") ?? Data()
        return data.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    }

    var processIdentifier: Int32 { process.processIdentifier }
    var isRunning: Bool { process.isRunning }

    func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

    /// Waits until `lines` lines of output are there, or it has ended.
    /// - Returns: whether it still runs.
    func waitForLines(_ lines: Int) -> Bool {
        while process.isRunning, output.split(separator: "\n").count < lines { usleep(1000) }
        return process.isRunning
    }

    func wait() -> Program.Outcome {
        process.waitUntilExit()
        return Program.Outcome(
            status: process.terminationStatus, wasKilled: process.terminationReason == .uncaughtSignal, output: output,
            errors: (try? String(contentsOf: errorFile, encoding: .utf8)) ?? "")
    }
}

/// A folder that lives as long as the test.
final class TemporaryFolder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("backdrop-\(UUID().uuidString)", isDirectory: true)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// Writes a file into the folder, making the folders on its way.
    @discardableResult
    func write(_ data: Data, _ path: String) throws -> URL {
        let file = url.appendingPathComponent(path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: file)
        return file
    }
}
