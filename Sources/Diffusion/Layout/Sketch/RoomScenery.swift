import Foundation

extension Scenery {
    /// A room behind: its wall, a window or the light of one, furniture, pictures, a plant and a lamp, in another order with every seed.
    static func room(_ base: SIMD3<Float>, _ picture: View) -> SIMD3<Float> {
        let isMirrored = picture.noise.chance(1, 1) < 0.5
        let view =
            isMirrored
            ? View(
                place: SIMD2(picture.aspect - picture.place.x, picture.place.y), aspect: picture.aspect, horizon: picture.horizon,
                floor: picture.floor, blur: picture.blur, soft: picture.soft, noise: picture.noise)
            : picture
        // A camera that looks down at its table sees the room behind all the same.
        let eye = max(view.horizon, 0.15)
        let width = view.aspect
        let cast = view.pick(casts, 2)
        let wall = base * cast * (1 + 0.05 * view.noise.fractal(view.place, wavelength: 0.6, octaves: 3, footprint: view.soft))
        // Light falls into the room from the window's side.
        var paint = Paint(wall * (1.06 - 0.26 * view.place.x / width))
        panel(&paint, view, eye)
        let left = width * (0.02 + 0.1 * view.chance(3))
        let window = left...left + width * (0.16 + 0.16 * view.chance(4))
        if view.chance(5) < 0.7 {
            openWindow(window, base, &paint, view, eye)
        } else {
            // Only its light on the wall.
            let slant = view.place.x + 0.5 * view.place.y
            let beam = smooth(0.22, 0.26 + view.soft, slant) * (1 - smooth(0.5, 0.54 + view.soft, slant))
            let bar = 1 - 0.6 * (smooth(0.36, 0.37, slant) - smooth(0.38, 0.4, slant))
            paint.colour *= 1 + 0.2 * beam * bar
        }
        let start = max(window.upperBound + 0.08, width * (0.36 + 0.16 * view.chance(7)))
        hang(from: window.upperBound + 0.06, &paint, view, eye)
        furnish(start...width * (0.94 + 0.14 * view.chance(8)), base, &paint, view, eye)
        return paint.colour
    }

    /// What the wall is panelled with, if with anything.
    private static func panel(_ paint: inout Paint, _ view: View, _ eye: Float) {
        func line(_ distance: Float) -> Float { 1 - smooth(0, 0.004 + 0.4 * view.soft, abs(distance)) }
        switch view.chance(9) {
        case ..<0.25:
            // Battens.
            let part = view.place.x / 0.075
            paint.colour *= 1 - 0.1 * line((part - part.rounded()) * 0.075)
        case ..<0.5:
            // Frames above a rail.
            let part = view.place.x / 0.34 + view.chance(10)
            let across = (part - part.rounded(.down) - 0.5) * 0.34
            let frame = min(abs(abs(across) - 0.12), 1) + (abs(across) > 0.125 ? 1 : 0)
            let isUpper = view.place.y < eye + 0.02
            paint.colour *= (isUpper ? 1 : 0.95) * (1 - 0.12 * max(line(frame), line(view.place.y - eye - 0.03)))
        case ..<0.65:
            // The lower part in another tone.
            paint.colour *= 1 - 0.2 * smooth(eye + 0.02 - view.soft / 2, eye + 0.02 + view.soft / 2, view.place.y)
        default: break
        }
    }

    private static func openWindow(_ columns: ClosedRange<Float>, _ base: SIMD3<Float>, _ paint: inout Paint, _ view: View, _ eye: Float) {
        guard view.place.x > columns.lowerBound - 0.14, view.place.x < columns.upperBound + 0.14 else { return }
        let sill = eye + 0.02 + 0.1 * view.chance(11)
        let width = columns.upperBound - columns.lowerBound
        paint.put([246, 244, 238], view.box(columns.lowerBound - 0.014...columns.upperBound + 0.014, -1...sill + 0.016))
        let garden = smooth(
            0.1, 0.6,
            view.other(12).fractal(view.place, wavelength: 0.2, octaves: 2, footprint: view.soft) + (view.place.y - sill) * 2 + 0.6)
        let outside =
            SIMD3<Float>(248, 250, 252) + (SIMD3(198, 214, 176) - SIMD3(248, 250, 252)) * (garden * (view.chance(13) < 0.5 ? 0.9 : 0.25))
        paint.put(outside, view.box(columns, -1...sill))
        let panes = view.chance(14) < 0.5 ? 2 : 3
        for bar in 1..<panes {
            let column = columns.lowerBound + width * Float(bar) / Float(panes)
            paint.put([222, 218, 210], 0.8 * view.box(column - 0.006...column + 0.006, -1...sill))
        }
        guard view.chance(15) < 0.6 else { return }
        let folds = 0.93 + 0.09 * sin(view.place.x * 130 + 3 * view.other(7).value(view.place * 3))
        let cloth =
            (view.chance(16) < 0.4 ? SIMD3(242, 238, 230) : view.chance(16) < 0.7 ? base * 0.5 + 110 : base * SIMD3(0.8, 0.84, 0.9)) * folds
        let half = 0.045 + 0.04 * view.chance(17)
        for column in [columns.lowerBound - 0.02, columns.upperBound + 0.02] {
            paint.put(cloth, 0.9 * view.box(column - half...column + half, -1...sill + 0.12))
        }
    }

    /// Pictures on the wall, or a round mirror.
    private static func hang(from left: Float, _ paint: inout Paint, _ view: View, _ eye: Float) {
        let kind = view.chance(18)
        guard kind > 0.25 else { return }
        if kind > 0.85 {
            let middle = SIMD2(left + 0.16 + 0.1 * view.chance(19), eye - 0.1)
            paint.put(view.pick(woods, 20), view.oval(middle, [0.085, 0.085]))
            let glass = paint.colour * 0.3 + 168
            return paint.put(glass, view.oval(middle, [0.075, 0.075]))
        }
        var column = left + 0.06 * view.chance(21)
        for number in 0..<(kind > 0.6 ? 2 : 1) {
            let number = 22 + 5 * Int32(number)
            let (width, height) = (0.08 + 0.08 * view.chance(number), 0.11 + 0.09 * view.chance(number + 1))
            let (top, columns) = (eye - 0.05 - height, column...column + width)
            paint.colour *= 1 - 0.2 * view.box(columns.lowerBound + 0.008...columns.upperBound + 0.012, top + 0.01...top + height + 0.016)
            paint.put(view.pick(frames, number + 2), view.box(columns, top...top + height))
            let inside = columns.lowerBound + 0.012...columns.upperBound - 0.012
            func motif() -> SIMD3<Float> {
                let strokes = view.other(UInt32(number)).fractal(view.place, wavelength: 0.08, octaves: 2, footprint: view.soft)
                return view.pick(motifs, number + 3) * (1 + 0.2 * strokes)
            }
            paint.put(motif(), view.box(inside, top + 0.012...top + height - 0.012))
            column += width + 0.04
        }
    }

    private static func furnish(_ columns: ClosedRange<Float>, _ base: SIMD3<Float>, _ paint: inout Paint, _ view: View, _ eye: Float) {
        let (left, right) = (columns.lowerBound, columns.upperBound)
        let top = eye + 0.02 + 0.05 * view.chance(40)
        switch view.chance(41) {
        case ..<0.36:
            // A sideboard with doors, things and a lamp on it.
            let wood = view.pick(cupboards, 42)
            leafy(SIMD2(left + 0.08, top), &paint, view)
            let lamp = SIMD2(right - 0.1, top - 0.1)
            paint.colour += SIMD3(52, 42, 24) * view.glow(lamp, 0.16)
            paint.put([255, 236, 204], 0.95 * view.box(lamp.x - 0.045...lamp.x + 0.045, lamp.y - 0.035...lamp.y + 0.03))
            paint.put([150, 130, 108], view.box(lamp.x - 0.007...lamp.x + 0.007, lamp.y + 0.03...top))
            let part = (view.place.x - left) / 0.15
            let joint = 1 - 0.22 * (1 - smooth(0, 0.003 + 0.3 * view.soft, abs(part - part.rounded()) * 0.15))
            paint.put(wood * 0.88 * joint, view.box(columns, top...2))
            paint.put(wood * 1.08, view.box(left - 0.01...right + 0.01, top - 0.014...top + 0.006))
        case ..<0.7:
            // A sofa with cushions before it, a lamp beside.
            let cloth = view.pick(cloths, 43)
            let lamp = SIMD2(left - 0.04, eye - 0.12)
            paint.colour += SIMD3(46, 38, 22) * view.glow(lamp, 0.17)
            paint.put([252, 236, 208], 0.9 * view.box(lamp.x - 0.05...lamp.x + 0.05, lamp.y - 0.04...lamp.y + 0.035))
            paint.put([96, 84, 72], view.box(lamp.x - 0.005...lamp.x + 0.005, lamp.y + 0.035...2))
            let shade = 1.04 - 0.9 * max(view.place.y - top, 0)
            paint.put(cloth * shade, view.box(left + 0.03...right, top...2))
            let cushion = view.pick(cushions, 44)
            for number in 0..<2 {
                let middle = SIMD2(left + 0.14 + Float(number) * (0.16 + 0.08 * view.chance(45)), top + 0.05)
                paint.put((number == 0 ? cushion : cloth * 1.1) * shade, view.oval(middle, [0.07, 0.062]))
            }
            paint.put(cloth * 0.84 * shade, view.oval(SIMD2(left + 0.04, top + 0.12), [0.055, 0.09]))
        default:
            leafy(SIMD2(left - 0.06, eye + 0.22), &paint, view)
            let seen = view.box(columns, -1...2)
            guard seen > 0 else { return }
            // Shelves full of books and vases, a plant beside.
            let wood = view.pick(cupboards, 46)
            let pitch: Float = 0.135
            let shelf = ((view.place.y - eye) / pitch).rounded(.down)
            let above = view.place.y - eye - shelf * pitch
            let part = view.place.x / 0.022 + 11.3 * shelf
            let book = Int32(part.rounded(.down))
            let noise = view.other(UInt32(bitPattern: Int32(shelf)) &+ 60)
            // Books stand in groups; between them the back is seen.
            let isGroup = noise.chance(book / 6, 1) < 0.62
            let height = pitch * (0.5 + 0.35 * noise.chance(book, 2))
            func hue(_ book: Int32) -> SIMD3<Float> {
                let hue = SIMD3(noise.chance(book, 3), noise.chance(book, 4), noise.chance(book, 5))
                return base * 0.3 + 52 + hue * 40 + 64 * noise.chance(book, 6)
            }
            // Backs run into each other as much as they are out of focus.
            let next = smooth(1 - min(view.soft / 0.022, 1), 1, part - Float(book))
            let backs = hue(book) * (1 - next) + hue(book + 1) * next
            let cover = isGroup ? smooth(-view.soft / 2, view.soft / 2, above - (pitch - height)) : 0
            var inside = Paint(wood * 0.62)
            inside.put(backs, 0.85 * cover)
            inside.put(wood, 1 - smooth(0, 0.012, min(above, pitch - above)))
            paint.put(inside.colour, seen)
        }
    }

    private static func leafy(_ root: SIMD2<Float>, _ paint: inout Paint, _ view: View) {
        let pot = 0.05 + 0.03 * view.chance(70)
        let leaves = view.bush(root - SIMD2(0, pot), 0.2 + 0.16 * view.chance(71), 72)
        paint.put(SIMD3(88, 122, 78) * leaves.tone, 0.92 * leaves.cover)
        let colour = view.pick(pots, 73)
        paint.put(colour * view.roundness(root.x, 0.04), view.box(root.x - 0.035...root.x + 0.035, root.y - pot...root.y))
    }

    private static let casts: [SIMD3<Float>] = [[1, 1, 1], [1.04, 1, 0.95], [0.95, 1, 1.02], [0.96, 1.01, 0.95], [1.05, 0.98, 0.96]]
    private static let frames: [SIMD3<Float>] = [[238, 234, 226], [60, 56, 52]] + woods
    private static let motifs: [SIMD3<Float>] = [[214, 176, 150], [150, 170, 170], [226, 214, 190], [120, 132, 110], [196, 120, 96]]
    private static let cupboards: [SIMD3<Float>] = woods + [[234, 230, 222], [126, 140, 128]]
    private static let cloths: [SIMD3<Float>] = [[186, 180, 170], [148, 160, 146], [196, 132, 104], [118, 128, 142], [222, 212, 196]]
    private static let cushions: [SIMD3<Float>] = [[214, 170, 120], [232, 226, 214], [112, 124, 110]]
    private static let pots: [SIMD3<Float>] = [[230, 224, 214], [188, 126, 98], [112, 118, 118]]
}
