import Foundation
import Imaging

/// The scene of a prompt, painted roughly: a layout in the colours, materials and light that the words speak of.
///
/// Denoising starts from it instead of from pure noise (SDEdit, arXiv 2108.01073), so that floor, backdrop and shadow stand where
/// the layout has them. What is too fine for a latent comes back afterwards, as ``SceneDetail``.
struct SceneSketch {
    private let layout: SceneLayout
    private let map: LayoutMap
    private let aspect: Float
    private let ground: SIMD3<Float>
    private let backdrop: SIMD3<Float>
    private let groundMaterial: SurfaceMaterial
    /// Whether the ground rises and falls.
    private let hasDrifts: Bool
    /// Where what is far behind has its horizon: in what is seen of it, however far the camera looks down, so that a meadow has its sky.
    private let sceneryHorizon: Float
    /// What the product stands on, of what it is and its colour: the ground where no other is spoken of.
    private let stand: (material: SurfaceMaterial, colour: SIMD3<Float>)
    private let scenery: Scenery
    /// What gives a plain ground and a plain backdrop the look of its own.
    private let reference: ReferenceScene?
    private let hasPicture: Bool
    private let light: LightPattern
    private let take: Take
    private let seed: UInt32
    private let props: SceneProps
    /// Paper that bends from floor to wall without an edge.
    private let isSweep: Bool
    /// The product's foot: row, column from the middle, and half its width, in heights of the canvas.
    private let foot: (row: Float, column: Float, half: Float)
    /// Factor of what light the product throws back, 1 on the mean of the channels.
    private let productTone: SIMD3<Float>

    /// - Parameters:
    ///   - productMask: 255 = product; its shape is the canvas's
    ///   - productTone: as of ``ProductLight/tone(_:productMask:)``
    init(
        _ layout: SceneLayout, _ colours: SceneColours, clauses: PromptClauses, seed: UInt64, productMask: Mask,
        productTone: SIMD3<Float> = SIMD3(repeating: 1), reference: ReferenceScene? = nil
    ) {
        self.productTone = productTone
        var take = Take(seed: seed, isBlurred: clauses.backdrop.contains(where: Scenery.isBlurred))
        let light = LightPattern(clauses, seed: seed)
        func varied(_ colour: SIMD3<Float>) -> SIMD3<Float> { take.varied(light.isPastel ? colour * 0.6 + 96 : colour) }
        ground = varied(colours.ground)
        backdrop = varied(colours.backdrop)
        self.seed = UInt32(truncatingIfNeeded: seed) &* 0x9E37_79B9 &+ 1
        self.layout = layout
        map = LayoutMap(layout, productMask: productMask)
        let edge = max(map.farEdge ?? 0, 0)
        sceneryHorizon = min(max(layout.horizon, Self.leastSky * edge), max(edge, layout.horizon))
        aspect = Float(productMask.width) / Float(max(productMask.height, 1))
        let named = clauses.ground.lazy.compactMap(SurfaceMaterial.under).first ?? .plain
        // A stump is no ground.
        groundMaterial = named == .endGrain ? .plain : named
        hasDrifts = [.sand, .snow, .moss].contains(groundMaterial)
        if let phrase = clauses.stand {
            stand = (SurfaceMaterial.under(phrase) ?? .plain, colours.stand.map(varied) ?? ground)
        } else {
            stand = (named, ground)
        }
        scenery = Scenery(clauses)
        hasPicture = Scenery.hasPicture(clauses)
        (self.light, self.take) = (light, take)
        let surfaces = clauses.ground + clauses.backdrop
        let isPaper = Self.isPlain(groundMaterial, scenery)
        self.reference = isPaper ? reference : nil
        isSweep =
            surfaces.contains { $0.says("seamless, sweep, studio, スタジオ, 背景紙") }
            || (isPaper && Set(surfaces.compactMap(ColourWords.colour)).count < 2 && (reference?.floorLineToFollow == nil))
        let solid = ProductSolid(productMask)
        foot = (solid?.base ?? 0.83, solid?.column ?? 0, solid?.halfWidth ?? 0.19)
        props = SceneProps(
            clauses, foot: foot, aspect: aspect, layout: layout, map: map, tone: stand.material == .plain ? stand.colour : backdrop,
            isMeadow: groundMaterial == .moss, seed: seed)
    }

    /// Whether it is nothing but paper: the weights add blotches to it and little else.
    var isPlain: Bool { Self.isPlain(groundMaterial, scenery) }

    private static func isPlain(_ ground: SurfaceMaterial, _ scenery: Scenery) -> Bool {
        guard case .plain = scenery, ground == .plain else { return false }
        return true
    }

    /// What props cover; nil without any.
    func propCover(width: Int, height: Int) -> Mask? {
        guard !props.isEmpty else { return nil }
        var mask = Mask(width: width, height: height, fill: 0)
        let pixel = 1 / Float(height)
        for y in 0..<height {
            for x in 0..<width {
                let (across, down) = ((Float(x) + 0.5 - Float(width) / 2) * pixel, (Float(y) + 0.5) * pixel)
                mask.values[y * width + x] = UInt8(255 * props.cover(across: across, down: down, pixel: pixel))
            }
        }
        return mask
    }

    /// The scene with the product's shadow.
    func shaded(width: Int, height: Int) -> RasterImage {
        // Painted at half the size: a latent shows no finer detail of it, and shadows take long.
        resized(painted(width: max(width / 2, 1), height: max(height / 2, 1), withShadow: true), width: width, height: height)
    }

    /// The scene without the product's shadow, in all its detail.
    func surroundings(width: Int, height: Int) -> RasterImage { painted(width: width, height: height, withShadow: false) }

    /// A finished picture of it in its reference's colours, where the words leave the surfaces to the reference.
    func matchingReference(_ picture: RasterImage, productMask: Mask) -> RasterImage {
        reference?.matched(picture, floorLine: isSweep ? nil : map.farEdge, productMask: productMask) ?? picture
    }

    private func painted(width: Int, height: Int, withShadow: Bool) -> RasterImage {
        var picture = RasterImage(width: width, height: height, fill: .midGrey)
        let pixel = 1 / Float(height)
        picture.pixels.withUnsafeMutableBufferPointer { buffer in
            guard !buffer.isEmpty else { return }
            let pixels = SharedPixels(buffer)
            parallelBands(height) { rows in
                for y in rows {
                    for x in 0..<width {
                        let row = (Float(y) + 0.5) * pixel
                        let column = (Float(x) + 0.5 - Float(width) / 2) * pixel
                        let colour = focused(row: row, column: column, pixel: pixel, withShadow: withShadow)
                        for channel in 0..<3 {
                            pixels[(y * width + x) * 4 + channel] = colour[channel] > 0 ? UInt8(min(colour[channel], 255)) : 0
                        }
                    }
                }
            }
        }
        return picture
    }

    /// What the lens makes of a place, sRGB, 0...255: the ground's far end is out of focus like all that is there.
    private func focused(row: Float, column: Float, pixel: Float, withShadow: Bool) -> SIMD3<Float> {
        func surface(_ row: Float) -> SIMD3<Float> { antialiased(row: row, column: column, pixel: pixel, withShadow: withShadow) }
        let colour = props.over(across: column, down: row, pixel: pixel) {
            guard let edge = map.farEdge else { return surface(row) }
            let raised = row + drift(row: row, column: column, edge: edge)
            let reach = max(take.aperture * (1 - 2 * layout.groundEnd) / 2, pixel)
            guard abs(raised - edge) < reach, map.hit(row: raised, column: column).identity != .stand else {
                return surface(raised < edge ? row : raised)
            }
            let below = smooth(edge - reach, edge + reach, raised)
            return surface(min(row, edge - pixel / 2)) * (1 - below) + surface(max(raised, edge + pixel / 2)) * below
        }
        let lean = 1 + light.lean * (light.isFromOneSide ? 1 : isRoom ? 1.3 : 0.5) * (column / aspect) * (layout.light.azimuth > 0 ? 1 : -1)
        let away = SIMD2((column - foot.column) / aspect, row - 0.5) - light.brightest
        let rim = 1 - light.falloff * smooth(0.1, 0.85, (away.x * away.x + away.y * away.y).squareRoot())
        let behind = SIMD2(column - foot.column, row - 0.7 * foot.row)
        let glow = 1 + light.glow * exp(-(behind.x * behind.x + behind.y * behind.y) / 0.08)
        return Self.exposed(colour * light.tint * take.light * (lean * rim * glow))
    }

    /// The same as ``surface(row:column:pixel:withShadow:)``; where a stand's outline runs through the pixel, the mean of its quarters.
    private func antialiased(row: Float, column: Float, pixel: Float, withShadow: Bool) -> SIMD3<Float> {
        func surface(_ row: Float, _ column: Float) -> SIMD3<Float> {
            self.surface(row: row, column: column, pixel: pixel, withShadow: withShadow)
        }
        guard layout.stand != nil else { return surface(row, column) }
        let quarters = [(-1, -1), (1, -1), (-1, 1), (1, 1)].map { (row + $0.1 * pixel / 4, column + $0.0 * pixel / 4) }
        let first = map.hit(row: quarters[0].0, column: quarters[0].1)
        let isOutline = quarters.dropFirst().contains { quarter in
            let hit = map.hit(row: quarter.0, column: quarter.1)
            return hit.identity != first.identity || (hit.side == nil) != (first.side == nil) || abs(hit.depth - first.depth) > 0.05
        }
        return isOutline ? quarters.reduce(SIMD3.zero) { $0 + surface($1.0, $1.1) } / 4 : surface(row, column)
    }

    /// The backdrop's own colour at a place in heights of the canvas.
    private func backdrop(row: Float, column: Float) -> SIMD3<Float> {
        guard let reference else { return backdrop }
        let floor = isSweep ? 1 : max(map.farEdge ?? 1, 0.05)
        return backdrop + reference.backdropShift(across: column / aspect + 0.5, down: row / floor) * reference.strength
    }

    /// The ground's own colour at a place in heights of the canvas.
    private func ground(row: Float, column: Float) -> SIMD3<Float> {
        guard let reference else { return ground }
        let floor = min(max(map.farEdge ?? 0, 0), 0.9)
        return ground + reference.groundShift(across: column / aspect + 0.5, down: (row - floor) / (1 - floor)) * reference.strength
    }

    /// The colour of what is behind all props, before exposure, at a place in heights of the canvas.
    private func surface(row: Float, column: Float, pixel: Float, withShadow: Bool) -> SIMD3<Float> {
        let hit = map.hit(row: row, column: column)
        // A product above the horizon puts the camera below its ground, where rays meet nothing that can be painted.
        guard hit.depth > 1e-3, abs(hit.place.x) < 1e4, abs(hit.place.y) < 1e4 else { return backdrop }
        // The circle of confusion of a lens that is focused on the product; what lies before it stays sharper, as photographers focus.
        let blur = take.aperture * max(1 - 1 / hit.depth - Self.sharpDepth, 0.4 * (1 / hit.depth - 1 - Self.sharpDepth), 0)
        let footprint = LayoutMap.frame * hit.depth * max(pixel, blur)
        let side: Float = layout.light.azimuth > 0 ? 1 : -1
        var colour: SIMD3<Float>
        switch hit.identity {
        case .backdrop:
            let backdrop = backdrop(row: row, column: column)
            let wall = scenery.wall?.colour(backdrop, at: hit.place, footprint: footprint, seed: seed &+ 40) ?? backdrop
            colour = scenery.colour(
                wall, at: SIMD2(column + aspect / 2, row), aspect: aspect, horizon: sceneryHorizon, floor: map.farEdge ?? 0,
                blur: max(blur, pixel), seed: seed)
            if hasPicture {
                colour = Scenery.framed(
                    colour, at: SIMD2(column + aspect / 2, row), aspect: aspect, floor: map.farEdge ?? 0, blur: max(blur, pixel), seed: seed
                )
            }
            if isNear { colour *= light.reach(hit.place + SIMD2(0, hit.away), footprint: footprint, seed: seed) }
        case .ground, .stand:
            let isStand = hit.identity == .stand
            let material = isStand ? stand.material : groundMaterial
            colour = material.colour(
                isStand ? stand.colour : ground(row: row, column: column), at: hit.place * take.fineness,
                footprint: footprint * take.fineness, seed: seed)
            if let outward = hit.side {
                // Its upper rim is rounded and catches the light.
                colour *= 1 + 0.22 * smooth(-0.012 - footprint, 0, hit.place.y)
                colour *= 0.72 + 0.24 * outward * side + 0.08 * (1 - abs(outward))
            } else {
                colour *= 0.92 + 0.14 * min(0.5 / hit.depth, 0.7)
                if !isStand, let reference {
                    colour *= 1 + reference.strength * reference.roughness(at: hit.place, footprint: footprint, seed: seed)
                }
                if isSweep, !isStand {
                    let bent = 1 - smooth(layout.groundEnd, 1.5 * layout.groundEnd, 0.5 / hit.depth)
                    colour += (backdrop(row: row, column: column) - colour) * bent
                }
                if isStand { colour *= 1.04 }
                if material.gloss > 0 {
                    let mirrors = material.mirroredShare(nearness: min(0.5 / hit.depth, 1))
                    let tilt = isStand ? 0 : tilt(hit.place, footprint: footprint)
                    let seen = mirrored(row: row, column: column, pixel: pixel, tilt: tilt)
                    colour += (seen - colour) * mirrors
                }
                colour *= light.reach(hit.place, footprint: footprint, seed: seed)
                var hidden = map.standShadow(hit)
                colour *= 1 - 0.35 * (1 - smooth(0, map.standFootWidth, map.distanceFromStand(hit)))
                if withShadow {
                    hidden = max(hidden, map.shadow(hit))
                    colour *= contact(hit)
                }
                for solid in props.solids where !isStand {
                    let (direct, ambient) = solid.hidden(from: hit.point.vector)
                    hidden = max(hidden, direct)
                    colour *= 1 - Self.ambientShare * ambient
                }
                // Water is clear: what lies on it is little of its shadow.
                colour *= 1 - light.shadow * (material == .water ? 0.5 * hidden : hidden)
            }
        }
        return colour
    }

    /// How far sand, snow and moss rise at a place, in heights of the canvas: most at their far end, not at all where the product stands.
    private func drift(row: Float, column: Float, edge: Float) -> Float {
        guard hasDrifts, row < foot.row - 0.05 else { return 0 }
        let height = PlaneNoise(seed: seed &+ 60).fractal(SIMD2(column, 0), wavelength: 0.7, octaves: 3, footprint: 0.01, roughness: 0.45)
        let rise: Float = groundMaterial == .moss ? 0.018 : 0.04
        return rise * (1 + height) * (1 - smooth(edge, foot.row - 0.05, row))
    }

    /// As bright as product photographs are, with a shoulder instead of burnt lights. On the mean over the training scenes, white and
    /// pale sets above all, the colours that words have in daylight came out a quarter too dark.
    private static func exposed(_ colour: SIMD3<Float>) -> SIMD3<Float> {
        let dark = (1 - colour / 255).clamped(lowerBound: .zero, upperBound: SIMD3(repeating: 1))
        // To the power of 1.375.
        let root = dark.squareRoot().squareRoot()
        return 255 * (1 - dark * root * root.squareRoot())
    }

    /// What a glossy ground shows of the backdrop: the place as far above its far edge as this one is below; what is tilted, more or less far.
    private func mirrored(row: Float, column: Float, pixel: Float, tilt: Float) -> SIMD3<Float> {
        let edge = max(map.farEdge ?? 0, 0)
        let above = max(edge - abs(row - edge + 0.12 * tilt), 0)
        let seen = scenery.colour(
            backdrop, at: SIMD2(column + aspect / 2, above), aspect: aspect, horizon: sceneryHorizon, floor: edge, blur: 0.05 + pixel,
            seed: seed)
        // What is tilted away mirrors the sky higher up, where that is brighter.
        return seen * (1 + 0.2 * tilt)
    }

    /// How far the ground is tilted at a place, about -1...1: water alone has ripples.
    private func tilt(_ place: SIMD2<Float>, footprint: Float) -> Float {
        guard groundMaterial == .water else { return 0 }
        return groundMaterial.ripples(place * take.fineness, footprint * take.fineness, PlaneNoise(seed: seed))
    }

    /// How the ground mirrors the product at a place; nil where it does not.
    func mirror(row: Float, column: Float, pixel: Float) -> ProductMirror.Place? {
        guard mirrors else { return nil }
        let hit = map.hit(row: row, column: column)
        guard hit.identity == .ground else { return nil }
        let share = groundMaterial.gloss * (1.4 - min(0.5 / hit.depth, 1))
        guard groundMaterial == .water else { return ProductMirror.Place(share: share, shift: .zero) }
        let footprint = LayoutMap.frame * hit.depth * pixel
        let (across, down) = (tilt(hit.place + 3.7, footprint: footprint), tilt(hit.place, footprint: footprint))
        return ProductMirror.Place(share: share, shift: SIMD2(0.03 * across, 0.09 * down))
    }

    /// Whether the product stands on what mirrors it.
    var mirrors: Bool { groundMaterial.gloss > 0 && layout.stand == nil }

    /// Under the product's edge hardly any light arrives; around its foot some has the product's colour.
    private func contact(_ hit: LayoutMap.Hit) -> SIMD3<Float> {
        let distance = map.distanceFromFoot(hit)
        let thrownBack = Self.thrownBackShare * (1 - smooth(1, 3, distance))
        return (1 + thrownBack * (productTone - 1)) * (1 - Self.contactDepth * (1 - smooth(0.85, 1.4, distance)))
    }

    /// Whether the backdrop is a wall that the same light falls on.
    private var isNear: Bool { layout.backdrop > 0.18 }

    /// Whether light falls in from one side, as it does in rooms: paper sets are lit broadly, and so is what lies outdoors.
    private var isRoom: Bool { !isSweep && !hasDrifts && groundMaterial != .cloth && groundMaterial != .water }

    /// How much of the product's distance before and behind it is sharp: the depth of field.
    private static let sharpDepth: Float = 0.04
    /// How much of the light at the product's foot is the product's, by eye. In 131 of the training scenes, whose products and grounds are of
    /// unlike colours, the ground there takes over a tenth of the difference on the mean, 4 % in the median scene (of the logarithms of its
    /// shares of red, green and blue; mirror images count).
    private static let thrownBackShare: Float = 0.15
    /// How dark it is under the product's edge, of sRGB's levels. By eye: the training scenes are darkened less, and next to the edge only; what
    /// is missing there, compositing adds.
    private static let contactDepth: Float = 0.3
    /// How much of what is seen above the ground lies above the horizon, at least.
    private static let leastSky: Float = 0.45
    /// How much of the light comes from all around.
    private static let ambientShare: Float = 0.75
}
