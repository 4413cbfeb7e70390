import Foundation

/// How a stored picture has to be turned to stand upright; raw values are those of EXIF.
enum Orientation: Int, CaseIterable {
    case upright = 1
    case mirrored
    case upsideDown
    case flipped
    case transposed
    case turnRight
    case transversed
    case turnLeft

    var swapsSides: Bool { rawValue >= 5 }
}

extension RasterImage {
    /// The picture as it was meant to be seen, given the orientation it was stored with.
    func upright(_ orientation: Orientation) -> RasterImage {
        guard orientation != .upright else { return self }
        let outWidth = orientation.swapsSides ? height : width
        let outHeight = orientation.swapsSides ? width : height
        let (width, height) = (width, height)
        // The stored pixel of output (x, y) has index start + x * perColumn + y * perRow.
        let last = width * height - 1
        let (start, perColumn, perRow): (Int, Int, Int) =
            switch orientation {
            case .upright: (0, 1, width)
            case .mirrored: (width - 1, -1, width)
            case .upsideDown: (last, -1, -width)
            case .flipped: (last - width + 1, 1, -width)
            case .transposed: (0, width, 1)
            case .turnRight: (last - width + 1, -width, 1)
            case .transversed: (last, -width, -1)
            case .turnLeft: (width - 1, width, -1)
            }
        return pixels.withUnsafeBytes { raw in
            let source = raw.bindMemory(to: UInt32.self)
            return RasterImage(width: outWidth, height: outHeight) { out in
                let target = SharedPixels(UnsafeMutableRawBufferPointer(out).bindMemory(to: UInt32.self))
                let stored = SharedPixels(UnsafeMutableBufferPointer(mutating: source))
                // Square tiles, because one side walks columns.
                let tile = 64
                parallel((outHeight + tile - 1) / tile) { band in
                    for left in stride(from: 0, to: outWidth, by: tile) {
                        for y in (band * tile)..<min(outHeight, (band + 1) * tile) {
                            for x in left..<min(outWidth, left + tile) {
                                target[y * outWidth + x] = stored[start + x * perColumn + y * perRow]
                            }
                        }
                    }
                }
            }
        }
    }
}
