/// The samplers on offer.
public enum SchedulerKind: String, Codable, CaseIterable, Sendable {
    case ddim
    case pndm
    /// For a model trained by flow matching, its own form of Euler's method.
    case euler
    case eulerAncestral = "euler_a"
    case heun
    case dpmpp2m = "dpmpp_2m"
    case dpmpp2mSDE = "dpmpp_2m_sde"
    case unipc
    case lcm

    /// The name that people know it by.
    public var displayName: String {
        switch self {
        case .ddim: "DDIM"
        case .pndm: "PNDM"
        case .euler: "Euler"
        case .eulerAncestral: "Euler a"
        case .heun: "Heun"
        case .dpmpp2m: "DPM++ 2M"
        case .dpmpp2mSDE: "DPM++ 2M SDE"
        case .unipc: "UniPC"
        case .lcm: "LCM"
        }
    }

    /// The sampler that a `scheduler_config.json` names; nil for one that is not on offer.
    init?(className: String) {
        switch className {
        case "DDIMScheduler": self = .ddim
        case "PNDMScheduler": self = .pndm
        case "EulerDiscreteScheduler", "FlowMatchEulerDiscreteScheduler": self = .euler
        case "EulerAncestralDiscreteScheduler": self = .eulerAncestral
        case "HeunDiscreteScheduler": self = .heun
        case "DPMSolverMultistepScheduler": self = .dpmpp2m
        case "UniPCMultistepScheduler": self = .unipc
        case "LCMScheduler": self = .lcm
        default: return nil
        }
    }

    /// A scheduler for one picture.
    ///
    /// - Throws: `ModelError.invalidRequest` if `steps` is not between 1 and the length of the training schedule
    func makeScheduler(_ configuration: SchedulerConfiguration, steps: Int) throws -> any Scheduler {
        if let shift = configuration.flowShift {
            guard self == .euler else {
                throw ModelError.invalidRequest("The model was trained by flow matching, which \(displayName) cannot follow: choose Euler")
            }
            return try FlowMatchEulerScheduler(configuration, shift: shift, steps: steps)
        }
        return switch self {
        case .ddim: try DDIMScheduler(configuration, steps: steps)
        case .pndm: try PNDMScheduler(configuration, steps: steps)
        case .euler: try EulerDiscreteScheduler(configuration, steps: steps, addsNoise: false)
        case .eulerAncestral: try EulerDiscreteScheduler(configuration, steps: steps, addsNoise: true)
        case .heun: try HeunDiscreteScheduler(configuration, steps: steps)
        case .dpmpp2m: try DPMSolverMultistepScheduler(configuration, steps: steps, addsNoise: false)
        case .dpmpp2mSDE: try DPMSolverMultistepScheduler(configuration, steps: steps, addsNoise: true)
        case .unipc: try UniPCMultistepScheduler(configuration, steps: steps)
        case .lcm: try LCMScheduler(configuration, steps: steps)
        }
    }
}
