import Imaging
import Tensor

extension DiffusionPipeline {
    /// Prepares a picture; each `next()` of the result takes a step.
    ///
    /// - Throws: `ModelError.invalidRequest`, or `CancellationError`
    public func denoise(_ request: RenderRequest, cancellation: CancellationFlag) throws -> DenoisingSequence {
        try check(request)
        let scheduler = try request.scheduler.makeScheduler(schedulerConfiguration(request), steps: request.steps)
        let prompt = try preparedPrompt(for: request, cancellation: cancellation)
        let start = try start(request, scheduler, cancellation: cancellation)
        var surroundings = start.surroundings
        surroundings.controls = try activeControls(request, prompt, cancellation: cancellation)
        return DenoisingSequence(
            unet: unet, prompt: prompt.context, surroundings: surroundings, guidanceScale: request.guidanceScale, scheduler: scheduler,
            latent: start.latent, noise: start.noise, firstStep: start.firstStep, reuse: request.reuse,
            cancellation: cancellation)
    }

    private func schedulerConfiguration(_ request: RenderRequest) -> SchedulerConfiguration {
        var configuration = blueprint.scheduler
        if let spacing = request.sigmaSpacing { configuration.sigmaSpacing = spacing }
        if let spacing = request.timestepSpacing { configuration.timestepSpacing = spacing }
        if let prediction = request.prediction { configuration.predictionType = prediction }
        return configuration
    }

    // MARK: The start

    private struct Start {
        var latent: Tensor
        var firstStep: Int
        var surroundings: DenoisingSequence.Surroundings
        var noise: NoiseSource
    }

    /// The last base, encoded, for candidates differ in their seeds only.
    struct PreparedBase {
        let base: RenderRequest.Base
        /// The whole picture; nil where it is not needed.
        let image: LatentDistribution?
        /// The picture without what is painted, for a mask.
        let masked: LatentDistribution?
        /// 1 for each cell to paint, 0 for each to keep.
        let mask: Tensor?
    }

    /// Where denoising starts, with random numbers drawn in the order of diffusers' pipelines: the picture's latent, the noise, the
    /// masked picture's latent, then what the sampler draws.
    private func start(_ request: RenderRequest, _ scheduler: any Scheduler, cancellation: CancellationFlag) throws -> Start {
        let scale = description.latentScale
        let channels = blueprint.autoencoder.latentChannels
        var source = NoiseSource(
            seed: request.seed, height: request.height / scale, width: request.width / scale, channels: channels)
        func latent(_ distribution: LatentDistribution?) throws -> Tensor? {
            try distribution.map { request.samplesLatents ? try $0.sampled(&source) : $0.mean }
        }
        let base = try preparedBase(for: request, cancellation: cancellation)
        let image = try latent(base.image)
        let noise = source.next()
        let masked = try latent(base.masked)

        var surroundings = DenoisingSequence.Surroundings()
        if blueprint.isInpainting, let mask = base.mask, let masked {
            surroundings.inpainting = try concatenateChannels([mask, masked])
            surroundings.layout = layout(request, like: mask)
        } else if let mask = base.mask, let image {
            surroundings.known = DenoisingSequence.KnownRegion(latent: image, mask: mask, noise: noise)
        }
        var start = Start(
            latent: mapped(noise) { $0 * scheduler.initialNoiseSigma }, firstStep: 0, surroundings: surroundings, noise: source)
        if let reference = request.colourReference {
            let first = StyleReference.firstStep(strength: request.colourStrength, steps: request.steps) * scheduler.callsPerStep
            if first > 0 {
                let picture = StyleReference.picture(reference, width: request.width, height: request.height)
                let coarse = StyleReference.coarse(try encode(picture, cancellation: cancellation).mean)
                start.latent = scheduler.addingNoise(noise, to: coarse, at: first)
                start.firstStep = first
            }
        } else if let sketch = request.sketch {
            let first = min(Int((sketch.share * Float(request.steps)).rounded()), request.steps - 1) * scheduler.callsPerStep
            if first > 0 {
                let picture = InpaintingConditioning.tensor(of: sketch.image)
                start.latent = scheduler.addingNoise(noise, to: try encode(picture, cancellation: cancellation).mean, at: first)
                start.firstStep = first
            }
        } else if let image, startsFromImage(request) {
            let skipped = request.steps - min(Int(Float(request.steps) * request.strength), request.steps)
            start.firstStep = skipped * scheduler.callsPerStep
            guard start.firstStep < scheduler.timesteps.count else {
                throw ModelError.invalidRequest(
                    "A strength of \(request.strength) leaves none of \(request.steps) steps: use more of either")
            }
            start.latent = scheduler.addingNoise(noise, to: image, at: start.firstStep)
        }
        return start
    }

    /// The layout's maps for a model that reads them; zeros stand for no layout.
    private func layout(_ request: RenderRequest, like mask: Tensor) -> Tensor? {
        guard blueprint.layoutChannels > 0 else { return nil }
        guard let layout = request.layout, case .inpainting(_, let kept) = request.base else {
            return Tensor.zeros([1, mask.shape[1], mask.shape[2], blueprint.layoutChannels])
        }
        return LayoutMap.tensor(layout, productMask: kept, latentScale: description.latentScale)
    }

    /// An inpainting run of full strength starts from noise alone.
    private func startsFromImage(_ request: RenderRequest) -> Bool {
        if case .image = request.base { return true }
        return request.strength < 1
    }

    private func preparedBase(for request: RenderRequest, cancellation: CancellationFlag) throws -> PreparedBase {
        var base = request.base
        // An inpainting model without a picture paints everything.
        if blueprint.isInpainting, case .none = base {
            base = .inpainting(
                RasterImage(width: request.width, height: request.height, fill: .midGrey),
                kept: Mask(width: request.width, height: request.height, fill: 0))
        }
        // An inpainting model that paints a picture over keeps nothing of it.
        if blueprint.isInpainting, case .image(let image) = base {
            base = .inpainting(image, kept: Mask(width: request.width, height: request.height, fill: 0))
        }
        let needsImage = !blueprint.isInpainting || request.strength < 1 || isImage(request.base)
        if let preparedBase, preparedBase.base == base, preparedBase.image != nil || !needsImage { return preparedBase }
        func encoded(_ picture: Tensor) throws -> LatentDistribution { try encode(picture, cancellation: cancellation) }
        let prepared: PreparedBase
        switch base {
        case .none:
            prepared = PreparedBase(base: base, image: nil, masked: nil, mask: nil)
        case .image(let image):
            prepared = PreparedBase(base: base, image: try encoded(InpaintingConditioning.tensor(of: image)), masked: nil, mask: nil)
        case .inpainting(let image, let kept):
            prepared = PreparedBase(
                base: base, image: needsImage ? try encoded(InpaintingConditioning.tensor(of: image)) : nil,
                masked: try encoded(InpaintingConditioning.maskedPicture(image, kept)),
                mask: InpaintingConditioning.latentMask(kept, latentScale: description.latentScale))
        }
        preparedBase = prepared
        return prepared
    }

    private func isImage(_ base: RenderRequest.Base) -> Bool {
        if case .image = base { return true }
        return false
    }

    // MARK: Checks

    private func check(_ request: RenderRequest) throws {
        func require(_ condition: Bool, _ problem: @autoclosure () -> String) throws {
            guard condition else { throw ModelError.invalidRequest(problem()) }
        }
        let (width, height, multiple) = (request.width, request.height, description.sizeMultiple)
        try require(
            width > 0 && height > 0 && width % multiple == 0 && height % multiple == 0,
            "A canvas of \(width) x \(height) does not fit the model: use multiples of \(multiple) pixels")
        func requireSize(_ size: (Int, Int), _ name: String) throws {
            try require(
                size == (width, height), "\(name) (\(size.0) x \(size.1)) and the canvas (\(width) x \(height)) differ in size")
        }
        switch request.base {
        case .none: break
        case .image(let image): try requireSize((image.width, image.height), "The picture")
        case .inpainting(let image, let kept):
            try requireSize((image.width, image.height), "The picture")
            try requireSize((kept.width, kept.height), "The mask")
        }
        if let sketch = request.sketch {
            try requireSize((sketch.image.width, sketch.image.height), "The sketch")
            try require((0...1).contains(sketch.share), "A sketch for \(sketch.share) of the steps makes no sense: use 0 to 1")
        }
        try require(
            request.guidanceScale.isFinite && request.guidanceScale >= 0,
            "A guidance scale of \(request.guidanceScale) makes no sense: use 1 to 20")
        try require((1...8).contains(request.reuse), "Computing one of \(request.reuse) steps makes no sense: use 1 to 8")
        try require((0...1).contains(request.strength), "A strength of \(request.strength) makes no sense: use 0 to 1")
        try require(!request.colourStrength.isNaN, "The reference's strength is not a number: use 0 to 1")
        let pictures = [request.colourReference].compactMap { $0 } + request.styles.map(\.image) + request.controls.map(\.image)
        try require(!pictures.contains { $0.width == 0 || $0.height == 0 }, "A reference picture is empty")
        try require(
            (request.controls.map(\.scale) + request.styles.map(\.scale)).allSatisfy(\.isFinite), "A scale is not a number: use 0 to 2")
        try require(
            request.controls.count == controlNets.count,
            "\(controlNets.count) ControlNets are loaded, but \(request.controls.count) control pictures are given")
        try require(request.styles.isEmpty || ipAdapter != nil, "A style picture needs an IP-Adapter, and none is loaded")
        try require(
            (0...64).contains(request.skippedLayers), "Skipping \(request.skippedLayers) layers of the text encoder makes no sense")
    }
}
