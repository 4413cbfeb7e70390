import Foundation
import Imaging

/// Everything that determines one picture of a model with all its adapters.
public struct RenderRequest: Sendable, Equatable {
    /// What a picture is painted over.
    public enum Base: Sendable, Equatable {
        /// Nothing: the picture comes from the prompt alone.
        case none
        /// A picture that `strength` leaves something of.
        case image(RasterImage)
        /// A picture of which the part under the mask (255) is kept, and the rest painted.
        case inpainting(RasterImage, kept: Mask)
    }

    /// A picture that a ControlNet follows.
    public struct Control: Sendable, Equatable {
        public var image: RasterImage
        /// Multiplies what the ControlNet adds; 1 is as trained.
        public var scale: Float
        /// The share of the steps, 0...1, during which it is heard.
        public var period: ClosedRange<Float>

        public init(image: RasterImage, scale: Float = 1, period: ClosedRange<Float> = 0...1) {
            (self.image, self.scale, self.period) = (image, scale, period)
        }
    }

    /// A picture whose style an IP-Adapter follows.
    public struct Style: Sendable, Equatable {
        public var image: RasterImage
        /// How strongly it is heard; 1 is as trained.
        public var scale: Float

        public init(image: RasterImage, scale: Float = 1) {
            (self.image, self.scale) = (image, scale)
        }
    }

    /// Which words, and whether style pictures, are heard from the background only: everywhere but under the mask of what is kept.
    public struct Background: Sendable, Equatable {
        /// Words or phrases of the prompts, such as a category's identifier; each of their tokens keeps to the background.
        public var phrases: [String]
        public var mode: BackgroundMode
        public var includesStyle: Bool

        public init(phrases: [String], mode: BackgroundMode, includesStyle: Bool = true) {
            (self.phrases, self.mode, self.includesStyle) = (phrases, mode, includesStyle)
        }
    }

    /// A rough picture that denoising starts from.
    public struct Sketch: Sendable, Equatable {
        /// As large as what is painted.
        public var image: RasterImage
        /// The share of the steps that it stands for, 0...1.
        public var share: Float

        public init(image: RasterImage, share: Float) {
            (self.image, self.share) = (image, share)
        }
    }

    public var prompt: String
    /// What the picture should not show; only counts with a guidance scale above 1.
    public var negativePrompt = ""
    public var syntax = PromptSyntax.webUI
    /// Layers at the text encoder's end that are not read; WebUI's "clip skip" is one more.
    public var skippedLayers = 0
    /// In pixels; a multiple of the model's `sizeMultiple`.
    public var width: Int
    /// In pixels; a multiple of the model's `sizeMultiple`.
    public var height: Int
    /// Denoising steps, at least 1.
    public var steps: Int
    public var guidanceScale: Float
    /// Starts the noise generator, which uses the low 32 bits, as torch's does.
    public var seed: UInt64
    public var scheduler: SchedulerKind
    /// Nil: as the model's scheduler configuration says.
    public var sigmaSpacing: SigmaSpacing?
    /// Nil: as the model's scheduler configuration says.
    public var timestepSpacing: TimestepSpacing?
    /// Nil: as the model's scheduler configuration says.
    public var prediction: Prediction?
    public var base = Base.none
    /// How much of the base is painted over, 0...1.
    public var strength: Float = 1
    /// A picture whose colours and rough light the start has, and how much of it is left to see, 0...1.
    public var colourReference: RasterImage?
    public var colourStrength: Float = 0
    /// One for each ControlNet that is loaded, in that order.
    public var controls: [Control] = []
    public var styles: [Style] = []
    public var background: Background?
    /// The scene around what is kept, for models that accept one.
    public var layout: SceneLayout?
    public var sketch: Sketch?
    /// Of this many steps one computes all of the UNet, and the others its highest resolution only: quicker, and not the same picture
    /// (DeepCache, arXiv 2312.00858). 1 computes everything; steps with ControlNets always do.
    public var reuse = 1
    /// Whether encoded pictures are drawn from their distribution, as diffusers' pipelines do, or are its mean.
    public var samplesLatents = true

    public init(
        prompt: String, width: Int, height: Int, steps: Int, guidanceScale: Float, seed: UInt64, scheduler: SchedulerKind
    ) {
        (self.prompt, self.width, self.height) = (prompt, width, height)
        (self.steps, self.guidanceScale, self.seed, self.scheduler) = (steps, guidanceScale, seed, scheduler)
    }
}

/// Files that change what a model does.
public struct Adapters: Sendable, Equatable {
    /// A LoRA file and how much of it is applied.
    public struct WeightedFile: Sendable, Equatable {
        public var url: URL
        public var weight: Float

        public init(url: URL, weight: Float = 1) {
            (self.url, self.weight) = (url, weight)
        }
    }

    public var loras: [WeightedFile] = []
    /// Textual inversions; each is called in prompts by its file's name.
    public var embeddings: [URL] = []
    /// Diffusers folders or single files.
    public var controlNets: [URL] = []
    public var ipAdapter: URL?
    /// A transformers folder; nil for the model's own, or the one beside the adapter.
    public var imageEncoder: URL?

    public init() {}
}
