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
    /// - Parameter progress: called before every picture with how many are done, how many there are, and its name; false ends the export.
    /// - Throws: `CatalogueError` where the catalogue cannot be read.
    func exportApproved(progress: (_ done: Int, _ total: Int, _ name: String) -> Bool) throws -> ExportReport {
        let products = try catalogue.products()
        let approved = try catalogue.candidates().filter { $0.decision == .approved }
        let ordered = products.flatMap { product in approved.filter { $0.productID == product.id }.map { (product, $0) } }
        var report = ExportReport()
        var sheet = ContactSheet(entries: [], cell: Self.contactSheetCell)
        for (done, (product, candidate)) in ordered.enumerated() {
            guard progress(done, ordered.count, product.name) else {
                report.failures.append("stopped after \(done) of \(ordered.count)")
                break
            }
            do {
                let (item, entry) = try export(candidate, of: product)
                report.items.append(item)
                sheet.entries.append(entry)
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
    private func export(_ candidate: Candidate, of record: Product) throws -> (ExportReport.Item, ContactSheet.Entry) {
        let product = try shelf.product(record.id)
        let layout = product.layout(candidate.settings)
        let background = product.adjusted(try Photo.load(catalogue.url(of: candidate)).image)
        let options = product.treatment.options
        let composite = try Compositor.composite(
            photo: product.photo, cutout: product.cutout, layout: layout, background: background, options: options
        ).reduced(to: candidate.settings.aspect)
        // Only who asked for harmonisation gets other pixels than the photo's.
        guard composite.coreMaximumDifference == 0 || options.harmonisation > 0 else {
            throw StudioError.productChanged(name: record.name, difference: composite.coreMaximumDifference)
        }
        let export = try catalogue.storeExport(try composite.encodedPNG(), format: .png, candidateID: candidate.id)
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
