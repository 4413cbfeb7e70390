import Foundation
import Tensor

/// Euler's method on the probability flow, algorithm 2 of arXiv 2206.00364 without churn;
/// numbers as diffusers `schedulers/scheduling_euler_discrete.py`.
///
/// Latents here are signal + sigma noise, so they are larger than those of DDIM.
struct EulerDiscreteScheduler: Scheduler {
    let timesteps: [Float]
    let initialNoiseSigma: Float
    private let predictionType: SchedulerConfiguration.PredictionType
    private let sigmas: [Float]

    init(_ configuration: SchedulerConfiguration, steps: Int) throws {
        let spacing = configuration.timestepSpacing ?? .linspace
        let visited = try spacing.timesteps(steps, configuration, skipsLast: false, rounded: false)
        let schedule = SigmaSchedule(configuration, timesteps: visited, spansSchedule: false)
        timesteps = schedule.timesteps.map { Float($0) }
        sigmas = schedule.values
        predictionType = configuration.predictionType
        let largest = sigmas.max() ?? 1
        // Leading spacing does not start at the last timestep, where only noise is left, so the signal's variance counts too.
        initialNoiseSigma = spacing == .leading ? (largest * largest + 1).squareRoot() : largest
    }

    func scaledInput(_ sample: Tensor, at index: Int) -> Tensor {
        let scale = 1 / (sigmas[index] * sigmas[index] + 1).squareRoot()
        return mapped(sample) { $0 * scale }
    }

    mutating func step(modelOutput: Tensor, at index: Int, sample: Tensor) -> SchedulerStep {
        let sigma = sigmas[index]
        let original: Tensor
        switch predictionType {
        case .epsilon:
            original = combined(1, sample, -sigma, modelOutput)
        case .velocity:
            let variance = sigma * sigma + 1
            original = combined(1 / variance, sample, -sigma / variance.squareRoot(), modelOutput)
        }
        // sample + (sample - original) / sigma * (next - sigma)
        let ratio = sigmas[index + 1] / sigma
        return SchedulerStep(previousSample: combined(ratio, sample, 1 - ratio, original), predictedOriginal: original)
    }

    func addingNoise(_ noise: Tensor, to original: Tensor, at index: Int) -> Tensor {
        combined(1, original, sigmas[index], noise)
    }
}
