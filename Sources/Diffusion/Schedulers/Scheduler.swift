import Tensor

/// A sampler: the timesteps to visit and how to move from one to the next.
///
/// A scheduler is a value made for one picture; it may remember earlier predictions between steps.
public protocol Scheduler {
    /// Timesteps in the order they are visited, noisiest first, in units of the training schedule (0 up to, say, 999).
    var timesteps: [Float] { get }

    /// Standard deviation of the latent that denoising starts from.
    var initialNoiseSigma: Float { get }

    /// The latent as the model wants to see it at step `index`.
    func scaledInput(_ sample: Tensor, at index: Int) -> Tensor

    /// Moves `sample` from timestep `index` to the next.
    ///
    /// - Parameters:
    ///   - modelOutput: what the model predicts, noise or velocity, in the shape of `sample`
    ///   - sample: the latent at timestep `index`
    mutating func step(modelOutput: Tensor, at index: Int, sample: Tensor) -> SchedulerStep

    /// A clean latent with the noise of timestep `index` added.
    func addingNoise(_ noise: Tensor, to original: Tensor, at index: Int) -> Tensor
}

/// Where one step leads.
public struct SchedulerStep {
    /// The latent at the next timestep.
    public let previousSample: Tensor
    /// The clean latent as predicted from this step.
    public let predictedOriginal: Tensor
}

/// The samplers on offer.
public enum SchedulerKind: String, Codable, CaseIterable, Sendable {
    case ddim
    case euler
    case dpmpp2m = "dpmpp_2m"

    /// The name that people know it by.
    public var displayName: String {
        switch self {
        case .ddim: "DDIM"
        case .euler: "Euler"
        case .dpmpp2m: "DPM++ 2M"
        }
    }

    /// A scheduler for one picture.
    ///
    /// - Throws: `ModelError.invalidRequest` if `steps` is not between 1 and the length of the training schedule
    func makeScheduler(_ configuration: SchedulerConfiguration, steps: Int) throws -> any Scheduler {
        switch self {
        case .ddim: try DDIMScheduler(configuration, steps: steps)
        case .euler: try EulerDiscreteScheduler(configuration, steps: steps)
        case .dpmpp2m: try DPMSolverMultistepScheduler(configuration, steps: steps)
        }
    }
}
