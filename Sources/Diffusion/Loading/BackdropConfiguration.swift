/// `backdrop.json`: what a model made for Backdrop says about itself beyond a plain diffusers directory.
struct BackdropConfiguration: Decodable, Sendable {
    struct Category: Decodable, Sendable {
        let identifier: String
        let name: String
        let nameJa: String?
        let parent: String?
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

    let name: String?
    let version: String?
    let licence: String?
    let categories: [Category]?
    let recommended: Recommended?
    let latentRgb: LatentToRGB?
}
