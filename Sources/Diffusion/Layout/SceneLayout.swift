/// A scene of few primitives around the product: what a model with layout channels builds its picture on.
///
/// Rows and lengths are shares of the canvas's height, from its upper edge. Nearness is half the product's distance divided by
/// the distance of what is there: 0.5 at the product, 0 infinitely far.
public struct SceneLayout: Sendable, Equatable {
    /// What the product stands on when it does not stand on the ground: a round platform.
    public struct Stand: Sendable, Equatable {
        /// In half-widths of the product.
        public var radius: Float
        public var height: Float

        public init(radius: Float, height: Float) {
            (self.radius, self.height) = (radius, height)
        }
    }

    /// Where the main light comes from, in radians.
    public struct Light: Sendable, Equatable {
        /// 0 from behind the camera, positive from the right.
        public var azimuth: Float
        /// Above the ground.
        public var elevation: Float

        public init(azimuth: Float, elevation: Float) {
            (self.azimuth, self.elevation) = (azimuth, elevation)
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
