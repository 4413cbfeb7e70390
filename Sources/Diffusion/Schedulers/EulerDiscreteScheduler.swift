import Foundation
import Tensor

/// Euler's method on the probability flow, algorithm 2 of arXiv 2206.00364 without churn, or with the noise of ancestral
/// sampling; numbers as diffusers `schedulers/scheduling_euler_discrete.py` and `scheduling_euler_ancestral_discrete.py`.
///
/// Latents here are signal + sigma noise, so they are larger than those of DDIM.
struct EulerDiscreteScheduler: Scheduler {
    let timesteps: [Float]
    let initialNoiseSigma: Float
    private let predictionType: Prediction
    private let sigmas: [Float]
    private let addsNoise: Bool

    /// - Parameter addsNoise: Euler ancestral, for which diffusers knows the plain spacing of levels only
    init(_ configuration: SchedulerConfiguration, steps: Int, addsNoise: Bool) throws {
        let spacing = configuration.timestepSpacing ?? .linspace
        let visited = try spacing.timesteps(steps, configuration, skipsLast: false, rounded: false)
        var configuration = configuration
        if addsNoise {
            configuration.sigmaSpacing = .schedule
            configuration.finalSigma = .zero
        }
        let schedule = SigmaSchedule(configuration, timesteps: visited, style: .fractional)
        timesteps = schedule.timesteps.map { Float($0) }
        sigmas = schedule.values
        predictionType = configuration.predictionType
        initialNoiseSigma = spacing.initialSigma(largest: sigmas.max() ?? 1)
        self.addsNoise = addsNoise
    }

    func scaledInput(_ sample: Tensor, at index: Int) -> Tensor {
        let scale = 1 / (sigmas[index] * sigmas[index] + 1).squareRoot()
        return mapped(sample) { $0 * scale }
    }

    mutating func step(modelOutput: Tensor, at index: Int, sample: Tensor, noise: inout NoiseSource) -> SchedulerStep {
        let (sigma, next) = (sigmas[index], sigmas[index + 1])
        let original = predictionType.original(modelOutput, sample, sigma: sigma)
        guard addsNoise else {
            // sample + (sample - original) / sigma * (next - sigma)
            let ratio = next / sigma
            return SchedulerStep(previousSample: combined(ratio, sample, 1 - ratio, original), predictedOriginal: original)
        }
        // Down further than the next level, and up again by noise.
        let up = (next * next * (sigma * sigma - next * next) / (sigma * sigma)).squareRoot()
        let ratio = (next * next - up * up).squareRoot() / sigma
        let lower = combined(ratio, sample, 1 - ratio, original)
        return SchedulerStep(previousSample: combined(1, lower, up, noise.next()), predictedOriginal: original)
    }

    func addingNoise(_ noise: Tensor, to original: Tensor, at index: Int) -> Tensor {
        combined(1, original, sigmas[index], noise)
    }
}

extension Prediction {
    /// The clean latent that a prediction means, for a sample of signal + sigma noise.
    func original(_ modelOutput: Tensor, _ sample: Tensor, sigma: Float) -> Tensor {
        switch self {
        case .epsilon: return combined(1, sample, -sigma, modelOutput)
        case .velocity:
            let variance = sigma * sigma + 1
            return combined(1 / variance, sample, -sigma / variance.squareRoot(), modelOutput)
        }
    }
}

extension TimestepSpacing {
    /// Standard deviation of a start of signal + sigma noise. Leading spacing does not start at the last timestep, where
    /// only noise is left, so the signal's variance counts too.
    func initialSigma(largest: Float) -> Float {
        self == .leading ? (largest * largest + 1).squareRoot() : largest
    }
}
