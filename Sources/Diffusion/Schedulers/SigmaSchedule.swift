import Foundation

/// The noise levels of a sampler that counts in sigma = noise / signal.
struct SigmaSchedule {
    /// The smallest product of alphas under a schedule that ends in pure noise, so that sigma stays finite (diffusers uses 2^-24).
    private static let smallestAlpha: Float = 0x1p-24

    /// How a sampler that moves the levels off the timesteps finds its timesteps again.
    enum Style {
        /// Levels run from the first to the last timestep's, timesteps may be fractions (Euler, Heun).
        case fractional
        /// Levels run over the whole training schedule, timesteps are whole (DPM++, UniPC).
        case whole
    }

    /// One sigma a timestep, then the level after the last step.
    let values: [Float]
    /// The timesteps those sigmas belong to; other than those asked for where the spacing of sigmas moves them.
    let timesteps: [Double]

    /// - Parameter timesteps: as the spacing places them, noisiest first
    init(_ configuration: SchedulerConfiguration, timesteps: [Double], style: Style) {
        let all = NoiseSchedule(configuration, smallestAlpha: Self.smallestAlpha).sigmas
        var sigmas = timesteps.map { Self.interpolated(all, at: $0) }
        var placed = timesteps
        if configuration.sigmaSpacing != .schedule {
            let largest = style == .whole ? Double(all[all.count - 1]) : sigmas[0]
            let smallest = style == .whole ? Double(all[0]) : sigmas[sigmas.count - 1]
            sigmas = Self.spaced(configuration.sigmaSpacing, from: largest, to: smallest, count: sigmas.count)
            placed = sigmas.map { Self.timestep(of: $0, in: all) }
            if style == .whole {
                // diffusers rounds with karras, and cuts the fraction off with exponential.
                placed = placed.map { $0.rounded(configuration.sigmaSpacing == .karras ? .toNearestOrEven : .down) }
            }
        }
        let final: Float =
            switch configuration.finalSigma {
            case .zero: 0
            case .smallest: all[0]
            }
        values = sigmas.map { Float($0) } + [final]
        self.timesteps = placed
    }

    /// Levels from the largest to the smallest.
    static func spaced(
        _ spacing: SigmaSpacing, from largest: Double, to smallest: Double, count: Int
    ) -> [Double] {
        // Evenly in a power's root, or in the logarithm.
        let rho = 7.0
        let (start, end) =
            spacing == .karras ? (pow(largest, 1 / rho), pow(smallest, 1 / rho)) : (log(largest), log(smallest))
        return (0..<count).map { index in
            let ramp = count > 1 ? Double(index) / Double(count - 1) : 0
            let value = start + ramp * (end - start)
            return spacing == .karras ? pow(value, rho) : exp(value)
        }
    }

    /// numpy.interp over whole positions.
    private static func interpolated(_ values: [Float], at position: Double) -> Double {
        let lower = min(max(Int(position), 0), values.count - 1)
        let upper = min(lower + 1, values.count - 1)
        let slope = Double(values[upper]) - Double(values[lower])
        return Double(values[lower]) + slope * (position - Double(lower))
    }

    /// The fractional timestep at which the training schedule has a level, between neighbours in the logarithm.
    private static func timestep(of sigma: Double, in all: [Float]) -> Double {
        let logarithm = log(max(sigma, 1e-10))
        let above = all.firstIndex { Double(log($0)) > logarithm } ?? all.count
        let lower = min(max(above - 1, 0), all.count - 2)
        let (low, high) = (Double(log(all[lower])), Double(log(all[lower + 1])))
        return Double(lower) + min(max((low - logarithm) / (low - high), 0), 1)
    }
}
