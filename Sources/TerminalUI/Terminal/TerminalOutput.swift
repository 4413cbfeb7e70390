import Foundation

/// Writes to the terminal outside ncurses: pictures, questions, modes.
///
/// Pictures go through a file description of their own that does not block, so that a key press can cut a long one short; the
/// shared one must stay blocking, for the shell and ncurses use it too.
final class TerminalOutput {
    /// How a picture's write ended.
    enum Outcome: Equatable {
        case completed
        /// Stopped for a key press; part of the picture may be on the screen.
        case interrupted
        /// The terminal is gone.
        case failed
    }

    private let descriptor: Int32
    private let unblocked: Int32?

    init(descriptor: Int32) {
        self.descriptor = descriptor
        var opened: Int32 = -1
        if let name = ttyname(descriptor) { opened = open(name, O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC) }
        unblocked = opened >= 0 ? opened : nil
    }

    deinit {
        if let unblocked { close(unblocked) }
    }

    /// Writes all of a short text, waiting as long as it takes.
    @discardableResult
    func write(_ text: String) -> Bool {
        write(Array(text.utf8)[...])
    }

    private func write(_ bytes: ArraySlice<UInt8>) -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = poll(&request, 1, 1000)
            } else if errno != EINTR {
                return false
            }
        }
        return true
    }

    /// Writes a picture. When `keyPressed` says so and `patience` seconds have gone by since, stops and writes `ending` instead of
    /// the rest. `keyPressed` is asked whenever the terminal has no room and something waits on `input`.
    func write(picture: [UInt8], ending: String, input: Int32, patience: Double, keyPressed: () -> Bool) -> Outcome {
        var rest = picture[...]
        var pressedAt: Date?
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { buffer in
                unblocked.map { Foundation.write($0, buffer.baseAddress, buffer.count) } ?? writeChunk(buffer)
            }
            if count > 0 {
                rest = rest.dropFirst(count)
                continue
            }
            if errno == EINTR { continue }
            guard errno == EAGAIN else { return .failed }
            if let pressedAt, Date().timeIntervalSince(pressedAt) >= patience {
                return write(Array(ending.utf8)[...]) ? .interrupted : .failed
            }
            var requests = [pollfd(fd: unblocked ?? descriptor, events: Int16(POLLOUT), revents: 0)]
            if pressedAt == nil { requests.append(pollfd(fd: input, events: Int16(POLLIN), revents: 0)) }
            _ = poll(&requests, nfds_t(requests.count), pressedAt == nil ? 1000 : 10)
            if requests[0].revents & Int16(POLLERR | POLLHUP | POLLNVAL) != 0 { return .failed }
            if pressedAt == nil, requests[1].revents != 0, keyPressed() { pressedAt = Date() }
        }
        return .completed
    }

    /// A piece small enough that a terminal with any room takes it at once.
    private func writeChunk(_ buffer: UnsafeRawBufferPointer) -> Int {
        var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        guard poll(&request, 1, 0) > 0 else {
            errno = EAGAIN
            return -1
        }
        return Foundation.write(descriptor, buffer.baseAddress, min(256, buffer.count))
    }
}
