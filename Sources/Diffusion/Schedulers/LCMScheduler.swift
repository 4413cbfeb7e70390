import Foundation
import Tensor

/// Latent consistency sampling, arXiv 2310.04378: each step predicts the clean latent, all but the last noise it again;
/// numbers as diffusers `schedulers/scheduling_lcm.py`.
struct LCMScheduler: Scheduler {
    /// Some of the steps that the model was distilled for.
    let timesteps: [Float]
    let initialNoiseSigma: Float = 1
    private let configuration: SchedulerConfiguration
    private let alphasCumprod: [Float]

    init(_ configuration: SchedulerConfiguration, steps: Int) throws {
        guard (1...configuration.originalSteps).contains(steps) else {
            throw ModelError.invalidRequest("\(steps) steps are not possible with LCM: choose between 1 and \(configuration.originalSteps)")
        }
        let distance = configuration.trainTimesteps / configuration.originalSteps
        let noisiestFirst = (1...configuration.originalSteps).reversed().map { $0 * distance - 1 }
        timesteps = (0..<steps).map { Float(noisiestFirst[$0 * noisiestFirst.count / steps]) }
        alphasCumprod = NoiseSchedule(configuration).alphasCumprod
        self.configuration = configuration
    }

    func scaledInput(_ sample: Tensor, at index: Int) -> Tensor { sample }

    mutating func step(modelOutput: Tensor, at index: Int, sample: Tensor, noise: inout NoiseSource) -> SchedulerStep {
        let alpha = alphasCumprod[Int(timesteps[index])]
        let (signal, spread) = (alpha.squareRoot(), (1 - alpha).squareRoot())
        var original: Tensor
        switch configuration.predictionType {
        case .epsilon: original = combined(1 / signal, sample, -spread / signal, modelOutput)
        case .velocity: original = combined(signal, sample, -spread, modelOutput)
        }
        if let range = configuration.clipRange { original = mapped(original) { min(max($0, -range), range) } }
        // The boundary condition of consistency models, with a data deviation of 0.5.
        let scaled = timesteps[index] * configuration.timestepScaling
        let variance = scaled * scaled + 0.25
        let denoised = combined(scaled / variance.squareRoot(), original, 0.25 / variance, sample)
        guard index < timesteps.count - 1 else { return SchedulerStep(previousSample: denoised, predictedOriginal: denoised) }
        let next = alphasCumprod[Int(timesteps[index + 1])]
        return SchedulerStep(
            previousSample: combined(next.squareRoot(), denoised, (1 - next).squareRoot(), noise.next()), predictedOriginal: denoised)
    }

    func addingNoise(_ noise: Tensor, to original: Tensor, at index: Int) -> Tensor {
        let alpha = alphasCumprod[Int(timesteps[index])]
        return combined(alpha.squareRoot(), original, (1 - alpha).squareRoot(), noise)
    }
}
