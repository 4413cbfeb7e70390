import Foundation

/// How much of the signal is left at each training timestep.
///
/// Reproduces diffusers' schedulers (`scheduling_ddim.py`): betas in float32, their running product accumulated in
/// float64 and rounded, as torch's CPU `cumprod` does.
struct NoiseSchedule {
    /// Product of (1 - beta) up to each timestep: the share of the signal's variance that is left.
    let alphasCumprod: [Float]

    /// - Parameter smallestAlpha: what to put in the place of a last product of exactly zero, for schedulers that divide by it
    init(_ configuration: SchedulerConfiguration, smallestAlpha: Float? = nil) {
        let count = configuration.trainTimesteps
        var alphas: [Float]
        switch configuration.betaSchedule {
        case .linear:
            alphas = Self.linspace(Float(configuration.betaStart), Float(configuration.betaEnd), count: count).map { 1 - $0 }
        case .scaledLinear:
            let roots = Self.linspace(Float(configuration.betaStart.squareRoot()), Float(configuration.betaEnd.squareRoot()), count: count)
            alphas = roots.map { 1 - $0 * $0 }
        }
        if configuration.rescalesBetasToZeroSNR { alphas = Self.rescaledToZeroSNR(alphas) }
        var products = Self.runningProduct(alphas)
        if configuration.rescalesBetasToZeroSNR, let smallestAlpha, let last = products.indices.last {
            products[last] = smallestAlpha
        }
        alphasCumprod = products
    }

    /// Noise over signal, sqrt((1 - a) / a), at each training timestep.
    var sigmas: [Float] { alphasCumprod.map { ((1 - $0) / $0).squareRoot() } }

    /// torch.linspace: counted from the nearer end.
    private static func linspace(_ start: Float, _ end: Float, count: Int) -> [Float] {
        let step = (end - start) / Float(count - 1)
        return (0..<count).map { index in
            index < count / 2 ? start + step * Float(index) : end - step * Float(count - 1 - index)
        }
    }

    private static func runningProduct(_ factors: [Float]) -> [Float] {
        var product = 1.0
        return factors.map { factor in
            product *= Double(factor)
            return Float(product)
        }
    }

    /// "Common Diffusion Noise Schedules and Sample Steps are Flawed" (arXiv 2305.08891), algorithm 1.
    private static func rescaledToZeroSNR(_ alphas: [Float]) -> [Float] {
        let roots = runningProduct(alphas).map { $0.squareRoot() }
        guard let first = roots.first, let last = roots.last else { return alphas }
        let products = roots.map { root in
            let shifted = (root - last) * (first / (first - last))
            return shifted * shifted
        }
        let rescaled = zip(products.dropFirst(), products).map { 1 - (1 - $0 / $1) }
        return [1 - (1 - products[0])] + rescaled
    }
}
