import Tensor

/// Chooses between the plain background's cutout and the network's, and says what made it choose.
///
/// A plain background gives the finer outline, but where product and background share a colour it can be sure and wrong. The network, where
/// it is installed, is the second opinion: it decides where the first is doubtful or the two disagree.
enum AutomaticCutout {
    /// Outlines whose common area is at least this share of both together are the same outline.
    private static let agreement = 0.92
    /// Below this share the two found different things, and a designer should look.
    private static let dispute = 0.75

    /// - Throws: what `progress` throws; where the network fails, the plain background's cutout is the answer.
    static func make(_ photo: Photo, progress: CutoutProgress) throws -> Cutout {
        let working = PlainBackgroundCutout.working(photo)
        try progress(0.1)
        let segmentation = BackgroundSegmentation.make(working)
        try progress(0.2)
        let opinion = try opinion(of: working) { try progress(0.2 + 0.5 * $0) }
        try progress(0.7)
        guard let looks = opinion else { return PlainBackgroundCutout.make(photo, segmentation) }
        let guess = looks.guess
        let plain = CutoutDoubt(segmentation).certainty
        let shared = share(segmentation.background, guess)
        let isPlainSure = plain >= Cutout.doubtful && segmentation.hasLevelFrame
        if isPlainSure, shared >= agreement {
            var agreed = segmentation
            agreed.mend(GuidedMatte(segmentation.field, guess: guess).coverage(of: segmentation.field))
            let opinion = HeldMatte(segmentation.field, guess: looks.decided)
            return PlainBackgroundCutout.make(photo, agreed, secondOpinion: opinion)
        }
        let learned = LearnedCutout.make(photo, working, looks)
        // Even one that is undecided comes nearer than colours alone do on a busy background.
        guard LearnedDoubt(looks).share > 0 else { return PlainBackgroundCutout.make(photo, segmentation) }
        guard isPlainSure, shared < dispute else { return learned }
        return learned.doubted(
            certainty: min(learned.certainty, 0.5),
            "The background's colours and the network disagree about what the product is; the network's outline was taken.")
    }

    /// What the network sees; nil where it is not installed or cannot be used.
    ///
    /// - Throws: what `progress` throws.
    private static func opinion(of working: RasterImage, progress: CutoutProgress) throws -> NetworkLooks? {
        guard CutoutNetwork.weights() != nil else { return nil }
        do {
            return try LearnedCutout.looks(at: working, progress: progress)
        } catch is CutoutNetworkError {
            return nil
        } catch is TensorError {
            return nil
        }
    }

    /// The area that both call product, relative to what either does.
    private static func share(_ background: [Bool], _ guess: Plane) -> Double {
        var common = 0
        var either = 0
        for index in background.indices {
            let (first, second) = (!background[index], guess.values[index] > 0.5)
            if first && second { common += 1 }
            if first || second { either += 1 }
        }
        return Double(common) / Double(max(1, either))
    }
}

extension BackgroundSegmentation {
    /// Whether the frame is as level as a studio's: beyond what noise does it changes by less than a step a pixel. A scene out of focus can
    /// be smooth enough for the flood, but changes faster; there the network's outline errs less.
    fileprivate var hasLevelFrame: Bool { frameSlope <= 0.9 + 0.5 * grain }

    /// Mends what the flood got wrong in places where the network is sure: bites out of a product of the background's colour are filled,
    /// and the background's own surface in shade is taken off the product's foot.
    fileprivate mutating func mend(_ guess: Plane) {
        let rows = background.indices.filter { !background[$0] }.map { $0 / width }
        guard let top = rows.min(), let bottom = rows.max() else { return }
        let foot = top + (bottom - top) * 3 / 5
        for index in (top * width)..<((bottom + 1) * width) {
            if background[index] {
                if guess.values[index] > 0.75 { background[index] = false }
            } else if guess.values[index] < 0.25, index / width >= foot,
                let (light, tint) = Likeness.relation(field.values[index], surface.values[index]), (0.05...1.1).contains(light), tint <= 14
            {
                // A contact shadow keeps a little of the light, and the room tints it.
                background[index] = true
            }
        }
    }
}

extension Cutout {
    /// The same cutout with a reason to look at it.
    fileprivate func doubted(certainty: Double, _ warning: String) -> Cutout {
        Cutout(mask: mask, method: method, certainty: certainty, warning: warning, edgeColours: edgeColours)
    }
}
