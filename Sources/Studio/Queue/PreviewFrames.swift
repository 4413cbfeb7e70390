import Imaging
import Synchronization

/// Hands pictures of steps from the engine's worker to the screen. Only the newest is kept.
final class PreviewFrames: Sendable {
    private struct Contents {
        var key: CandidateKey?
        var frame: StudioPicture?
        var revision = 0
        var size: PictureSize?
    }

    private let contents = Mutex(Contents())

    /// How large the screen wants them; nil for none at all.
    var size: PictureSize? {
        get { contents.withLock { $0.size } }
        set { contents.withLock { $0.size = newValue } }
    }

    /// Puts a step's picture in the place of the one before.
    func put(_ image: RasterImage, of key: CandidateKey, step: Int) {
        contents.withLock { contents in
            contents.revision += 1
            contents.key = key
            contents.frame = StudioPicture(subject: .painting(key), revision: contents.revision, step: step, image: image)
        }
    }

    /// The newest picture of a candidate that is being painted.
    func newest(of key: CandidateKey) -> StudioPicture? {
        contents.withLock { $0.key == key ? $0.frame : nil }
    }

    /// Lets the picture of a finished candidate go.
    func clear(_ key: CandidateKey) {
        contents.withLock { contents in
            guard contents.key == key else { return }
            contents.key = nil
            contents.frame = nil
        }
    }
}
