import Dispatch

/// A buffer that several threads work on at once.
///
/// Sound because every user gives each thread its own rows to write, and the buffer outlives the parallel call.
struct SharedPixels<Element>: @unchecked Sendable {
    let base: UnsafeMutablePointer<Element>
    let count: Int

    /// - Precondition: the buffer is not empty.
    @inlinable
    init(_ buffer: UnsafeMutableBufferPointer<Element>) {
        guard let base = buffer.baseAddress else { preconditionFailure("an empty buffer has no pixels to share") }
        self.base = base
        self.count = buffer.count
    }

    @inlinable
    subscript(index: Int) -> Element {
        get { base[index] }
        nonmutating set { base[index] = newValue }
    }
}

/// Runs `body` for 0..<count, on all cores when there is more than one piece of work.
func parallel(_ count: Int, _ body: @Sendable (Int) -> Void) {
    if count <= 1 {
        if count == 1 { body(0) }
    } else {
        DispatchQueue.concurrentPerform(iterations: count, execute: body)
    }
}
