/// The noise levels of a sampler that counts in sigma = noise / signal.
struct SigmaSchedule {
    /// The smallest product of alphas under a schedule that ends in pure noise, so that sigma stays finite (diffusers uses 2^-24).
    static let smallestAlpha: Float = 0x1p-24

    /// One sigma a timestep, then the level after the last step.
    let values: [Float]

    init(_ configuration: SchedulerConfiguration, timesteps: [Double]) {
        let all = NoiseSchedule(configuration, smallestAlpha: Self.smallestAlpha).sigmas
        let visited = timesteps.map { Self.interpolated(all, at: $0) }
        let final: Float =
            switch configuration.finalSigma {
            case .zero: 0
            case .smallest: all[0]
            }
        values = visited + [final]
    }

    /// numpy.interp over whole positions.
    private static func interpolated(_ values: [Float], at position: Double) -> Float {
        let lower = min(max(Int(position), 0), values.count - 1)
        let upper = min(lower + 1, values.count - 1)
        let slope = Double(values[upper]) - Double(values[lower])
        return Float(Double(values[lower]) + slope * (position - Double(lower)))
    }
}
