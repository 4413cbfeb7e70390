import Foundation
import Synchronization

/// Memory for tensors, kept and reused so that a running model neither allocates nor faults pages in.
///
/// A freed block goes to a free list and serves the next request of about its size. Blocks are aligned to a cache line; large ones
/// to a huge page, and the kernel is asked to back them with huge pages.
public final class StoragePool: Sendable {
    /// The pool that every ``Tensor`` uses.
    public static let shared = StoragePool()

    /// Counters for tests and for `backdrop doctor`.
    public struct Statistics: Sendable, Equatable {
        /// Blocks requested from the system since the program started.
        public var blocksAllocated = 0
        /// Bytes in use by living tensors.
        public var bytesInUse = 0
        /// Bytes waiting in the free list.
        public var bytesFree = 0
        /// The most bytes ever held, in use or free.
        public var peakBytes = 0

        fileprivate mutating func noteAllocation(_ bytes: Int) {
            blocksAllocated += 1
            bytesInUse += bytes
            peakBytes = max(peakBytes, bytesInUse + bytesFree)
        }
    }

    private struct Block {
        let address: UInt
        let bytes: Int
    }

    private struct State {
        /// Ascending by size; equal sizes in order of release, so the last released (warmest) is taken first.
        var free: [Block] = []
        var statistics = Statistics()
    }

    private static let cacheLine = 64
    private static let hugePage = 2 << 20

    private let state = Mutex(State())

    /// What the pool holds at this moment.
    public var statistics: Statistics { state.withLock { $0.statistics } }

    /// Gives the free list back to the system. Call it after a model or a size is no longer used.
    ///
    /// - Parameter limit: bytes up to which the free list may stay as it is
    public func trim(above limit: Int = 0) {
        let blocks = state.withLock { state -> [Block] in
            guard state.statistics.bytesFree > limit else { return [] }
            defer {
                state.free = []
                state.statistics.bytesFree = 0
            }
            return state.free
        }
        for block in blocks { Foundation.free(UnsafeMutableRawPointer(bitPattern: block.address)) }
    }

    /// A block of at least `bytes` bytes with unspecified contents.
    func allocate(bytes: Int) -> UnsafeMutableRawBufferPointer {
        let size = Self.sizeClass(bytes)
        let reused = state.withLock { state -> Block? in
            // A block may serve a request down to half its size: few blocks for many shapes, at most half of one wasted.
            let first = state.free.partitioningIndex { $0.bytes >= size }
            guard first < state.free.count, state.free[first].bytes <= 2 * size else { return nil }
            let bytes = state.free[first].bytes
            let last = state.free.partitioningIndex { $0.bytes > bytes } - 1
            let block = state.free.remove(at: last)
            state.statistics.bytesInUse += block.bytes
            state.statistics.bytesFree -= block.bytes
            return block
        }
        if let reused, let address = UnsafeMutableRawPointer(bitPattern: reused.address) {
            return UnsafeMutableRawBufferPointer(start: address, count: reused.bytes)
        }
        return take(size)
    }

    /// A block of at least `bytes` bytes that is not taken from the free list.
    func allocateNew(bytes: Int) -> UnsafeMutableRawBufferPointer {
        take(Self.sizeClass(bytes))
    }

    private func take(_ size: Int) -> UnsafeMutableRawBufferPointer {
        let isLarge = size >= Self.hugePage
        // aligned_alloc returns nil only when the address space is exhausted; Swift's own allocator traps there as well.
        guard let address = aligned_alloc(isLarge ? Self.hugePage : Self.cacheLine, size) else {
            preconditionFailure("out of memory: \(size) bytes for a tensor")
        }
        if isLarge { madvise(address, size, Int32(MADV_HUGEPAGE)) }
        state.withLock { $0.statistics.noteAllocation(size) }
        return UnsafeMutableRawBufferPointer(start: address, count: size)
    }

    /// Gives a block of ``allocateNew(bytes:)`` back to the system.
    func free(_ block: UnsafeMutableRawBufferPointer) {
        Foundation.free(block.baseAddress)
        state.withLock { $0.statistics.bytesInUse -= block.count }
    }

    /// Takes a block back.
    func release(_ block: UnsafeMutableRawBufferPointer) {
        let entry = Block(address: UInt(bitPattern: block.baseAddress), bytes: block.count)
        state.withLock { state in
            state.free.insert(entry, at: state.free.partitioningIndex { $0.bytes > entry.bytes })
            state.statistics.bytesInUse -= entry.bytes
            state.statistics.bytesFree += entry.bytes
        }
    }

    /// Rounds up to a multiple of an eighth of the power of two below, at least a cache line; multiples of huge pages when large.
    private static func sizeClass(_ bytes: Int) -> Int {
        let wanted = max(bytes, cacheLine)
        let power = 1 << (Int.bitWidth - 1 - wanted.leadingZeroBitCount)
        let step = wanted >= hugePage ? max(power / 8, hugePage) : max(power / 8, cacheLine)
        return (wanted + step - 1) / step * step
    }
}

extension Array {
    /// The first index whose element satisfies `predicate`, for an array where all that do stand behind all that do not.
    fileprivate func partitioningIndex(where predicate: (Element) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if predicate(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
