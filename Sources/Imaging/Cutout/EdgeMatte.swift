/// Turns the outline found in a small working picture into a soft mask at the photo's own resolution.
///
/// Only a band around the outline is looked at. There each pixel is taken as a mixture, in linear light, of the background behind it and
/// the product beside it; both are known from the working picture. Pixels farther from the background than the photo's own blur are
/// product whatever their colour.
struct EdgeMatte {
    private let photo: RasterImage
    private let segmentation: BackgroundSegmentation
    /// Photo pixels for each working pixel.
    private let scaleX, scaleY: Float
    /// The background's and the product's colours beside each pixel.
    private let unmixing: EdgeUnmixing
    /// Working pixels whose photo pixels are looked at.
    private let band: [Bool]
    /// Below this distance from the background, in gamma-encoded steps, a pixel is background.
    private let floor: Float
    /// Coverage that noise around an outline can feign, 0...1: compression makes much more of it than a camera.
    private let haze: Float

    /// What decides where product and background hardly differ; nil for nothing else.
    private let secondOpinion: HeldMatte?

    init(photo: Photo, segmentation: BackgroundSegmentation, secondOpinion: HeldMatte? = nil) {
        self.photo = photo.image
        self.secondOpinion = secondOpinion
        haze = photo.format == .jpeg ? 0.14 : 0.05
        self.segmentation = segmentation
        let width = segmentation.width
        let height = segmentation.height
        scaleX = Float(photo.width) / Float(width)
        scaleY = Float(photo.height) / Float(height)
        let background = segmentation.background
        let foreground = background.map { !$0 }
        let outer = Morphology.dilated(foreground, width, height, times: 3)
        let inner = Morphology.eroded(foreground, width, height, times: 4)
        band = zip(outer, inner).map { $0 && !$1 }
        // The flood ends before the blur begins; on the product's side the blur is still to come.
        unmixing = EdgeUnmixing(
            photo: photo.image, tables: ColourTransform.tables(ColourSpace(photo.colour)),
            behind: EdgeUnmixing.filled(segmentation.field, from: background, depths: [2, 0]),
            product: EdgeUnmixing.filled(segmentation.field, from: foreground, depths: [4, 2, 0]))
        floor = max(4, 3 * segmentation.grain)
    }

    /// The mask, and the product's own colours where it is soft.
    func make() -> (mask: Mask, edgeColours: EdgeColours) {
        let width = photo.width
        let height = photo.height
        var values = [UInt8](repeating: 0, count: width * height)
        values.withUnsafeMutableBufferPointer { buffer in
            let out = SharedPixels(buffer)
            parallel(height) { y in estimate(row: y, into: out.base + y * width) }
        }
        settle(&values)
        let mask = Mask(width: width, height: height, values: values)
        return (mask, unmixing.colours(of: mask))
    }

    // MARK: - Coverage

    /// The outline's side and, in the band, each pixel's coverage 0...255.
    private func estimate(row y: Int, into target: UnsafeMutablePointer<UInt8>) {
        let width = segmentation.width
        let workY = min(segmentation.height - 1, Int(Float(y) / scaleY))
        photo.pixels.withUnsafeBytes { raw in
            let pixels = raw.bindMemory(to: SIMD4<UInt8>.self)
            for workX in 0..<width {
                let start = Int((Float(workX) * scaleX).rounded(.up))
                let end = min(photo.width, Int((Float(workX + 1) * scaleX).rounded(.up)))
                let cell = workY * width + workX
                if band[cell] {
                    for x in start..<max(start, end) { target[x] = coverage(pixels[y * photo.width + x], x, y) }
                } else if !segmentation.background[cell] {
                    for x in start..<max(start, end) { target[x] = 255 }
                }
            }
        }
    }

    private func coverage(_ pixel: SIMD4<UInt8>, _ x: Int, _ y: Int) -> UInt8 {
        let far = unmixing.behind(x, y)
        let near = unmixing.product(x, y)
        let mixture = coverage(pixel, behind: far, product: near)
        guard let secondOpinion else { return mixture }
        let faintness = 1 - min(1, max(0, (Self.distanceInSteps(near, far) - Self.faint) / (Self.clear - Self.faint)))
        guard faintness > 0 else { return mixture }
        let other = secondOpinion.coverage(floats(pixel) / 255, x: (Float(x) + 0.5) / scaleX - 0.5, y: (Float(y) + 0.5) / scaleY - 0.5)
        return UInt8(Float(mixture) * (1 - faintness) + other * 255 * faintness)
    }

    /// Steps between product and background below which a mixture of the two cannot be told, and above which nothing else is asked.
    private static let (faint, clear): (Float, Float) = (24, 128)

    private func coverage(_ pixel: SIMD4<UInt8>, behind far: SIMD4<Float>, product near: SIMD4<Float>) -> UInt8 {
        let here = unmixing.light(pixel)
        let span = near - far
        let contrast = (span * span).sum().squareRoot()
        let away = here - far
        let distance = (away * away).sum().squareRoot()
        // The same distance as the eye and the noise see it.
        let seen = Self.distanceInSteps(pixel, far)
        guard seen > floor else { return 0 }
        // No whiter than white: a pixel as the product's, or beyond it, is all product. Judged in steps, because one hundredth of a white
        // background's light is a visible line on a black product.
        guard contrast > 0.01, distance < contrast, Self.distanceInSteps(pixel, near) > Self.sameColour else { return 255 }
        return UInt8(distance / contrast * 254)
    }

    /// Colours that differ by no more steps than this are the same one.
    private static let sameColour: Float = 5

    private static func distanceInSteps(_ first: SIMD4<Float>, _ second: SIMD4<Float>) -> Float {
        var largest: Float = 0
        for channel in 0..<3 {
            largest = max(largest, abs(max(0, first[channel]).squareRoot() - max(0, second[channel]).squareRoot()) * 255)
        }
        return largest
    }

    private static func distanceInSteps(_ pixel: SIMD4<UInt8>, _ light: SIMD4<Float>) -> Float {
        var largest: Float = 0
        for channel in 0..<3 {
            // A square root is near enough to the curve for a threshold.
            largest = max(largest, abs(Float(pixel[channel]) - max(0, light[channel]).squareRoot() * 255))
        }
        return largest
    }

    // MARK: - Depth

    /// Makes pixels that the blur of the edge cannot reach full product, and those joined to the background empty.
    private func settle(_ values: inout [UInt8]) {
        let width = photo.width
        let height = photo.height
        let deepest = max(4, min(24, Int(3 * max(scaleX, scaleY)) + 3))
        // 0: not reached; 1: background; n + 1: n pixels from it.
        var depth = [UInt8](repeating: 0, count: width * height)
        var edge = backgroundPixels(values, &depth)
        var layers: [[Int32]] = []
        for layer in 1...deepest {
            var next: [Int32] = []
            for pixel in edge {
                Self.forNeighbours(of: Int(pixel), width, height) { neighbour in
                    if depth[neighbour] == 0, isInBand(neighbour) {
                        depth[neighbour] = UInt8(layer + 1)
                        next.append(Int32(neighbour))
                    }
                }
            }
            layers.append(next)
            edge = next
        }
        let blur = Self.blur(layers, values)
        for y in 0..<height {
            forBand(inRow: y) { pixels, _ in
                for index in pixels {
                    if depth[index] == 1 {
                        values[index] = 0
                    } else if depth[index] == 0 || Int(depth[index]) > blur + 1 {
                        values[index] = 255
                    }
                }
            }
        }
    }

    /// Calls `body` with the photo's pixels of each working pixel of the band that lies in a row of the photo.
    private func forBand(inRow y: Int, _ body: (_ pixels: Range<Int>, _ cell: Int) -> Void) {
        let row = min(segmentation.height - 1, Int(Float(y) / scaleY)) * segmentation.width
        for workX in 0..<segmentation.width where band[row + workX] {
            let start = Int((Float(workX) * scaleX).rounded(.up))
            let end = min(photo.width, Int((Float(workX + 1) * scaleX).rounded(.up)))
            if start < end { body((y * photo.width + start)..<(y * photo.width + end), row + workX) }
        }
    }

    /// Marks the band's background pixels in `depth` and returns them: those on the background's side that look like it, and what is
    /// joined to them.
    private func backgroundPixels(_ values: [UInt8], _ depth: inout [UInt8]) -> [Int32] {
        let width = photo.width
        let height = photo.height
        let gate = UInt8(haze * 255)
        var found: [Int32] = []
        for y in 0..<height {
            forBand(inRow: y) { pixels, cell in
                guard segmentation.background[cell] else { return }
                for index in pixels where values[index] < gate {
                    depth[index] = 1
                    found.append(Int32(index))
                }
            }
        }
        var position = 0
        while position < found.count {
            Self.forNeighbours(of: Int(found[position]), width, height) { neighbour in
                if depth[neighbour] == 0, values[neighbour] < gate, isInBand(neighbour) {
                    depth[neighbour] = 1
                    found.append(Int32(neighbour))
                }
            }
            position += 1
        }
        return found
    }

    /// How many pixels wide the photo's edges are: the depth beyond which most pixels are full product.
    private static func blur(_ layers: [[Int32]], _ values: [UInt8]) -> Int {
        for (depth, layer) in layers.enumerated() {
            let soft = layer.count { values[Int($0)] < 230 }
            if soft * 4 < layer.count { return depth + 1 }
        }
        return layers.count
    }

    private func cell(_ x: Int, _ y: Int) -> Int {
        let workX = min(segmentation.width - 1, Int(Float(x) / scaleX))
        let workY = min(segmentation.height - 1, Int(Float(y) / scaleY))
        return workY * segmentation.width + workX
    }

    private func isInBand(_ index: Int) -> Bool { band[cell(index % photo.width, index / photo.width)] }

    private static func forNeighbours(of index: Int, _ width: Int, _ height: Int, _ body: (Int) -> Void) {
        let x = index % width
        let y = index / width
        for dy in max(0, y - 1)...min(height - 1, y + 1) {
            for dx in max(0, x - 1)...min(width - 1, x + 1) where dx != x || dy != y { body(dy * width + dx) }
        }
    }
}
