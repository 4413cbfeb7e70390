import Imaging

/// What a product stands on: one thing, or several where it is open between them far up, as chairs and headphones are.
struct ProductFeet {
    struct Foot {
        /// The columns that it covers.
        let run: ProductSolid.Run
        /// The row of its lowest point, as a share of the canvas's height: feet further back stand higher in the picture.
        let base: Float
    }

    let all: [Foot]
    /// Where light falls between them: each then carries a leg.
    let areLegs: Bool

    /// What is open between its feet up to this share of its height stands on each of them.
    private static let openShare: Float = 0.33
    /// The nearest foot alone may be seen in so much of the height, if it is no wider than that share of the product.
    private static let (alone, slim): (Float, Float) = (0.15, 0.3)
    /// A foot is as wide as it is so far above its lowest point, in heights of the product: what is rounded touches the ground in a few pixels.
    private static let rounding: Float = 0.03
    /// Feet beyond which there are none to tell apart: a mask may be all specks.
    private static let most = 8

    /// - Parameters:
    ///   - rows: what each row of a mask shows
    ///   - extent: the first and the last that show anything
    ///   - whole: middle and half of the lowest tenth
    init(rows: [[ProductSolid.Run]], extent: ClosedRange<Int>, whole: ProductSolid.Run, halfWidth: Float) {
        let (height, canvas) = (Float(extent.count), Float(rows.count))
        let upwards = rows[extent].reversed()
        let first = upwards.prefix(Int(Self.alone * height)).prefix { $0.count == 1 && $0[0].half < Self.slim * halfWidth }.count
        let open = upwards.dropFirst(first).prefix { $0.count > 1 }.count
        let single = [Foot(run: whole, base: Float(extent.upperBound + 1) / canvas)]
        guard Float(open) > Self.openShare * height else {
            (all, areLegs) = (single, false)
            return
        }
        var ends: [Foot] = []
        for y in extent.upperBound - Int(Self.openShare * height)...extent.upperBound {
            let below = y < extent.upperBound ? rows[y + 1] : []
            let above = rows[max(y - Int(Self.rounding * height), extent.lowerBound)]
            for run in rows[y] where !below.contains(where: run.touches) {
                ends.append(Foot(run: above.first(where: run.touches) ?? run, base: Float(y + 1) / canvas))
            }
        }
        (all, areLegs) = ends.count <= Self.most ? (ends, true) : (single, false)
    }
}

extension ProductSolid.Run {
    fileprivate func touches(_ other: Self) -> Bool { abs(middle - other.middle) < half + other.half }
}
