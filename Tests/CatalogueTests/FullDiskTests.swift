import Foundation
import Testing

@testable import Catalogue

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
        guard descriptor >= 0 else { throw CatalogueError.file(path: url.path, reason: "no ballast") }
        defer { close(descriptor) }
        let block = [UInt8](repeating: 1, count: 4096)
        while write(descriptor, block, block.count) == block.count {}
    }

    func release() { unlink(url.appendingPathComponent("ballast").path) }

    func becomeReadOnly() -> Bool {
        mount("tmpfs", url.path, "tmpfs", UInt(MS_REMOUNT | MS_RDONLY), nil) == 0
    }

    static let isPermitted = SmallDisk(kilobytes: 64) != nil
}

@Suite("A disk that takes nothing more", .enabled(if: SmallDisk.isPermitted, "needs the right to mount a tmpfs"))
struct FullDiskTests {
    let temporary: TemporaryFolder
    let disk: SmallDisk
    let catalogue: Catalogue

    init() throws {
        temporary = try TemporaryFolder()
        disk = try #require(SmallDisk(kilobytes: 2048))
        catalogue = try Catalogue(folder: disk.url.appendingPathComponent("catalogue"), user: "aiko")
        let photo = try temporary.write(try Pictures.png(), "vase.png")
        #expect(catalogue.importProducts([photo]).products.count == 1)
    }

    @Test("When it is full, importing, storing and deciding say so and change nothing")
    func full() throws {
        let vase = try catalogue.product(named: "vase")
        let candidate = try catalogue.storeSample(vase)
        try disk.fill()
        let before = (try catalogue.dump(), try listing(catalogue.folder))
        let photo = try temporary.write(try Pictures.png(shade: 200), "shoe.png")
        let report = catalogue.importProducts([photo, photo])
        #expect(report.products.isEmpty && report.stopped && report.problems.count == 1)
        #expect(report.problems.first?.message.contains("no space left") == true)
        let stored = #expect(throws: CatalogueError.self) { try catalogue.storeSample(vase) }
        guard case .diskFull = stored else {
            Issue.record("\(String(describing: stored))")
            return
        }
        // A decision may still fit into the log that is there; if not, it says so.
        for _ in 0..<200 {
            let verdict: Verdict = try catalogue.candidate(id: candidate.id)?.decision == .approved ? .rejected : .approved
            do {
                try catalogue.decide(candidate.id, verdict)
                #expect(try catalogue.candidate(id: candidate.id)?.decision == verdict)
            } catch CatalogueError.diskFull {
                #expect(try catalogue.candidate(id: candidate.id)?.decision != verdict)
            }
        }
        #expect(try listing(catalogue.folder) == before.1)
        #expect(try catalogue.dump().filter { !$0.contains("decision") } == before.0.filter { !$0.contains("decision") })
        disk.release()
        #expect(try catalogue.storeSample(vase).number == 2)
        let reopened = try Catalogue(folder: catalogue.folder)
        #expect(try reopened.candidates().count == 2)
    }

    @Test("Opening a catalogue on a full disk says so, or works; never anything else")
    func openingFull() throws {
        let folder = catalogue.folder
        catalogue.close()
        try disk.fill()
        do {
            #expect(try Catalogue(folder: folder, creating: false).products().count == 1)
        } catch CatalogueError.diskFull {}
        disk.release()
        #expect(try Catalogue(folder: folder, creating: false).products().count == 1)
    }

    @Test("A read-only disk is one clear line", arguments: ["catalogue", "new"])
    func readOnly(name: String) throws {
        catalogue.close()
        try #require(disk.becomeReadOnly())
        let folder = disk.url.appendingPathComponent(name)
        let error = try #require(throws: CatalogueError.self) { try Catalogue(folder: folder) }
        guard case .readOnly(let path) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(path.hasPrefix(folder.path))
    }
}
