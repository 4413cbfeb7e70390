import Tensor

/// One step of denoising.
public struct DenoisingStep {
    /// 1...count.
    public let index: Int
    public let count: Int
    /// Where in the training schedule the step was taken, noisiest first.
    public let timestep: Int
    /// The latent after the step, `[1, height, width, channels]`; after the last step it is what to decode.
    public let latent: Tensor
    /// The clean latent as predicted at this step, in the same shape: what to show meanwhile.
    public let predictedOriginal: Tensor
}

/// Denoising as a sequence: each call of `next()` takes one step, which is one call of the model.
public struct DenoisingSequence {
    /// Steps in all.
    public let count: Int

    private let unet: UNet
    private let prompt: UNet.PromptContext
    private let surroundings: Surroundings
    private let guidanceScale: Float
    private let cancellation: CancellationFlag
    private let firstStep: Int
    private var scheduler: any Scheduler
    private var noise: NoiseSource
    private var latent: Tensor
    private var stepsTaken = 0
    /// Calls from one that computes everything to the next; those between use its deep features.
    private let reuse: Int
    private let deep = UNet.DeepFeatures()

    /// What the model is told, or made to keep, beside the prompt.
    struct Surroundings {
        /// For an inpainting model: mask and masked-image latent, `[1, height, width, 1 + channels]`.
        var inpainting: Tensor?
        /// For a model with a layout: its maps, `[1, height, width, maps]`, zeros for none.
        var layout: Tensor?
        /// For any other: what is put back after every step.
        var known: KnownRegion?
        var controls: [ActiveControl] = []
    }

    /// The part of a picture that is kept by blending it in at each noise level.
    struct KnownRegion {
        /// The whole picture's latent.
        let latent: Tensor
        /// 1 for each cell to paint, 0 for each to keep, `[1, height, width, 1]`.
        let mask: Tensor
        /// The noise that denoising started from.
        let noise: Tensor
    }

    /// A ControlNet with its picture.
    struct ActiveControl {
        let net: ControlNet
        let prompt: UNet.PromptContext
        let hint: Tensor
        let scale: Float
        let period: ClosedRange<Float>

        /// Whether it is heard at step `index` of `count` (diffusers `controlnet_keep`).
        func isHeard(at index: Int, of count: Int) -> Bool {
            Float(index) / Float(count) >= period.lowerBound && Float(index + 1) / Float(count) <= period.upperBound
        }
    }

    /// - Parameters:
    ///   - prompt: a batch of two, negative and positive, to be guided; a batch of one to be not
    ///   - latent: where to start, noisy as timestep `firstStep` of the scheduler is
    ///   - noise: what samplers draw from on the way
    ///   - reuse: of this many calls one computes everything
    init(
        unet: UNet, prompt: UNet.PromptContext, surroundings: Surroundings, guidanceScale: Float, scheduler: any Scheduler,
        latent: Tensor, noise: NoiseSource, firstStep: Int, reuse: Int = 1, cancellation: CancellationFlag
    ) {
        self.reuse = reuse
        self.unet = unet
        self.prompt = prompt
        self.surroundings = surroundings
        self.guidanceScale = guidanceScale
        self.scheduler = scheduler
        self.latent = latent
        self.noise = noise
        self.firstStep = firstStep
        self.cancellation = cancellation
        count = scheduler.timesteps.count - firstStep
    }

    /// Takes the next step; nil after the last.
    ///
    /// - Throws: `CancellationError`, or what an operator throws
    public mutating func next() throws -> DenoisingStep? {
        guard stepsTaken < count else { return nil }
        try cancellation.check()
        let position = firstStep + stepsTaken
        let timestep = scheduler.timesteps[position]
        let scaled = scheduler.scaledInput(latent, at: position)
        let control = try controlResiduals(scaled, timestep: timestep)
        let packed = EngineStatistics.reorders
        let output = try prediction(input(scaled), timestep: timestep, control: control)
        // Weights on their way into their layouts leave large blocks behind that no later step asks for.
        if EngineStatistics.reorders != packed { StoragePool.shared.trim(above: Self.spareBytes) }
        let step = scheduler.step(modelOutput: guided(output), at: position, sample: latent, noise: &noise)
        latent = blended(step.previousSample, nextPosition: position + 1)
        stepsTaken += 1
        return DenoisingStep(
            index: stepsTaken, count: count, timestep: Int(timestep.rounded()), latent: latent, predictedOriginal: step.predictedOriginal)
    }

    /// Bytes that the packing of weights may leave behind.
    private static let spareBytes = 128 << 20

    private func prediction(_ input: Tensor, timestep: Float, control: ControlResiduals?) throws -> Tensor {
        if stepsTaken % reuse != 0, control == nil,
            let output = try unet.shallow(input, timestep: timestep, prompt: prompt, using: deep, cancellation: cancellation)
        {
            return output
        }
        return try unet(
            input, timestep: timestep, prompt: prompt, control: control, filling: reuse > 1 ? deep : nil, cancellation: cancellation)
    }

    /// What the UNet sees, channels in this order: noisy latent, mask, masked picture, layout.
    ///
    /// The unguided picture of a pair knows no layout, so that guidance strengthens what the layout says as well.
    private func input(_ scaled: Tensor) throws -> Tensor {
        let input = try surroundings.inpainting.map { try concatenateChannels([scaled, $0]) } ?? scaled
        guard let layout = surroundings.layout else { return repeatedBatch(input, count: prompt.batch) }
        let told = try concatenateChannels([input, layout])
        guard prompt.batch == 2 else { return repeatedBatch(told, count: prompt.batch) }
        return stackedBatch([try concatenateChannels([input, Tensor.zeros(layout.shape)]), told])
    }

    /// Classifier-free guidance (arXiv 2207.12598): away from the negative prompt's prediction, towards the prompt's.
    private func guided(_ output: Tensor) -> Tensor {
        guard prompt.batch == 2 else { return output }
        let parts = splitBatch(output)
        return combined(1 - guidanceScale, parts[0], guidanceScale, parts[1])
    }

    private func controlResiduals(_ scaled: Tensor, timestep: Float) throws -> ControlResiduals? {
        var sum: ControlResiduals?
        for control in surroundings.controls where control.isHeard(at: stepsTaken, of: count) {
            let residuals = try control.net(
                repeatedBatch(scaled, count: prompt.batch), timestep: timestep, prompt: control.prompt, hint: control.hint,
                scale: control.scale, cancellation: cancellation)
            sum = try sum.map { try $0 + residuals } ?? residuals
        }
        return sum
    }

    /// Puts the known region back, as noisy as the next step expects it, clean after the last.
    private func blended(_ latent: Tensor, nextPosition: Int) -> Tensor {
        guard let known = surroundings.known else { return latent }
        let kept =
            nextPosition < scheduler.timesteps.count ? scheduler.addingNoise(known.noise, to: known.latent, at: nextPosition) : known.latent
        let channels = latent.shape[3]
        let result = Tensor(shape: latent.shape)
        result.withUnsafeMutableBuffer { result in
            let (painted, kept, mask) = (latent.values, kept.values, known.mask.values)
            for index in result.indices {
                let share = mask[index / channels]
                result[index] = share * painted[index] + (1 - share) * kept[index]
            }
        }
        return result
    }
}
