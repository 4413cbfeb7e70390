extension Scenery {
    /// Ridges under a sky: the further away, the paler and the more of the sky's colour; of dunes, of whatever colour the words have.
    static func mountains(_ base: SIMD3<Float>, _ view: View, isEvening: Bool) -> SIMD3<Float> {
        let far = view.horizon + 0.03
        let air = sky(isEvening ? eveningSky : SIMD3(164, 196, 226), view, horizon: far)
        var paint = Paint(air)
        for ridge in 0..<ridges {
            let nearness = (Float(ridge) + 1) / Float(ridges)
            let number = UInt32(30 + ridge)
            let crest = view.other(number).fractal(
                SIMD2(view.place.x, 0.3 * Float(ridge)), wavelength: 0.62 - 0.12 * nearness, octaves: 5, footprint: view.soft * 0.7,
                roughness: 0.52)
            let top = far - (0.2 - 0.14 * nearness) * (1 + 0.25 * view.chance(Int32(number))) - 0.09 * crest
            let slope = view.other(number &+ 8).fractal(
                SIMD2(view.place.x + view.place.y, view.place.y), wavelength: 0.2, octaves: 3, footprint: view.soft)
            let rock = base * (0.92 + 0.1 * slope)
            let haze: Float = 0.78 - 0.6 * nearness
            paint.put(rock * (1 - haze) + air * haze, smooth(top - view.soft / 2, top + view.soft / 2, view.place.y))
        }
        return paint.colour
    }

    private static let ridges = 3
}
