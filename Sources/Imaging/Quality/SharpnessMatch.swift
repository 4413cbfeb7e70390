/// Whether a product is as sharp as the ground on which it stands.
///
/// What is judged is how fine detail is, not how much of it there is: in every place that shows any, the detail below about two pixels is
/// set against that of up to six. A blur takes the fine from the coarse, and what remains of it under a Gaussian of b pixels is about
/// 1 / (1 + 1.25 b²) of what was there (measured on renders, 0.7 to 4 pixels), so the square root of two such remainders compares the
/// widths of the finest edges. Ground too soft to show any such detail is judged at half the size, and the product with it. Re-blurring to
/// see what there is to lose is the idea of Crété et al., "The blur effect" (SPIE 2007).
enum SharpnessMatch {
    /// Deviations of the Gaussians between which detail is fine, and coarse, in pixels.
    private static let (fine, coarse): (Float, Float) = (1, 3)
    /// What fine detail is of coarse detail in a picture without any edge: fine² / (coarse² - fine²).
    private static let smooth = 0.125
    /// The side of a place, in pixels.
    private static let side = 16
    /// The mean square of coarse detail, in steps of 255, from which a place shows any: three quarters of a step.
    private static let visible: Float = 0.56
    /// The mean square of what rounding three channels to whole steps adds to the fine detail of luminance: without it a soft ground of low
    /// contrast would seem sharp.
    private static let rounding = 0.04
    /// The share of its places that show detail: below this a ground is plain, and the few edges on it are shadows, which are soft by
    /// nature; a product of one colour is judged by its few edges.
    private static let (leastOfGround, leastOfProduct) = (0.4, 0.1)

    /// How many times finer the ground's detail is than the product's; nil where one of them shows too little to tell.
    ///
    /// - Parameters:
    ///   - composite: sRGB, opaque.
    ///   - background: as large, without the product and the shadow that is painted under it.
    ///   - coverage: the product's, as large.
    static func ratio(_ composite: RasterImage, background: RasterImage, coverage: Plane) -> Double? {
        let soft = coverage.blurred(3)
        guard let bounds = Mask(coverage).bounds() else { return nil }
        let reach = max(bounds.width, bounds.height)
        // As deep before the product's foot as behind it, and half its size to either side.
        let rows = (bounds.maxY - reach / 4)...(bounds.maxY + reach / 4)
        let columns = (bounds.x - reach / 2)...(bounds.maxX + reach / 2)
        let isGround = soft.values.indices.map { index in
            soft.values[index] < 0.005 && rows.contains(index / soft.width) && columns.contains(index % soft.width)
        }
        var ground = Region(luminance: Plane(encodedLuminanceOf: background), isMember: isGround, rounding: rounding)
        var product = Region(
            luminance: Plane(encodedLuminanceOf: composite), isMember: soft.values.map { $0 > 0.995 }, rounding: rounding)
        var ofGround = fineness(of: ground, atLeast: leastOfGround)
        if ofGround == nil {
            (ground, product) = (ground.halved(), product.halved())
            ofGround = fineness(of: ground, atLeast: leastOfGround)
        }
        guard let ofGround, let ofProduct = fineness(of: product, atLeast: leastOfProduct) else { return nil }
        return min(10, (ofGround / ofProduct).squareRoot())
    }

    /// A part of a picture at one of the sizes at which it is looked at.
    private struct Region {
        let luminance: Plane
        let isMember: [Bool]
        /// The mean square of what rounding adds to fine detail.
        let rounding: Double

        /// At half the size; places with a pixel outside of the region stay outside.
        func halved() -> Region {
            var small = Plane(width: luminance.width / 2, height: luminance.height / 2)
            var isInside = [Bool](repeating: false, count: small.values.count)
            for y in 0..<small.height {
                for x in 0..<small.width {
                    let first = 2 * y * luminance.width + 2 * x
                    let four = [first, first + 1, first + luminance.width, first + luminance.width + 1]
                    small[x, y] = four.reduce(0) { $0 + luminance.values[$1] } / 4
                    isInside[y * small.width + x] = four.allSatisfy { isMember[$0] }
                }
            }
            // Rounding errs anew at every pixel, so the mean of four has a quarter of its square.
            return Region(luminance: small, isMember: isInside, rounding: rounding / 4)
        }
    }

    /// Fine detail relative to coarse detail beyond what a smooth picture has, over all places of a region that show any.
    ///
    /// - Parameter share: of the region's places that must show detail, else nil.
    private static func fineness(of region: Region, atLeast share: Double) -> Double? {
        let (luminance, isMember) = (region.luminance, region.isMember)
        let near = luminance.blurred(fine)
        let far = luminance.blurred(coarse)
        var (places, detailed) = (0, 0)
        var (fineSum, coarseSum) = (0.0, 0.0)
        for top in stride(from: 0, to: luminance.height - side + 1, by: side) {
            for left in stride(from: 0, to: luminance.width - side + 1, by: side) {
                var (count, fineDetail, coarseDetail) = (0, Float(0), Float(0))
                for y in top..<(top + side) {
                    for index in (y * luminance.width + left)..<(y * luminance.width + left + side) where isMember[index] {
                        count += 1
                        let (high, low) = (luminance.values[index] - near.values[index], near.values[index] - far.values[index])
                        fineDetail += high * high
                        coarseDetail += low * low
                    }
                }
                guard count * 2 >= side * side else { continue }
                places += 1
                guard coarseDetail >= visible * Float(count) else { continue }
                detailed += 1
                fineSum += Double(fineDetail) / Double(count)
                coarseSum += Double(coarseDetail) / Double(count)
            }
        }
        guard places > 0, Double(detailed) >= share * Double(places), coarseSum > 0 else { return nil }
        return max(0.001, (max(0, fineSum - region.rounding * Double(detailed)) / coarseSum).squareRoot() - smooth)
    }
}

extension Mask {
    fileprivate init(_ coverage: Plane) {
        self.init(width: coverage.width, height: coverage.height, values: coverage.values.map { $0 >= 0.5 ? 255 : 0 })
    }
}

extension Plane {
    /// A picture's luminance as it is encoded, 0...255.
    fileprivate init(encodedLuminanceOf image: RasterImage) {
        self.init(width: image.width, height: image.height)
        for index in values.indices {
            let pixel = index * 4
            values[index] =
                0.2126 * Float(image.pixels[pixel]) + 0.7152 * Float(image.pixels[pixel + 1]) + 0.0722 * Float(image.pixels[pixel + 2])
        }
    }
}
