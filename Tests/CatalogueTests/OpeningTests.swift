import Foundation
import GRDB
import Testing

@testable import Catalogue

@Suite("Opening a project folder")
struct OpeningTests {
    let temporary: TemporaryFolder
    var folder: URL { temporary.url.appendingPathComponent("spring") }

    init() throws { temporary = try TemporaryFolder() }

    @Test("A new catalogue has the four folders and its database")
    func layout() throws {
        _ = try Catalogue(folder: folder)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(Set(["products", "references", "candidates", "exports", "backdrop.sqlite"]).isSubset(of: names))
    }

    @Test("What one process wrote the next one finds")
    func reopening() throws {
        var catalogue = try Catalogue.with(["vase", "shoe"], in: temporary)
        let before = try catalogue.dump()
        catalogue = try Catalogue(folder: catalogue.folder, creating: false)
        #expect(try catalogue.dump() == before)
        #expect(try catalogue.products().map(\.name) == ["shoe", "vase"])
    }

    @Test("After closing, the database is one file that holds everything")
    func closing() throws {
        let catalogue = try Catalogue.with(["vase"], in: temporary)
        catalogue.close()
        let wal = FileBytes.stamp(URL(fileURLWithPath: Catalogue.database(in: catalogue.folder).path + "-wal"))
        #expect(wal == nil || wal?.size == 0)
        let copy = temporary.url.appendingPathComponent("copy", isDirectory: true)
        try FileManager.default.createDirectory(at: copy, withIntermediateDirectories: true)
        try FileManager.default.copyItem(at: Catalogue.database(in: catalogue.folder), to: Catalogue.database(in: copy))
        #expect(try Catalogue(folder: copy, creating: false).products().map(\.name) == ["vase"])
        #expect(throws: CatalogueError.self) { try catalogue.products() }
    }

    @Test("WAL and foreign keys are on, and commits reach the disk")
    func pragmas() throws {
        let catalogue = try Catalogue(folder: folder)
        let values = try catalogue.connected().writer.writeWithoutTransaction { db in
            try ["journal_mode", "foreign_keys", "synchronous"].map { try String.fetchOne(db, sql: "PRAGMA \($0)") }
        }
        #expect(values == ["wal", "1", "2"])
    }

    @Test("Without leave to create, an empty folder is an error and stays empty")
    func nothingThere() throws {
        #expect(throws: CatalogueError.noCatalogue(folder: temporary.url.path)) {
            try Catalogue(folder: temporary.url, creating: false)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: temporary.url.path).isEmpty)
    }

    @Test("A folder below a file cannot be used", arguments: [true, false])
    func pathThroughFile(creating: Bool) throws {
        let file = try temporary.write(Data("x".utf8), "file")
        let folder = file.appendingPathComponent("catalogue")
        #expect(throws: CatalogueError.folderUnusable(path: folder.path, reason: "Not a directory")) {
            try Catalogue(folder: folder, creating: creating)
        }
        #expect(try Data(contentsOf: file) == Data("x".utf8))
    }

    @Test("A database that is no database is reported and left as it is")
    func notADatabase() throws {
        let garbage = Data((0..<8192).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        let file = try temporary.write(garbage, "spring/backdrop.sqlite")
        let error = try #require(throws: CatalogueError.self) { try Catalogue(folder: folder) }
        guard case .damaged(file.path, _) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(!"\(error)".contains("\n"))
        #expect(try Data(contentsOf: file) == garbage)
    }

    @Test("A database with overwritten pages is reported as damaged")
    func overwrittenPages() throws {
        let catalogue = try Catalogue.with(["a", "b", "c"], in: temporary)
        let place = catalogue.folder
        catalogue.close()
        let database = Catalogue.database(in: place)
        var bytes = try Data(contentsOf: database)
        for index in 4096..<bytes.count { bytes[index] = UInt8(truncatingIfNeeded: index &* 7) }
        try bytes.write(to: database)
        let error = try #require(throws: CatalogueError.self) { try Catalogue(folder: place) }
        guard case .damaged = error else {
            Issue.record("\(error)")
            return
        }
    }

    @Test("A database from a newer version is left alone")
    func newerVersion() throws {
        let catalogue = try Catalogue(folder: folder)
        try catalogue.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('99 from the future')") }
        #expect(throws: CatalogueError.tooNew(path: Catalogue.database(in: folder).path)) { try Catalogue(folder: folder) }
    }

    @Test("A write gives up with one clear line while another program holds the lock")
    func locked() throws {
        let catalogue = try Catalogue.with(["vase"], in: temporary)
        let patient = try Catalogue(folder: catalogue.folder, busyTimeout: 0.05)
        let product = try patient.product(named: "vase")
        try catalogue.write { (_: Database) throws -> Void in
            #expect(throws: CatalogueError.locked(path: Catalogue.database(in: catalogue.folder).path)) {
                try patient.setCategory("<shoes>", of: product.id)
            }
            #expect(try patient.products().count == 1)  // reading goes on
        }
        try patient.setCategory("<shoes>", of: product.id)
        #expect(try catalogue.product(named: "vase").categoryIdentifier == "<shoes>")
    }

    @Test("A thread with little patience gives up at once, though the catalogue has more; who asks whether it is locked is told")
    func patience() throws {
        let catalogue = try Catalogue.with(["vase"], in: temporary)
        let patient = try Catalogue(folder: catalogue.folder, busyTimeout: 30)
        let product = try patient.product(named: "vase")
        #expect(try !patient.isLocked())
        try catalogue.write { (_: Database) throws -> Void in
            let start = Date()
            #expect(throws: CatalogueError.locked(path: Catalogue.database(in: catalogue.folder).path)) {
                try Catalogue.$patience.withValue(0.1) { try patient.setCategory("<shoes>", of: product.id) }
            }
            #expect(try patient.isLocked())
            #expect(Date().timeIntervalSince(start) < 5)
        }
        #expect(try !patient.isLocked())
    }

    @Test("Many that open a new folder at once all succeed")
    func race() async throws {
        let folder = folder
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<8 {
                group.addTask { try Catalogue(folder: folder).setViewState("\(index)", for: "key \(index)") }
            }
            try await group.waitForAll()
        }
        let catalogue = try Catalogue(folder: folder, creating: false)
        for index in 0..<8 { #expect(try catalogue.viewState("key \(index)") == "\(index)") }
    }

    @Test("Every message is one line")
    func messages() {
        let errors: [CatalogueError] = [
            .noCatalogue(folder: "/f"), .folderUnusable(path: "/f", reason: "r"), .readOnly(path: "/f"), .diskFull(path: "/f"),
            .locked(path: "/f"), .damaged(path: "/f", detail: "d"), .tooNew(path: "/f"), .file(path: "/f", reason: "r"),
            .picture(path: "/f", reason: "r"), .unknownProduct("p"), .unknownReference("r"), .unknownCandidate("c"), .unknownJob(1),
            .database(path: "/f", detail: "d"),
        ]
        for error in errors {
            #expect(!"\(error)".contains("\n") && "\(error)".count > 3 && error.errorDescription == "\(error)")
        }
    }
}
