import Foundation

/// What lies in a folder, read with the names exactly as the file system has them.
struct FolderListing {
    /// Regular files, and links to them, that are not hidden; sorted.
    private(set) var files: [String] = []
    /// Folders that are not hidden (links to folders are left out: they may go in circles); sorted.
    private(set) var folders: [String] = []
    /// Names that are not valid UTF-8, made showable.
    private(set) var unreadableNames: [String] = []

    /// - Throws: ``CatalogueError/folderUnusable(path:reason:)``.
    init(_ folder: URL) throws {
        guard let stream = opendir(folder.path) else {
            throw CatalogueError.folderUnusable(path: folder.path, reason: String(cString: strerror(errno)))
        }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            let (exact, lossy) = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: pointer.pointee)) {
                    (String(validatingCString: $0), String(cString: $0))
                }
            }
            guard !lossy.hasPrefix(".") else { continue }
            guard let name = exact else {
                unreadableNames.append(lossy)
                continue
            }
            add(name, at: folder.appendingPathComponent(name))
        }
        files.sort()
        folders.sort()
    }

    private mutating func add(_ name: String, at url: URL) {
        var status = stat()
        guard lstat(url.path, &status) == 0 else { return }
        let isLink = status.st_mode & S_IFMT == S_IFLNK
        guard !isLink || stat(url.path, &status) == 0 else { return }
        switch status.st_mode & S_IFMT {
        case S_IFREG: files.append(name)
        case S_IFDIR where !isLink: folders.append(name)
        default: break
        }
    }

    /// Whether a file is called like a picture that Backdrop reads.
    static func isPicture(_ name: String) -> Bool {
        ["png", "jpg", "jpeg", "jpe"].contains((name as NSString).pathExtension.lowercased())
    }
}
