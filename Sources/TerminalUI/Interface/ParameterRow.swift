import Diffusion
import Foundation
import Imaging
import Studio

/// One line of the parameters pane: what it shows and how keys change it.
enum ParameterRow: Int, CaseIterable, Sendable {
    case steps, guidance, sampler, seed, size, candidates, reference, strength, layout, floorLine, light

    var title: String {
        switch self {
        case .steps: "Steps"
        case .guidance: "Guidance"
        case .sampler: "Sampler"
        case .seed: "Seed"
        case .size: "Size"
        case .candidates: "Candidates"
        case .reference: "Reference"
        case .strength: "Strength"
        case .layout: "Layout"
        case .floorLine: "Floor line"
        case .light: "Light"
        }
    }

    /// Whether a number can be typed.
    var takesNumber: Bool { [.steps, .guidance, .seed, .candidates, .strength, .floorLine].contains(self) }

    /// The value as the pane shows it.
    func value(in state: StudioState, language: Language = .english) -> String {
        let parameters = state.draft.parameters
        switch self {
        case .steps: return String(parameters.steps)
        case .guidance: return Self.decimal(parameters.guidance)
        case .sampler: return parameters.sampler.displayName
        case .seed:
            switch parameters.seed {
            case .random: return language("random")
            case .fixed(let seed): return String(seed)
            }
        case .size:
            guard let size = state.outputSize else { return parameters.aspect.rawValue }
            return parameters.aspect.rawValue + (size.width == size.height ? " \(size.width)²" : " \(size.width)×\(size.height)")
        case .candidates: return String(parameters.candidateCount)
        case .reference: return parameters.referenceName ?? language("none")
        case .strength: return Self.decimal(parameters.referenceStrength)
        case .layout: return language(parameters.layout.displayName)
        case .floorLine: return parameters.arrangement.floorLine.map(Self.percent) ?? language(Self.unset)
        case .light: return language(parameters.arrangement.light?.displayName ?? Self.unsetLight)
        }
    }

    /// The value in few columns, for the one-line pane.
    func shortValue(in state: StudioState, language: Language = .english) -> String {
        let parameters = state.draft.parameters
        switch self {
        case .steps: return language("{} steps", parameters.steps)
        case .guidance: return "cfg \(Self.decimal(parameters.guidance))"
        case .seed: return language("seed {}", value(in: state, language: language))
        case .size: return parameters.aspect.rawValue
        case .candidates: return "×\(parameters.candidateCount)"
        case .reference: return parameters.referenceName ?? language("no ref")
        case .strength: return parameters.referenceName == nil ? "" : Self.decimal(parameters.referenceStrength)
        case .layout: return parameters.layout == .auto ? "" : language(parameters.layout.displayName)
        case .floorLine: return parameters.arrangement.floorLine.map { language("floor {}", Self.percent($0)) } ?? ""
        case .light: return parameters.arrangement.light.map { language("light {}", language($0.displayName)) } ?? ""
        case .sampler: return value(in: state, language: language)
        }
    }

    /// The value `direction` places further (-1 or 1); nil where there is none.
    func change(by direction: Int, in state: StudioState) -> ParameterChange? {
        let parameters = state.draft.parameters
        switch self {
        case .steps: return .steps(parameters.steps + direction)
        case .guidance: return .guidance(((parameters.guidance * 2).rounded() + Double(direction)) / 2)
        case .sampler:
            return Self.neighbour(of: parameters.sampler, in: SchedulerKind.allCases, by: direction).map(ParameterChange.sampler)
        case .seed:
            switch parameters.seed {
            case .random: return .seed(.fixed(state.selectedCandidate?.seed ?? 1))
            case .fixed(let seed): return .seed(.fixed(direction < 0 ? seed &- 1 : seed &+ 1))
            }
        case .size: return Self.neighbour(of: parameters.aspect, in: AspectRatio.allCases, by: direction).map(ParameterChange.aspect)
        case .candidates: return .candidateCount(parameters.candidateCount + direction)
        case .reference:
            let choices: [String?] = [nil] + state.references
            return Self.neighbour(of: parameters.referenceName, in: choices, by: direction).map(ParameterChange.reference)
        case .strength:
            return .referenceStrength(((parameters.referenceStrength * 20).rounded() + Double(direction)) / 20)
        case .layout: return Self.neighbour(of: parameters.layout, in: LayoutKind.allCases, by: direction).map(ParameterChange.layout)
        case .floorLine:
            guard let line = parameters.arrangement.floorLine else { return .floorLine(0.4) }
            let next = ((line * 20).rounded() + Double(direction)) / 20
            return .floorLine(SceneArrangement.floorLineRange.contains(next) ? next : nil)
        case .light:
            let choices: [LightDirection?] = [nil] + LightDirection.allCases
            return Self.neighbour(of: parameters.arrangement.light, in: choices, by: direction).map(ParameterChange.light)
        }
    }

    /// The change that typed digits mean; nil where they are no number for this line.
    func change(typed text: String) -> ParameterChange? {
        switch self {
        case .steps: return Int(text).map(ParameterChange.steps)
        case .guidance: return Double(text).map(ParameterChange.guidance)
        case .seed: return UInt64(text).map { .seed(.fixed($0)) }
        case .candidates: return Int(text).map(ParameterChange.candidateCount)
        case .strength: return Double(text).map(ParameterChange.referenceStrength)
        case .floorLine: return Double(text).map { .floorLine($0 / 100) }
        case .sampler, .size, .reference, .layout, .light: return nil
        }
    }

    /// What Enter does: the shown candidate's seed is kept or let go, anything else goes one on.
    func activation(in state: StudioState) -> ParameterChange? {
        guard self == .seed else { return change(by: 1, in: state) }
        if case .fixed = state.draft.parameters.seed { return .seed(.random) }
        return .seed(.fixed(state.selectedCandidate?.seed ?? 1))
    }

    /// The value to fall back to.
    func reset(in state: StudioState) -> ParameterChange {
        let recommended = state.recommendedDraft.parameters
        switch self {
        case .steps: return .steps(recommended.steps)
        case .guidance: return .guidance(recommended.guidance)
        case .sampler: return .sampler(recommended.sampler)
        case .seed: return .seed(.random)
        case .size: return .aspect(recommended.aspect)
        case .candidates: return .candidateCount(recommended.candidateCount)
        case .reference: return .reference(nil)
        case .strength: return .referenceStrength(recommended.referenceStrength)
        case .layout: return .layout(recommended.layout)
        case .floorLine: return .floorLine(nil)
        case .light: return .light(nil)
        }
    }

    private static func neighbour<Value: Equatable>(of value: Value, in values: [Value], by direction: Int) -> Value? {
        guard !values.isEmpty else { return nil }
        let position = values.firstIndex(of: value) ?? 0
        return values[(position + direction + values.count) % values.count]
    }

    /// What stands where nothing is set by hand.
    private static let unset = "from the prompt"
    private static let unsetLight = "prompt or product"

    private static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }

    private static func decimal(_ value: Double) -> String {
        let hundredths = (value * 100).rounded()
        if hundredths.truncatingRemainder(dividingBy: 10) != 0 { return String(format: "%.2f", value) }
        return String(format: "%.1f", value)
    }
}

extension ParameterRow {
    /// Every value that can be named, for the palette; numbers have none.
    func choices(in state: StudioState) -> [(title: String, change: ParameterChange)] {
        switch self {
        case .sampler: SchedulerKind.allCases.map { ($0.displayName, .sampler($0)) }
        case .size: AspectRatio.allCases.map { ($0.rawValue, .aspect($0)) }
        case .reference: [("none", .reference(nil))] + state.references.map { ($0, .reference($0)) }
        case .layout: LayoutKind.allCases.map { ($0.displayName, .layout($0)) }
        case .light: [(Self.unsetLight, .light(nil))] + LightDirection.allCases.map { ($0.displayName, .light($0)) }
        case .floorLine: [(Self.unset, .floorLine(nil))]
        case .steps, .guidance, .seed, .candidates, .strength: []
        }
    }
}
