import Tensor

/// A sampler: the timesteps to visit and how to move from one to the next. Each is one call of the model; samplers of
/// higher order visit some twice.
///
/// A scheduler is a value made for one picture; it may remember earlier predictions between steps.
protocol Scheduler {
    /// Timesteps in the order they are visited, noisiest first, in units of the training schedule (0 up to, say, 999).
    var timesteps: [Float] { get }

    /// Calls of the model that a step takes once it is under way: 2 for Heun.
    var callsPerStep: Int { get }

    /// Standard deviation of the latent that denoising starts from.
    var initialNoiseSigma: Float { get }

    /// The latent as the model wants to see it at step `index`.
    func scaledInput(_ sample: Tensor, at index: Int) -> Tensor

    /// Moves `sample` from timestep `index` to the next.
    ///
    /// - Parameters:
    ///   - modelOutput: what the model predicts, noise or velocity, in the shape of `sample`
    ///   - sample: the latent at timestep `index`
    ///   - noise: where samplers that add noise draw it
    mutating func step(modelOutput: Tensor, at index: Int, sample: Tensor, noise: inout NoiseSource) -> SchedulerStep

    /// A clean latent with the noise of timestep `index` added.
    func addingNoise(_ noise: Tensor, to original: Tensor, at index: Int) -> Tensor
}

extension Scheduler {
    var callsPerStep: Int { 1 }
}

/// Where one step leads.
struct SchedulerStep {
    /// The latent at the next timestep.
    let previousSample: Tensor
    /// The clean latent as predicted from this step.
    let predictedOriginal: Tensor
}
