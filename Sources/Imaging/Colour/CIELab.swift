import Foundation

/// A colour as the eye measures it: CIE 1976 L*a*b* under D65.
struct CIELab: Equatable, Sendable {
    /// Lightness 0...100, and the red-green and yellow-blue axes.
    let lightness, a, b: Double

    init(lightness: Double, a: Double, b: Double) {
        self.lightness = lightness
        self.a = a
        self.b = b
    }

    /// - Parameter rgb: sRGB in lanes x, y, z, 0...255, gamma-encoded.
    init(_ rgb: SIMD4<Float>) {
        func linear(_ value: Float) -> Double { TransferCurve.sRGB.linear(Double(value) / 255) }
        let (red, green, blue) = (linear(rgb.x), linear(rgb.y), linear(rgb.z))
        // IEC 61966-2-1, divided by D65's white.
        let x = (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047
        let y = 0.2126729 * red + 0.7151522 * green + 0.0721750 * blue
        let z = (0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883
        func root(_ t: Double) -> Double { t > 216.0 / 24389 ? cbrt(t) : (24389.0 / 27 * t + 16) / 116 }
        self.init(lightness: 116 * root(y) - 16, a: 500 * (root(x) - root(y)), b: 200 * (root(y) - root(z)))
    }

    /// CIEDE2000 (Sharma, Wu and Dalal, Color Research and Application 30, 2005): about 1 is just visible side by side.
    func difference(from other: CIELab) -> Double {
        func power7(_ value: Double) -> Double { pow(value, 7) }
        let seven = power7(25)
        let meanChroma = (hypot(a, b) + hypot(other.a, other.b)) / 2
        let g = 0.5 * (1 - (power7(meanChroma) / (power7(meanChroma) + seven)).squareRoot())
        let (a1, a2) = (a * (1 + g), other.a * (1 + g))
        let (c1, c2) = (hypot(a1, b), hypot(a2, other.b))
        func hue(_ a: Double, _ b: Double) -> Double {
            guard a != 0 || b != 0 else { return 0 }
            let angle = atan2(b, a) * 180 / .pi
            return angle < 0 ? angle + 360 : angle
        }
        let (h1, h2) = (hue(a1, b), hue(a2, other.b))
        let isGrey = c1 * c2 == 0
        var turn = h2 - h1
        if isGrey { turn = 0 } else if turn > 180 { turn -= 360 } else if turn < -180 { turn += 360 }
        let deltaL = other.lightness - lightness
        let deltaC = c2 - c1
        let deltaH = 2 * (c1 * c2).squareRoot() * sin(turn / 2 * .pi / 180)
        let meanL = (lightness + other.lightness) / 2
        let meanC = (c1 + c2) / 2
        var meanH = h1 + h2
        if !isGrey {
            if abs(h1 - h2) <= 180 { meanH /= 2 } else { meanH = meanH < 360 ? (meanH + 360) / 2 : (meanH - 360) / 2 }
        }
        func cosine(_ degrees: Double) -> Double { cos(degrees * .pi / 180) }
        let t = 1 - 0.17 * cosine(meanH - 30) + 0.24 * cosine(2 * meanH) + 0.32 * cosine(3 * meanH + 6) - 0.2 * cosine(4 * meanH - 63)
        let square = (meanL - 50) * (meanL - 50)
        let sL = 1 + 0.015 * square / (20 + square).squareRoot()
        let sC = 1 + 0.045 * meanC
        let sH = 1 + 0.015 * meanC * t
        let rotation = 60 * exp(-((meanH - 275) / 25) * ((meanH - 275) / 25))
        let rC = 2 * (power7(meanC) / (power7(meanC) + seven)).squareRoot()
        let rT = -sin(rotation * .pi / 180) * rC
        let (l, c, h) = (deltaL / sL, deltaC / sC, deltaH / sH)
        return max(0, l * l + c * c + h * h + rT * c * h).squareRoot()
    }

    /// The smallest difference from a mixture of two encoded sRGB colours, mixed in linear light.
    ///
    /// - Parameter share: the first one's share as it was estimated; mixtures a little to both sides of it are as good.
    func distance(toMixtureOf first: SIMD4<Float>, _ second: SIMD4<Float>, around share: Double) -> Double {
        var best = Double.infinity
        for step in -2...2 {
            let part = Float(min(1, max(0, share + Double(step) * 0.1)))
            var mixed = SIMD4<Float>.zero
            for channel in 0..<3 {
                let light =
                    Float(TransferCurve.sRGB.linear(Double(first[channel]) / 255)) * part
                    + Float(TransferCurve.sRGB.linear(Double(second[channel]) / 255)) * (1 - part)
                mixed[channel] = Float(light <= 0.0031308 ? light * 12.92 : 1.055 * pow(light, 1 / 2.4) - 0.055) * 255
            }
            best = min(best, difference(from: CIELab(mixed)))
        }
        return best
    }
}
