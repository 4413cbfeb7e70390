import Foundation

extension Scenery {
    /// A courtyard in the sun, far out of focus: pale and terracotta walls, a doorway, shrubs at their feet.
    static func courtyard(_ base: SIMD3<Float>, _ picture: View) -> SIMD3<Float> {
        let view = picture.softened(0.07)
        let foot = view.horizon + 0.06
        var paint = Paint(SIMD3(240, 242, 242))
        let corner = view.aspect * (0.3 + 0.4 * view.chance(300))
        let (left, right) = (foot - 0.24 - 0.3 * view.chance(301), foot - 0.16 - 0.3 * view.chance(302))
        paint.put(view.pick(plasters, 303), view.box(-0.2...corner, left...foot + 0.3))
        paint.put(view.pick(plasters, 304) * 0.95, view.box(corner...view.aspect + 0.2, right...foot + 0.3))
        let door = view.aspect * (0.1 + 0.7 * view.chance(305))
        paint.put([120, 100, 88], 0.5 * view.box(door...door + 0.14, foot - 0.24...foot + 0.1))
        // Shrubs stand in masses, here high and there none.
        let masses = view.other(306).fractal(
            SIMD2(view.place.x, 0.5 * view.place.y), wavelength: 0.45, octaves: 3, footprint: view.soft, roughness: 0.6)
        let top = foot - 0.02 - 0.3 * masses
        let tone = 1 + 0.3 * view.other(307).fractal(view.place, wavelength: 0.2, octaves: 2, footprint: view.soft)
        paint.put(base * SIMD3(0.74, 0.8, 0.64) * tone, 0.8 * smooth(top - 0.05, top + 0.07, view.place.y))
        paint.put([228, 218, 204], smooth(foot, foot + 0.06, view.place.y))
        return paint.colour
    }

    /// A photographer's studio: a dim hall, bright softboxes, dark stands.
    static func studio(_ base: SIMD3<Float>, _ picture: View) -> SIMD3<Float> {
        let view = picture.softened(0.03)
        var paint = Paint(base * (0.45 + 0.25 * smooth(0, view.floor + 0.1, view.place.y)))
        paint.colour *= 1 + 0.25 * view.glow(SIMD2(view.aspect * view.chance(400), 0.2), 0.4)
        for number in 0..<2 {
            let number = 410 + 10 * Int32(number)
            let left = view.aspect * (number == 410 ? 0.02 + 0.22 * view.chance(number) : 0.66 + 0.22 * view.chance(number))
            let (top, width) = (view.floor - 0.32 - 0.22 * view.chance(number + 1), 0.12 + 0.1 * view.chance(number + 2))
            paint.put([32, 33, 36], 0.6 * view.box(left + width / 2 - 0.012...left + width / 2 + 0.012, top...view.floor + 0.1))
            paint.put([246, 247, 248], 0.9 * view.box(left...left + width, top...top + width * (0.9 + 0.6 * view.chance(number + 3))))
        }
        return paint.colour
    }

    private static let plasters: [SIMD3<Float>] = [
        [240, 232, 220], [226, 184, 158], [236, 222, 200], [232, 228, 224], [214, 172, 140],
    ]
}
