import Foundation
import Tensor

/// UniPC of order 2 (`bh2`), arXiv 2302.04867: each prediction first corrects the step that led to it, then predicts the next;
/// numbers as diffusers `schedulers/scheduling_unipc_multistep.py`.
struct UniPCMultistepScheduler: Scheduler {
    let timesteps: [Float]
    let initialNoiseSigma: Float = 1
    private let configuration: SchedulerConfiguration
    private let levels: [UnitLevel]
    /// Predictions of the last two steps, newest last.
    private var originals: [Tensor] = []
    /// Where the last step started, corrected, and of which order it was.
    private var last: (sample: Tensor, order: Int)?

    private static let solverOrder = 2

    init(_ configuration: SchedulerConfiguration, steps: Int) throws {
        let spacing = configuration.timestepSpacing ?? .linspace
        let visited = try spacing.timesteps(steps, configuration, skipsLast: spacing != .trailing, rounded: true)
        let schedule = SigmaSchedule(configuration, timesteps: visited, style: .whole)
        timesteps = schedule.timesteps.map { Float($0) }
        levels = schedule.values.map(UnitLevel.init(sigma:))
        self.configuration = configuration
    }

    func scaledInput(_ sample: Tensor, at index: Int) -> Tensor { sample }

    mutating func step(modelOutput: Tensor, at index: Int, sample: Tensor, noise: inout NoiseSource) -> SchedulerStep {
        let original = levels[index].original(modelOutput, sample, configuration.predictionType)
        var start = sample
        if let last { start = corrected(from: last.sample, order: last.order, to: index, prediction: original) }
        originals = originals.suffix(Self.solverOrder - 1) + [original]
        let wanted = configuration.lowerOrderFinal ? min(Self.solverOrder, timesteps.count - index) : Self.solverOrder
        let order = min(wanted, originals.count)
        last = (start, order)
        return SchedulerStep(previousSample: predicted(from: start, order: order, at: index), predictedOriginal: original)
    }

    func addingNoise(_ noise: Tensor, to original: Tensor, at index: Int) -> Tensor {
        combined(levels[index].signal, original, levels[index].noise, noise)
    }

    /// From level `index` to the next (UniP).
    private func predicted(from sample: Tensor, order: Int, at index: Int) -> Tensor {
        let (from, to) = (levels[index], levels[index + 1])
        let h = to.lambda - from.lambda
        let newest = originals[originals.count - 1]
        var result = combined(to.noise / from.noise, sample, -to.signal * expm1(-h), newest)
        if order == 2 {
            let r = (levels[index - 1].lambda - from.lambda) / h
            let slope = combined(1 / r, originals[originals.count - 2], -1 / r, newest)
            result = combined(1, result, -to.signal * expm1(-h) * 0.5, slope)
        }
        return result
    }

    /// The step to level `index` again, now that the prediction there is known (UniC).
    private func corrected(from sample: Tensor, order: Int, to index: Int, prediction: Tensor) -> Tensor {
        let (from, to) = (levels[index - 1], levels[index])
        let h = to.lambda - from.lambda
        let known = originals[originals.count - 1]
        let weight = -to.signal * expm1(-h)
        var result = combined(to.noise / from.noise, sample, weight, known)
        let difference = combined(1, prediction, -1, known)
        if order == 1 { return combined(1, result, weight * 0.5, difference) }
        let r = (levels[index - 2].lambda - from.lambda) / h
        let slope = combined(1 / r, originals[originals.count - 2], -1 / r, known)
        let (first, second) = Self.correctorWeights(-h, r: r)
        result = combined(1, result, weight * first, slope)
        return combined(1, result, weight * second, difference)
    }

    /// Solves [1 1; r 1] rho = b of equation 12 for step `hh` in the direction of the solver.
    private static func correctorWeights(_ hh: Float, r: Float) -> (Float, Float) {
        let b = expm1(hh)
        let phi1 = b / hh - 1
        let phi2 = phi1 / hh - 0.5
        let (b0, b1) = (phi1 / b, phi2 * 2 / b)
        let first = (b0 - b1) / (1 - r)
        return (first, b0 - first)
    }
}
