import Catalogue
import Foundation

/// Imports and exports: they run in the background and say how far they are.
extension StudioSession {
    func exportApproved() {
        state.fileWork = FileWork(kind: .exporting, done: 0, total: state.totals.approved, name: "")
        let exporter = Exporter(catalogue: catalogue, shelf: shelf)
        errands.run { [mailbox, changes] goesOn in
            do {
                let report = try exporter.exportApproved(
                    progress: { done, total, name in mailbox.post(.exportProgress(done: done, total: total, name: name)) },
                    goesOn: goesOn)
                changes.note()
                mailbox.post(.exportFinished(report))
            } catch {
                mailbox.post(.exportFailed(StatusMessage(error)))
            }
        }
    }

    func importFiles(_ take: @escaping @Sendable (Catalogue, ImportProgress) -> ImportReport) {
        state.fileWork = FileWork(kind: .importing, done: 0, total: 0, name: "")
        bringIn { catalogue, progress in take(catalogue, progress) }
    }

    func rescan() {
        bringIn { catalogue, progress in try catalogue.scan(progress: progress) }
    }

    private func bringIn(_ take: @escaping @Sendable (Catalogue, ImportProgress) throws -> ImportReport) {
        errands.run { [mailbox, changes, catalogue, fallback = state.recommendedDraft.parameters.sampler] goesOn in
            do {
                let report = try take(catalogue) { done, total, name in
                    mailbox.post(.importProgress(done: done, total: total, name: name))
                    return goesOn()
                }
                changes.note()
                let reading = changes.value
                var view = CatalogueView(try catalogue.contents(), fallbackSampler: fallback)
                view.reading = reading
                mailbox.post(.catalogueChanged(view))
                mailbox.post(.importFinished(report))
            } catch {
                mailbox.post(.importFailed(StatusMessage(error)))
            }
        }
    }
}
