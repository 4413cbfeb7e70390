import Foundation
import Tensor

/// Heun's method on the probability flow, algorithm 1 of arXiv 2206.00364 without churn: an Euler step to the next level, then
/// the same step with the mean slope. Numbers as diffusers `schedulers/scheduling_heun_discrete.py`.
struct HeunDiscreteScheduler: Scheduler {
    /// Every timestep but the first twice.
    let timesteps: [Float]
    let callsPerStep = 2
    let initialNoiseSigma: Float
    private let configuration: SchedulerConfiguration
    /// The level of each call, then the last.
    private let sigmas: [Float]
    /// Set between the two calls of a step.
    private var halfway: (slope: Tensor, start: Tensor)?

    init(_ configuration: SchedulerConfiguration, steps: Int) throws {
        let spacing = configuration.timestepSpacing ?? .linspace
        let visited = try spacing.timesteps(steps, configuration, skipsLast: false, rounded: false)
        var plain = configuration
        // The class knows neither a last level of its own nor a rescaled schedule.
        plain.finalSigma = .zero
        plain.rescalesBetasToZeroSNR = false
        let schedule = SigmaSchedule(plain, timesteps: visited, style: .fractional)
        timesteps = [Float(schedule.timesteps[0])] + schedule.timesteps.dropFirst().flatMap { [Float($0), Float($0)] }
        sigmas = [schedule.values[0]] + schedule.values.dropFirst().dropLast().flatMap { [$0, $0] } + [schedule.values[steps]]
        initialNoiseSigma = spacing.initialSigma(largest: sigmas.max() ?? 1)
        self.configuration = configuration
    }

    func scaledInput(_ sample: Tensor, at index: Int) -> Tensor {
        let scale = 1 / (sigmas[index] * sigmas[index] + 1).squareRoot()
        return mapped(sample) { $0 * scale }
    }

    mutating func step(modelOutput: Tensor, at index: Int, sample: Tensor, noise: inout NoiseSource) -> SchedulerStep {
        // Odd calls look from the next level back.
        let sigma = sigmas[index]
        var original = configuration.predictionType.original(modelOutput, sample, sigma: sigma)
        // This class clips only where its own configuration says so.
        if configuration.className == "HeunDiscreteScheduler", let range = configuration.clipRange {
            original = mapped(original) { min(max($0, -range), range) }
        }
        let slope = combined(1 / sigma, sample, -1 / sigma, original)
        if let halfway {
            self.halfway = nil
            let mean = combined(0.5, halfway.slope, 0.5, slope)
            return SchedulerStep(
                previousSample: combined(1, halfway.start, sigmas[index] - sigmas[index - 1], mean), predictedOriginal: original)
        }
        if index < timesteps.count - 1 { halfway = (slope, sample) }
        return SchedulerStep(
            previousSample: combined(1, sample, sigmas[index + 1] - sigma, slope), predictedOriginal: original)
    }

    func addingNoise(_ noise: Tensor, to original: Tensor, at index: Int) -> Tensor {
        combined(1, original, sigmas[index], noise)
    }
}
