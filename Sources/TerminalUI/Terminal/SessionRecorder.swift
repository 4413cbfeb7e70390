import Foundation
import Studio

/// Writes when keys came, when the screen had answered them and what pictures cost, one JSON object a line. What is typed is in it
/// only where that was asked for.
final class SessionRecorder {
    /// One line of a recording.
    struct Entry: Codable, Equatable {
        enum Kind: String, Codable {
            /// Bytes came from the terminal.
            case keys
            /// The screen that answers them was written; `ms` since they came.
            case screen
            /// The terminal has answered the question behind that screen: the echo was on its way back; `ms` since the keys came.
            case echo
            /// A picture was sent; `ms` is what writing it took.
            case picture
            /// The terminal has dealt with it; `ms` since it was sent.
            case taken
        }

        /// Seconds since the start.
        let at: Double
        let kind: Kind
        var ms: Double?
        var bytes: Int?
        /// False for a picture that a key cut short.
        var whole: Bool?
        /// What was typed, where that was asked for.
        var keys: String?
    }

    private let handle: FileHandle
    private let withKeys: Bool
    private let start: Double
    private var keysAt: Double?
    private var questionFor: Double?
    /// Slices of pictures that the terminal has not dealt with, oldest first: for the last one of a picture, when its first was sent.
    private var slices: [Double?] = []
    private var picture: (began: Double, bytes: Int)?
    private var buffer: [UInt8] = []
    private let encoder = JSONEncoder()

    /// - Throws: what the file system says of the file.
    init(file: URL, withKeys: Bool) throws {
        guard FileManager.default.createFile(atPath: file.path, contents: nil, attributes: [.posixPermissions: 0o600]) else {
            throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: file.path])
        }
        handle = try FileHandle(forWritingTo: file)
        self.withKeys = withKeys
        start = TerminalLoop.now
        encoder.outputFormatting = .sortedKeys
    }

    deinit {
        flush()
    }

    func keysCame(_ bytes: ArraySlice<UInt8>, now: Double) {
        // Answers to our own questions are no keys.
        if bytes.starts(with: [0x1B, UInt8(ascii: "[")]), let last = bytes.last, "cntySR".utf8.contains(last) { return }
        keysAt = keysAt ?? now
        write(Entry(at: now, kind: .keys, bytes: bytes.count, keys: withKeys ? String(decoding: bytes, as: UTF8.self) : nil), now)
    }

    /// - Returns: whether the terminal should be asked for an answer now, to time the line.
    func screenWasWritten(now: Double) -> Bool {
        guard let since = keysAt else { return false }
        keysAt = nil
        write(Entry(at: now, kind: .screen, ms: (now - since) * 1000), now)
        guard questionFor == nil || now - (questionFor ?? 0) > 5 else { return false }
        questionFor = since
        return true
    }

    /// Whether the terminal still has a question to answer.
    var isAwaitingAnswer: Bool { questionFor != nil }

    func lineAnswered(now: Double) {
        guard let since = questionFor else { return }
        questionFor = nil
        write(Entry(at: now, kind: .echo, ms: (now - since) * 1000), now)
    }

    func sliceWasSent(bytes: Int, endsPicture: Bool, whole: Bool, now: Double) {
        let began = picture?.began ?? now
        picture = (began, (picture?.bytes ?? 0) + bytes)
        if whole { slices.append(endsPicture ? began : nil) }
        guard endsPicture || !whole else { return }
        write(Entry(at: now, kind: .picture, bytes: picture?.bytes, whole: whole), now)
        picture = nil
    }

    func sliceWasTaken(now: Double) {
        guard !slices.isEmpty, let began = slices.removeFirst() else { return }
        write(Entry(at: now, kind: .taken, ms: (now - began) * 1000), now)
    }

    private func write(_ entry: Entry, _ now: Double) {
        var timed = entry
        timed = Entry(
            at: ((now - start) * 1e6).rounded() / 1e6, kind: entry.kind, ms: entry.ms.map { ($0 * 1000).rounded() / 1000 },
            bytes: entry.bytes, whole: entry.whole, keys: entry.keys)
        guard let line = try? encoder.encode(timed) else { return }
        buffer += line
        buffer.append(UInt8(ascii: "\n"))
        if buffer.count > 16_384 { flush() }
    }

    private func flush() {
        try? handle.write(contentsOf: Data(buffer))
        buffer = []
    }
}
