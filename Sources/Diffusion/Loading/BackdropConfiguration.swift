/// `backdrop.json`: what a model made for Backdrop says about itself beyond a plain diffusers directory.
struct BackdropConfiguration: Decodable, Sendable {
    struct Category: Decodable, Sendable {
        let identifier: String
        let name: String
        let nameJa: String?
        let parent: String?
        /// Captions of scenes that are typical of it: what is painted where a prompt says nothing of a scene.
        let scenes: [String]?
    }

    struct Recommended: Decodable, Sendable {
        let steps: Int?
        let guidance: Float?
        let sampler: String?
        let width: Int?
        let height: Int?
        let negative: String?
    }

    /// A linear map from latent channels to sRGB in -1...1, for previews.
    struct LatentToRGB: Decodable, Sendable {
        /// `[latent channel][red, green, blue]`
        let factors: [[Float]]
        /// `[red, green, blue]`
        let bias: [Float]
    }

    /// Maps of the scene that the UNet reads after the masked picture, see ``LayoutMap``.
    struct Layout: Decodable, Sendable {
        let channels: [String]
        /// Name to value, 0...255.
        let identities: [String: Int]
        /// The share of the steps that a sketch of the layout stands for, 0...1; nil for a start from noise alone.
        let sketch: Float?
        /// The same for a picture that follows a reference by the model's own adapter, which is heard in the early steps most; nil for `sketch`.
        let sketchWithStyle: Float?
        /// How many times as wide and high as the model paints a picture becomes with the sketch's fine detail; nil for none.
        let detail: Int?
    }

    /// An IP-Adapter that belongs to the model; paths from the model's folder.
    struct Style: Decodable, Sendable {
        let imageEncoder: String
        let adapter: String
        let scale: Float?
    }

    let name: String?
    let version: String?
    let licence: String?
    let categories: [Category]?
    let recommended: Recommended?
    let latentRgb: LatentToRGB?
    let layout: Layout?
    /// Where a category's identifier is heard: "background", or nil for everywhere.
    let identifierAttention: String?
    let style: Style?
}
