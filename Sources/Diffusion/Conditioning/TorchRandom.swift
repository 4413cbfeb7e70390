import Foundation

/// torch's CPU random numbers, so that a seed makes the same picture here as in PyTorch.
///
/// Mersenne Twister 19937 (`ATen/core/MT19937RNGEngine.h`) and the normal distribution of `torch.randn`
/// (`ATen/native/cpu/DistributionTemplates.h`, `normal_fill`; `ATen/core/DistributionsHelper.h` for short tensors).
struct TorchRandom {
    private var state: [UInt32]
    private var position: Int

    private static let size = 624
    private static let shift = 397

    /// - Parameter seed: as given to `torch.manual_seed`; only the low 32 bits count, as there
    init(seed: UInt64) {
        state = [UInt32](repeating: 0, count: Self.size)
        state[0] = UInt32(truncatingIfNeeded: seed)
        for index in 1..<Self.size {
            let previous = state[index - 1]
            state[index] = 1_812_433_253 &* (previous ^ (previous >> 30)) &+ UInt32(index)
        }
        position = Self.size
    }

    /// The next 32 random bits.
    mutating func next() -> UInt32 {
        if position == Self.size { refill() }
        var bits = state[position]
        position += 1
        bits ^= bits >> 11
        bits ^= (bits << 7) & 0x9D2C_5680
        bits ^= (bits << 15) & 0xEFC6_0000
        return bits ^ (bits >> 18)
    }

    private mutating func refill() {
        for index in 0..<Self.size {
            let next = state[(index + 1) % Self.size]
            let mixed = (state[index] & 0x8000_0000) | (next & 0x7FFF_FFFF)
            state[index] = state[(index + Self.shift) % Self.size] ^ (mixed >> 1) ^ (next & 1 == 1 ? 0x9908_B0DF : 0)
        }
        position = 0
    }

    /// `torch.randn(count)` in float32.
    mutating func normals(_ count: Int) -> [Float] {
        count < 16 ? shortNormals(count) : longNormals(count)
    }

    /// Box-Muller over blocks of 16: number j pairs with j + 8. A ragged end draws its last 16 numbers anew.
    private mutating func longNormals(_ count: Int) -> [Float] {
        var values = (0..<count).map { _ in uniformFloat() }
        for start in stride(from: 0, through: count - 16, by: 16) { Self.transformBlock(&values, at: start) }
        if count % 16 != 0 {
            let start = count - 16
            for index in start..<count { values[index] = uniformFloat() }
            Self.transformBlock(&values, at: start)
        }
        return values
    }

    private static func transformBlock(_ values: inout [Float], at start: Int) {
        for index in start..<start + 8 {
            let radius = (-2 * log(1 - values[index])).squareRoot()
            let angle = 2 * Float.pi * values[index + 8]
            values[index] = radius * cos(angle)
            values[index + 8] = radius * sin(angle)
        }
    }

    /// Fewer than 16 numbers are drawn one by one in double precision, each pair from two uniforms.
    private mutating func shortNormals(_ count: Int) -> [Float] {
        var values: [Float] = []
        while values.count < count {
            let first = uniformDouble()
            let second = uniformDouble()
            let radius = (-2 * log1p(-second)).squareRoot()
            let angle = 2 * Double.pi * first
            values += [Float(radius * cos(angle)), Float(radius * sin(angle))]
        }
        return Array(values.prefix(count))
    }

    /// 24 random bits as a number in 0..<1.
    private mutating func uniformFloat() -> Float {
        Float(next() & 0xFF_FFFF) * 0x1p-24
    }

    /// 53 random bits as a number in 0..<1.
    private mutating func uniformDouble() -> Double {
        let high = UInt64(next())
        let low = UInt64(next())
        return Double(((high << 32) | low) & 0x1F_FFFF_FFFF_FFFF) * 0x1p-53
    }
}
