/// The kinds of scene that a layout can be made for.
public enum LayoutKind: String, Codable, CaseIterable, Sendable {
    /// As the words of the prompt suggest.
    case auto
    /// None: the model decides.
    case off
    case sweep, table, wall, podium, open, cloth

    public var displayName: String {
        switch self {
        case .auto: "from the prompt"
        case .off: "off"
        case .sweep: "studio sweep"
        case .table: "table, far behind"
        case .wall: "floor and wall"
        case .podium: "podium"
        case .open: "open country"
        case .cloth: "cloth"
        }
    }
}

extension SceneLayout {
    /// The layout for a prompt; nil where there is to be none.
    ///
    /// Candidates with other seeds get another camera height and, unless the words name its side, another light. The numbers are
    /// medians of the scenes that the starter model was trained on, by kind of scene, and a fifth more than their spreads, for those differ in their
    /// products as well; open country shows more of its sky.
    public static func make(_ kind: LayoutKind, prompt: String, seed: UInt64) -> SceneLayout? {
        let words = LayoutWords(prompt)
        let resolved = kind == .auto ? words.kind : kind
        var chance = LayoutChance(seed: seed)
        let lift = chance.next(in: -0.27...0.27)
        let distance = chance.next(in: 0.65...1.45)
        let light = words.light(&chance)
        var layout: SceneLayout
        switch resolved {
        case .auto, .off: return nil
        case .sweep: layout = SceneLayout(horizon: 0, groundEnd: 0.24, backdrop: 0.24, light: light)
        case .table: layout = SceneLayout(horizon: 0.18, groundEnd: 0.33, backdrop: 0.11, light: light)
        case .wall: layout = SceneLayout(horizon: 0.02, groundEnd: 0.29, backdrop: words.isKitchen ? 0.2 : 0.29, light: light)
        case .podium:
            let far: Float = words.isOutdoors ? 0.11 : 0.26
            layout = SceneLayout(horizon: -0.02, groundEnd: far, backdrop: far, light: light)
            layout.stand = words.stand(&chance)
        case .open: layout = SceneLayout(horizon: 0.17, groundEnd: 0.12, backdrop: 0.1, light: light)
        case .cloth: layout = SceneLayout(horizon: -0.77, groundEnd: 0.17, backdrop: 0.17, light: light)
        }
        layout.horizon += lift + words.cameraLift
        layout.groundEnd *= distance
        layout.backdrop *= distance
        return layout
    }
}

/// Uniform numbers that only depend on a seed (SplitMix64; Steele, Lea, Flood 2014).
struct LayoutChance {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next(in range: ClosedRange<Float>) -> Float {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        bits ^= bits >> 31
        return range.lowerBound + (range.upperBound - range.lowerBound) * Float(bits >> 40) / Float(1 << 24)
    }
}
