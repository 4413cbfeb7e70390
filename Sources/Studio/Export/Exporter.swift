import Catalogue
import Foundation
import Imaging

/// Writes the approved set: every approved candidate behind its product, at the photo's own resolution and depth.
struct Exporter: Sendable {
    let catalogue: Catalogue
    let shelf: ProductShelf

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
        for (done, (product, candidate)) in ordered.enumerated() {
            guard progress(done, ordered.count, product.name) else {
                report.failures.append("stopped after \(done) of \(ordered.count)")
                break
            }
            do {
                report.items.append(try export(candidate, of: product))
            } catch {
                report.failures.append("\(product.name) \(candidate.number): \(error)")
            }
        }
        guard !report.items.isEmpty else { return report }
        report.copyCommand = CopyCommand.line(folder: catalogue.folder.appendingPathComponent("exports"))
        return report
    }

    private func export(_ candidate: Candidate, of record: Product) throws -> ExportReport.Item {
        let product = try shelf.product(record.id)
        let composite = try Compositor.composite(
            photo: product.photo, cutout: product.cutout, layout: product.layout(candidate.settings.aspect),
            background: try Photo.load(catalogue.url(of: candidate)).image)
        let export = try catalogue.storeExport(try composite.encodedPNG(), format: .png, candidateID: candidate.id)
        return ExportReport.Item(
            path: catalogue.url(of: export).path, product: record.name, candidate: candidate.number, width: composite.width,
            height: composite.height, coreMaximumDifference: composite.coreMaximumDifference)
    }
}
