/// How far a background goes on painting the product: a handle too many, a second bottle grown from the first.
///
/// The cutout network is asked what the finished picture is of. What it counts to the product beyond the product's own outline is what the
/// background added ("object expansion", Eshratifar et al., "Salient Object-Aware Background Generation", CVPR workshops 2024).
enum ProductExtension {
    /// The network's outline strays by this share of the picture.
    private static let tolerance = 0.02

    /// The added area relative to the product's; nil without the network or without a product.
    ///
    /// - Parameters:
    ///   - composite: sRGB, opaque.
    ///   - coverage: the product's, as large.
    static func share(_ composite: RasterImage, _ coverage: Plane) -> Double? {
        let product = coverage.values.map { $0 > 0.1 }
        let area = product.count { $0 }
        guard area > 0, CutoutNetwork.weights() != nil, let salient = try? CutoutNetwork.saliency(of: composite) else { return nil }
        let guess = salient.resized(width: coverage.width, height: coverage.height)
        let reach = max(2, Int(Double(max(coverage.width, coverage.height)) * tolerance))
        let own = Morphology.dilated(product, coverage.width, coverage.height, times: reach)
        let beyond = guess.values.indices.count { guess.values[$0] > 0.5 && !own[$0] }
        return Double(beyond) / Double(area)
    }
}
