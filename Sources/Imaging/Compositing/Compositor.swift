/// Puts products on generated backgrounds.
public enum Compositor {
    /// The full picture, at the photo's own resolution.
    ///
    /// The background is enlarged to the canvas (smoothly, with a faint grain) and taken into the photo's colour space. Core pixels
    /// (mask 255) are copied bit by bit; soft edge pixels are mixed in linear light from the product's own colour and the new background.
    ///
    /// - Parameters:
    ///   - background: opaque sRGB of any size; stretched to the canvas.
    ///   - options: shadow, reflection and the like.
    ///   - goesOn: asked between the stages, some tenths of a second apart on a large photo.
    /// - Throws: ``CompositeError``; `CancellationError` once `goesOn` says no.
    public static func composite(
        photo: Photo, cutout: Cutout, layout: CanvasLayout, background: RasterImage, options: CompositeOptions = .standard,
        goesOn: () -> Bool = { true }
    ) throws -> Composite {
        func check() throws { if !goesOn() { throw CancellationError() } }
        let product = try ProductSource(photo: photo, cutout: cutout)
        guard PictureLimits.allows(width: layout.width, height: layout.height) else {
            throw CompositeError.canvasSize(width: layout.width, height: layout.height)
        }
        guard background.width > 0, background.height > 0 else { throw CompositeError.noPixels }
        let space = ColourSpace(photo.colour)
        try check()
        let large = Enlargement.doubled(background, towards: layout.width, layout.height)
        let backdrop = space.isSRGB ? large : ColourTransform(from: .sRGB, to: space).apply(large)
        try check()
        let colour = photo.colour == .unspecified ? ColourDescription.sRGB : photo.colour
        let small = fittingSize(of: layout.width, layout.height, into: Ground.workingSide, Ground.workingSide)
        let ground = Ground(product: product.layer(layout: layout, width: small.width, height: small.height))
        let layer = PhotoLayer(
            photo: photo, cutout: cutout, layout: layout, tables: ColourTransform.tables(space),
            ground: ground.layer(behind: background, options: options),
            harmonisation: Harmonisation(background: background, strength: options.harmonisation), options: options)
        try check()
        let image: RasterImage
        var deep: [UInt16]?
        if let photoValues = photo.deep {
            let values = compose(layer, photoValues, backdrop)
            deep = values
            image = PNGCodec.eightBit(values, width: layout.width, height: layout.height)
        } else {
            let values = compose(layer, photo.image.pixels, backdrop)
            image = RasterImage(width: layout.width, height: layout.height, pixels: values)
        }
        try check()
        let core =
            if let deep, let original = photo.deep {
                CoreProof(canvas: deep, photo: original, mask: cutout.mask, layout: layout)
            } else {
                CoreProof(canvas: image.pixels, photo: photo.image.pixels, mask: cutout.mask, layout: layout)
            }
        return Composite(
            image: image, deep: deep, colour: colour, corePixelCount: core.pixelCount, coreMaximumDifference: core.maximumDifference)
    }

    /// A small picture of the composite for the screen: sRGB, no larger than the limits.
    ///
    /// Who shows many backgrounds behind one product keeps a ``CompositePreview`` instead, which reads the photo only once.
    public static func preview(
        photo: Photo, cutout: Cutout, layout: CanvasLayout, background: RasterImage, maximumWidth: Int, maximumHeight: Int,
        options: CompositeOptions = .standard
    ) throws -> RasterImage {
        try CompositePreview(
            photo: photo, cutout: cutout, layout: layout, maximumWidth: maximumWidth, maximumHeight: maximumHeight, options: options
        ).render(background: background)
    }

    // MARK: - Full size

    /// Writes the canvas: RGBA values of the photo's own depth.
    private static func compose<Value: PixelValue>(_ layer: PhotoLayer, _ photo: [Value], _ background: RasterImage) -> [Value] {
        let layout = layer.layout
        let size = layout.width * layout.height * 4
        return [Value](unsafeUninitializedCapacity: size) { buffer, count in
            let out = SharedPixels(UnsafeMutableBufferPointer(rebasing: buffer[0..<size]))
            photo.withUnsafeBufferPointer { photoBuffer in
                layer.cutout.mask.values.withUnsafeBufferPointer { maskBuffer in
                    let photo = SharedPixels(UnsafeMutableBufferPointer(mutating: photoBuffer))
                    let mask = SharedPixels(UnsafeMutableBufferPointer(mutating: maskBuffer))
                    background.withPixelSource(isOpaque: true) { source in
                        let resampler = Resampler(
                            source: source, targetWidth: layout.width, targetHeight: layout.height, kernel: .mitchell)
                        resampler.run { y, row in
                            let target = out.base + y * layout.width * 4
                            layer.ground?.apply(to: row, row: y, canvasWidth: layout.width, canvasHeight: layout.height)
                            Value.write(row, count: layout.width, grainRow: y, grain: layer.grain, to: target)
                            layer.draw(row: y, background: row, photo: photo.base, mask: mask.base, to: target)
                        }
                    }
                }
            }
            count = size
        }
    }
}

extension CanvasLayout {
    /// The part of a photo that lies on the canvas, in the photo's coordinates.
    func visible(photoWidth: Int, photoHeight: Int) -> PixelRectangle {
        let left = max(0, -productX)
        let top = max(0, -productY)
        let right = min(photoWidth, width - productX)
        let bottom = min(photoHeight, height - productY)
        return PixelRectangle(x: left, y: top, width: max(0, right - left), height: max(0, bottom - top))
    }
}
