import Foundation
import Tensor

/// Pseudo numerical methods for diffusion models, arXiv 2202.09778: linear multistep over the last four predictions, begun
/// with Runge-Kutta steps or, as Stable Diffusion is configured, with one step taken twice;
/// numbers as diffusers `schedulers/scheduling_pndm.py`.
struct PNDMScheduler: Scheduler {
    /// Without Runge-Kutta one more than the steps: the second is visited twice.
    let timesteps: [Float]
    let initialNoiseSigma: Float = 1
    private let configuration: SchedulerConfiguration
    private let alphasCumprod: [Float]
    /// From a timestep to the one that a step leads to, whatever the spacing.
    private let stride: Int
    /// Calls that are Runge-Kutta's, four a step.
    private let rungeKuttaCalls: Int
    /// Predictions of the last steps, newest last.
    private var predictions: [Tensor] = []
    /// Runge-Kutta's weighted sum of a step's predictions so far.
    private var weighted: Tensor?
    /// Where the step that is taken in several calls began.
    private var start: Tensor?

    init(_ configuration: SchedulerConfiguration, steps: Int) throws {
        let spacing = configuration.timestepSpacing ?? .leading
        let visited = try spacing.timesteps(steps, configuration, skipsLast: false, rounded: true).map { Int($0) }
        stride = configuration.trainTimesteps / steps
        if configuration.skipsRungeKutta {
            timesteps = (visited.prefix(1) + visited.dropFirst().prefix(1) + visited.dropFirst()).map { Float($0) }
            rungeKuttaCalls = 0
        } else {
            guard steps >= 4 else {
                throw ModelError.invalidRequest(
                    "PNDM needs at least 4 steps to begin with Runge-Kutta: give it more, or choose another sampler")
            }
            let half = stride / 2
            // Each of the first four timesteps and the halfway point before it, every inner one twice (`set_timesteps`).
            let pairs = visited.prefix(4).flatMap { [$0 + half, $0] }.dropFirst()
            let doubled = pairs.flatMap { [$0, $0] }
            let rungeKutta = Array(doubled.dropFirst().dropLast())
            rungeKuttaCalls = rungeKutta.count
            timesteps = (rungeKutta + visited.dropFirst(3)).map { Float($0) }
        }
        alphasCumprod = NoiseSchedule(configuration).alphasCumprod
        self.configuration = configuration
    }

    func scaledInput(_ sample: Tensor, at index: Int) -> Tensor { sample }

    mutating func step(modelOutput: Tensor, at index: Int, sample: Tensor, noise: inout NoiseSource) -> SchedulerStep {
        let timestep = Int(timesteps[index])
        let original = original(modelOutput, sample, at: timestep)
        let previous =
            index < rungeKuttaCalls
            ? rungeKuttaStep(modelOutput, at: index, timestep: timestep, sample: sample)
            : multistep(modelOutput, at: index, timestep: timestep, sample: sample)
        return SchedulerStep(previousSample: previous, predictedOriginal: original)
    }

    func addingNoise(_ noise: Tensor, to original: Tensor, at index: Int) -> Tensor {
        let alpha = alphasCumprod[Int(timesteps[index])]
        return combined(alpha.squareRoot(), original, (1 - alpha).squareRoot(), noise)
    }

    /// Four calls a step with weights 1/6, 1/3, 1/3, 1/6.
    private mutating func rungeKuttaStep(_ modelOutput: Tensor, at index: Int, timestep: Int, sample: Tensor) -> Tensor {
        let target = timestep - (index % 2 == 0 ? stride / 2 : 0)
        let origin = Int(timesteps[index / 4 * 4])
        var prediction = modelOutput
        switch index % 4 {
        case 0:
            weighted = weighted.map { combined(1, $0, 1.0 / 6, modelOutput) } ?? mapped(modelOutput) { $0 / 6 }
            predictions.append(modelOutput)
            start = sample
        case 3:
            if let weighted { prediction = combined(1, weighted, 1.0 / 6, modelOutput) }
            weighted = nil
        default:
            weighted = weighted.map { combined(1, $0, 1.0 / 3, modelOutput) }
        }
        return moved(start ?? sample, from: origin, to: target, along: prediction)
    }

    private mutating func multistep(_ modelOutput: Tensor, at index: Int, timestep: Int, sample: Tensor) -> Tensor {
        var (from, to) = (timestep, timestep - stride)
        var sample = sample
        // The second call without Runge-Kutta repeats the first step, now with the mean of its ends.
        let repeats = index == 1 && rungeKuttaCalls == 0
        if repeats {
            (from, to) = (timestep + stride, timestep)
        } else {
            predictions = predictions.suffix(3) + [modelOutput]
        }
        let count = predictions.count
        var prediction = modelOutput
        if repeats {
            prediction = combined(0.5, modelOutput, 0.5, predictions[count - 1])
            sample = start ?? sample
            start = nil
        } else if count == 1 {
            start = sample
        } else {
            // Adams-Bashforth of order 2 to 4.
            let weights: [Float] =
                switch count {
                case 2: [1.5, -0.5]
                case 3: [23.0 / 12, -16.0 / 12, 5.0 / 12]
                default: [55.0 / 24, -59.0 / 24, 37.0 / 24, -9.0 / 24]
                }
            prediction = mapped(predictions[count - 1]) { $0 * weights[0] }
            for (age, weight) in weights.enumerated().dropFirst() {
                prediction = combined(1, prediction, weight, predictions[count - 1 - age])
            }
        }
        return moved(sample, from: from, to: to, along: prediction)
    }

    /// Formula 9 of the paper (`_get_prev_sample`).
    private func moved(_ sample: Tensor, from timestep: Int, to target: Int, along prediction: Tensor) -> Tensor {
        let alpha = alphasCumprod[min(timestep, alphasCumprod.count - 1)]
        let next = target >= 0 ? alphasCumprod[target] : (configuration.setAlphaToOne ?? false ? 1 : alphasCumprod[0])
        let epsilon: Tensor =
            switch configuration.predictionType {
            case .epsilon: prediction
            case .velocity: combined(alpha.squareRoot(), prediction, (1 - alpha).squareRoot(), sample)
            }
        let denominator = alpha * (1 - next).squareRoot() + (alpha * (1 - alpha) * next).squareRoot()
        return combined((next / alpha).squareRoot(), sample, -(next - alpha) / denominator, epsilon)
    }

    private func original(_ modelOutput: Tensor, _ sample: Tensor, at timestep: Int) -> Tensor {
        let alpha = alphasCumprod[timestep]
        switch configuration.predictionType {
        case .epsilon: return combined(1 / alpha.squareRoot(), sample, -((1 - alpha) / alpha).squareRoot(), modelOutput)
        case .velocity: return combined(alpha.squareRoot(), sample, -(1 - alpha).squareRoot(), modelOutput)
        }
    }
}
