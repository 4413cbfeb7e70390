import Catalogue
import Foundation
import Imaging
import Synchronization
import Testing

@testable import Studio

/// Which picture is made when, with a source whose pictures take as long as the test says.
@Suite("Pictures for the screen are made in the order they are wanted")
struct PictureMakerTests {
    @Test("A product that is left gives way to the next one's, and is made after it")
    func givesWay() throws {
        let (source, maker, mailbox) = try Self.maker()
        #expect(maker.picture(Self.request(1)) == nil)
        source.waitUntilBegun()
        #expect(maker.picture(Self.request(2)) == nil)
        source.finish()
        #expect(Self.ready(2, in: mailbox) == [2, 1])
        #expect(source.begun == [1, 2, 1])
    }

    @Test("The picture of the same product waits for its turn")
    func sameProduct() throws {
        let (source, maker, mailbox) = try Self.maker()
        #expect(maker.picture(Self.request(1)) == nil)
        source.waitUntilBegun()
        #expect(maker.picture(Self.request(1, width: 20)) == nil)
        source.finish()
        // Of two announcements of one product's pictures that wait, the newer one is enough.
        while maker.picture(Self.request(1, width: 20), makes: false) == nil, Self.ready(1, in: mailbox) == [1] {}
        #expect(maker.picture(Self.request(1))?.image.width == 10)
        #expect(maker.picture(Self.request(1, width: 20))?.image.width == 20)
        #expect(source.begun == [1, 1])
    }

    @Test("What is given up is not made until it is asked for again")
    func givenUp() throws {
        let (source, maker, mailbox) = try Self.maker()
        #expect(maker.picture(Self.request(1)) == nil)
        source.waitUntilBegun()
        maker.prepare(Self.request(2))
        maker.giveUpCutouts()
        source.finish()
        // Whatever else were made would come before this.
        #expect(maker.picture(Self.request(3)) == nil)
        #expect(Self.ready(1, in: mailbox) == [3])
        #expect(maker.picture(Self.request(1)) == nil)
        #expect(Self.ready(1, in: mailbox) == [1])
        #expect(source.begun == [1, 3, 1])
    }

    private static func maker() throws -> (GatedSource, PictureMaker, Mailbox) {
        let (source, mailbox) = (GatedSource(), try Mailbox())
        return (source, PictureMaker(source: source, mailbox: mailbox), mailbox)
    }

    private static func request(_ product: Int, width: Int = 10) -> PictureRequest {
        let id = ProductID(product)
        return PictureRequest(subject: .cutout(id), maximumWidth: width, maximumHeight: 10, product: id)
    }

    /// The products whose pictures are ready, in their order, as soon as there are this many.
    private static func ready(_ count: Int, in mailbox: Mailbox) -> [ProductID] {
        var ready: [ProductID] = []
        let end = Date(timeIntervalSinceNow: 60)
        while ready.count < count, Date() < end {
            _ = mailbox.wait(seconds: 0.02)
            for case .pictureReady(.cutout(let product)) in mailbox.takeAll() { ready.append(product) }
        }
        return ready
    }
}

/// Grey pictures of the size that is asked for. The first one stops in the middle until it may be finished.
private final class GatedSource: PictureSource {
    private let beginning = DispatchSemaphore(value: 0)
    private let end = DispatchSemaphore(value: 0)
    private let products = Mutex<[ProductID]>([])

    /// Whose pictures were begun, in their order.
    var begun: [ProductID] { products.withLock { $0 } }

    func waitUntilBegun() { #expect(beginning.wait(timeout: .now() + 60) == .success) }

    func finish() { end.signal() }

    func make(_ request: PictureRequest, progress: CutoutProgress) throws -> (image: RasterImage, measured: MeasuredPicture?) {
        let isFirst = products.withLock { products in
            products.append(request.product ?? 0)
            return products.count == 1
        }
        if isFirst {
            beginning.signal()
            #expect(end.wait(timeout: .now() + 60) == .success)
        }
        try progress(0.5)
        return (RasterImage(width: request.maximumWidth, height: request.maximumHeight, fill: .midGrey), nil)
    }

    func forget() {}
}
