import Foundation
import GRDB
import Imaging

extension Catalogue {
    /// Takes in what was put into `products/` and `references/` by hand, where it lies, and follows what was renamed or
    /// replaced there. Files that are no good are reported, and leave the catalogue as it was.
    /// - Parameter progress: called before every file that is new or changed.
    /// - Throws: ``CatalogueError`` where the database or a folder cannot be read at all.
    public func scan(progress: ImportProgress = { _, _, _ in true }) throws -> ImportReport {
        var report = ImportReport()
        for shelf in Shelf.allCases where !report.stopped {
            try scan(shelf, into: &report, progress: progress)
        }
        return report
    }

    private func scan(_ shelf: Shelf, into report: inout ImportReport, progress: ImportProgress) throws {
        let folder = subfolder(shelf.rawValue)
        guard access(folder.path, F_OK) == 0 else { return }
        let listing = try FolderListing(folder)
        report.addUnreadableNames(listing)
        report.ignored += listing.files.filter { !FolderListing.isPicture($0) }.map(SafeName.displayable)
        let entries = Dictionary(uniqueKeysWithValues: try read(shelf.entries).map { (Data($0.fileName.utf8), $0) })
        let present = Set(listing.files.map { Data($0.utf8) })
        var missing = entries.filter { !present.contains($0.key) }.map(\.value)
        let news = listing.files.filter { name in
            guard FolderListing.isPicture(name) else { return false }
            return entries[Data(name.utf8)]?.stamp != FileBytes.stamp(folder.appendingPathComponent(name))
        }
        for (index, name) in news.enumerated() {
            guard progress(index, news.count, SafeName.displayable(name)) else {
                report.stopped = true
                return
            }
            do {
                try takeIn(name, known: entries[Data(name.utf8)], missing: &missing, shelf: shelf, into: &report)
            } catch {
                report.add(error, file: name)
                if Self.endsEverything(error) {
                    report.stopped = true
                    return
                }
            }
        }
        report.missing += missing.map(\.name).sorted()
    }

    /// Takes in one file of the shelf's own folder, where it lies: it is new, or not what its row says.
    func takeIn(
        _ fileName: String, known: Shelf.Entry?, missing: inout [Shelf.Entry], shelf: Shelf, into report: inout ImportReport
    ) throws {
        let file = subfolder(shelf.rawValue).appendingPathComponent(fileName)
        guard let stamp = FileBytes.stamp(file) else { return }
        let digest = try ContentDigest.ofFile(file)
        if let known {
            let inspected = known.digest == digest ? nil : try inspect(file, for: shelf, digest: digest)
            try write { try shelf.update($0, id: known.id, fileName: fileName, stamp: stamp, inspected: inspected) }
            if inspected != nil { report.changed.append(known.name) }
            return
        }
        if let index = missing.firstIndex(where: { $0.digest == digest }) {
            let renamed = missing.remove(at: index)
            try write { try shelf.update($0, id: renamed.id, fileName: fileName, stamp: stamp, inspected: nil) }
            report.changed.append(renamed.name)
            return
        }
        if let twin = try read({ try shelf.entry($0, digest: digest) }) {
            report.duplicates.append(.init(file: SafeName.displayable(fileName), of: twin.name))
            return
        }
        let inspected = try inspect(file, for: shelf, digest: digest)
        var updated = report
        try write { db in
            if let twin = try shelf.entry(db, digest: digest) {  // another process was quicker
                if twin.fileName != fileName { updated.duplicates.append(.init(file: SafeName.displayable(fileName), of: twin.name)) }
                return
            }
            let name = try shelf.freeName(db, stem: SafeName.stem(of: fileName))
            try shelf.insert(db, name: name, fileName: fileName, stamp: stamp, inspected: inspected, user: user, into: &updated)
        }
        report = updated
    }
}
