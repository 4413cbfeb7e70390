import Foundation

/// A scene of few primitives around the product: what a model with layout channels builds its picture on.
///
/// Rows and lengths are shares of the canvas's height, from its upper edge. Nearness is half the product's distance divided by
/// the distance of what is there: 0.5 at the product, 0 infinitely far.
public struct SceneLayout: Sendable, Equatable {
    /// What the product stands on when it does not stand on the ground: a platform.
    public struct Stand: Sendable, Equatable {
        public enum Shape: Sendable, Equatable {
            case round
            /// With edges that are turned from the canvas's by an angle in radians.
            case square(turn: Float)
            /// Round, on a wider step.
            case stepped
        }

        /// A round one of its kind that stands beside, without a product. Lengths are in the stand's own radius and height.
        public struct Neighbour: Sendable, Equatable {
            /// Of its middle, to the right.
            public var across: Float
            /// Of its middle, behind the stand's.
            public var away: Float
            public var radius: Float
            /// 1 is as high as the stand.
            public var height: Float
        }

        /// In half-widths of the product; of a square one half its edge.
        public var radius: Float
        public var height: Float
        public var shape = Shape.round
        public var neighbours: [Neighbour] = []

        public init(radius: Float, height: Float, shape: Shape = .round, neighbours: [Neighbour] = []) {
            (self.radius, self.height, self.shape, self.neighbours) = (radius, height, shape, neighbours)
        }

        /// Half of what it covers of the ground, in half-widths of the product.
        var reach: Float { shape == .stepped ? Self.step * radius : radius }

        /// - Parameters:
        ///   - unit: half the product's width, in the lengths of the result
        ///   - axis: how far away the product's middle is
        ///   - height: of the product's foot above the ground
        func blocks(unit: Float, axis: Float, height: Float) -> [StandBlock] {
            let half = radius * unit
            let middle = SIMD2(0, axis)
            func block(_ middle: SIMD2<Float>, _ half: Float, top: Float, turn: SIMD2<Float>? = nil) -> StandBlock {
                StandBlock(middle: middle, half: half, top: top, bottom: -height, turn: turn)
            }
            let own: [StandBlock] =
                switch shape {
                case .round: [block(middle, half, top: 0)]
                case .square(let turn): [block(middle, half, top: 0, turn: SIMD2(cos(turn), sin(turn)))]
                case .stepped: [block(middle, half, top: 0), block(middle, Self.step * half, top: -0.53 * height)]
                }
            return own
                + neighbours.map { block(middle + SIMD2($0.across, $0.away) * half, $0.radius * half, top: height * ($0.height - 1)) }
        }

        /// How much wider a lower step is.
        private static let step: Float = 1.5
    }

    /// Where the main light comes from, in radians.
    public struct Light: Sendable, Equatable {
        /// 0 from behind the camera, positive from the right.
        public var azimuth: Float
        /// Above the ground.
        public var elevation: Float
        /// Half the angle that it is wide: small for the sun, whose shadows are crisp, large for a softbox.
        public var spread: Float

        public init(azimuth: Float, elevation: Float, spread: Float = 0.18) {
            (self.azimuth, self.elevation, self.spread) = (azimuth, elevation, spread)
        }
    }

    /// The row of the horizon; it may lie above the canvas, for a camera that looks down.
    public var horizon: Float
    /// Nearness of the ground's far end: a table's edge, or the foot of a wall.
    public var groundEnd: Float
    /// Nearness of what stands behind.
    public var backdrop: Float
    public var stand: Stand?
    public var light: Light

    public init(horizon: Float, groundEnd: Float, backdrop: Float, stand: Stand? = nil, light: Light) {
        self.horizon = horizon
        self.groundEnd = groundEnd
        self.backdrop = backdrop
        self.stand = stand
        self.light = light
    }
}
