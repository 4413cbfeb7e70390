/// What can be told of a candidate without a designer's eye, each as a number and, where there is a bound, a verdict.
///
/// Measured on a small composite (sRGB), so that checking a candidate costs a fraction of a second.
public struct CompositeChecks: Sendable, Equatable, Codable {
    /// The mean colour distance (CIEDE2000) in the product's soft edge from what product and background mixed in linear light would be.
    /// An old background that shines through raises it.
    public let haloDistance: Double
    /// How dark the floor at the product's foot is, 0 (no shadow) … 1 (clear contact shadow); nil where the product stands on nothing.
    public let contactShadow: Double?
    /// The product's longer side relative to the canvas's, 0...1.
    public let frameShare: Double
    /// The colour distance (CIEDE2000) between the product's rim and the background beside it. Below 10 the product sinks into it.
    public let contrast: Double
    /// The background's fine detail relative to the product's, 0...1 and more: far below 1 it looks out of focus, above it distracts.
    public let sharpnessRatio: Double
    /// What the background adds to the product, relative to its area; nil where the cutout network is not installed.
    public let extensionShare: Double?

    /// Bounds, from pictures looked at.
    public var hasHalo: Bool { haloDistance > 8 }
    public var floats: Bool { contactShadow.map { $0 < 0.15 } ?? false }
    public var isFaint: Bool { contrast < 10 }
    public var isExtended: Bool { (extensionShare ?? 0) > 0.15 }
    /// Out of focus, or busier than the product.
    public var sharpnessMatches: Bool { (0.05...3).contains(sharpnessRatio) }

    static let workingSide = 640

    /// - Throws: ``CompositeError``.
    public init(
        photo: Photo, cutout: Cutout, layout: CanvasLayout, background: RasterImage, options: CompositeOptions = .standard
    ) throws {
        let size = fittingSize(of: layout.width, layout.height, into: Self.workingSide, Self.workingSide)
        let product = try ProductSource(photo: photo, cutout: cutout).layer(layout: layout, width: size.width, height: size.height)
        let preview = try CompositePreview(
            photo: photo, cutout: cutout, layout: layout, maximumWidth: Self.workingSide, maximumHeight: Self.workingSide, options: options)
        let result = preview.render(background: background)
        let coverage = Plane(alphaOf: product)
        let luminance = Plane(luminanceOf: result)
        let rim = RimMeasure(product: product, composite: result)
        haloDistance = rim.halo
        contrast = rim.contrast
        contactShadow = Footprint(coverage).map { 1 - Double(SceneLight(luminance: luminance, footprint: $0).missingContact) }
        frameShare =
            cutout.productBounds.map {
                max(Double($0.width) / Double(layout.width), Double($0.height) / Double(layout.height))
            } ?? 0
        sharpnessRatio = Self.sharpness(luminance, coverage)
        extensionShare = ProductExtension.share(result, coverage)
    }

    /// The mean gradient of the background over the product's, both away from the outline.
    private static func sharpness(_ luminance: Plane, _ coverage: Plane) -> Double {
        let inner = coverage.blurred(3)
        var sums = SIMD2<Double>(repeating: 1e-6)
        var counts = SIMD2<Double>(repeating: 1e-6)
        for y in 1..<max(1, luminance.height - 1) {
            for x in 1..<max(1, luminance.width - 1) {
                let side = inner[x, y] > 0.995 ? 1 : inner[x, y] < 0.005 ? 0 : -1
                guard side >= 0 else { continue }
                let across = luminance[x + 1, y] - luminance[x - 1, y]
                let down = luminance[x, y + 1] - luminance[x, y - 1]
                sums[side] += Double((across * across + down * down).squareRoot())
                counts[side] += 1
            }
        }
        let mean = sums / counts
        return counts[1] < 1 || mean[1] <= 0 ? 0 : min(10, mean[0] / mean[1])
    }
}
