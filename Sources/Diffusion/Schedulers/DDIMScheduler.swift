import Foundation
import Tensor

/// Denoising diffusion implicit models without added noise (eta 0), arXiv 2010.02502;
/// numbers as diffusers `schedulers/scheduling_ddim.py`.
struct DDIMScheduler: Scheduler {
    let timesteps: [Float]
    let initialNoiseSigma: Float = 1
    private let configuration: SchedulerConfiguration
    private let alphasCumprod: [Float]
    /// From a timestep to the one that a step leads to, whatever the spacing.
    private let stride: Int

    init(_ configuration: SchedulerConfiguration, steps: Int) throws {
        let spacing = configuration.timestepSpacing ?? .leading
        timesteps = try spacing.timesteps(steps, configuration, skipsLast: false, rounded: true).map { Float($0) }
        alphasCumprod = NoiseSchedule(configuration).alphasCumprod
        stride = configuration.trainTimesteps / steps
        self.configuration = configuration
    }

    func scaledInput(_ sample: Tensor, at index: Int) -> Tensor { sample }

    mutating func step(modelOutput: Tensor, at index: Int, sample: Tensor, noise: inout NoiseSource) -> SchedulerStep {
        let timestep = Int(timesteps[index])
        let alpha = alphasCumprod[timestep]
        let signal = alpha.squareRoot()
        let spread = (1 - alpha).squareRoot()
        var original: Tensor
        let epsilon: Tensor
        switch configuration.predictionType {
        case .epsilon:
            original = combined(1 / signal, sample, -spread / signal, modelOutput)
            epsilon = modelOutput
        case .velocity:
            original = combined(signal, sample, -spread, modelOutput)
            epsilon = combined(signal, modelOutput, spread, sample)
        }
        if let range = configuration.clipRange { original = mapped(original) { min(max($0, -range), range) } }
        let nextAlpha = alphaAfter(timestep)
        let previous = combined(nextAlpha.squareRoot(), original, (1 - nextAlpha).squareRoot(), epsilon)
        return SchedulerStep(previousSample: previous, predictedOriginal: original)
    }

    func addingNoise(_ noise: Tensor, to original: Tensor, at index: Int) -> Tensor {
        let alpha = alphasCumprod[Int(timesteps[index])]
        return combined(alpha.squareRoot(), original, (1 - alpha).squareRoot(), noise)
    }

    private func alphaAfter(_ timestep: Int) -> Float {
        let next = timestep - stride
        if next >= 0 { return alphasCumprod[next] }
        return configuration.setAlphaToOne ?? true ? 1 : alphasCumprod[0]
    }
}
