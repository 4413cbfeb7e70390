import Foundation

/// A small file system of its own. Needs the right to mount, which a build machine's container may not have.
final class SmallDisk {
    let url: URL

    init?(kilobytes: Int) {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("disk-\(UUID().uuidString)", isDirectory: true)
        guard mkdir(url.path, 0o755) == 0 else { return nil }
        guard mount("tmpfs", url.path, "tmpfs", 0, "size=\(kilobytes)k") == 0 else {
            rmdir(url.path)
            return nil
        }
    }

    deinit {
        umount2(url.path, Int32(MNT_DETACH))
        rmdir(url.path)
    }

    /// Leaves no room for anything.
    func fill() throws {
        let descriptor = open(url.appendingPathComponent("ballast").path, O_WRONLY | O_CREAT | O_APPEND, 0o644)
        guard descriptor >= 0 else { throw SampleCatalogue.Failure("no ballast in \(url.path)") }
        defer { close(descriptor) }
        let block = [UInt8](repeating: 1, count: 4096)
        while write(descriptor, block, block.count) == block.count {}
    }

    func release() { unlink(url.appendingPathComponent("ballast").path) }

    static let isPermitted = SmallDisk(kilobytes: 64) != nil
}
