/// How a designer corrects a mask, in this order. Lengths are pixels of the photo.
public struct MaskRefinement: Sendable, Hashable, Codable {
    /// Drops everything but the largest connected part.
    public var keepsLargest = false
    /// Closes openings that are enclosed on all sides.
    public var fillsHoles = false
    /// Grows the outline outwards; negative shrinks it.
    public var grow = 0
    /// The width over which the outline fades: the deviation of a Gaussian.
    public var feather = 0.0

    public init() {}

    /// Nothing is changed.
    public static let none = MaskRefinement()

    /// The corrected mask.
    public func apply(to mask: Mask) -> Mask {
        guard self != .none, mask.width > 0, mask.height > 0 else { return mask }
        var result = mask
        if keepsLargest { Self.keepLargest(&result) }
        if fillsHoles { Self.fillHoles(&result) }
        if grow != 0 { result = Self.grown(result, by: grow) }
        if feather > 0 { result = Self.feathered(result, Float(feather)) }
        return result
    }

    private static func keepLargest(_ mask: inout Mask) {
        let regions = Regions(width: mask.width, height: mask.height, member: mask.values.map { $0 > 0 })
        guard let largest = regions.areas.indices.dropFirst().max(by: { regions.areas[$0].count < regions.areas[$1].count }) else { return }
        for index in mask.values.indices where Int(regions.labels[index]) != largest { mask.values[index] = 0 }
    }

    private static func fillHoles(_ mask: inout Mask) {
        let regions = Regions(width: mask.width, height: mask.height, member: mask.values.map { $0 < 255 })
        // An edge of soft pixels around a hole fills with it; the outline's own reaches the frame's background.
        for index in mask.values.indices where regions.labels[index] > 0 && regions.areas[Int(regions.labels[index])].frameCount == 0 {
            mask.values[index] = 255
        }
    }

    /// The largest (or smallest) value within reach, along rows and then columns.
    private static func grown(_ mask: Mask, by distance: Int) -> Mask {
        let better: (UInt8, UInt8) -> UInt8 = distance > 0 ? { max($0, $1) } : { min($0, $1) }
        var result = mask
        let radius = min(abs(distance), max(mask.width, mask.height))
        for _ in 0..<radius {
            let source = result
            for y in 0..<mask.height {
                let row = y * mask.width
                for x in 0..<mask.width {
                    var value = source.values[row + x]
                    if x > 0 { value = better(value, source.values[row + x - 1]) }
                    if x < mask.width - 1 { value = better(value, source.values[row + x + 1]) }
                    if y > 0 { value = better(value, source.values[row - mask.width + x]) }
                    if y < mask.height - 1 { value = better(value, source.values[row + mask.width + x]) }
                    result.values[row + x] = value
                }
            }
        }
        return result
    }

    private static func feathered(_ mask: Mask, _ deviation: Float) -> Mask {
        var plane = Plane(width: mask.width, height: mask.height)
        for index in mask.values.indices { plane.values[index] = Float(mask.values[index]) }
        let soft = plane.blurred(deviation)
        return Mask(width: mask.width, height: mask.height, values: soft.values.map { UInt8(min(255, max(0, $0.rounded()))) })
    }
}

extension Cutout {
    /// The same product with its mask corrected; edge colours are estimated anew.
    ///
    /// - Throws: what ``make(from:mask:)`` throws.
    public func refined(_ refinement: MaskRefinement, photo: Photo) throws -> Cutout {
        guard refinement != .none else { return self }
        let corrected = try Cutout.make(from: photo, mask: refinement.apply(to: mask))
        return Cutout(
            mask: corrected.mask, method: method, certainty: certainty, warning: warning, edgeColours: corrected.edgeColours)
    }
}
