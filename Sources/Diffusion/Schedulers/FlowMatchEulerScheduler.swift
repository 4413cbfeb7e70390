import Foundation
import Tensor

/// Euler's method for models trained by flow matching, whose latents are (1 - sigma) signal + sigma noise and which predict
/// noise less signal; numbers as diffusers `schedulers/scheduling_flow_match_euler_discrete.py`.
struct FlowMatchEulerScheduler: Scheduler {
    let timesteps: [Float]
    let initialNoiseSigma: Float = 1
    private let sigmas: [Float]

    /// - Parameter shift: above 1, more steps are spent where there is much noise
    init(_ configuration: SchedulerConfiguration, shift: Double, steps: Int) throws {
        let length = configuration.trainTimesteps
        guard (1...length).contains(steps) else {
            throw ModelError.invalidRequest("\(steps) steps are not possible: choose between 1 and \(length)")
        }
        func shifted(_ sigma: Double) -> Double { shift * sigma / (1 + (shift - 1) * sigma) }
        // The ends are shifted when the class is made, in float32, and everything once more when the steps are set.
        let (largest, smallest) = (Double(Float(shifted(1))), Double(Float(shifted(1 / Double(length)))))
        var levels = (0..<steps).map { index in
            let ramp = steps > 1 ? Double(index) / Double(steps - 1) : 0
            return shifted(largest + ramp * (smallest - largest))
        }
        if configuration.sigmaSpacing != .schedule {
            levels = SigmaSchedule.spaced(configuration.sigmaSpacing, from: levels[0], to: levels[steps - 1], count: steps)
        }
        sigmas = levels.map { Float($0) } + [0]
        timesteps = sigmas.dropLast().map { $0 * Float(length) }
    }

    func scaledInput(_ sample: Tensor, at index: Int) -> Tensor { sample }

    mutating func step(modelOutput: Tensor, at index: Int, sample: Tensor, noise: inout NoiseSource) -> SchedulerStep {
        SchedulerStep(
            previousSample: combined(1, sample, sigmas[index + 1] - sigmas[index], modelOutput),
            predictedOriginal: combined(1, sample, -sigmas[index], modelOutput))
    }

    func addingNoise(_ noise: Tensor, to original: Tensor, at index: Int) -> Tensor {
        combined(1 - sigmas[index], original, sigmas[index], noise)
    }
}
