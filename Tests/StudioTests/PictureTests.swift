import Foundation
import Imaging
import Testing

@testable import Studio

@Suite("Pictures for the screen come off the screen's thread")
struct PictureTests {
    @Test("A candidate's picture is announced, fits, and shows the product over its background")
    func candidate() throws {
        let session = try TestCatalogue().session()
        session.paint(seed: 33, count: 1)
        let stage = try #require(session.state.stage)
        #expect(session.picture(for: stage, maximumWidth: 50, maximumHeight: 40) == nil)
        #expect(session.wait { _ in session.picture(for: stage, maximumWidth: 50, maximumHeight: 40) != nil } != nil)
        let picture = try #require(session.picture(for: stage, maximumWidth: 50, maximumHeight: 40))
        #expect(picture.image.width == 40 && picture.image.height == 40)
        #expect(picture.image[0, 0] == RGBA(33, 64, 8))
        #expect(picture.image[20, 20].red == 200)
        #expect(session.picture(for: stage, maximumWidth: 50, maximumHeight: 40) == picture)
        #expect(session.state.outputSize?.width == session.state.outputSize?.height)
        #expect(session.state.outputSize != nil)
    }

    @Test("A product without candidates shows its cutout in the chosen shape")
    func cutout() throws {
        let session = try TestCatalogue().session()
        let stage = try #require(session.state.stage)
        session.perform(.setParameter(.aspect(.photo)))
        _ = session.wait { _ in session.picture(for: stage, maximumWidth: 96, maximumHeight: 96) != nil }
        let photo = try #require(session.picture(for: stage, maximumWidth: 96, maximumHeight: 96))
        #expect(photo.image.width == 96 && photo.image.height == 72)
        #expect(photo.image[0, 0] == .midGrey)
        session.perform(.setParameter(.aspect(.wide)))
        _ = session.wait { _ in session.picture(for: stage, maximumWidth: 96, maximumHeight: 96) != nil }
        let wide = try #require(session.picture(for: stage, maximumWidth: 96, maximumHeight: 96))
        #expect(wide.image.width == 96 && wide.image.height == 54)
        #expect(wide.revision != photo.revision)
    }

    @Test("While a candidate is looked at, the next one is made")
    func nextIsReady() throws {
        let session = try TestCatalogue().session()
        session.paint(count: 2)
        let first = try #require(session.state.stage)
        _ = session.wait { _ in session.picture(for: first, maximumWidth: 40, maximumHeight: 40) != nil }
        let second = PictureSubject.candidate(try #require(try session.catalogue.candidates().last).id)
        #expect(session.hears { if case .pictureReady(second) = $0 { true } else { false } })
        session.perform(.approve)
        #expect(session.state.stage == second)
        #expect(session.picture(for: second, maximumWidth: 40, maximumHeight: 40) != nil)
    }

    @Test("A large photo's cutout says how far it is, is given up when asked, and made when the product is chosen again")
    func cancelledCutout() throws {
        let folder = try Self.largeProduct("mug")
        // A busy machine may have it done before this thread has its turn: then again, with everything to be made anew.
        var session = try folder.session()
        var fractions = Self.fractionsUntilCutting(session)
        for _ in 0..<10 where session.state.cutting == nil {
            session.shutdown()
            session = try folder.session()
            fractions = Self.fractionsUntilCutting(session)
        }
        let stage = try #require(session.state.stage)
        let mug = try #require(session.state.selectedProductID)
        func shown() -> StudioPicture? { session.picture(for: stage, maximumWidth: 90, maximumHeight: 60) }
        #expect(session.state.cutting?.productID == mug)
        #expect(fractions.allSatisfy { $0 > 0 && $0 < 1 })

        session.perform(.cancelCurrent)
        #expect(session.state.cutting == nil)
        #expect(session.state.message?.text == "mug: cutting out cancelled")
        #expect(session.hears(seconds: 60) { if case .cutoutEnded(mug) = $0 { true } else { false } })
        for _ in 0..<10 {
            #expect(shown() == nil)
            Thread.sleep(forTimeInterval: 0.02)
            session.drain()
        }
        #expect(session.state.cutting == nil)

        session.perform(.selectProduct(mug))
        #expect(session.wait(seconds: 60) { state in shown() != nil && state.cutting == nil } != nil)
    }

    /// Asks for the stage's picture until it is there or its cutout says how far it is.
    private static func fractionsUntilCutting(_ session: StudioSession) -> [Double] {
        guard let stage = session.state.stage else { return [] }
        var fractions: [Double] = []
        session.wait(seconds: 60) { state in
            if let cutting = state.cutting { fractions.append(cutting.fraction) }
            return session.picture(for: stage, maximumWidth: 90, maximumHeight: 60) != nil || state.cutting != nil
        }
        return fractions
    }

    /// A catalogue of one photo of 24 megapixels: a dark block on light grey.
    private static func largeProduct(_ name: String) throws -> TestCatalogue {
        let folder = try TestCatalogue(products: [])
        var small = RasterImage(width: 90, height: 60, fill: RGBA(210, 212, 214))
        for y in 15..<45 { for x in 30..<60 { small[x, y] = RGBA(120, UInt8(20 + y), 40) } }
        let photo = try JPEGCodec.encode(resized(small, width: 6000, height: 4000))
        try photo.write(to: folder.folder.appendingPathComponent("products/\(name).jpg"))
        return folder
    }

    @Test("A photo that was replaced by hand is shown anew after a rescan")
    func replaced() throws {
        let folder = try TestCatalogue()
        let session = try folder.session()
        let product = try #require(session.state.selectedProductID)
        func shown() -> StudioPicture? {
            _ = session.wait { _ in session.picture(for: .photo(product), maximumWidth: 500, maximumHeight: 500) != nil }
            return session.picture(for: .photo(product), maximumWidth: 500, maximumHeight: 500)
        }
        #expect(shown()?.image.width == 96)
        try TestCatalogue.photo(width: 120).write(to: folder.photo("mug"))
        session.perform(.rescan)
        session.runUntilIdle()
        #expect(session.state.selectedProduct?.width == 120)
        #expect(shown()?.image.width == 120)
    }

    @Test("A picture that can't be made says so once")
    func failing() throws {
        let folder = try TestCatalogue()
        let session = try folder.session()
        let product = try #require(session.state.selectedProductID)
        try Data("not a picture".utf8).write(to: folder.photo("mug"))
        #expect(session.picture(for: .photo(product), maximumWidth: 50, maximumHeight: 50) == nil)
        #expect(session.wait { $0.message?.text.contains("mug.png") ?? false } != nil)
        session.perform(.dismissMessage)
        for _ in 0..<5 {
            #expect(session.picture(for: .photo(product), maximumWidth: 50, maximumHeight: 50) == nil)
            Thread.sleep(forTimeInterval: 0.02)
            session.drain()
        }
        #expect(session.state.message == nil)
    }

    @Test("Every step is shown at the size of the screen, the newest one wins, and nothing is made without a screen")
    func previews() throws {
        let session = try TestCatalogue().session(.test(stepSeconds: 0.1))
        session.describe(prompt: "p", seed: 5, count: 1)
        session.previewSize = PictureSize(width: 48, height: 48)
        session.perform(.generate(.selected))
        var shown: [Int] = []
        session.runUntilIdle { event, state in
            guard case .preview(let key, let step) = event else { return true }
            #expect(state.stage == .painting(key))
            if let picture = session.picture(for: .painting(key), maximumWidth: 48, maximumHeight: 48) {
                #expect(picture.image.width == 48)
                // The picture may be newer than the event, never older.
                #expect(picture.step ?? 0 >= step)
                #expect(picture.image[0, 0].green == UInt8((picture.step ?? 0) * 16))
                shown.append(picture.step ?? 0)
            }
            return true
        }
        #expect(shown == shown.sorted() && Set(shown).count >= 2)

        session.previewSize = nil
        var previews = 0
        session.perform(.generate(.selected))
        session.runUntilIdle { event, _ in
            if case .preview = event { previews += 1 }
            return true
        }
        #expect(previews == 0)
    }

    @Test("A reader that is slow gets the newest step, not the oldest")
    func slowReader() throws {
        let session = try TestCatalogue().session(.test(stepSeconds: 0.1))
        session.describe(prompt: "p", count: 1)
        session.perform(.setParameter(.steps(10)))
        session.previewSize = PictureSize(width: 32, height: 32)
        session.perform(.generate(.selected))
        // Watched from behind the mailbox, as a screen that is still busy would.
        let key = CandidateKey.coming(session.state.tasks[0].id, index: 0)
        let end = Date(timeIntervalSinceNow: 60)
        while session.frames.newest(of: key)?.step ?? 0 < 3, Date() < end { Thread.sleep(forTimeInterval: 0.005) }
        let previews = session.drain().compactMap { if case .preview(_, let step) = $0 { step } else { nil } }
        #expect(previews.count == 1)
        #expect(previews.first ?? 0 > 1)
        session.perform(.cancelAll)
        session.runUntilIdle()
    }

    @Test("The shown candidate is checked at full size")
    func checks() throws {
        let session = try TestCatalogue().session(.success(.test()), isInteractive: true)
        session.paint(count: 1)
        #expect(session.wait(seconds: 60) { $0.selectedChecks != nil } != nil)
        let checks = try #require(session.state.selectedChecks)
        #expect(checks.productIsLocked)
        #expect(abs(checks.frameShare - 0.62) < 0.02)
    }
}
