/// `scheduler/scheduler_config.json`: how noise was added in training and how timesteps are spaced
/// (diffusers `schedulers/scheduling_ddim.py` and its siblings).
///
/// Which scheduler class the file names does not matter: as `from_config` of diffusers does, any of ours takes the
/// values that are given and its own class's defaults for the rest.
struct SchedulerConfiguration: Decodable, Sendable {
    enum BetaSchedule: String, Decodable, Sendable {
        case linear
        /// Linear in the square root of beta.
        case scaledLinear = "scaled_linear"
    }

    enum PredictionType: String, Decodable, Sendable {
        case epsilon
        case velocity = "v_prediction"
    }

    enum TimestepSpacing: String, Decodable, Sendable {
        case leading
        case trailing
        case linspace
    }

    enum FinalSigma: String, Decodable, Sendable {
        case zero
        case smallest = "sigma_min"
    }

    var trainTimesteps = 1000
    var betaStart = 0.0001
    var betaEnd = 0.02
    var betaSchedule = BetaSchedule.linear
    var predictionType = PredictionType.epsilon
    /// nil: the scheduler's own default, leading for DDIM and linspace for the others.
    var timestepSpacing: TimestepSpacing?
    var stepsOffset = 0
    /// DDIM: the alpha product after the last step is 1, not that of timestep 0.
    var setAlphaToOne = true
    /// DDIM: the range the predicted clean latent is clipped to, if it is clipped.
    var clipRange: Float?
    var finalSigma = FinalSigma.zero
    /// DPM++: fall back to first order at the end of short schedules.
    var lowerOrderFinal = true
    var eulerAtFinal = false
    /// Euler and DPM++: noise levels spaced evenly in the seventh root of sigma (arXiv 2206.00364, equation 5).
    var usesKarrasSigmas = false
    /// Shift betas so that the last timestep is pure noise (arXiv 2305.08891, section 3.1).
    var rescalesBetasToZeroSNR = false

    init() {}

    private enum CodingKeys: String, CodingKey {
        case numTrainTimesteps, betaStart, betaEnd, betaSchedule, trainedBetas, predictionType, timestepSpacing, stepsOffset, setAlphaToOne
        case clipSample, clipSampleRange, thresholding, finalSigmasType, lowerOrderFinal, eulerAtFinal, rescaleBetasZeroSnr
        case useKarrasSigmas, useExponentialSigmas, useBetaSigmas, useLuLambdas, useFlowSigmas
        case className = "_className"
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let require = ConfigurationProblem.require
        let className = try values.decodeIfPresent(String.self, forKey: .className)
        if let name = className {
            try require(
                !name.contains("FlowMatch") && !name.contains("LCM") && !name.contains("EDM"),
                "models trained for \(name) are not supported")
        }
        let switches: [(CodingKeys, String)] = [
            (.thresholding, "thresholding"), (.useExponentialSigmas, "use_exponential_sigmas"),
            (.useBetaSigmas, "use_beta_sigmas"), (.useLuLambdas, "use_lu_lambdas"), (.useFlowSigmas, "use_flow_sigmas"),
        ]
        for (key, name) in switches where try values.decodeIfPresent(Bool.self, forKey: key) == true {
            throw ConfigurationProblem("\(name) is not supported")
        }
        try require(try values.decodeIfPresent([Double].self, forKey: .trainedBetas) == nil, "trained_betas is not supported")

        trainTimesteps = try values.decodeIfPresent(Int.self, forKey: .numTrainTimesteps) ?? trainTimesteps
        betaStart = try values.decodeIfPresent(Double.self, forKey: .betaStart) ?? betaStart
        betaEnd = try values.decodeIfPresent(Double.self, forKey: .betaEnd) ?? betaEnd
        betaSchedule = try values.decodeIfPresent(BetaSchedule.self, forKey: .betaSchedule) ?? betaSchedule
        predictionType = try values.decodeIfPresent(PredictionType.self, forKey: .predictionType) ?? predictionType
        timestepSpacing = try values.decodeIfPresent(TimestepSpacing.self, forKey: .timestepSpacing)
        stepsOffset = try values.decodeIfPresent(Int.self, forKey: .stepsOffset) ?? stepsOffset
        setAlphaToOne = try values.decodeIfPresent(Bool.self, forKey: .setAlphaToOne) ?? setAlphaToOne
        // DDIM clips unless told not to; files of other classes don't know the key and never mean it for latents.
        let clipsByDefault = className == "DDIMScheduler"
        if try values.decodeIfPresent(Bool.self, forKey: .clipSample) ?? clipsByDefault {
            clipRange = try values.decodeIfPresent(Float.self, forKey: .clipSampleRange) ?? 1
        }
        finalSigma = try values.decodeIfPresent(FinalSigma.self, forKey: .finalSigmasType) ?? finalSigma
        lowerOrderFinal = try values.decodeIfPresent(Bool.self, forKey: .lowerOrderFinal) ?? lowerOrderFinal
        eulerAtFinal = try values.decodeIfPresent(Bool.self, forKey: .eulerAtFinal) ?? eulerAtFinal
        usesKarrasSigmas = try values.decodeIfPresent(Bool.self, forKey: .useKarrasSigmas) ?? usesKarrasSigmas
        rescalesBetasToZeroSNR = try values.decodeIfPresent(Bool.self, forKey: .rescaleBetasZeroSnr) ?? rescalesBetasToZeroSNR

        let last = trainTimesteps
        try require((2...100_000).contains(last), "num_train_timesteps \(last) makes no sense")
        try require((0..<last).contains(stepsOffset), "steps_offset \(stepsOffset) makes no sense")
        try require(
            !(rescalesBetasToZeroSNR && predictionType == .epsilon), "rescale_betas_zero_snr needs prediction_type v_prediction")
        try require(betaStart > 0 && betaStart <= betaEnd && betaEnd < 1, "betas from \(betaStart) to \(betaEnd) make no sense")
    }
}
