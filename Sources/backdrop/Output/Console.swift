import Foundation

/// The two streams of a command: results on standard output, everything else on standard error.
enum Console {
    /// One line of result.
    static func result(_ line: String) {
        write(line + "\n", to: STDOUT_FILENO)
    }

    /// One line about what is going on.
    static func note(_ line: String) {
        write(line + "\n", to: STDERR_FILENO)
    }

    /// A value as one JSON object: sorted keys, so that two runs can be compared.
    static func json(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        result(String(decoding: try encoder.encode(value), as: UTF8.self))
    }

    /// Writes at once, so that what a program on the other end of a pipe waits for arrives. A result that cannot be
    /// written ends the program: a script must not take half of one for the whole.
    static func write(_ text: String, to descriptor: Int32) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                guard descriptor == STDOUT_FILENO else { return }
                note("standard output: \(String(cString: strerror(errno)))")
                _exit(1)
            }
            rest = rest.dropFirst(count)
        }
    }

    /// `seconds` as people read it: `0.11 s`, `12 s`, `3 min 20 s`.
    static func duration(_ seconds: Double) -> String {
        switch seconds {
        case ..<1: String(format: "%.2f s", max(0, seconds))
        case ..<10: String(format: "%.1f s", seconds)
        case ..<60: "\(Int(seconds.rounded())) s"
        default: "\(Int(seconds) / 60) min \(Int(seconds) % 60) s"
        }
    }
}
