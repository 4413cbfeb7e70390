import Foundation
import Tensor

/// DPM-Solver++ (2M), arXiv 2211.01095, algorithm 2 with the midpoint form;
/// numbers as diffusers `schedulers/scheduling_dpmsolver_multistep.py` (`dpmsolver++`, order 2).
struct DPMSolverMultistepScheduler: Scheduler {
    let timesteps: [Float]
    let initialNoiseSigma: Float = 1
    private let configuration: SchedulerConfiguration
    private let levels: [Level]
    private var previousOriginal: Tensor?

    /// A noise level with unit variance: signal^2 + noise^2 = 1.
    private struct Level {
        let signal: Float
        let noise: Float
        /// log(signal / noise), infinite where there is no noise.
        let lambda: Float

        init(sigma: Float) {
            signal = 1 / (sigma * sigma + 1).squareRoot()
            noise = sigma * signal
            lambda = log(signal) - log(noise)
        }
    }

    init(_ configuration: SchedulerConfiguration, steps: Int) throws {
        let spacing = configuration.timestepSpacing ?? .linspace
        let visited = try spacing.timesteps(steps, configuration, skipsLast: spacing != .trailing, rounded: true)
        let schedule = SigmaSchedule(configuration, timesteps: visited, spansSchedule: true)
        timesteps = schedule.timesteps.map { Float($0) }
        levels = schedule.values.map(Level.init(sigma:))
        self.configuration = configuration
    }

    func scaledInput(_ sample: Tensor, at index: Int) -> Tensor { sample }

    mutating func step(modelOutput: Tensor, at index: Int, sample: Tensor) -> SchedulerStep {
        let current = levels[index]
        let next = levels[index + 1]
        let original: Tensor
        switch configuration.predictionType {
        case .epsilon: original = combined(1 / current.signal, sample, -current.noise / current.signal, modelOutput)
        case .velocity: original = combined(current.signal, sample, -current.noise, modelOutput)
        }
        let h = next.lambda - current.lambda
        let weight = -next.signal * (exp(-h) - 1)
        var direction = original
        if let previousOriginal, !isFirstOrder(index) {
            // Extrapolate half a step: D0 + D1 / 2 with D1 = (m0 - m1) / r.
            let r = (current.lambda - levels[index - 1].lambda) / h
            direction = combined(1 + 0.5 / r, original, -0.5 / r, previousOriginal)
        }
        previousOriginal = original
        return SchedulerStep(
            previousSample: combined(next.noise / current.noise, sample, weight, direction), predictedOriginal: original)
    }

    func addingNoise(_ noise: Tensor, to original: Tensor, at index: Int) -> Tensor {
        combined(levels[index].signal, original, levels[index].noise, noise)
    }

    /// The last step is of first order where the second would be unstable: onto zero noise, or at the end of a short schedule.
    private func isFirstOrder(_ index: Int) -> Bool {
        index == timesteps.count - 1
            && (configuration.eulerAtFinal || (configuration.lowerOrderFinal && timesteps.count < 15) || configuration.finalSigma == .zero)
    }
}
