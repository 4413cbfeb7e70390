import Imaging

/// A layout in flat colours, with the product in its place: what denoising starts from instead of pure noise, so that floor,
/// backdrop and shadow stand where the layout has them (SDEdit, arXiv 2108.01073).
enum SceneSketch {
    /// Sketches are painted at a part of the picture's size: a latent shows no finer detail of them.
    private static let reduction = 4

    /// - Parameters:
    ///   - canvas: the product on grey
    ///   - productMask: 255 = product; as large as the canvas
    static func picture(
        _ layout: SceneLayout, _ colours: SceneColours, seed: UInt64, canvas: RasterImage, productMask: Mask
    ) -> RasterImage {
        let (width, height) = (max(canvas.width / reduction, 1), max(canvas.height / reduction, 1))
        let map = LayoutMap(layout, productMask: productMask)
        let painter = Painter(colours, light: layout.light, seed: seed)
        var small = RasterImage(width: width, height: height, fill: .midGrey)
        for y in 0..<height {
            for x in 0..<width {
                let row = (Float(y) + 0.5) / Float(height)
                let column = (Float(x) + 0.5 - Float(width) / 2) / Float(height)
                let colour = painter.colour(map.cell(row: row, column: column), row: row, across: (Float(x) + 0.5) / Float(width))
                for channel in 0..<3 { small.pixels[(y * width + x) * 4 + channel] = UInt8(min(max(colour[channel], 0), 255)) }
            }
        }
        var picture = resized(small, width: canvas.width, height: canvas.height)
        for (pixel, value) in productMask.values.enumerated() where value >= 128 {
            for channel in 0..<3 { picture.pixels[pixel * 4 + channel] = canvas.pixels[pixel * 4 + channel] }
        }
        return picture
    }

    /// Colours with a little of the light in them.
    private struct Painter {
        let ground, backdrop, stand: SIMD3<Float>
        let light: SceneLayout.Light

        init(_ colours: SceneColours, light: SceneLayout.Light, seed: UInt64) {
            // Candidates with other seeds are a little lighter or darker.
            var chance = LayoutChance(seed: seed ^ 0x5EED)
            ground = colours.ground * chance.next(in: 0.94...1.06)
            backdrop = colours.backdrop * chance.next(in: 0.92...1.06)
            stand = colours.ground * 1.03
            self.light = light
        }

        func colour(
            _ seen: (nearness: Float, identity: LayoutMap.Identity, shadow: Float), row: Float, across: Float
        ) -> SIMD3<Float> {
            // Brighter towards the light, and a wall fades upwards.
            let lean = 1 + 0.14 * (across - 0.5) * (light.azimuth > 0 ? 1 : -1)
            switch seen.identity {
            case .backdrop: return backdrop * lean * (1.04 - 0.1 * abs(row - 0.4))
            case .ground: return ground * lean * (0.9 + 0.16 * min(seen.nearness, 0.7)) * (1 - 0.3 * seen.shadow)
            case .stand: return stand * lean * (1 - 0.3 * seen.shadow)
            }
        }
    }
}
