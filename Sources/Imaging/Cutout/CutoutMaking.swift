/// Told how much of a cutout is done, 0...1, between its stages and some times a second while the network looks; what it throws gives the
/// cutout up.
public typealias CutoutProgress = (_ done: Double) throws -> Void

extension Cutout {
    /// Tells a photo's product from its background.
    ///
    /// - Parameters:
    ///   - method: how; by default the file's alpha channel where it means something, else from a plain background, else by the network where
    ///     it is installed.
    ///   - progress: see ``CutoutProgress``.
    /// - Throws: ``CutoutError``, ``CutoutNetworkError``, what `progress` throws.
    public static func make(
        from photo: Photo, method: CutoutMethod? = nil, progress: CutoutProgress = { _ in }
    ) throws -> Cutout {
        guard photo.width > 0, photo.height > 0 else { throw CutoutError.noPixels(file: photo.name) }
        switch method {
        case .alpha: return try AlphaCutout.make(photo)
        case .plainBackground, .mask: return try PlainBackgroundCutout.make(photo, progress: progress)
        case .learned: return try LearnedCutout.make(photo, progress: progress)
        case nil:
            return AlphaCutout.isMeaningful(photo) ? try AlphaCutout.make(photo) : try AutomaticCutout.make(photo, progress: progress)
        }
    }
}

/// Why no cutout could be made.
public enum CutoutError: Error, Equatable, CustomStringConvertible {
    case noPixels(file: String)
    case transparent(file: String)
    /// A mask from elsewhere that is not its photo's.
    case maskSize(file: String, mask: String, photo: String)

    public var description: String {
        switch self {
        case .noPixels(let file): "\(file): has no pixels."
        case .transparent(let file):
            "\(file): is fully transparent, so there is no product in it. Export it again with the product visible."
        case .maskSize(let file, let mask, let photo):
            "\(file): the mask has \(mask) pixels, its photo \(photo). Export the mask again and keep its size while editing it."
        }
    }
}

/// The cutout that a file brings along.
enum AlphaCutout {
    /// Whether the alpha channel separates something: both clearly visible and clearly transparent parts.
    static func isMeaningful(_ photo: Photo) -> Bool {
        guard !photo.isOpaque else { return false }
        var transparent = 0
        photo.image.pixels.withUnsafeBufferPointer { pixels in
            for index in stride(from: 3, to: pixels.count, by: 4) where pixels[index] < 128 { transparent += 1 }
        }
        // A few stray pixels are no cutout.
        return transparent * 1000 >= photo.width * photo.height
    }

    static func make(_ photo: Photo) throws -> Cutout {
        let mask = Mask(width: photo.width, height: photo.height, alphaOf: photo.image)
        guard let bounds = mask.bounds() else { throw CutoutError.transparent(file: photo.name) }
        let area = Float(mask.count()) / Float(mask.values.count)
        let soft = Float(mask.values.count { $0 > 24 && $0 < 232 }) / Float(max(1, mask.count(threshold: 25)))
        var certainty = 1.0
        var warning: String?
        if photo.isOpaque {
            certainty = 0.3
            warning = "The picture has no transparent part, so all of it counts as product."
        } else if area < 0.002 {
            certainty = 0.4
            warning = "The visible part is tiny (\(bounds.width) x \(bounds.height) pixels). Is this the right picture?"
        } else if soft > 0.4 {
            certainty = 0.5
            warning = "Most of the product is half transparent; the new background will show through it."
        }
        return Cutout(mask: mask, method: .alpha, certainty: certainty, warning: warning)
    }
}

extension Mask {
    init(width: Int, height: Int, alphaOf image: RasterImage) {
        let values = [UInt8](unsafeUninitializedCapacity: width * height) { buffer, count in
            image.pixels.withUnsafeBufferPointer { pixels in
                for index in 0..<(width * height) { buffer[index] = pixels[index * 4 + 3] }
            }
            count = width * height
        }
        self.init(width: width, height: height, values: values)
    }
}
