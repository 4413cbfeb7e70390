import Foundation

/// The user's own editor on a text.
enum ExternalEditor {
    enum Failure: Error, CustomStringConvertible {
        case noFile(String)
        case notStarted(String)
        case left(String, Int32)

        var description: String {
            switch self {
            case .noFile(let reason): "no file for the editor: \(reason)"
            case .notStarted(let command): "“\(command)” cannot be started: set VISUAL or EDITOR to an editor that is installed"
            case .left(let command, let status): "“\(command)” ended with status \(status): the text stays as it was"
            }
        }
    }

    /// What the environment asks for: `$VISUAL`, `$EDITOR`, else vi.
    static func command(_ environment: [String: String] = ProcessInfo.processInfo.environment) -> String {
        ["VISUAL", "EDITOR"].compactMap { environment[$0] }.first { !$0.isEmpty } ?? "vi"
    }

    /// Runs the editor on the terminal that is standard input and output, until it ends. The file is nobody else's to read.
    static func edit(_ text: String, command: String = command()) -> Result<String, Failure> {
        var template = Array((FileManager.default.temporaryDirectory.path + "/backdrop-prompt-XXXXXX.txt").utf8CString)
        let descriptor = mkstemps(&template, 4)
        guard descriptor >= 0 else { return .failure(.noFile(String(cString: strerror(errno)))) }
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { unlink(path) }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try handle.write(contentsOf: Data((text + "\n").utf8))
            try handle.close()
        } catch {
            return .failure(.noFile("\(error)"))
        }
        // A shell, because the variable may hold flags: `code --wait`. The name of the file is an argument, never part of the command.
        let status = run(["/bin/sh", "-c", command + " \"$1\"", "sh", path])
        guard status != 127, status >= 0 else { return .failure(.notStarted(command)) }
        guard status == 0 else { return .failure(.left(command, status)) }
        guard let data = FileManager.default.contents(atPath: path), var changed = String(data: data, encoding: .utf8) else {
            return .failure(.noFile(path))
        }
        if changed.hasSuffix("\n") { changed.removeLast() }
        return .success(changed)
    }

    private static func run(_ arguments: [String]) -> Int32 {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var standard = sigset_t()
        sigemptyset(&standard)
        for signal in [SIGINT, SIGTSTP, SIGPIPE, SIGWINCH, SIGCONT] { sigaddset(&standard, signal) }
        posix_spawnattr_setsigdefault(&attributes, &standard)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
        var process: pid_t = 0
        let words = arguments.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        guard posix_spawn(&process, arguments[0], nil, &attributes, words, environ) == 0 else { return -1 }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 { if errno != EINTR { return -1 } }
        return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + (status & 0x7F)
    }
}
