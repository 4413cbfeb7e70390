import Foundation

/// Reading and writing files so that a crash, a full disk or a pulled plug leaves either all of a file or none of it.
enum FileBytes {
    /// What a file in the making is called until it is complete: `.<name><suffix>`.
    static let partialSuffix = ".backdrop-partial"

    /// What tells a changed file from an unchanged one without reading it.
    struct Stamp: Equatable {
        let size: Int64
        /// Nanoseconds since 1970.
        let modified: Int64
    }

    /// Hands every chunk of a file's bytes to `body`, in order.
    /// - Throws: ``CatalogueError/file(path:reason:)``, and what `body` throws.
    static func forEachChunk(of url: URL, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        let descriptor = open(url.path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(url, errno) }
        defer { close(descriptor) }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
        defer { buffer.deallocate() }
        while true {
            let count = read(descriptor, buffer.baseAddress, buffer.count)
            if count == 0 { return }
            if count < 0 {
                if errno == EINTR { continue }
                throw failure(url, errno)
            }
            try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }

    /// Writes `data` to `url`: temporary name, fsync, rename, fsync of the folder. `replacing` decides whether a file
    /// of that name gives way or makes this throw.
    static func write(_ data: Data, to url: URL, replacing: Bool) throws {
        try place(url, replacing: replacing) { descriptor in
            try data.withUnsafeBytes { try append($0, to: descriptor, of: url) }
        }
    }

    /// Copies `source` to `url`, where no file of that name may be yet, as durably as ``write(_:to:replacing:)``.
    /// - Returns: the digest of the bytes that were copied.
    static func copy(_ source: URL, to url: URL) throws -> String {
        var digest = ContentDigest()
        try place(url, replacing: false) { descriptor in
            try forEachChunk(of: source) { bytes in
                digest.update(bytes)
                try append(bytes, to: descriptor, of: url)
            }
        }
        return digest.finish()
    }

    /// The size and time of a file, or nil where there is none.
    static func stamp(_ url: URL) -> Stamp? {
        var status = stat()
        guard stat(url.path, &status) == 0 else { return nil }
        let modified = Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
        return Stamp(size: Int64(status.st_size), modified: modified)
    }

    /// Makes a folder with everything above it, if it is not there yet.
    static func makeFolder(_ url: URL) throws {
        do {
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        } catch {
            throw folderFailure(url)
        }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder), isFolder.boolValue else {
            throw CatalogueError.folderUnusable(path: url.path, reason: "Not a directory")
        }
    }

    /// Removes what a process that died left half-written in `folder`. Only ever called under the database's write
    /// lock, and files are only ever made under it, so whatever is found belongs to nobody.
    static func removePartials(in folder: URL) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        for name in names where name.hasPrefix(".") && name.hasSuffix(partialSuffix) {
            unlink(folder.appendingPathComponent(name).path)
        }
    }

    private static func place(_ url: URL, replacing: Bool, _ fill: (Int32) throws -> Void) throws {
        let folder = url.deletingLastPathComponent()
        let partial = folder.appendingPathComponent("." + url.lastPathComponent + partialSuffix)
        unlink(partial.path)
        let descriptor = open(partial.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw failure(url, errno) }
        do {
            defer { close(descriptor) }
            try fill(descriptor)
            guard fsync(descriptor) == 0 else { throw failure(url, errno) }
        } catch {
            unlink(partial.path)
            throw error
        }
        do {
            try rename(partial, to: url, replacing: replacing)
            try syncFolder(folder)
        } catch {
            unlink(partial.path)
            throw error
        }
    }

    /// `link` + `unlink` never replaces a file that appeared meanwhile; file systems without hard links fall back to a look first.
    private static func rename(_ partial: URL, to url: URL, replacing: Bool) throws {
        if !replacing {
            if link(partial.path, url.path) == 0 {
                unlink(partial.path)
                return
            }
            let reason = errno
            guard reason == EPERM || reason == EOPNOTSUPP || reason == ENOSYS, access(url.path, F_OK) != 0 else {
                throw failure(url, reason)
            }
        }
        guard Foundation.rename(partial.path, url.path) == 0 else { throw failure(url, errno) }
    }

    private static func append(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, of url: URL) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let slice = UnsafeRawBufferPointer(rebasing: rest)
            let count = Foundation.write(descriptor, slice.baseAddress, slice.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw failure(url, errno)
            }
            rest = rest.dropFirst(count)
        }
    }

    private static func syncFolder(_ folder: URL) throws {
        let descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(folder, errno) }
        defer { close(descriptor) }
        // Some network file systems cannot sync a folder and say EINVAL; the rename itself is done by then.
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw failure(folder, errno) }
    }

    private static func folderFailure(_ url: URL) -> CatalogueError {
        // Foundation's own message is several lines long: ask the system again for the plain reason.
        if mkdir(url.path, 0o755) == 0 { return .folderUnusable(path: url.path, reason: "it could not be made") }
        switch errno {
        case EROFS: return .readOnly(path: url.path)
        case ENOSPC, EDQUOT: return .diskFull(path: url.path)
        case EEXIST: return .folderUnusable(path: url.path, reason: String(cString: strerror(ENOTDIR)))
        case let reason: return .folderUnusable(path: url.path, reason: String(cString: strerror(reason)))
        }
    }

    private static func failure(_ url: URL, _ reason: Int32) -> CatalogueError {
        switch reason {
        case ENOSPC, EDQUOT, EFBIG: return .diskFull(path: url.path)
        case EROFS: return .readOnly(path: url.path)
        default: return .file(path: url.path, reason: String(cString: strerror(reason)))
        }
    }
}
