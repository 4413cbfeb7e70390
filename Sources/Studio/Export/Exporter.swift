import Catalogue
import Foundation
import Imaging

/// Writes the approved set: every approved candidate behind its product, at the photo's own resolution and depth.
struct Exporter: Sendable {
    let catalogue: Catalogue
    let shelf: ProductShelf

    /// The file that shows the whole set at a glance.
    static let contactSheetName = "contact-sheet.png"
    /// The side of a picture on it, in pixels.
    private static let contactSheetCell = 320

    /// Exports every approved candidate.
    ///
    /// A candidate that fails is reported and the others go on.
    /// - Parameters:
    ///   - progress: called before every picture with how many are done, how many there are, and its name.
    ///   - goesOn: asked before and while a picture is made; once it says no the export ends, and the picture in hand is not written.
    /// - Throws: `CatalogueError` where the catalogue cannot be read.
    func exportApproved(
        progress: (_ done: Int, _ total: Int, _ name: String) -> Void, goesOn: () -> Bool = { true }
    ) throws -> ExportReport {
        let products = try catalogue.products()
        let approved = try catalogue.candidates().filter { $0.decision == .approved }
        let ordered = products.flatMap { product in approved.filter { $0.productID == product.id }.map { (product, $0) } }
        var report = ExportReport()
        var sheet = ContactSheet(entries: [], cell: Self.contactSheetCell)
        for (done, (product, candidate)) in ordered.enumerated() {
            progress(done, ordered.count, product.name)
            do {
                let (item, entry) = try export(candidate, of: product, goesOn)
                report.items.append(item)
                sheet.entries.append(entry)
            } catch is CancellationError {
                report.failures.append("stopped after \(done) of \(ordered.count)")
                break
            } catch {
                report.failures.append("\(product.name) \(candidate.number): \(error)")
            }
        }
        guard !report.items.isEmpty else { return report }
        do {
            report.contactSheet = try catalogue.storeExtra(try PNGCodec.encode(sheet.render()), named: Self.contactSheetName).path
        } catch {
            report.failures.append("\(Self.contactSheetName): \(error)")
        }
        let folder = catalogue.folder.appendingPathComponent("exports")
        report.copyCommand = CopyCommand.line(folder: folder)
        report.synchroniseCommand = CopyCommand.synchronisingLine(folder: folder)
        return report
    }

    /// Writes one picture. One whose product is not the photo's own, pixel by pixel, is never written.
    private func export(
        _ candidate: Candidate, of record: Product, _ goesOn: () -> Bool
    ) throws -> (ExportReport.Item, ContactSheet.Entry) {
        guard goesOn() else { throw CancellationError() }
        let product = try shelf.product(record.id) { _ in if !goesOn() { throw CancellationError() } }
        let layout = product.layout(candidate.settings)
        let background = product.adjusted(try Photo.load(catalogue.url(of: candidate)).image)
        let options = product.treatment.options
        let composite = try Compositor.composite(
            photo: product.photo, cutout: product.cutout, layout: layout, background: background, options: options, goesOn: goesOn
        ).reduced(to: candidate.settings.aspect)
        // Only who asked for harmonisation gets other pixels than the photo's.
        guard composite.coreMaximumDifference == 0 || options.harmonisation > 0 else {
            throw StudioError.productChanged(name: record.name, difference: composite.coreMaximumDifference)
        }
        let file = try composite.encodedPNG()
        guard goesOn() else { throw CancellationError() }
        let export = try catalogue.storeExport(file, format: .png, candidateID: candidate.id)
        let small = try Compositor.preview(
            photo: product.photo, cutout: product.cutout, layout: layout, background: background, maximumWidth: Self.contactSheetCell,
            maximumHeight: Self.contactSheetCell, options: options)
        return (
            ExportReport.Item(
                path: catalogue.url(of: export).path, product: record.name, candidate: candidate.number, width: composite.width,
                height: composite.height, coreMaximumDifference: composite.coreMaximumDifference),
            ContactSheet.Entry(image: small, caption: "\(record.name) \(candidate.number)")
        )
    }
}
