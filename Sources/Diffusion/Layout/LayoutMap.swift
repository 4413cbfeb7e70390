import Foundation
import Imaging
import Tensor

/// Casts rays into a ``SceneLayout`` and writes down what they meet, as the renderer of the training scenes does
/// (`Training/scenes/layout.py`).
struct LayoutMap {
    /// What a cell shows, as the model was trained to read it.
    enum Identity: Float {
        case ground = 50
        case backdrop = 100
        case stand = 150

        var value: Float { rawValue / 255 }
    }

    /// Whether a model was trained on these maps.
    static func agrees(with trained: BackdropConfiguration.Layout) -> Bool {
        trained.channels == ["nearness", "identity", "shadow"]
            && [Identity.ground: "ground", .backdrop: "backdrop", .stand: "stand"].allSatisfy {
                trained.identities[$0.value].map(Float.init) == $0.key.rawValue
            }
    }

    /// Height of the picture at distance 1: 36 mm of sensor behind the middle of the lenses of the training scenes, 65 mm.
    static let frame: Float = 36.0 / 65

    /// A point seen from the product's foot: X right, Y away over the ground, Z up, in units of the product's distance.
    struct Point {
        var x, y, z: Float

        var vector: SIMD3<Float> { SIMD3(x, y, z) }

        fileprivate static func + (a: Point, b: Point) -> Point { Point(x: a.x + b.x, y: a.y + b.y, z: a.z + b.z) }
        fileprivate static func * (a: Point, length: Float) -> Point { Point(x: a.x * length, y: a.y * length, z: a.z * length) }
    }

    private let layout: SceneLayout
    /// What stands there, and what of it casts a shadow for itself.
    private let parts: [(solid: ProductSolid, pieces: [ProductPiece])]
    /// Cosine and sine of the angle by which the camera looks down.
    private let tilt: (cos: Float, sin: Float)
    private let camera: Point
    let foot: (row: Float, column: Float)
    /// How far behind the product's lowest row its axis stands, and a stand's.
    private let axis: Float
    private let standHeight: Float
    /// What the product stands on, if not on the ground, and what stands beside of the same kind.
    private let blocks: [StandBlock]
    /// Directions to points of the main light, which is no point: the rim of its shadow is soft.
    private let lights: [Point]
    /// Towards the middle of the main light.
    let light: Point
    private static let lightCount = 14
    /// Of a product that a stand is made for, in heights of the canvas: what carries a lipstick is no needle.
    static let leastHalfWidth: Float = 0.15
    /// The row of the ground's far end; nil for a camera that is not above it.
    let farEdge: Float?

    init(_ layout: SceneLayout, productMask: Mask) {
        self.layout = layout
        let product = ProductSolid(productMask)
        // Without a product the ground is as near as under one in the training scenes.
        foot = (product?.base ?? 0.83, product?.column ?? 0)
        let slope = Self.frame * (0.5 - layout.horizon)
        let length = (1 + slope * slope).squareRoot()
        tilt = (1 / length, slope / length)
        standHeight = Self.frame * (layout.stand?.height ?? 0)
        let half = Self.frame * max(product?.halfWidth ?? 0.19, Self.leastHalfWidth)
        lights = (0..<Self.lightCount).map { index in
            // Evenly over a disc (Vogel, "A better way to construct the sunflower head", 1979).
            let radius = ((Float(index) + 0.5) / Float(Self.lightCount)).squareRoot()
            let angle = 2.399963 * Float(index)
            let azimuth = layout.light.azimuth + layout.light.spread * radius * cos(angle)
            let elevation = layout.light.elevation + layout.light.spread * 2 / 3 * radius * sin(angle)
            return Point(x: cos(elevation) * sin(azimuth), y: -cos(elevation) * cos(azimuth), z: sin(elevation))
        }
        let (azimuth, elevation) = (layout.light.azimuth, layout.light.elevation)
        light = Point(x: cos(elevation) * sin(azimuth), y: -cos(elevation) * cos(azimuth), z: sin(elevation))
        let (tilt, camera) = (tilt, Self.direction(row: foot.row, column: foot.column, tilt: tilt) * -1)
        self.camera = camera
        func ground(row: Float, column: Float) -> (away: Float, depth: Float) {
            let ray = Self.direction(row: row, column: column, tilt: tilt)
            let depth = -camera.z / ray.z
            return ray.z < -1e-3 ? (camera.y + depth * ray.y, depth) : (0, 1)
        }
        parts = ProductSolid.parts(of: productMask).map { ($0, $0.pieces(ground: ground)) }
        axis = product?.pieces(ground: ground).first?.axis ?? 0
        blocks = layout.stand?.blocks(unit: half, axis: axis, height: standHeight) ?? []
        // Nearness grows evenly with the rows below the horizon.
        farEdge =
            camera.z > 1e-3
            ? layout.horizon + (foot.row - layout.horizon) * layout.groundEnd / 0.5 * (camera.z + standHeight) / camera.z : nil
    }

    /// The maps of nearness, identity and shadow, each 0...1 and averaged over a latent cell: `[1, height, width, 3]`.
    ///
    /// - Parameters:
    ///   - productMask: 255 = product; at the picture's size
    ///   - scale: pixels that a latent cell is wide and high
    static func tensor(_ layout: SceneLayout, productMask: Mask, latentScale scale: Int) -> Tensor {
        let map = LayoutMap(layout, productMask: productMask)
        let (height, width) = (productMask.height / scale, productMask.width / scale)
        let samples = 2
        let result = Tensor.zeros([1, height, width, 3])
        result.withUnsafeMutableBuffer { target in
            for y in 0..<height * samples {
                for x in 0..<width * samples {
                    let row = (Float(y) + 0.5) / Float(height * samples)
                    let column = ((Float(x) + 0.5) / Float(samples) - Float(width) / 2) / Float(height)
                    let seen = map.cell(row: row, column: column)
                    let cell = ((y / samples) * width + x / samples) * 3
                    target[cell] += seen.nearness / Float(samples * samples)
                    target[cell + 1] += seen.identity.value / Float(samples * samples)
                    target[cell + 2] += seen.shadow / Float(samples * samples)
                }
            }
        }
        return result
    }

    /// The ray through a place of the picture, one unit deep, in the directions of ``Point``.
    private static func direction(row: Float, column: Float, tilt: (cos: Float, sin: Float)) -> Point {
        let up = frame * (0.5 - row)
        return Point(x: frame * column, y: tilt.cos + up * tilt.sin, z: up * tilt.cos - tilt.sin)
    }

    /// What a ray meets.
    struct Hit {
        var identity: Identity
        /// In units of the product's distance.
        var depth: Float
        /// Across and away on the ground and on a stand's top, seen from the product's foot; across and up on a wall; round a
        /// stand's side, and up from its top.
        var place: SIMD2<Float>
        /// Whether it is a stand's side; its outward direction then points across by this sine.
        var side: Float?
        fileprivate(set) var point: Point
        /// How far behind the product's foot.
        var away: Float { point.y }
    }

    /// What a place of the picture shows.
    ///
    /// - Parameters:
    ///   - row: share of the canvas's height, from above
    ///   - column: share of the canvas's height, from its middle
    func hit(row: Float, column: Float) -> Hit {
        let ray = Self.direction(row: row, column: column, tilt: tilt)
        func hit(_ identity: Identity, _ depth: Float) -> Hit {
            let point = camera + ray * depth
            return Hit(identity: identity, depth: depth, place: SIMD2(point.x, point.y), point: point)
        }
        var nearest: StandBlock.Meeting?
        for block in blocks {
            if let met = block.meeting(from: camera, along: ray), met.depth < nearest?.depth ?? .infinity { nearest = met }
        }
        if let met = nearest {
            var stand = hit(.stand, met.depth)
            if let side = met.side { (stand.side, stand.place) = (side.outward, SIMD2(side.along, side.height)) }
            return stand
        }
        if let depth = depth(ray, ofPlane: -standHeight), nearness(depth) > layout.groundEnd { return hit(.ground, depth) }
        var wall = hit(.backdrop, 0.5 / min(layout.backdrop, 1))
        wall.place = SIMD2(wall.point.x, wall.point.z)
        return wall
    }

    /// The place of the ground that is seen at a place of the picture, whatever stands on it, and how deep it is there; nil above the horizon.
    func ground(row: Float, column: Float) -> (point: Point, depth: Float)? {
        let ray = Self.direction(row: row, column: column, tilt: tilt)
        return depth(ray, ofPlane: -standHeight).flatMap { $0 > 0 ? (camera + ray * $0, $0) : nil }
    }

    /// How much of the main light the product hides from what a ray meets, 0...1.
    func shadow(_ hit: Hit) -> Float { hit.identity == .backdrop || hit.side != nil ? 0 : shadow(hit.point) }

    /// How much of the main light stands hide from what a ray meets, 0...1.
    func standShadow(_ hit: Hit) -> Float {
        guard !blocks.isEmpty, hit.identity != .backdrop, hit.side == nil else { return 0 }
        return blocks.reduce(0) { max($0, $1.shadow(at: hit.point, light: light)) }
    }

    /// How far round the foot of a stand hardly any light arrives: less where it is low, as a rug is.
    var standFootWidth: Float { min(0.035, standHeight) }

    /// How far from the foot of the next stand a place of the ground is, in units of the product's distance; infinite on a stand.
    func distanceFromStand(_ hit: Hit) -> Float {
        guard hit.identity == .ground else { return .infinity }
        return blocks.reduce(.infinity) { min($0, $1.distance(to: SIMD2(hit.point.x, hit.point.y))) }
    }

    /// How far what a ray meets is from the middle of what the product stands on: 1 at its edge. Infinite without a product.
    func distanceFromFoot(_ hit: Hit) -> Float {
        parts.flatMap(\.pieces).reduce(.infinity) { nearest, piece in
            guard let own = piece.foot else { return nearest }
            let scale = Self.frame * piece.depth
            return min(
                nearest,
                Self.distance(
                    across: hit.point.x - scale * own.middle + Self.frame * foot.column, away: hit.point.y - piece.axis,
                    half: scale * own.half, halfDepth: scale * piece.halfDepth(ofHalfWidth: own.half)))
        }
    }

    /// A place's distance from the middle of an ellipse, 1 on it.
    private static func distance(across: Float, away: Float, half: Float, halfDepth: Float) -> Float {
        let (x, y) = (across / max(half, 1e-4), away / max(halfDepth, 1e-4))
        return (x * x + y * y).squareRoot()
    }

    /// What a cell of the maps shows; row and column as in ``hit(row:column:)``.
    func cell(row: Float, column: Float) -> (nearness: Float, identity: Identity, shadow: Float) {
        let hit = hit(row: row, column: column)
        return (nearness(hit.depth), hit.identity, shadow(hit))
    }

    private func nearness(_ depth: Float) -> Float { min(0.5 / depth, 1) }

    /// How deep a ray meets the level `z`.
    private func depth(_ ray: Point, ofPlane z: Float) -> Float? {
        guard ray.z < -1e-6 else { return nil }
        return (z - camera.z) / ray.z
    }

    /// How much of the main light the product hides from a place, 0...1.
    private func shadow(_ place: Point) -> Float {
        Float(lights.count { light in parts.contains { part in part.pieces.contains { hides(light, from: place, part.solid, $0) } } })
            / Float(lights.count)
    }

    private func hides(_ light: Point, from place: Point, _ solid: ProductSolid, _ piece: ProductPiece) -> Bool {
        // A ray that passes beside the solid, or begins in front of it, need not be followed.
        let (scale, middle) = (Self.frame * piece.depth, Self.frame * foot.column)
        let (across, away) = (place.x - scale * solid.column + middle, place.y - piece.axis)
        let (reach, level) = (scale * solid.reach, (light.x * light.x + light.y * light.y).squareRoot())
        guard abs(across * light.y - away * light.x) <= reach * level, across * light.x + away * light.y <= reach * level else {
            return false
        }
        let tall = scale * (piece.base - piece.top)
        let steps = 64
        // What is slimmer than half the way from one height to the next is not to be stepped over, nor aslant.
        let stride = tall / Float(steps) / light.z / Float(2).squareRoot()
        let (least, leastDepth) = (abs(light.x) * stride, abs(light.y) * stride)
        return (0..<steps).contains { step in
            let height = tall * (Float(step) + 0.5) / Float(steps)
            let point = place + light * ((height - place.z) / light.z)
            return piece.slices(atHeight: height / scale).contains { slice in
                Self.distance(
                    across: point.x - scale * slice.middle + middle, away: point.y - piece.axis,
                    half: max(scale * slice.half, least), halfDepth: max(scale * piece.halfDepth(ofHalfWidth: slice.half), leastDepth)) < 1
            }
        }
    }
}
