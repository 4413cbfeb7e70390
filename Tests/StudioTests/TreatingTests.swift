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

    @Test("A mask goes out, comes back exactly, and can be taken away; a wrong size is refused and changes nothing")
    func maskRoundTrip() throws {
        let folder = try TestCatalogue()
        let session = try folder.session()
        let product = try #require(session.state.selectedProductID)
        var treatment = ProductTreatment()
        treatment.strokes = [MaskStroke(x: 4, y: 4, radius: 2, addsProduct: true)]
        session.perform(.treat(treatment))
        session.perform(.exportMask(nil))
        session.runUntilIdle()
        let name = try #require(session.state.selectedProduct?.name)
        let file = folder.folder.appendingPathComponent("masks/\(name).png")
        let written = Mask(of: try Photo.load(file).image)
        #expect(written[4, 4] == 255)

        var edited = written
        edited[0, 0] = 77
        try PNGCodec.encode(edited).write(to: file)
        session.perform(.importMask(file))
        session.runUntilIdle()
        #expect(session.state.treatment.importedMask != nil && session.state.treatment.strokes.isEmpty)
        #expect(try session.shelf.product(product).cutout.mask == edited)
        // Found again by another session, whatever became of the file that was read.
        try FileManager.default.removeItem(at: file)
        session.shutdown()
        let again = try folder.session()
        #expect(try again.shelf.product(product).cutout.mask == edited)

        try PNGCodec.encode(Mask(width: 3, height: 3, fill: 255)).write(to: file)
        again.perform(.importMask(file))
        again.runUntilIdle()
        #expect(again.state.message?.line.contains("3 x 3") == true)
        #expect(try again.shelf.product(product).cutout.mask == edited)

        var dropped = again.state.treatment
        dropped.dropImportedMask()
        again.perform(.treat(dropped))
        #expect(again.state.treatment == treatment)
        #expect(try again.shelf.product(product).cutout.mask == written)
    }

    @Test("An adjusted product is said to be adjusted, and its photo is still shown as it was taken")
    func adjustedProduct() throws {
        let session = try TestCatalogue().session()
        session.paint(count: 1)
        let candidate = try #require(session.state.candidates.first?.key.storedID)
        #expect(try session.checks(of: candidate).lines(frame: 0...1).first == CheckLine(name: "Product", value: "locked", isGood: true))
        var treatment = ProductTreatment()
        treatment.product.brightness = -0.5
        session.perform(.treat(treatment))
        #expect(
            try session.checks(of: candidate).lines(frame: 0...1).first
                == CheckLine(name: "Product", value: "adjusted by request", isGood: nil))
        let product = try #require(session.state.selectedProductID)
        let prepared = try session.shelf.product(product)
        #expect(prepared.original?.image == (try Photo.load(session.catalogue.folder.appendingPathComponent("products/mug.png")).image))
        #expect(prepared.photo.image != prepared.original?.image)
        session.perform(.treat(.none))
        #expect(try session.checks(of: candidate).productIsLocked)
    }

    @Test("A category brings its starting share, until somebody chooses one")
    func startingShare() throws {
        let session = try TestCatalogue().session()
        #expect(session.state.treatment.placement == .standard)
        session.perform(.selectCategory("watch"))
        let start = Placement.starting(category: "watch")
        #expect(session.state.treatment.placement == start && start != .standard)
        session.perform(.selectCategory("sneaker"))
        #expect(session.state.treatment.placement == Placement.starting(category: "sneaker"))
        var treatment = session.state.treatment
        treatment.placement.share = 0.8
        session.perform(.treat(treatment))
        session.perform(.selectCategory("watch"))
        #expect(session.state.treatment.placement.share == 0.8)
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
