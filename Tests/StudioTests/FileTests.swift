import Catalogue
import Foundation
import Imaging
import Testing

@testable import Studio

@Suite("Imports and exports")
struct FileTests {
    @Test("Photos are taken in, with one line for each that is no good")
    func importing() throws {
        let folder = try TestCatalogue(products: [])
        let session = try folder.session()
        #expect(session.state.products.isEmpty && session.state.selectedProductID == nil)
        let inbox = folder.folder.appendingPathComponent("inbox")
        try FileManager.default.createDirectory(at: inbox, withIntermediateDirectories: true)
        try TestCatalogue.photo().write(to: inbox.appendingPathComponent("ボトル-桜.png"))
        try Data("hello".utf8).write(to: inbox.appendingPathComponent("text.png"))
        session.perform(.importPhotos([inbox]))
        #expect(session.state.fileWork?.kind == .importing)
        session.runUntilIdle()
        #expect(session.state.fileWork == nil)
        #expect(session.state.products.map(\.name) == ["ボトル-桜"])
        #expect(session.state.selectedProduct?.cutout == .good)
        #expect(session.state.message?.severity == .warning)
        #expect(session.state.message?.text.contains("text.png") == true)
    }

    @Test("A missing reference stops the generation before it begins")
    func referenceGone() throws {
        let session = try TestCatalogue().session()
        session.perform(.setParameter(.reference("spring")))
        #expect(session.perform(.generate(.selected))?.text == StudioError.referenceGone(name: "spring").description)
        #expect(session.state.tasks.isEmpty)
    }

    @Test("The approved set is exported with the photo's own pixels, in 8 and 16 bit")
    func export() throws {
        let folder = try TestCatalogue(products: ["mug"])
        let deep = TestCatalogue.block().pixels.enumerated().map { index, value in
            UInt16(value) * 257 &+ (value == 255 ? 0 : UInt16(index % 200))
        }
        try PNGCodec.encode(deep: deep, width: 96, height: 72).write(to: folder.photo("vase"))
        let session = try folder.session()
        session.perform(.setParameter(.candidateCount(2)))
        session.perform(.copyDraftToCategory)
        session.perform(.generate(.allOpen))
        session.runUntilIdle()
        session.perform(.selectProduct(session.state.products[0].id))
        session.perform(.approve)
        session.perform(.reject)
        session.perform(.approve)
        #expect(session.state.totals == ReviewCounts(approved: 2, rejected: 1, open: 1))
        session.perform(.exportApproved)
        var steps: [Int] = []
        session.runUntilIdle { event, _ in
            if case .exportProgress(let done, 2, _) = event { steps.append(done) }
            return true
        }
        #expect(steps.last == 1)
        let report = try #require(session.state.lastExport)
        #expect(report.failures.isEmpty)
        #expect(report.items.map(\.product) == ["mug", "vase"])
        #expect(report.items.allSatisfy { $0.coreMaximumDifference == 0 })
        #expect(report.copyCommand?.hasPrefix("scp ") == true)
        for item in report.items {
            let photo = try Photo.load(folder.photo(item.product))
            let exported = try Photo.load(URL(fileURLWithPath: item.path))
            #expect(exported.width == item.width && exported.height == item.height)
            #expect((exported.deep != nil) == (item.product == "vase"))
            let layout = CanvasLayout.make(photo: photo, cutout: try Cutout.make(from: photo), aspect: .square)
            #expect(try coreDifference(photo, exported, layout) == 0)
        }
        #expect(try session.catalogue.exports().count == 2)
        let sheet = try Photo.load(URL(fileURLWithPath: try #require(report.contactSheet)))
        #expect(sheet.width > 2 * 320 && sheet.height > 320)
    }

    /// Largest difference inside the opaque product, and -1 where it has no pixel at all.
    private func coreDifference(_ photo: Photo, _ exported: Photo, _ layout: CanvasLayout) throws -> Int {
        let original = photo.deep ?? photo.image.pixels.map { UInt16($0) }
        let result = exported.deep ?? exported.image.pixels.map { UInt16($0) }
        let mask = try Cutout.make(from: photo).mask
        var worst = -1
        for y in 0..<photo.height {
            for x in 0..<photo.width where mask[x, y] == 255 {
                for channel in 0..<3 {
                    let from = original[(y * photo.width + x) * 4 + channel]
                    let to = result[((y + layout.productY) * exported.width + x + layout.productX) * 4 + channel]
                    worst = max(worst, abs(Int(from) - Int(to)))
                }
            }
        }
        return worst
    }

    @Test("An export that is told to stop gives up the picture in hand, keeps what is written and says how far it came")
    func exportStopped() throws {
        let folder = try TestCatalogue()
        let session = try folder.session()
        session.paint(count: 3)
        for _ in 0..<3 { session.perform(.approve) }
        var asked = 0
        var isSecond = false
        let report = try Exporter(catalogue: session.catalogue, shelf: session.shelf).exportApproved(
            progress: { done, total, _ in
                #expect(total == 3)
                isSecond = done == 1
            },
            goesOn: {
                // In the middle of the second picture: it was asked about before, and a stage of the compositing is done.
                asked += isSecond ? 1 : 0
                return asked < 3
            })
        #expect(report.items.map(\.candidate) == [1] && report.failures == ["stopped after 1 of 3"])
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.folder.appendingPathComponent("exports").path)
        #expect(files.count == 2 && files.contains(Exporter.contactSheetName), "\(files)")
        #expect(try session.catalogue.exports().count == 1)
    }

    @Test("An export of nothing says so")
    func nothingToExport() throws {
        let session = try TestCatalogue().session()
        session.perform(.exportApproved)
        session.runUntilIdle()
        #expect(session.state.message?.text == "nothing to export: no candidate is approved")
    }

    @Test("A candidate whose file is gone fails alone")
    func exportGoesOn() throws {
        let folder = try TestCatalogue()
        let session = try folder.session()
        session.paint(count: 2)
        session.perform(.approve)
        session.perform(.approve)
        try FileManager.default.removeItem(at: folder.folder.appendingPathComponent("candidates/mug/1.png"))
        session.perform(.exportApproved)
        session.runUntilIdle()
        let report = try #require(session.state.lastExport)
        #expect(report.items.map(\.candidate) == [2])
        #expect(report.failures.count == 1)
        #expect(session.state.message?.severity == .error)
    }

    @Test("The scp line names the machine as the designer reached it")
    func copyCommand() {
        let folder = URL(fileURLWithPath: "/srv/spring set/exports")
        let line = CopyCommand.line(folder: folder, environment: ["USER": "anna", "SSH_CONNECTION": "198.51.100.2 50000 192.0.2.7 2222"])
        #expect(line == "scp -r -P 2222 'anna@192.0.2.7:/srv/spring set/exports' .")
        let six = CopyCommand.line(
            folder: URL(fileURLWithPath: "/srv/a/exports"), environment: ["USER": "anna", "SSH_CONNECTION": "2001:db8::1 5 2001:db8::7 22"])
        let again = CopyCommand.synchronisingLine(
            folder: folder, environment: ["USER": "anna", "SSH_CONNECTION": "198.51.100.2 50000 192.0.2.7 2222"])
        #expect(again == "rsync -avP -e 'ssh -p 2222' 'anna@192.0.2.7:/srv/spring set/exports' .")
        #expect(six == "scp -r 'anna@[2001:db8::7]:/srv/a/exports' .")
    }
}
