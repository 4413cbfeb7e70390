/// The cutout that a network makes of any picture: what it is of is the product.
///
/// The network looks twice, at the whole picture and then at the product's surroundings; its soft guess is then bent to the photo's own edges.
enum LearnedCutout {
    /// - Throws: ``CutoutNetworkError``, `TensorError`, what `progress` throws.
    static func make(_ photo: Photo, progress: CutoutProgress) throws -> Cutout {
        let working = PlainBackgroundCutout.working(photo)
        let looks = try looks(at: working) { try progress(0.1 + 0.6 * $0) }
        try progress(0.7)
        return make(photo, working, looks)
    }

    /// - Parameter looks: at the working picture.
    static func make(_ photo: Photo, _ working: RasterImage, _ looks: NetworkLooks) -> Cutout {
        let doubt = LearnedDoubt(looks)
        guard doubt.share > 0 else {
            return Cutout(
                mask: Mask(width: photo.width, height: photo.height, fill: 255), method: .learned, certainty: 0,
                warning: "The network found no product, so the whole picture counts as product.")
        }
        let mask = isSeenWhole(photo.width, photo.height) ? Mask(looks.guess) : matte(photo.image, working, looks.decided)
        return Cutout(
            mask: mask, method: .learned, certainty: doubt.certainty, warning: doubt.warning,
            edgeColours: EdgeUnmixing(photo, around: mask).colours(of: mask))
    }

    /// Two looks: the second at the product with a little of what is around it, so that it fills what the network sees; and mirrored, so that
    /// it does not repeat the first one's mistakes.
    static func looks(at working: RasterImage, progress: CutoutProgress = { _ in }) throws -> NetworkLooks {
        let first = try CutoutNetwork.saliency(of: working) { try progress(0) }.resized(width: working.width, height: working.height)
        guard let product = first.bounds(above: 0.5) else { return NetworkLooks(only: first) }
        var window = product.grown(by: 0.12, within: working.width, working.height)
        let isSeenWhole = isSeenWhole(working.width, working.height)
        // A product that fills its picture has been seen as large as it gets, and so has a small picture.
        if isSeenWhole || window.width * window.height * 10 >= working.width * working.height * 8 {
            window = PixelRectangle(x: 0, y: 0, width: working.width, height: working.height)
        }
        let second = try CutoutNetwork.saliency(of: working.cropped(to: window).mirrored()) { try progress(0.5) }
            .resized(width: window.width, height: window.height).mirrored()
        return NetworkLooks(first: first, second: second, corner: (window.x, window.y), isSeenWhole: isSeenWhole)
    }

    /// Whether the network has seen every pixel of a picture: then a nearer look shows nothing new, and its guess is as fine as the picture,
    /// so that bending it to edges only loses (on measured scenes of 256 pixels a twentieth more squared error).
    private static func isSeenWhole(_ width: Int, _ height: Int) -> Bool { max(width, height) <= SaliencyNetwork.side }

    /// The guess at the photo's own size, along the photo's own edges.
    static func matte(_ photo: RasterImage, _ working: RasterImage, _ guess: Plane) -> Mask {
        let guided = HeldMatte(ColourField(working), guess: guess)
        let (width, height) = (photo.width, photo.height)
        let scaleX = Float(guess.width) / Float(width)
        let scaleY = Float(guess.height) / Float(height)
        let inside = Morphology.eroded(guess.values.map { $0 > 0.9 }, guess.width, guess.height, times: 3)
        let outside = Morphology.eroded(guess.values.map { $0 < 0.06 }, guess.width, guess.height, times: 3)
        let cells = zip(inside, outside).map { $0 ? UInt8(255) : $1 ? UInt8(0) : UInt8(1) }
        var mask = Mask(width: width, height: height, fill: 0)
        photo.pixels.withUnsafeBytes { raw in
            let pixels = SharedPixels(UnsafeMutableBufferPointer(mutating: raw.bindMemory(to: SIMD4<UInt8>.self)))
            mask.values.withUnsafeMutableBufferPointer { buffer in
                let out = SharedPixels(buffer)
                parallel(height) { y in
                    let workY = (Float(y) + 0.5) * scaleY
                    let row = min(guess.height - 1, Int(workY)) * guess.width
                    for x in 0..<width {
                        let workX = (Float(x) + 0.5) * scaleX
                        let known = cells[row + min(guess.width - 1, Int(workX))]
                        guard known == 1 else {
                            out[y * width + x] = known
                            continue
                        }
                        let coverage = guided.coverage(floats(pixels[y * width + x]) / 255, x: workX - 0.5, y: workY - 0.5)
                        out[y * width + x] = UInt8(unit: coverage)
                    }
                }
            }
        }
        return mask
    }
}

/// How far the network's guess can be trusted.
struct LearnedDoubt {
    /// The share of the picture that is product.
    let share: Double
    let certainty: Double
    let warning: String?

    init(_ looks: NetworkLooks) {
        let guess = looks.guess
        let product = guess.values.count { $0 > 0.5 }
        share = Double(product) / Double(max(1, guess.values.count))
        let undecided = guess.values.count { $0 > 0.2 && $0 < 0.8 }
        let clarity = 1 - Double(undecided) / Double(max(1, product + undecided))
        let regions = Regions(width: guess.width, height: guess.height, member: guess.values.map { $0 > 0.5 })
        let largest = Double(regions.areas.dropFirst().map(\.count).max() ?? 0) / Double(max(1, product))
        let marks: [(value: Double, warning: String)] = [
            ((clarity - 0.55) / 0.35, "The network is undecided about much of the picture."),
            ((largest - 0.4) / 0.4, "The network found several things. Is the product among them, and only it?"),
            (share > 0.95 ? 0 : 1, "Nearly the whole picture counts as product."),
            ((share - 0.001) / 0.004, "The product found is tiny. Is it the right one?"),
            (looks.agree ? 1 : 0.5, "The network looked twice and saw two different products. Is this the right one?"),
        ]
        let certainty = marks.reduce(0.95) { $0 * min(1, max(0, $1.value)) }
        self.certainty = certainty
        warning = certainty < Cutout.doubtful ? marks.min { $0.value < $1.value }?.warning : nil
    }
}

extension PixelRectangle {
    /// Grown on every side by a share of its own size, but not beyond the picture.
    fileprivate func grown(by share: Double, within width: Int, _ height: Int) -> PixelRectangle {
        let (across, down) = (Int(Double(self.width) * share) + 8, Int(Double(self.height) * share) + 8)
        let (left, top) = (max(0, x - across), max(0, y - down))
        return PixelRectangle(x: left, y: top, width: min(width, maxX + across) - left, height: min(height, maxY + down) - top)
    }
}

extension RasterImage {
    /// Left and right changed.
    fileprivate func mirrored() -> RasterImage {
        RasterImage(width: width, height: height) { out in
            for y in 0..<height {
                for x in 0..<width {
                    let (from, to) = ((y * width + x) * 4, (y * width + width - 1 - x) * 4)
                    for channel in 0..<4 { out[to + channel] = pixels[from + channel] }
                }
            }
        }
    }

    fileprivate func cropped(to window: PixelRectangle) -> RasterImage {
        RasterImage(width: window.width, height: window.height) { out in
            for y in 0..<window.height {
                let from = ((window.y + y) * width + window.x) * 4
                for index in 0..<(window.width * 4) { out[y * window.width * 4 + index] = pixels[from + index] }
            }
        }
    }
}

extension Mask {
    /// The network's guess as it is, but for its ends, which it never quite reaches.
    fileprivate init(_ guess: Plane) {
        self.init(width: guess.width, height: guess.height, values: guess.values.map { UInt8(unit: min(1, max(0, ($0 - 0.02) / 0.96))) })
    }
}

extension Plane {
    /// Left and right changed.
    fileprivate func mirrored() -> Plane {
        var result = self
        for y in 0..<height { for x in 0..<width { result[width - 1 - x, y] = self[x, y] } }
        return result
    }

    /// The smallest rectangle that holds every value above a threshold.
    fileprivate func bounds(above threshold: Float) -> PixelRectangle? {
        Mask(width: width, height: height, values: values.map { $0 > threshold ? 255 : 0 }).bounds()
    }

    /// At another size, between four pixels.
    func resized(width newWidth: Int, height newHeight: Int) -> Plane {
        var result = Plane(width: newWidth, height: newHeight)
        let scaleX = Float(width) / Float(newWidth)
        let scaleY = Float(height) / Float(newHeight)
        for y in 0..<newHeight {
            let sourceY = min(Float(height - 1), max(0, (Float(y) + 0.5) * scaleY - 0.5))
            for x in 0..<newWidth {
                result[x, y] = sample(min(Float(width - 1), max(0, (Float(x) + 0.5) * scaleX - 0.5)), sourceY)
            }
        }
        return result
    }
}
