/// Value noise in the plane, -1...1: random values on a lattice, blended smoothly between (after Perlin, "An image synthesizer", SIGGRAPH 1985).
struct PlaneNoise {
    let seed: UInt32

    /// A random number of a lattice point, 0...1 (the "lowbias32" integer hash of C. Wellons).
    func chance(_ x: Int32, _ y: Int32) -> Float {
        var bits = UInt32(bitPattern: x) &* 0x85EB_CA6B ^ UInt32(bitPattern: y) &* 0xC2B2_AE35 ^ seed
        bits = (bits ^ (bits >> 16)) &* 0x7FEB_352D
        bits = (bits ^ (bits >> 15)) &* 0x846C_A68B
        bits ^= bits >> 16
        return Float(bits >> 8) / Float(1 << 24)
    }

    func value(_ place: SIMD2<Float>) -> Float {
        let low = place.rounded(.down)
        let (x, y) = (Int32(low.x), Int32(low.y))
        let part = place - low
        let blend = part * part * (3 - 2 * part)
        let top = chance(x, y) * (1 - blend.x) + chance(x &+ 1, y) * blend.x
        let bottom = chance(x, y &+ 1) * (1 - blend.x) + chance(x &+ 1, y &+ 1) * blend.x
        return 2 * (top * (1 - blend.y) + bottom * blend.y) - 1
    }

    /// Octaves of noise, each twice as fine and `roughness` times as strong. What a footprint of the camera cannot resolve is left
    /// out, so that no pattern flickers or stays sharp out of focus.
    ///
    /// - Parameters:
    ///   - wavelength: of the coarsest octave, in the unit of `place`
    ///   - footprint: what one pixel covers there
    func fractal(
        _ place: SIMD2<Float>, wavelength: Float, octaves: Int, footprint: Float, roughness: Float = 0.5
    ) -> Float {
        var (sum, strength, length) = (Float(0), Float(1), wavelength)
        for octave in 0..<octaves {
            let resolved = smooth(0.5, 2, length / (2 * footprint))
            guard resolved > 0 else { break }
            sum += strength * resolved * PlaneNoise(seed: seed &+ UInt32(octave)).value(place / length)
            strength *= roughness
            length /= 2
        }
        return sum
    }
}
