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

    enum FinalSigma: String, Decodable, Sendable {
        case zero
        case smallest = "sigma_min"
    }

    var trainTimesteps = 1000
    var betaStart = 0.0001
    var betaEnd = 0.02
    var betaSchedule = BetaSchedule.linear
    var predictionType = Prediction.epsilon
    /// nil: the scheduler's own default, leading for DDIM and linspace for the others.
    var timestepSpacing: TimestepSpacing?
    var stepsOffset = 0
    /// Whether the alpha product after the last step is 1, not that of timestep 0; nil: the sampler's own default, true for DDIM
    /// and false for PNDM.
    var setAlphaToOne: Bool?
    /// DDIM: the range the predicted clean latent is clipped to, if it is clipped.
    var clipRange: Float?
    var finalSigma = FinalSigma.zero
    /// DPM++: fall back to first order at the end of short schedules.
    var lowerOrderFinal = true
    var eulerAtFinal = false
    /// Euler, Heun, DPM++ and UniPC.
    var sigmaSpacing = SigmaSpacing.schedule
    /// PNDM: begin with linear multistep at once rather than with Runge-Kutta steps.
    var skipsRungeKutta = false
    /// LCM: the steps that the model was distilled for.
    var originalSteps = 50
    /// LCM: multiplies timesteps in the boundary condition.
    var timestepScaling: Float = 10
    /// Not nil for a model trained by flow matching: how its noise levels are shifted towards noise.
    var flowShift: Double?
    /// What `_class_name` says; nil where it says nothing.
    var className: String?
    /// Shift betas so that the last timestep is pure noise (arXiv 2305.08891, section 3.1).
    var rescalesBetasToZeroSNR = false

    init() {}

    private enum CodingKeys: String, CodingKey {
        case numTrainTimesteps, betaStart, betaEnd, betaSchedule, trainedBetas, predictionType, timestepSpacing, stepsOffset, setAlphaToOne
        case skipPrkSteps, originalInferenceSteps, timestepScaling, shift, useDynamicShifting, shiftTerminal, invertSigmas
        case stochasticSampling, clipSample, clipSampleRange, thresholding, finalSigmasType, lowerOrderFinal, eulerAtFinal,
            rescaleBetasZeroSnr
        case useKarrasSigmas, useExponentialSigmas, useBetaSigmas, useLuLambdas, useFlowSigmas
        case className = "_className"
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let require = ConfigurationProblem.require
        let className = try values.decodeIfPresent(String.self, forKey: .className)
        self.className = className
        try require(className?.contains("EDM") != true, "models trained for \(className ?? "") are not supported")
        let switches: [(CodingKeys, String)] = [
            (.thresholding, "thresholding"), (.useDynamicShifting, "use_dynamic_shifting"), (.invertSigmas, "invert_sigmas"),
            (.stochasticSampling, "stochastic_sampling"),
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
        predictionType = try values.decodeIfPresent(Prediction.self, forKey: .predictionType) ?? predictionType
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
        if try values.decodeIfPresent(Bool.self, forKey: .useKarrasSigmas) == true { sigmaSpacing = .karras }
        if try values.decodeIfPresent(Bool.self, forKey: .useExponentialSigmas) == true {
            try require(sigmaSpacing == .schedule, "use_karras_sigmas and use_exponential_sigmas exclude each other")
            sigmaSpacing = .exponential
        }
        skipsRungeKutta = try values.decodeIfPresent(Bool.self, forKey: .skipPrkSteps) ?? skipsRungeKutta
        originalSteps = try values.decodeIfPresent(Int.self, forKey: .originalInferenceSteps) ?? originalSteps
        timestepScaling = try values.decodeIfPresent(Float.self, forKey: .timestepScaling) ?? timestepScaling
        if className?.contains("FlowMatch") == true {
            flowShift = try values.decodeIfPresent(Double.self, forKey: .shift) ?? 1
            try require(try values.decodeIfPresent(Double.self, forKey: .shiftTerminal) == nil, "shift_terminal is not supported")
        }
        rescalesBetasToZeroSNR = try values.decodeIfPresent(Bool.self, forKey: .rescaleBetasZeroSnr) ?? rescalesBetasToZeroSNR

        let last = trainTimesteps
        try require((2...100_000).contains(last), "num_train_timesteps \(last) makes no sense")
        try require((1...last).contains(originalSteps), "original_inference_steps \(originalSteps) makes no sense")
        try require(timestepScaling.isFinite && timestepScaling > 0, "timestep_scaling \(timestepScaling) makes no sense")
        try require(flowShift.map { $0.isFinite && $0 > 0 } ?? true, "shift \(flowShift ?? 0) makes no sense")
        try require((0..<last).contains(stepsOffset), "steps_offset \(stepsOffset) makes no sense")
        try require(
            !(rescalesBetasToZeroSNR && predictionType == .epsilon), "rescale_betas_zero_snr needs prediction_type v_prediction")
        try require(betaStart > 0 && betaStart <= betaEnd && betaEnd < 1, "betas from \(betaStart) to \(betaEnd) make no sense")
    }
}
