/// Makes the ground of one product on one canvas; each background then gets its own shadow and reflection from it.
struct Ground: Sendable {
    /// The product on the small canvas: sRGB, straight alpha.
    private let product: RasterImage
    private let painter: ShadowPainter?

    /// The small canvas's longer side, in pixels: shadows are soft, so this is plenty.
    static let workingSide = 512

    /// - Parameter product: on its canvas; made smaller when it is large.
    init(product: RasterImage) {
        let small = resized(product, fitting: Self.workingSide, Self.workingSide)
        self.product = small
        painter = Footprint(Plane(alphaOf: small)).map(ShadowPainter.init)
    }

    /// What the floor of this background shows; nil when nothing changes.
    func layer(behind background: RasterImage, options: CompositeOptions) -> GroundLayer? {
        guard let painter else { return nil }
        let scene = resized(background, width: product.width, height: product.height)
        let light = SceneLight(luminance: Plane(luminanceOf: scene), footprint: painter.footprint)
        let (cast, contact): (Float, [Float]) =
            switch options.shadow {
            case .automatic: (light.missingShadow, ShadowPainter.contact(lacking: light))
            case .fixed(let strength):
                (
                    Float(min(2, max(0, strength))),
                    ShadowPainter.contact(strength: Float(min(2, max(0, strength))), columns: product.width)
                )
            }
        let mirrored =
            options.reflection > 0
            ? Reflection(product: product, footprint: painter.footprint).values(strength: Float(options.reflection)) : nil
        guard cast > 0.02 || contact.contains(where: { $0 > 0.02 }) || mirrored != nil else { return nil }
        return GroundLayer(light: painter.light(direction: light.direction, cast: cast, contact: contact), mirrored: mirrored)
    }
}
