import Foundation
import GRDB
import Imaging

/// How far an import has come; returning false ends it before the next file.
public typealias ImportProgress = (_ done: Int, _ total: Int, _ file: String) -> Bool

extension Catalogue {
    /// Copies photos into `products/`. The originals stay as they are, and so do the copies from then on.
    ///
    /// A file that equals a product already there is not copied again. A name that is taken gets a number. A file that is
    /// no good is reported, and leaves the catalogue as it was.
    ///
    /// - Parameters:
    ///   - sources: files, or folders with files in them and in their subfolders.
    ///   - progress: called before every file.
    /// - Returns: what became of each file; a full disk or the like ends the import with a problem, keeping what went before.
    public func importProducts(_ sources: [URL], progress: ImportProgress = { _, _, _ in true }) -> ImportReport {
        take(sources, onto: .products, progress: progress)
    }

    /// Copies brand pictures into `references/`, as ``importProducts(_:progress:)`` does with photos.
    public func importReferences(_ sources: [URL], progress: ImportProgress = { _, _, _ in true }) -> ImportReport {
        take(sources, onto: .references, progress: progress)
    }

    private func take(_ sources: [URL], onto shelf: Shelf, progress: ImportProgress) -> ImportReport {
        var report = ImportReport()
        let files = sources.flatMap { gather($0, into: &report) }
        for (index, file) in files.enumerated() {
            guard progress(index, files.count, SafeName.displayable(file.lastPathComponent)) else {
                report.stopped = true
                break
            }
            do {
                try take(file, onto: shelf, into: &report)
            } catch {
                report.add(error, file: file.lastPathComponent)
                if Self.endsEverything(error) {
                    report.stopped = true
                    break
                }
            }
        }
        return report
    }

    /// Looks into a file and says what it is.
    func inspect(_ file: URL, for shelf: Shelf, digest: String) throws -> Shelf.Inspected {
        switch shelf {
        case .products:
            let facts = try readPhoto(file)
            return Shelf.Inspected(digest: digest, facts: facts, format: facts.format)
        case .references:
            return Shelf.Inspected(digest: digest, facts: nil, format: try Photo.load(file).format)
        }
    }

    /// What the next file would run into as well.
    static func endsEverything(_ error: any Error) -> Bool {
        switch error as? CatalogueError {
        case .diskFull, .readOnly, .locked, .damaged, .database: true
        default: false
        }
    }

    private func take(_ file: URL, onto shelf: Shelf, into report: inout ImportReport) throws {
        if liesOn(shelf, file) { return try adopt(file.lastPathComponent, on: shelf, into: &report) }
        let digest = try ContentDigest.ofFile(file)
        if let known = try read({ try shelf.entry($0, digest: digest) }) {
            report.duplicates.append(.init(file: SafeName.displayable(file.lastPathComponent), of: known.name))
            return
        }
        let inspected = try inspect(file, for: shelf, digest: digest)
        var placed: URL?
        var updated = report
        do {
            try write { db in
                if let known = try shelf.entry(db, digest: digest) {  // another process was quicker
                    updated.duplicates.append(.init(file: SafeName.displayable(file.lastPathComponent), of: known.name))
                    return
                }
                let folder = subfolder(shelf.rawValue)
                try FileBytes.makeFolder(folder)
                let ending = Self.ending(of: file, format: inspected.format)
                let name = try shelf.freeName(db, stem: SafeName.stem(of: file.lastPathComponent)) { name in
                    access(folder.appendingPathComponent("\(name).\(ending)").path, F_OK) == 0
                }
                let copy = folder.appendingPathComponent("\(name).\(ending)")
                let copied = try FileBytes.copy(file, to: copy)
                placed = copy
                guard copied == digest, let stamp = FileBytes.stamp(copy) else {
                    throw CatalogueError.picture(path: file.path, reason: "changed while it was being copied: import it again")
                }
                try shelf.insert(
                    db, name: name, fileName: "\(name).\(ending)", stamp: stamp, inspected: inspected, user: user, into: &updated)
            }
        } catch {
            if let placed { unlink(placed.path) }
            throw error
        }
        report = updated
    }

    private func liesOn(_ shelf: Shelf, _ file: URL) -> Bool {
        file.deletingLastPathComponent().resolvingSymlinksInPath().path == subfolder(shelf.rawValue).resolvingSymlinksInPath().path
    }

    /// Takes in a file that already lies in the shelf's folder, without a copy.
    private func adopt(_ fileName: String, on shelf: Shelf, into report: inout ImportReport) throws {
        let known = try read(shelf.entries).first { $0.fileName.utf8.elementsEqual(fileName.utf8) }
        if let known, known.stamp == FileBytes.stamp(subfolder(shelf.rawValue).appendingPathComponent(fileName)) {
            report.duplicates.append(.init(file: SafeName.displayable(fileName), of: known.name))
            return
        }
        var missing: [Shelf.Entry] = []
        try takeIn(fileName, known: known, missing: &missing, shelf: shelf, into: &report)
    }

    private func gather(_ source: URL, into report: inout ImportReport) -> [URL] {
        var status = stat()
        guard stat(source.path, &status) == 0 else {
            report.add(CatalogueError.file(path: source.path, reason: String(cString: strerror(errno))), file: source.path)
            return []
        }
        guard status.st_mode & S_IFMT == S_IFDIR else { return [source] }
        do {
            let listing = try FolderListing(source)
            report.addUnreadableNames(listing)
            report.ignored += listing.files.filter { !FolderListing.isPicture($0) }.map(SafeName.displayable)
            let files = listing.files.filter(FolderListing.isPicture).map { source.appendingPathComponent($0) }
            return files + listing.folders.flatMap { gather(source.appendingPathComponent($0, isDirectory: true), into: &report) }
        } catch {
            report.add(error, file: source.path)
            return []
        }
    }

    /// The file's own extension where it is one of a picture, else the content's.
    private static func ending(of file: URL, format: PictureFormat) -> String {
        if FolderListing.isPicture(file.lastPathComponent) { return file.pathExtension }
        return format == .png ? "png" : "jpg"
    }
}

extension ImportReport {
    mutating func addUnreadableNames(_ listing: FolderListing) {
        for name in listing.unreadableNames {
            add(CatalogueError.file(path: SafeName.displayable(name), reason: "its name is not valid UTF-8: rename it"), file: name)
        }
    }
}
