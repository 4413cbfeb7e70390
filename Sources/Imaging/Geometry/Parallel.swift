import Dispatch

/// A buffer that several threads work on at once.
///
/// Sound because every user gives each thread its own rows to write, and the buffer outlives the parallel call.
package struct SharedPixels<Element>: @unchecked Sendable {
    package let base: UnsafeMutablePointer<Element>
    package let count: Int

    /// - Precondition: the buffer is not empty.
    @inlinable
    package init(_ buffer: UnsafeMutableBufferPointer<Element>) {
        guard let base = buffer.baseAddress else { preconditionFailure("an empty buffer has no pixels to share") }
        self.base = base
        self.count = buffer.count
    }

    @inlinable
    package subscript(index: Int) -> Element {
        get { base[index] }
        nonmutating set { base[index] = newValue }
    }
}

/// Runs `body` for 0..<count, on all cores when there is more than one piece of work.
package func parallel(_ count: Int, _ body: @Sendable (Int) -> Void) {
    if count <= 1 {
        if count == 1 { body(0) }
    } else {
        DispatchQueue.concurrentPerform(iterations: count, execute: body)
    }
}

/// Runs `body` for bands of 0..<count, for rows too short to be worth a piece of work each.
package func parallelBands(_ count: Int, _ body: @Sendable (Range<Int>) -> Void) {
    let band = max(1, min(32, (count + 7) / 8))
    parallel((count + band - 1) / band) { body(($0 * band)..<min(count, ($0 + 1) * band)) }
}
