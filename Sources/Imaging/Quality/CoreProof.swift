/// Proof that a finished canvas shows the product's core exactly as the photo does: measured on the result, not argued from the method.
struct CoreProof {
    /// Core pixels (mask 255) that lie on the canvas.
    let pixelCount: Int
    /// The largest difference of any red, green or blue value of theirs, in steps of the picture's own depth.
    let maximumDifference: Int

    /// Compares RGBA values of a canvas with those of its photo.
    ///
    /// - Parameters:
    ///   - canvas: `layout.width * layout.height * 4` values.
    ///   - photo: `mask.width * mask.height * 4` values.
    init<Value: PixelValue>(canvas: [Value], photo: [Value], mask: Mask, layout: CanvasLayout) {
        let visible = layout.visible(photoWidth: mask.width, photoHeight: mask.height)
        var counts = [Int](repeating: 0, count: visible.width > 0 ? visible.height : 0)
        var differences = counts
        guard !counts.isEmpty else {
            (pixelCount, maximumDifference) = (0, 0)
            return
        }
        counts.withUnsafeMutableBufferPointer { counts in
            differences.withUnsafeMutableBufferPointer { differences in
                let counts = SharedPixels(counts)
                let differences = SharedPixels(differences)
                parallel(visible.height) { row in
                    (counts[row], differences[row]) = Self.compare(row: visible.y + row, visible, canvas, photo, mask, layout)
                }
            }
        }
        pixelCount = counts.reduce(0, +)
        maximumDifference = differences.max() ?? 0
    }

    private static func compare<Value: PixelValue>(
        row y: Int, _ visible: PixelRectangle, _ canvas: [Value], _ photo: [Value], _ mask: Mask, _ layout: CanvasLayout
    ) -> (count: Int, difference: Int) {
        var count = 0
        var difference = 0
        canvas.withUnsafeBufferPointer { canvas in
            photo.withUnsafeBufferPointer { photo in
                mask.values.withUnsafeBufferPointer { values in
                    let first = y * mask.width
                    let shift = (y + layout.productY) * layout.width + layout.productX - first
                    for pixel in (first + visible.x)..<(first + visible.maxX) where values[pixel] == 255 {
                        count += 1
                        let (from, to) = (pixel * 4, (pixel + shift) * 4)
                        guard canvas[to] != photo[from] || canvas[to + 1] != photo[from + 1] || canvas[to + 2] != photo[from + 2] else {
                            continue
                        }
                        for channel in 0..<3 { difference = max(difference, abs(Int(canvas[to + channel]) - Int(photo[from + channel]))) }
                    }
                }
            }
        }
        return (count, difference)
    }
}
