import Foundation

extension Cutout {
    /// The cutout that a mask from elsewhere describes: a retoucher's, or an exported one that was worked over.
    ///
    /// The old background is taken out of its soft pixels, as in every other cutout.
    ///
    /// - Parameter mask: as large as the photo, or of its shape at another size, which is then enlarged or reduced.
    /// - Throws: ``CompositeError/maskSize(mask:photo:)`` when the shapes differ, ``CutoutError/noPixels(file:)``.
    public static func make(from photo: Photo, mask: Mask) throws -> Cutout {
        guard photo.width > 0, photo.height > 0 else { throw CutoutError.noPixels(file: photo.name) }
        let fitting = try mask.fitted(to: photo)
        return Cutout(
            mask: fitting, method: .mask, certainty: 1, warning: nil, edgeColours: EdgeUnmixing(photo, around: fitting).colours(of: fitting)
        )
    }
}

extension EdgeUnmixing {
    /// The colours on both sides of a mask's soft edge.
    ///
    /// - Parameter mask: as large as the photo.
    init(_ photo: Photo, around mask: Mask) {
        let working = resized(photo.image, fitting: PlainBackgroundCutout.workingSide, PlainBackgroundCutout.workingSide)
        let small = resized(mask, width: working.width, height: working.height)
        let field = ColourField(working)
        self.init(
            photo: photo.image, tables: ColourTransform.tables(ColourSpace(photo.colour)),
            behind: EdgeUnmixing.filled(field, from: small.values.map { $0 < 6 }, depths: [2, 0]),
            product: EdgeUnmixing.filled(field, from: small.values.map { $0 > 249 }, depths: [2, 0]))
    }
}

extension Mask {
    fileprivate func fitted(to photo: Photo) throws -> Mask {
        if width == photo.width, height == photo.height { return self }
        let shape = Double(width * photo.height) / Double(max(1, height * photo.width))
        guard width > 0, height > 0, abs(shape - 1) < 0.01 else {
            throw CompositeError.maskSize(mask: "\(width) x \(height)", photo: "\(photo.width) x \(photo.height)")
        }
        return resized(self, width: photo.width, height: photo.height)
    }

    /// Reads a mask that belongs to a photo: a grey PNG or JPEG (or one with alpha) as large as the photo.
    ///
    /// - Throws: ``PictureError``, ``CutoutError/maskSize(file:mask:photo:)``.
    public static func load(_ url: URL, width: Int, height: Int) throws -> Mask {
        let picture = try Photo.load(url)
        guard picture.width == width, picture.height == height else {
            throw CutoutError.maskSize(file: picture.name, mask: "\(picture.width) x \(picture.height)", photo: "\(width) x \(height)")
        }
        return Mask(of: picture.image)
    }

    /// The mask that a picture shows: its alpha where it has one, else its lightness (black = background, white = product).
    public init(of image: RasterImage) {
        guard image.isOpaque else {
            self.init(width: image.width, height: image.height, alphaOf: image)
            return
        }
        var values = [UInt8](repeating: 0, count: image.width * image.height)
        for index in values.indices {
            let sum = Int(image.pixels[index * 4]) + Int(image.pixels[index * 4 + 1]) + Int(image.pixels[index * 4 + 2])
            values[index] = UInt8((sum + 1) / 3)
        }
        self.init(width: image.width, height: image.height, values: values)
    }
}
