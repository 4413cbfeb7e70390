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

/// Denoising as a sequence: each call of `next()` takes one step.
public struct DenoisingSequence {
    /// Steps in all.
    public let count: Int

    private let unet: UNet
    private let prompt: UNet.PromptContext
    /// Mask and masked-image latent, `[1, height, width, 1 + channels]`.
    private let conditioning: Tensor
    private let guidanceScale: Float
    private let cancellation: CancellationFlag
    private let firstStep: Int
    private var scheduler: any Scheduler
    private var latent: Tensor
    private var stepsTaken = 0

    /// - Parameters:
    ///   - prompt: a batch of two, negative and positive, to be guided; a batch of one to be not
    ///   - latent: where to start, noisy as timestep `firstStep` of the scheduler is
    init(
        unet: UNet, prompt: UNet.PromptContext, conditioning: Tensor, guidanceScale: Float, scheduler: any Scheduler, latent: Tensor,
        firstStep: Int, cancellation: CancellationFlag
    ) {
        self.unet = unet
        self.prompt = prompt
        self.conditioning = conditioning
        self.guidanceScale = guidanceScale
        self.scheduler = scheduler
        self.latent = latent
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
        // Nine channels in this order: noisy latent, mask, masked picture.
        let input = try concatenateChannels([scheduler.scaledInput(latent, at: position), conditioning])
        let output = try unet(
            repeatedBatch(input, count: prompt.batch), timestep: timestep, prompt: prompt, cancellation: cancellation)
        let step = scheduler.step(modelOutput: guided(output), at: position, sample: latent)
        latent = step.previousSample
        stepsTaken += 1
        return DenoisingStep(
            index: stepsTaken, count: count, timestep: Int(timestep.rounded()), latent: latent, predictedOriginal: step.predictedOriginal)
    }

    /// Classifier-free guidance (arXiv 2207.12598): away from the negative prompt's prediction, towards the prompt's.
    private func guided(_ output: Tensor) -> Tensor {
        guard prompt.batch == 2 else { return output }
        let parts = splitBatch(output)
        return combined(1 - guidanceScale, parts[0], guidanceScale, parts[1])
    }
}
