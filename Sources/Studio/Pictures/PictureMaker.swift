import Foundation
import Imaging
import Synchronization

/// Makes pictures for the screen in the background, the latest wish first, and keeps the last ones.
final class PictureMaker: Sendable {
    private struct Contents {
        var made: [PictureRequest: StudioPicture] = [:]
        /// Least recently used first.
        var order: [PictureRequest] = []
        var bytes = 0
        /// Oldest first; taken from the end.
        var wishes: [PictureRequest] = []
        var making: PictureRequest?
        /// Why the picture in hand is not to be finished now.
        var ending: Ending?
        var failed: Set<PictureRequest> = []
        var revision = 0
        var isRunning = false
    }

    /// Why a picture is left before it is done.
    private enum Ending {
        /// Another product is looked at by now: first that one's, then this one.
        case givesWay
        /// Nobody wants it.
        case givenUp
    }

    /// About thirty pictures of a large terminal, or a thousand thumbnails.
    private static let budget = 96 << 20
    /// More thumbnails than any list shows at a time.
    private static let longestQueue = 200
    /// Seconds after which a cutout under way is worth a word: small photos are done by then.
    private static let patience = 0.25

    private let source: any PictureSource
    private let mailbox: Mailbox
    private let contents = Mutex(Contents())
    private let queue = DispatchQueue(label: "backdrop.pictures", qos: .userInitiated)

    init(source: any PictureSource, mailbox: Mailbox) {
        self.source = source
        self.mailbox = mailbox
    }

    /// The picture where it is made; else nil, and an event follows.
    ///
    /// - Parameter makes: false only looks whether it is there.
    func picture(_ request: PictureRequest, makes: Bool = true) -> StudioPicture? {
        let (found, starts) = contents.withLock { contents -> (StudioPicture?, Bool) in
            if let made = contents.made[request] {
                contents.order.removeAll { $0 == request }
                contents.order.append(request)
                return (made, false)
            }
            guard makes, contents.making != request, !contents.failed.contains(request) else { return (nil, false) }
            if let making = contents.making?.product, let product = request.product, making != product, contents.ending == nil {
                contents.ending = .givesWay
            }
            contents.wishes.removeAll { $0 == request }
            contents.wishes.append(request)
            if contents.wishes.count > Self.longestQueue { contents.wishes.removeFirst() }
            defer { contents.isRunning = true }
            return (nil, !contents.isRunning)
        }
        if starts { queue.async { [self] in work() } }
        return found
    }

    /// Makes a picture when nothing else is wanted.
    func prepare(_ request: PictureRequest) {
        let starts = contents.withLock { contents in
            guard contents.made[request] == nil, contents.making != request, !contents.failed.contains(request),
                !contents.wishes.contains(request)
            else { return false }
            contents.wishes.insert(request, at: 0)
            defer { contents.isRunning = true }
            return !contents.isRunning
        }
        if starts { queue.async { [self] in work() } }
    }

    /// Forgets every picture, after files were changed by hand.
    func forgetAll() {
        contents.withLock { contents in
            contents.made = [:]
            contents.order = []
            contents.bytes = 0
            contents.failed = []
        }
        source.forget()
    }

    /// Gives up what nobody has got yet.
    func stop() {
        contents.withLock { contents in
            contents.wishes = []
            contents.ending = .givenUp
        }
    }

    /// Gives up the cutouts that are being made and that wait, until their pictures are asked for again.
    func giveUpCutouts() {
        contents.withLock { contents in
            contents.wishes.removeAll { $0.product != nil }
            if contents.making?.product != nil { contents.ending = .givenUp }
        }
    }

    private func work() {
        while let request = contents.withLock({ contents -> PictureRequest? in
            contents.making = contents.wishes.popLast()
            contents.ending = nil
            contents.isRunning = contents.making != nil
            return contents.making
        }) {
            do {
                let result = try make(request)
                if let measured = result.measured { mailbox.post(.measured(measured.product, measured.aspect, measured.size)) }
                keep(result.image, for: request)
                mailbox.post(.pictureReady(request.subject))
            } catch is CancellationError {
                // Below the wish that it gave way to.
                contents.withLock { contents in
                    if contents.ending == .givesWay { contents.wishes.insert(request, at: max(0, contents.wishes.count - 1)) }
                }
            } catch {
                contents.withLock { _ = $0.failed.insert(request) }
                mailbox.post(.pictureFailed(request.subject, StatusMessage(error)))
            }
        }
    }

    /// Makes one picture, and says how far its product's cutout is where that takes long.
    ///
    /// - Throws: what the source throws; `CancellationError` where it is not to be finished now.
    private func make(_ request: PictureRequest) throws -> (image: RasterImage, measured: MeasuredPicture?) {
        let began = ContinuousClock.now
        var isShown = false
        defer { if isShown, let product = request.product { mailbox.post(.cutoutEnded(product)) } }
        let result = try source.make(request) { done in
            if contents.withLock({ $0.ending != nil }) { throw CancellationError() }
            guard let product = request.product, began.duration(to: .now) / .seconds(1) >= Self.patience else { return }
            isShown = true
            mailbox.post(.cutoutProgress(product, done: done))
        }
        // Too late to save work, but not to do as the designer said: the shelf keeps the product for the next time.
        if contents.withLock({ $0.ending == .givenUp }) { throw CancellationError() }
        return result
    }

    private func keep(_ image: RasterImage, for request: PictureRequest) {
        contents.withLock { contents in
            contents.revision += 1
            contents.made[request] = StudioPicture(subject: request.subject, revision: contents.revision, image: image)
            contents.order.append(request)
            contents.bytes += image.pixels.count
            while contents.bytes > Self.budget, contents.order.count > 1 {
                let oldest = contents.order.removeFirst()
                contents.bytes -= contents.made.removeValue(forKey: oldest)?.image.pixels.count ?? 0
            }
        }
    }
}
