import Foundation

/// What one take of a scene differs in from the next, as its seed has it: a photographer who is asked for four pictures changes lens, light
/// and set between them. ``SceneLayout/make(_:prompt:seed:)`` moves the camera.
struct Take {
    /// The circle of confusion infinitely far away, in heights of the canvas: f/8 to f/2.8 or so.
    let aperture: Float
    /// How much smaller than usual the surfaces' patterns are: other planks, another slab.
    let fineness: Float
    /// Factor of all light: how bright it is, and how warm.
    let light: SIMD3<Float>
    private var chance: LayoutChance

    /// - Parameter isBlurred: whether the words want what is behind out of focus: then the lens is never stopped down
    init(seed: UInt64, isBlurred: Bool = false) {
        chance = LayoutChance(seed: seed ^ 0x5EED)
        var setting = LayoutChance(seed: seed ^ 0x7A3E)
        func factor(_ spread: Float) -> Float { exp(setting.next(in: -spread...spread)) }
        let opened = factor(0.6)
        aperture = Self.usualAperture * (isBlurred ? max(opened, 1 / opened) : opened)
        fineness = factor(0.3)
        light = Self.warm(0.05, &setting) * factor(0.09)
    }

    /// A colour of the set, lighter or darker, warmer or cooler, paler or stronger.
    mutating func varied(_ colour: SIMD3<Float>) -> SIMD3<Float> {
        let warmth = Self.warm(0.045, &chance)
        let grey = SIMD3<Float>(repeating: colour.sum() / 3)
        let strong = grey + (colour - grey) * chance.next(in: 0.95...1.12)
        return strong * warmth * chance.next(in: 0.87...1.08)
    }

    private static func warm(_ most: Float, _ chance: inout LayoutChance) -> SIMD3<Float> {
        let warmth = chance.next(in: -most...most)
        return SIMD3(1 + warmth, 1, 1 - warmth)
    }

    private static let usualAperture: Float = 0.05
}
