/// How far a background goes on painting the product: a handle too many, a second bottle grown from the first.
///
/// The cutout network is asked what the finished picture is of. What it counts to the product beyond the product's own outline is what the
/// background added ("object expansion", Eshratifar et al., "Salient Object-Aware Background Generation", CVPR workshops 2024).
enum ProductExtension {
    /// The network's outline strays by this share of the picture.
    private static let tolerance = 0.02
    /// The lowest part of the product, as a share of its height, beside and below which nothing counts: there is what it stands on and is
    /// mirrored in, which the network takes for a part of it.
    private static let footShare = 0.2

    /// The added area relative to the product's; nil without the network or without a product.
    ///
    /// - Parameters:
    ///   - composite: sRGB, opaque.
    ///   - coverage: the product's, as large.
    static func share(_ composite: RasterImage, _ coverage: Plane) -> Double? {
        guard coverage.values.contains(where: isProduct), CutoutNetwork.weights() != nil,
            let salient = try? CutoutNetwork.saliency(of: composite)
        else { return nil }
        return share(salient: salient.resized(width: coverage.width, height: coverage.height), coverage)
    }

    /// The same for a guess of what is the picture's subject, as large; nil without a product.
    static func share(salient: Plane, _ coverage: Plane) -> Double? {
        let product = coverage.values.map(isProduct)
        let (width, height) = (coverage.width, coverage.height)
        guard let first = product.firstIndex(of: true), let last = product.lastIndex(of: true) else { return nil }
        let (top, foot) = (first / width, last / width + 1)
        let reach = max(2, Int(Double(max(width, height)) * tolerance))
        let own = Morphology.dilated(product, width, height, times: reach)
        let asked = (foot - Int(Double(foot - top) * footShare)) * width
        let beyond = (0..<asked).count { salient.values[$0] > 0.5 && !own[$0] }
        return Double(beyond) / Double(product.count { $0 })
    }

    private static func isProduct(_ coverage: Float) -> Bool { coverage > 0.1 }
}
