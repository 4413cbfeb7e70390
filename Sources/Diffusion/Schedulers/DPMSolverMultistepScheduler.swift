import Foundation
import Tensor

/// DPM-Solver++ (2M), arXiv 2211.01095, algorithm 2 with the midpoint form, and its stochastic edition;
/// numbers as diffusers `schedulers/scheduling_dpmsolver_multistep.py` (`dpmsolver++` and `sde-dpmsolver++`, order 2).
struct DPMSolverMultistepScheduler: Scheduler {
    let timesteps: [Float]
    let initialNoiseSigma: Float = 1
    private let configuration: SchedulerConfiguration
    private let levels: [UnitLevel]
    private let addsNoise: Bool
    private var previousOriginal: Tensor?

    init(_ configuration: SchedulerConfiguration, steps: Int, addsNoise: Bool) throws {
        let spacing = configuration.timestepSpacing ?? .linspace
        let visited = try spacing.timesteps(steps, configuration, skipsLast: spacing != .trailing, rounded: true)
        let schedule = SigmaSchedule(configuration, timesteps: visited, style: .whole)
        timesteps = schedule.timesteps.map { Float($0) }
        levels = schedule.values.map(UnitLevel.init(sigma:))
        self.configuration = configuration
        self.addsNoise = addsNoise
    }

    func scaledInput(_ sample: Tensor, at index: Int) -> Tensor { sample }

    mutating func step(modelOutput: Tensor, at index: Int, sample: Tensor, noise: inout NoiseSource) -> SchedulerStep {
        let current = levels[index]
        let next = levels[index + 1]
        let original = current.original(modelOutput, sample, configuration.predictionType)
        let h = next.lambda - current.lambda
        var direction = original
        if let previousOriginal, !isFirstOrder(index) {
            // Extrapolate half a step: D0 + D1 / 2 with D1 = (m0 - m1) / r.
            let r = (current.lambda - levels[index - 1].lambda) / h
            direction = combined(1 + 0.5 / r, original, -0.5 / r, previousOriginal)
        }
        previousOriginal = original
        let ratio = next.noise / current.noise
        guard addsNoise else {
            return SchedulerStep(
                previousSample: combined(ratio, sample, -next.signal * (exp(-h) - 1), direction), predictedOriginal: original)
        }
        let kept = combined(ratio * exp(-h), sample, next.signal * (1 - exp(-2 * h)), direction)
        return SchedulerStep(
            previousSample: combined(1, kept, next.noise * (1 - exp(-2 * h)).squareRoot(), noise.next()), predictedOriginal: original)
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
