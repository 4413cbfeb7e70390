import Foundation
import Tensor

/// A noise level of unit variance, signal^2 + noise^2 = 1, as the DPM solvers count.
struct UnitLevel {
    let signal: Float
    let noise: Float
    /// log(signal / noise), infinite where there is no noise.
    let lambda: Float

    init(sigma: Float) {
        signal = 1 / (sigma * sigma + 1).squareRoot()
        noise = sigma * signal
        lambda = log(signal) - log(noise)
    }

    /// The clean latent that a prediction at this level means.
    func original(_ modelOutput: Tensor, _ sample: Tensor, _ prediction: Prediction) -> Tensor {
        switch prediction {
        case .epsilon: combined(1 / signal, sample, -noise / signal, modelOutput)
        case .velocity: combined(signal, sample, -noise, modelOutput)
        }
    }
}
