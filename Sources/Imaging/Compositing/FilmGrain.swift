/// A faint grain for backgrounds that were enlarged from a small picture: it hides the steps of 8-bit values in smooth gradients and
/// takes away the plastic look next to a real photo.
///
/// One fixed tile of noise, so that the same background always gives the same bytes. Only its fine part is kept (each value less the
/// mean of its neighbourhood), which the eye sees least.
struct FilmGrain: Sendable {
    /// The tile's side, a power of two.
    static let side = 256
    /// The standard deviation, in 8-bit steps: enough to hide the steps (0.5 is the least that does), and less than any camera's noise.
    static let strength: Float = 0.6

    /// `side * side` values, in 8-bit steps, of mean 0.
    let values: [Float]

    static let shared = FilmGrain()

    private init() {
        let side = Self.side
        var state: UInt64 = 0x6261_636B_6472_6F70
        let white = (0..<(side * side)).map { _ -> Float in
            // SplitMix64 (Steele, Lea, Flood 2014); four uniform values make a good bell.
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            z ^= z >> 31
            let sum = (z & 0xFFFF) + (z >> 16 & 0xFFFF) + (z >> 32 & 0xFFFF) + (z >> 48)
            return Float(sum) / 65535 - 2
        }
        var fine = [Float](repeating: 0, count: side * side)
        for y in 0..<side {
            for x in 0..<side {
                var around: Float = 0
                for dy in -1...1 {
                    for dx in -1...1 { around += white[((y + dy) & (side - 1)) * side + ((x + dx) & (side - 1))] }
                }
                fine[y * side + x] = white[y * side + x] - around / 9
            }
        }
        let deviation = (fine.reduce(0) { $0 + $1 * $1 } / Float(fine.count)).squareRoot()
        values = fine.map { $0 * Self.strength / deviation }
    }
}
