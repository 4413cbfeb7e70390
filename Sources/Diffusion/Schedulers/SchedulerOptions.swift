/// What a model predicts of a noisy latent.
public enum Prediction: String, Codable, CaseIterable, Sendable {
    /// The noise.
    case epsilon
    /// Noise and signal in the proportion that keeps the variance (arXiv 2202.00512, appendix D).
    case velocity = "v_prediction"
}

/// Which of the training timesteps a sampler visits (table 2 of arXiv 2305.08891).
public enum TimestepSpacing: String, Codable, CaseIterable, Sendable {
    case leading
    case trailing
    case linspace
}

/// How noise levels lie between the first and the last.
public enum SigmaSpacing: String, Codable, CaseIterable, Sendable {
    /// As the timesteps have them.
    case schedule = "normal"
    /// Evenly in the seventh root of sigma (arXiv 2206.00364, equation 5).
    case karras
    /// Evenly in the logarithm of sigma.
    case exponential
}
