/// What a product's rim looks like on its background.
struct RimMeasure {
    /// See ``CompositeChecks/haloDistance``.
    let halo: Double
    /// See ``CompositeChecks/contrast``.
    let contrast: Double

    /// - Parameters:
    ///   - product: on its canvas, sRGB, straight alpha.
    ///   - composite: as large.
    init(product: RasterImage, composite: RasterImage) {
        let (width, height) = (product.width, product.height)
        let alpha = Mask(width: width, height: height, alphaOf: product).values
        let inside = alpha.map { $0 >= 250 }
        let outside = alpha.map { $0 <= 5 }
        let toInside = Morphology.distances(to: true, in: inside, width, height)
        let toOutside = Morphology.distances(to: true, in: outside, width, height)
        let field = ColourField(composite)
        // The colours beside the rim, continued across it from where it has surely ended.
        let near = field.filled(known: toOutside.map { $0 > 4 })
        let far = field.filled(known: toInside.map { $0 > 4 })
        var halo = 0.0
        var contrast = 0.0
        var count = 0.0
        for index in 0..<(width * height) where !inside[index] && toInside[index] <= 2 && toOutside[index] <= 2 {
            let share = Double(product.pixels[index * 4 + 3]) / 255
            let here = CIELab(field.values[index])
            // Between the two sides every mixture is right, so only the distance from the line between them counts.
            halo += here.distance(toMixtureOf: near.values[index], far.values[index], around: share)
            contrast += CIELab(near.values[index]).difference(from: CIELab(far.values[index]))
            count += 1
        }
        self.halo = count == 0 ? 0 : halo / count
        self.contrast = count == 0 ? 0 : contrast / count
    }
}
