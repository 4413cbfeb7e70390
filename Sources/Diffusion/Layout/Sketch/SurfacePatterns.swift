import Foundation

/// The patterns of the materials. A place is on the surface, in units of the product's distance; a footprint is what a pixel covers there.
extension SurfaceMaterial {
    /// How far water is tilted at a place, about -1...1.
    func ripples(_ place: SIMD2<Float>, _ footprint: Float, _ noise: PlaneNoise) -> Float {
        noise.fractal(SIMD2(place.x, place.y * 2.6), wavelength: 0.1, octaves: 4, footprint: footprint, roughness: 0.58)
    }

    /// 1 where a wavelength is seen, 0 where the footprint hides it.
    func resolved(_ wavelength: Float, _ footprint: Float) -> Float { min(max(wavelength / (2 * footprint) - 1, 0), 1) }

    /// How much light a bumpy surface gets at a place from one side, about -1...1: its height here less that a little further on.
    func relief(_ place: SIMD2<Float>, _ wavelength: Float, _ footprint: Float, _ noise: PlaneNoise) -> Float {
        let towards = SIMD2<Float>(0.3, -0.2) * wavelength
        func height(_ place: SIMD2<Float>) -> Float {
            noise.fractal(place, wavelength: wavelength, octaves: 3, footprint: footprint, roughness: 0.55)
        }
        return 1.4 * (height(place) - height(place + towards))
    }

    /// Tips side by side, of two sizes: about 0 on the mean, brightest in their middles, darkest between them.
    func shoots(_ place: SIMD2<Float>, _ footprint: Float, _ noise: PlaneNoise) -> Float {
        var sum: Float = 0
        for (number, size) in [Float(0.012), 0.006].enumerated() {
            let seen = resolved(1.6 * size, footprint)
            guard seen > 0 else { break }
            let noise = PlaneNoise(seed: noise.seed &+ 30 &+ UInt32(number))
            let cell = (place / size).rounded(.down)
            var height: Float = 0
            for y in -1...1 {
                for x in -1...1 {
                    let (column, row) = (Int32(cell.x) &+ Int32(x), Int32(cell.y) &+ Int32(y))
                    let away = SIMD2(Float(column) + noise.chance(column, row), Float(row) + noise.chance(row, column &+ 77)) - place / size
                    let bump = max(1 - 1.3 * (away * away).sum(), 0)
                    height = max(height, bump * bump * (0.4 + 0.6 * noise.chance(column &+ 40, row)))
                }
            }
            sum += seen * (height - 0.36)
        }
        return sum
    }

    /// Planks that run across or away, end to end, with rings and fibres along them.
    func wood(_ place: SIMD2<Float>, _ footprint: Float, _ noise: PlaneNoise) -> SIMD3<Float> {
        let (width, length): (Float, Float) = (0.115, 0.9)
        // Laid as the seed has it: along the picture, a little aslant, or away from the camera.
        let laid = noise.chance(5, 6)
        let turn =
            laid < 0.45
            ? 0.1 * (noise.chance(6, 6) - 0.5) : laid < 0.75 ? 0.6 * (noise.chance(6, 6) - 0.5) : 1.35 + 0.4 * noise.chance(6, 6)
        let place = SIMD2(place.x * cos(turn) + place.y * sin(turn), place.y * cos(turn) - place.x * sin(turn))
        let index = Int32((place.y / width).rounded(.down))
        let part = place.y / width - Float(index)
        let along = place.x / length + 5 * noise.chance(index, 14)
        let board = Int32(along.rounded(.down))
        // Every plank is cut from another place of the log.
        let local = SIMD2(place.x + 7 * noise.chance(index, 11 &+ board), place.y + 3 * noise.chance(index, 12 &+ board))
        let wander = noise.fractal(SIMD2(local.x * 0.35, local.y * 2), wavelength: 0.14, octaves: 3, footprint: footprint)
        let rings = sin(local.y * 260 + 5.5 * wander) * resolved(0.03, footprint)
        let fibres = noise.fractal(
            SIMD2(local.x * 0.05, local.y), wavelength: 0.014, octaves: 4, footprint: footprint, roughness: 0.75)
        // Pores: short and dark.
        let pores =
            smooth(0.35, 0.8, PlaneNoise(seed: noise.seed &+ 3).value(SIMD2(local.x * 28, local.y * 420)))
            * resolved(0.004, footprint)
        let edge = min(min(part, 1 - part) * width, min(along - Float(board), 1 - along + Float(board)) * length)
        let joint = 1 - smooth(0, 0.0035 + footprint, edge)
        let dark = 0.5 + 0.5 * (0.28 * rings + 0.5 * wander) + 0.17 * fibres + 0.2 * pores
        let plank = 1 + 0.14 * (noise.chance(index, 13 &+ board) - 0.5) * resolved(3 * width, footprint)
        let seam = 1 - 0.26 * joint * min(0.0035 / max(footprint, 0.0035) + 0.2, 1)
        return SIMD3(1.06 - 0.12 * dark, 1.06 - 0.145 * dark, 1.06 - 0.18 * dark) * (plank * seam)
    }

    /// A log cut across: rings, and cracks that run outwards.
    func endGrain(_ place: SIMD2<Float>, _ footprint: Float, _ noise: PlaneNoise) -> SIMD3<Float> {
        let away = place - SIMD2(0.02, 0.06)
        let wander = noise.fractal(place, wavelength: 0.12, octaves: 3, footprint: footprint)
        let radius = (away.x * away.x + away.y * away.y).squareRoot()
        let rings = sin(radius * 520 + 3 * wander) * resolved(0.012, footprint)
        let dark = 0.5 + 0.17 * rings + 0.4 * wander
        return SIMD3(1.07 - 0.12 * dark, 1.06 - 0.15 * dark, 1.05 - 0.18 * dark)
    }

    /// Clouds, -1...1, and veins, 0...1, at three scales: ridges of warped noise, here strong and there lost.
    func marble(_ place: SIMD2<Float>, _ footprint: Float, _ noise: PlaneNoise) -> (clouds: Float, veins: Float) {
        func other(_ number: UInt32) -> PlaneNoise { PlaneNoise(seed: noise.seed &+ number) }
        let warp = SIMD2(
            noise.fractal(place, wavelength: 0.28, octaves: 5, footprint: footprint, roughness: 0.55),
            other(71).fractal(place, wavelength: 0.28, octaves: 5, footprint: footprint, roughness: 0.55))
        // Veins run one way, which the seed decides.
        let turn = 2.6 * noise.chance(7, 7)
        let slanted = SIMD2(0.5 * (cos(turn) * place.x + sin(turn) * place.y), cos(turn) * place.y - sin(turn) * place.x) + 0.1 * warp
        // Long ones side by side that wander and fade.
        let bed = (slanted.y - 0.1 * warp.y + 0.035 * warp.x + 0.05 * other(4).value(slanted * 2.5)) / 0.26
        let main = abs(bed - bed.rounded())
        let stays = smooth(-0.7, 0.2, other(1).value(SIMD2(slanted.x * 3, bed.rounded() * 7.3)))
        let width = 0.012 + 0.03 * smooth(-0.6, 0.9, other(2).value(slanted * 5))
        let line = 1 - smooth(0, width + footprint / 0.26, main)
        let halo = max(1 - main / 0.22, 0)
        var veins = 0.5 * stays * (line + 0.3 * halo * halo) * resolved(0.26, footprint)
        for (number, (length, width, strength)) in [(Float(0.3), Float(0.035), Float(0.45)), (0.13, 0.04, 0.34), (0.055, 0.06, 0.18)]
            .enumerated()
        {
            let number = UInt32(number) * 10
            let ridge = abs(other(5 + number).value(slanted / length))
            let strong = smooth(-0.2, 0.7, other(3 + number).value(place / (0.9 * length)))
            // A vein has a dark thread and lets its colour run into the stone around.
            let thread = 1 - smooth(0, width * (0.5 + strong) + footprint / length, ridge)
            let band = 1 - smooth(0, 0.4, ridge)
            veins += strength * strong * (thread + 0.3 * band * band) * resolved(length, footprint)
        }
        return (warp.x, min(veins, 1))
    }

    /// Chips in a plain bed, one of a few colours each.
    func terrazzo(_ place: SIMD2<Float>, _ footprint: Float, _ noise: PlaneNoise) -> SIMD3<Float> {
        let size: Float = 0.026
        let cell = (place / size).rounded(.down)
        for y in -1...1 {
            for x in -1...1 {
                let (column, row) = (Int32(cell.x) &+ Int32(x), Int32(cell.y) &+ Int32(y))
                guard noise.chance(column, row) > 0.35 else { continue }
                let middle = SIMD2(
                    Float(column) + 0.2 + 0.6 * noise.chance(column, row &+ 900), Float(row) + 0.2 + 0.6 * noise.chance(column &+ 900, row))
                let away = place / size - middle
                let bent = (away.x * away.x + away.y * away.y).squareRoot() + 0.12 * noise.value(place / (size * 0.4))
                let radius = 0.2 + 0.3 * noise.chance(column &+ 300, row)
                guard bent < radius else { continue }
                let chips: [SIMD3<Float>] = [
                    [0.72, 0.6, 0.52], [0.62, 0.63, 0.66], [0.94, 0.8, 0.6], [1.08, 1.06, 1.04], [0.72, 0.8, 0.74],
                ]
                let chip = chips[Int(noise.chance(column, row &+ 500) * 4.999)]
                let seen = min(size / (3 * footprint), 1)
                return 1 + (chip - 1) * seen
            }
        }
        return SIMD3(repeating: 1.01)
    }

    func tiles(
        _ place: SIMD2<Float>, _ size: SIMD2<Float>, shift: Float, joint: Float, jointTone: SIMD3<Float>, spread: Float, _ footprint: Float,
        _ noise: PlaneNoise
    ) -> SIMD3<Float> {
        let row = (place.y / size.y).rounded(.down)
        let across = place.x / size.x + shift * row.truncatingRemainder(dividingBy: 2)
        let column = across.rounded(.down)
        let inside = SIMD2(across - column, place.y / size.y - row)
        let edge = min(min(inside.x, 1 - inside.x) * size.x, min(inside.y, 1 - inside.y) * size.y)
        let soft = max(footprint, 0.001)
        let line = (1 - smooth(joint / 2 - soft / 2, joint / 2 + soft / 2, edge)) * min(joint / soft, 1)
        let face = 1 + spread * (noise.chance(Int32(column), Int32(row)) - 0.5) * resolved(3 * size.y, footprint)
        return SIMD3(repeating: face) + (jointTone - face) * line
    }

    func bricks(_ place: SIMD2<Float>, _ footprint: Float, _ noise: PlaneNoise, jointTone: SIMD3<Float>) -> SIMD3<Float> {
        let rough = 1 + 0.08 * noise.fractal(place, wavelength: 0.02, octaves: 2, footprint: footprint)
        return tiles(place, SIMD2(0.17, 0.062), shift: 0.5, joint: 0.011, jointTone: jointTone, spread: 0.2, footprint, noise) * rough
    }

    /// Folds that fan out, with the sheen of their ridges.
    func cloth(_ place: SIMD2<Float>, _ footprint: Float, _ noise: PlaneNoise) -> SIMD3<Float> {
        let bend = noise.fractal(place, wavelength: 0.3, octaves: 1, footprint: footprint)
        // As narrow and as aslant as the seed has them.
        let (turn, narrow) = (-0.9 + 1.8 * noise.chance(9, 9), 9 + 13 * noise.chance(9, 10))
        let phase = narrow * (cos(turn) * place.x + 0.8 * sin(turn) * place.y) + 2.6 * bend
        let fold = sin(phase) + 0.3 * sin(1.7 * phase + 1.7 + 1.5 * bend)
        let sheen = max(sin(phase + 0.6), 0)
        // Here drawn tight, there gathered.
        let gathered = smooth(-1, 0.4, PlaneNoise(seed: noise.seed &+ 2).value(place * 2.3))
        return SIMD3(repeating: 1.0 + gathered * (0.13 * fold + 0.18 * sheen * sheen * sheen * sheen))
    }
}
