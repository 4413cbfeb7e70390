import Imaging

/// What a designer has set of a scene by hand; the words of the prompt and the seed decide the rest.
public struct SceneArrangement: Sendable, Equatable {
    /// Where a floor line can lie.
    public static let floorLineRange = 0.05...0.95

    /// The row where the ground ends and what stands behind begins, as a share of the canvas's height from its upper edge.
    public var floorLine: Double?
    public var light: LightDirection?

    public init(floorLine: Double? = nil, light: LightDirection? = nil) {
        self.floorLine = floorLine
        self.light = light
    }

    /// A scene with what is set here.
    func applied(to layout: SceneLayout, productMask: Mask) -> SceneLayout {
        var result = layout
        if let light { result.light = light.light(like: layout.light) }
        if let floorLine {
            let row = min(max(floorLine, Self.floorLineRange.lowerBound), Self.floorLineRange.upperBound)
            result = result.seen(withFloorLineAt: Float(row), productMask: productMask)
        }
        return result
    }
}

/// Where the main light comes from, seen by the camera.
public enum LightDirection: String, Codable, CaseIterable, Sendable {
    case left
    case frontLeft = "front-left"
    case front
    case frontRight = "front-right"
    case right
    case backRight = "back-right"
    case back
    case backLeft = "back-left"
    case above

    public var displayName: String {
        switch self {
        case .left: "from the left"
        case .frontLeft: "from front left"
        case .front: "from the front"
        case .frontRight: "from front right"
        case .right: "from the right"
        case .backRight: "from back right"
        case .back: "from behind"
        case .backLeft: "from back left"
        case .above: "from above"
        }
    }

    /// - Parameter other: the light in whose stead this one comes: as wide and, unless it comes from above, as high
    func light(like other: SceneLayout.Light) -> SceneLayout.Light {
        let eighths: Float =
            switch self {
            case .left: -2
            case .frontLeft: -1
            case .front, .above: 0
            case .frontRight: 1
            case .right: 2
            case .backRight: 3
            case .back: 4
            case .backLeft: -3
            }
        return SceneLayout.Light(
            azimuth: eighths * .pi / 4, elevation: self == .above ? 1.35 : min(other.elevation, 1), spread: other.spread)
    }
}

extension SceneLayout {
    /// The lowest that a floor line can lie above the product's foot, in heights of the canvas: below it the product would stand on nothing.
    private static let leastGround: Float = 0.03

    /// The least that is seen of what stands behind, and of the ground behind the product's foot, in heights of the canvas.
    private static let leastSeen: Float = 0.13

    /// The same scene by a camera that sees some of the ground around the product and, where the words say what that is, some of what stands
    /// behind. Whoever wants it from above, at eye level or on draped cloth, which fills the picture, has said what is seen.
    func balanced(_ kind: LayoutKind, prompt: String, productMask: Mask) -> SceneLayout {
        let words = LayoutWords(prompt)
        let map = LayoutMap(self, productMask: productMask)
        guard words.cameraLift == 0, (kind == .auto ? words.kind : kind) != .cloth, let edge = map.farEdge else { return self }
        let (highest, lowest) = (Self.leastSeen, map.foot.row - Self.leastSeen)
        // The further beyond, the further within: seeds whose cameras stood at unlike heights still differ.
        if edge > lowest {
            return seen(withFloorLineAt: max(lowest - min(edge - lowest, 0.4) / 2, min(highest, lowest)), productMask: productMask)
        }
        guard edge < highest, !PromptClauses(prompt).backdrop.isEmpty else { return self }
        return seen(withFloorLineAt: min(highest + min(highest - edge, 0.4) / 2, max(highest, lowest)), productMask: productMask)
    }

    /// The same scene by a camera so high that the ground ends at `row`, or as near to it as the product's foot allows.
    func seen(withFloorLineAt row: Float, productMask: Mask) -> SceneLayout {
        let foot = LayoutMap(self, productMask: productMask).foot.row
        let wanted = min(row, foot - Self.leastGround)
        // The line moves down as the horizon does.
        var (above, below) = (Float(-4), wanted)
        var result = self
        for _ in 0..<30 {
            result.horizon = (above + below) / 2
            if let edge = LayoutMap(result, productMask: productMask).farEdge, edge < wanted {
                above = result.horizon
            } else {
                below = result.horizon
            }
        }
        return result
    }
}
