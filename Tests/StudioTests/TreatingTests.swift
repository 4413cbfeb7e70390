import Foundation
import Imaging
import Testing

@testable import Studio

@Suite("Adjusting and placing")
struct TreatingTests {
    @Test("A treatment is kept with the product, found again, and used for new pictures and exports")
    func kept() throws {
        let folder = try TestCatalogue()
        let session = try folder.session()
        session.paint(count: 1)
        var treatment = ProductTreatment()
        treatment.placement.share = 0.4
        treatment.background.brightness = 0.5
        treatment.strokes = [MaskStroke(x: 2, y: 2, radius: 1, addsProduct: true)]
        #expect(session.perform(.treat(treatment)) == nil)
        #expect(session.state.treatment == treatment)
        session.paint(count: 1)
        let settings = session.state.candidates.compactMap { $0.summary?.settings }
        // The first was painted before, and keeps its place.
        #expect(settings.map(\.placement) == [nil, treatment.placement])
        let shares = try session.state.candidates.compactMap { try $0.key.storedID.map { try session.checks(of: $0).frameShare } }
        #expect(shares.count == 2 && shares[1] < shares[0])
        session.shutdown()
        let again = try folder.session()
        #expect(again.state.treatment == treatment)
        #expect(again.perform(.treat(.none)) == nil)
        #expect(try again.catalogue.treatment(productID: try #require(again.state.selectedProductID)) == .none)
    }

    @Test("A changed treatment is another picture, and the mask can be looked at")
    func pictures() throws {
        let session = try TestCatalogue().session()
        session.paint(count: 1)
        let product = try #require(session.state.selectedProductID)
        func stage() throws -> StudioPicture {
            let subject = try #require(session.state.stage)
            _ = session.picture(for: subject, maximumWidth: 60, maximumHeight: 60)
            #expect(session.wait { _ in session.picture(for: subject, maximumWidth: 60, maximumHeight: 60) != nil } != nil)
            return try #require(session.picture(for: subject, maximumWidth: 60, maximumHeight: 60))
        }
        let before = try stage()
        var treatment = ProductTreatment()
        treatment.background.brightness = -1
        session.perform(.treat(treatment))
        let after = try stage()
        #expect(after.revision != before.revision)
        #expect(after.image.pixels[0] < before.image.pixels[0])
        _ = session.picture(for: .mask(product), maximumWidth: 60, maximumHeight: 60)
        #expect(session.wait { _ in session.picture(for: .mask(product), maximumWidth: 60, maximumHeight: 60) != nil } != nil)
    }
}
