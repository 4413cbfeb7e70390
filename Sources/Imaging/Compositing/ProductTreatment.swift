/// What a designer has set for one product beside the words: how it is cut out, where it stands, how the picture is finished.
///
/// Everything starts from the photo and the generated background as they are, so every setting can be taken back.
public struct ProductTreatment: Sendable, Hashable, Codable {
    /// How the product is told from its background; nil takes what its import chose.
    public var cutoutMethod: CutoutMethod?
    public var refinement = MaskRefinement()
    /// What was painted into the mask by hand, in order.
    public var strokes: [MaskStroke] = []
    /// Where pictures still to be painted place the product; a painted one keeps its own.
    public var placement = Placement.standard
    public var options = CompositeOptions()
    /// Corrections of the background.
    public var background = Adjustment()
    /// Corrections of the product itself. Anything but none changes its pixels, which the checks then say.
    public var product = Adjustment()
    /// A mask made in another program, which stands in for the automatic one.
    public var importedMask: ImportedMask?

    public init() {}

    /// Nothing is set.
    public static let none = ProductTreatment()

    /// The cutout with the designer's corrections; itself where there are none.
    ///
    /// - Throws: what `Cutout.make(from:mask:)` throws.
    public func corrected(_ cutout: Cutout, photo: Photo) throws -> Cutout {
        guard refinement != .none || !strokes.isEmpty else { return cutout }
        var mask = refinement.apply(to: cutout.mask)
        for stroke in strokes { stroke.apply(to: &mask) }
        let made = try Cutout.make(from: photo, mask: mask)
        return Cutout(
            mask: made.mask, method: cutout.method, certainty: cutout.certainty, warning: cutout.warning, edgeColours: made.edgeColours)
    }

    /// Whether the product's pixels are meant to differ from the photo's.
    public var changesProduct: Bool { product != .none || options.harmonisation > 0 }

    /// The photo and its cutout with the product's own corrections; themselves where there are none.
    public func adjusted(_ photo: Photo, _ cutout: Cutout) -> (photo: Photo, cutout: Cutout) {
        guard product != .none else { return (photo, cutout) }
        return (
            product.apply(to: photo),
            Cutout(
                mask: cutout.mask, method: cutout.method, certainty: cutout.certainty, warning: cutout.warning,
                edgeColours: product.apply(to: cutout.edgeColours))
        )
    }

    /// Takes a mask from elsewhere. It holds every correction that was made before, so these rest until it is taken away.
    public mutating func take(maskFile: String) {
        importedMask = ImportedMask(
            file: maskFile, refinement: importedMask?.refinement ?? refinement, strokes: importedMask?.strokes ?? strokes)
        refinement = .none
        strokes = []
    }

    /// Goes back to the automatic mask and the corrections that it had.
    public mutating func dropImportedMask() {
        guard let importedMask else { return }
        refinement = importedMask.refinement
        strokes = importedMask.strokes
        self.importedMask = nil
    }

    private enum CodingKeys: String, CodingKey {
        case cutoutMethod, refinement, strokes, placement, options, background, product, importedMask
    }

    /// What a later version adds is missing in what an earlier one wrote.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        cutoutMethod = try container.decodeIfPresent(CutoutMethod.self, forKey: .cutoutMethod)
        refinement = try container.decodeIfPresent(MaskRefinement.self, forKey: .refinement) ?? MaskRefinement()
        strokes = try container.decodeIfPresent([MaskStroke].self, forKey: .strokes) ?? []
        placement = try container.decodeIfPresent(Placement.self, forKey: .placement) ?? .standard
        options = try container.decodeIfPresent(CompositeOptions.self, forKey: .options) ?? .standard
        background = try container.decodeIfPresent(Adjustment.self, forKey: .background) ?? Adjustment()
        product = try container.decodeIfPresent(Adjustment.self, forKey: .product) ?? Adjustment()
        importedMask = try container.decodeIfPresent(ImportedMask.self, forKey: .importedMask)
    }
}

/// A mask that came from another program.
public struct ImportedMask: Sendable, Hashable, Codable {
    /// In the project folder, relative to it.
    public let file: String
    /// What was set for the automatic mask before.
    public let refinement: MaskRefinement
    public let strokes: [MaskStroke]
}

/// One dab of the mask brush.
public struct MaskStroke: Sendable, Hashable, Codable {
    /// Its middle, in pixels of the photo.
    public let x, y: Int
    /// In pixels of the photo.
    public let radius: Int
    /// Product comes where it is painted; else background.
    public let addsProduct: Bool

    public init(x: Int, y: Int, radius: Int, addsProduct: Bool) {
        self.x = x
        self.y = y
        self.radius = radius
        self.addsProduct = addsProduct
    }

    /// Paints a disc with an edge of one pixel.
    public func apply(to mask: inout Mask) {
        let reach = max(0, radius) + 1
        guard y + reach >= 0, y - reach < mask.height, x + reach >= 0, x - reach < mask.width else { return }
        for row in max(0, y - reach)...min(mask.height - 1, y + reach) {
            for column in max(0, x - reach)...min(mask.width - 1, x + reach) {
                let (dx, dy) = (Float(column - x), Float(row - y))
                let share = min(1, max(0, Float(radius) + 0.5 - (dx * dx + dy * dy).squareRoot()))
                guard share > 0 else { continue }
                let value = Float(mask[column, row])
                mask[column, row] = UInt8((value + ((addsProduct ? 255 : 0) - value) * share).rounded())
            }
        }
    }
}

extension Mask {
    /// The photo with everything outside the mask tinted, for judging and painting the mask.
    ///
    /// - Parameter photo: as large as the mask.
    public func shown(on photo: RasterImage) -> RasterImage {
        guard photo.width == width, photo.height == height else { return photo }
        let tint: [Float] = [214, 60, 160]
        var result = photo
        for index in values.indices where values[index] < 255 {
            let share = (1 - Float(values[index]) / 255) * 0.65
            for channel in 0..<3 {
                let value = Float(result.pixels[index * 4 + channel])
                result.pixels[index * 4 + channel] = UInt8(value + (tint[channel] - value) * share)
            }
            result.pixels[index * 4 + 3] = 255
        }
        return result
    }
}
