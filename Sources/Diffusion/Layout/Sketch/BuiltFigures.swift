import Foundation

/// Made things beside products, seen from the front. A place is across and down from the middle, in radii.
extension PropFigure {
    /// A box with one edge towards the camera, seen from a little above; a stack has slabs of other colours, one a little aside of the other.
    func box(_ place: SIMD2<Float>, _ soft: Float, _ side: Float, slabs: Int) -> Look {
        let (top, bottom, slope, half): (Float, Float, Float, Float) = (-0.2, 0.9, 0.24, 0.92)
        let height = (bottom - top) / Float(slabs)
        let corner = 0.55 * cos(angle)
        let front = place.y + slope * abs(place.x - corner)
        let slab = Int32(min(max((front - top) / height, 0), Float(slabs) - 1))
        let x = place.x - (slabs > 1 ? 0.14 * (noise.chance(slab, 1) - 0.5) : 0)
        let back = max(top - slope * (half + corner) - slope * (x + half), top - slope * (half - corner) - slope * (half - x))
        let edge = max(abs(x) - half, max(front - bottom, back - place.y))
        let isTop = front < top
        // Books differ in colour, the towels of a pile hardly.
        let spread: Float = shape == .books ? 0.5 : slabs > 1 ? 0.05 : 0
        let hue = SIMD3(noise.chance(slab, 2), noise.chance(slab, 3), noise.chance(slab, 4)) * spread + (1 - 0.6 * spread)
        let part = (front - top) / height - Float(slab)
        let isSpine = (place.x > corner) == (noise.chance(7, 7) < 0.5)
        var (skin, line) = (colour * hue, Float(1))
        switch shape {
        case .books where !isTop && !isSpine && part > 0.1 && part < 0.88:
            // Pages between the boards.
            skin = SIMD3(236, 228, 210) * (0.9 + 0.05 * sin(part * 90) * max(1 - 30 * soft, 0)) * (0.8 + 0.2 * smooth(0.1, 0.2, part))
        case .books where !isTop && isSpine:
            line = 1.06 - 0.5 * (part - 0.45) * (part - 0.45)
            // A title's band.
            let band = abs(abs(x - corner) - 0.3) < 0.03 + 0.02 * noise.chance(slab, 9)
            if band, noise.chance(slab, 8) < 0.7 { skin = skin * 0.4 + 130 }
        case .towels:
            // Folded over, soft at the edges.
            let pile = 0.07 * noise.fractal(place, wavelength: 0.07, octaves: 2, footprint: soft / 2)
            let fold = isTop ? 0 : (2 * part - 1) * (2 * part - 1)
            line = 1 + pile - 0.4 * fold * fold
        default: break
        }
        if slabs > 1, !isTop { line *= 1 - 0.3 * (1 - smooth(0, 0.06 + soft, min(part, 1 - part))) }
        let turnedToLight = smooth(-soft - 0.02, soft + 0.02, (place.x - corner) * side)
        let face = (0.68 + 0.3 * turnedToLight) * (1 - 0.14 * smooth(0.2, bottom, front))
        let roof = smooth(-soft - 0.02, soft + 0.02, top - front)
        // Edges are not quite sharp and catch the light.
        let rim = slabs > 1 ? 0 : 0.1 * max(1 - abs(front - top) / (0.03 + soft), 0)
        return (skin * line * (face + (1.12 - face) * roof + rim), 1 - smooth(-soft, soft, edge))
    }

    /// Clear at its edges, milky inside, with cracks.
    func ice(_ place: SIMD2<Float>, _ soft: Float, _ side: Float) -> Look {
        let (block, cover) = box(place, soft, side, slabs: 1)
        let milk = smooth(1.1, 0.2, length(place * SIMD2(1, 1.3)))
        let cracks = 1 - smooth(0, 0.1 + soft, abs(noise.fractal(place, wavelength: 0.8, octaves: 3, footprint: soft / 2)))
        let gleam = smooth(0.5, 0.75, noise.fractal(place + 3, wavelength: 0.4, octaves: 2, footprint: soft / 2))
        // Its rim gathers the light.
        let inner = box(place * 1.14, soft, side, slabs: 1).cover
        let rim = 1 - inner
        return (block + 34 * cracks * milk + 60 * gleam + 40 * rim, cover * min(0.6 + 0.3 * milk + 0.25 * rim + gleam, 1))
    }

    /// How far outside a disc or an arch a place is, in radii; below zero inside.
    func outline(_ place: SIMD2<Float>) -> Float {
        let round = (place.x * place.x + place.y * place.y).squareRoot() - 1
        guard case .arch(let straight) = shape, place.y > 0 else { return round }
        return max(abs(place.x) - 1, place.y - straight)
    }

    /// A thick panel that faces the camera: its rim catches the light, its foot is in the shade.
    func panel(_ place: SIMD2<Float>, _ soft: Float, _ side: Float) -> Look {
        let edge = outline(place)
        let rim = smooth(-0.05 - soft, -0.015, edge) * smooth(-0.2, 0.8, 0.7 * place.x * side - 0.7 * place.y)
        let lit = 0.95 + 0.05 * place.x * side - 0.06 * place.y + 0.14 * rim
        return (colour * lit, 1 - smooth(-soft, soft, edge))
    }

    /// A flower pot, wider above.
    func pot(_ place: SIMD2<Float>, _ soft: Float, _ side: Float) -> Look {
        let half = 0.66 - 0.14 * place.y
        let bulge = 0.1 * max(1 - place.x * place.x / (half * half), 0)
        let edge = max(abs(place.x) - half, max(place.y - 0.72 - bulge, -0.62 - place.y))
        let across = place.x / half
        let lit = 0.86 + 0.24 * across * side - 0.18 * across * across - 0.12 * smooth(0.1, 0.8, place.y)
        return (colour * lit, 1 - smooth(-soft, soft, edge))
    }

    /// A ball of glass under a cap with a ring; lamps and windows are mirrored in it.
    func bauble(_ place: SIMD2<Float>, _ soft: Float, _ light: SIMD3<Float>) -> Look {
        let distance = length(place)
        let rim = smooth(0.6, 1, distance)
        let window = SIMD2(place.x - 0.42 * (light.x > 0 ? 1 : -1), place.y + 0.36)
        let pane = (1 - smooth(0.1, 0.16 + soft, abs(window.x + 0.4 * window.y))) * (1 - smooth(0.14, 0.2 + soft, abs(window.y)))
        let band = 0.16 * smooth(0.05, 0.3, place.y) * (1 - rim)
        let body = lit(place, distance: distance, soft, light, skin: SIMD3(repeating: 1.02 - band - 0.12 * rim), shine: 40)
        let shining = body.colour + (SIMD3(repeating: 248) - body.colour) * (0.7 * pane) + 26 * smooth(0.85, 0.98, distance)
        let top = place + SIMD2(0, 1.04)
        let cap = max(abs(top.x) - 0.17, abs(top.y) - 0.11)
        let ring = abs(length(top + SIMD2(0, 0.24)) - 0.12) - 0.02
        let metal = SIMD3<Float>(214, 178, 104) * (0.85 + 0.5 * light.x * top.x / 0.17)
        return Self.over((shining, body.cover), (metal, 1 - smooth(-soft, soft, min(cap, ring))))
    }

    /// A pillar candle that burns, with the glow of its flame.
    func candle(_ place: SIMD2<Float>, _ soft: Float, _ side: Float) -> Look {
        let across = min(max(place.x / 0.46, -1), 1)
        let bulge = 0.09 * (1 - across * across).squareRoot()
        let edge = max(abs(place.x) - 0.46, max(place.y - 0.62 - bulge, -0.72 - bulge - place.y))
        let body = 1 - smooth(-soft, soft, edge)
        // The flame shines into the wax below it.
        let wax = colour * (0.9 + 0.16 * across * side - 0.2 * across * across) + SIMD3(46, 28, 6) * smooth(0.2, -0.75, place.y)
        let pool = 1 - smooth(-soft, soft, place.y + 0.72 - bulge)
        var seen: Look = (wax + (colour * 1.04 + SIMD3(34, 24, 4) - wax) * pool, body)
        let glow = 0.45 * exp(-(place.x * place.x + (place.y + 1.05) * (place.y + 1.05)) * 1.1)
        seen = Self.over((SIMD3(255, 196, 116), glow), seen)
        let wick = max(abs(place.x) - 0.02, abs(place.y + 0.8) - 0.09)
        seen = Self.over(seen, (SIMD3(58, 46, 38), 1 - smooth(-soft / 2, soft / 2, wick)))
        // A drop with its point above.
        let up = (-place.y - 0.86) / 0.42
        let half = 0.3 * max(up * (1 - up), 0).squareRoot() * (1.1 - up)
        let flame = smooth(half + soft / 2, half * 0.5, abs(place.x)) * (up > 0 && up < 1 ? 1 : 0)
        return Self.over(seen, (SIMD3(255, 236, 176) - SIMD3(0, 60, 110) * smooth(0.5, 1, up), flame))
    }
}
