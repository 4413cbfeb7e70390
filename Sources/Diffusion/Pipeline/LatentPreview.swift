import Imaging
import Tensor

/// A quick look at a latent: a linear map from its channels to colour, a pixel a cell.
struct LatentPreview {
    /// `[channel][red, green, blue]`
    private let factors: [[Float]]
    private let bias: [Float]

    /// - Returns: nil where neither `backdrop.json` nor the scaling of Stable Diffusion 1.x says what the channels mean
    init?(_ blueprint: ModelBlueprint) {
        if let given = blueprint.backdrop?.latentRgb {
            (factors, bias) = (given.factors, given.bias)
        } else if case .kl(let autoencoder) = blueprint.autoencoder, autoencoder.latentChannels == 4, autoencoder.scalingFactor == 0.18215 {
            (factors, bias) = (Self.stableDiffusionFactors, [0, 0, 0])
        } else {
            return nil
        }
    }

    /// Fitted to Stable Diffusion 1.x by K. Turner ("Decoding latents to RGB without upscaling", Hugging Face forum, 2022).
    private static let stableDiffusionFactors: [[Float]] = [
        [0.298, 0.207, 0.208], [0.187, 0.286, 0.173], [-0.158, 0.189, 0.264], [-0.184, -0.271, -0.473],
    ]

    /// - Parameter latent: `[1, height, width, channels]`
    /// - Returns: a picture of `width` x `height` pixels
    func callAsFunction(_ latent: Tensor) -> RasterImage {
        let (height, width, channels) = (latent.shape[1], latent.shape[2], factors.count)
        let colours = Tensor(shape: [1, height, width, 3])
        latent.withUnsafeBuffer { source in
            colours.withUnsafeMutableBuffer { target in
                for position in 0..<height * width {
                    for colour in 0..<3 {
                        target[position * 3 + colour] = (0..<channels).reduce(bias[colour]) {
                            $0 + source[position * channels + $1] * factors[$1][colour]
                        }
                    }
                }
            }
        }
        return InpaintingConditioning.image(of: colours)
    }
}
