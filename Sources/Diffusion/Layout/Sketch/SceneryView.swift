import Foundation

extension Scenery {
    /// Where in the picture a colour of something behind is asked for, with brushes for what stands there. Lengths are heights of the picture.
    struct View {
        /// Across and down from the picture's upper left corner.
        let place: SIMD2<Float>
        let aspect: Float
        let horizon: Float
        let floor: Float
        let blur: Float
        /// At least the blur of a thing that stands behind a product.
        let soft: Float
        let noise: PlaneNoise

        func other(_ number: UInt32) -> PlaneNoise { PlaneNoise(seed: noise.seed &+ number) }

        /// The same place, further out of focus.
        func softened(_ least: Float) -> View {
            View(place: place, aspect: aspect, horizon: horizon, floor: floor, blur: blur, soft: max(soft, least), noise: noise)
        }

        /// A number of this picture, 0...1.
        func chance(_ number: Int32) -> Float { noise.chance(number, 321) }

        func pick<Choice>(_ choices: [Choice], _ number: Int32) -> Choice {
            choices[min(Int(chance(number) * Float(choices.count)), choices.count - 1)]
        }

        /// How much of the place a soft box covers.
        func box(_ columns: ClosedRange<Float>, _ rows: ClosedRange<Float>) -> Float {
            guard place.x > columns.lowerBound - soft, place.x < columns.upperBound + soft, place.y > rows.lowerBound - soft,
                place.y < rows.upperBound + soft
            else { return 0 }
            func inside(_ range: ClosedRange<Float>, _ value: Float) -> Float {
                let half = min(soft / 2, (range.upperBound - range.lowerBound) / 2 + 0.002)
                return smooth(range.lowerBound - half, range.lowerBound + half, value)
                    * (1 - smooth(range.upperBound - half, range.upperBound + half, value))
            }
            return inside(columns, place.x) * inside(rows, place.y)
        }

        /// How much of the place a soft ellipse covers.
        func oval(_ middle: SIMD2<Float>, _ half: SIMD2<Float>) -> Float {
            let away = (place - middle) / half
            let rim = soft / (half.x + half.y)
            return 1 - smooth(1 - rim, 1 + rim, (away.x * away.x + away.y * away.y).squareRoot())
        }

        /// How near the place is to a lamp or another soft thing: 1 in its middle.
        func glow(_ middle: SIMD2<Float>, _ radius: Float) -> Float {
            let away = place - middle
            return exp(-(away.x * away.x + away.y * away.y) / (radius * radius))
        }

        /// How a thing that is round across is lit: brightest a little aside of its middle.
        func roundness(_ middle: Float, _ half: Float) -> Float {
            let across = min(max((place.x - middle) / half, -1), 1)
            let light: Float = chance(1) < 0.5 ? -1 : 1
            return 1.02 + 0.16 * across * light - 0.2 * across * across
        }

        /// Leaves of a plant whose foot is at `root`: how much they cover, and how bright they are.
        func bush(_ root: SIMD2<Float>, _ size: Float, _ number: UInt32) -> (cover: Float, tone: Float) {
            let away = SIMD2(place.x - root.x, place.y - root.y + 0.45 * size) / size
            guard abs(away.x) < 0.9, abs(away.y) < 0.9 else { return (0, 1) }
            // Leaves run outwards from the root.
            let (turn, far) = (atan2(place.x - root.x, root.y - place.y), (away.x * away.x * 1.4 + away.y * away.y * 1.6).squareRoot())
            let leaves = other(number).fractal(SIMD2(turn * 4.5, far * 2), wavelength: 0.9, octaves: 2, footprint: soft / size)
            let cover = 1 - smooth(0.42 + 0.3 * leaves - soft / size, 0.46 + 0.3 * leaves + soft / size, far)
            return (cover, 0.85 + 0.35 * leaves - 0.25 * away.y)
        }
    }
}

/// A colour that other things are painted over.
struct Paint {
    var colour: SIMD3<Float>

    init(_ colour: SIMD3<Float>) { self.colour = colour }

    /// - Parameter other: asked for where it is seen only
    mutating func put(_ other: @autoclosure () -> SIMD3<Float>, _ share: Float) {
        if share > 0 { colour += (other() - colour) * min(share, 1) }
    }
}
