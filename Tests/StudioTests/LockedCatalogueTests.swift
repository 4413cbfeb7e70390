import Catalogue
import Foundation
import GRDB
import Testing

@testable import Studio

/// Another program that holds the catalogue's database for itself.
final class Holder: Sendable {
    private let queue: DatabaseQueue

    init(_ folder: URL) throws {
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        configuration.busyMode = .timeout(10)
        queue = try DatabaseQueue(path: folder.appendingPathComponent("backdrop.sqlite").path, configuration: configuration)
        try queue.writeWithoutTransaction { try $0.execute(sql: "BEGIN EXCLUSIVE") }
    }

    func letGo() throws {
        try queue.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
    }
}

@Suite("A catalogue that another program has locked")
struct LockedCatalogueTests {
    private func session(_ folder: TestCatalogue, _ engine: Engine = .test()) throws -> StudioSession {
        let session = try StudioSession(folder: folder.folder, options: .init(user: "anna", isInteractive: true), engine: .success(engine))
        session.runUntilIdle()
        return session
    }

    @Test("A key is answered at once, it is said what is wrong, and every decision is kept in order as soon as that is possible")
    func decisions() throws {
        let folder = try TestCatalogue()
        let session = try session(folder)
        session.paint(count: 2)
        let (first, second) = (session.state.candidates[0], session.state.candidates[1])
        session.perform(.selectCandidate(first.key))
        let holder = try Holder(folder.folder)
        let start = Date()
        session.perform(.approve)
        session.perform(.rate(4))
        session.perform(.selectCandidate(second.key))
        session.perform(.reject)
        session.perform(.selectCategory("bdshoes"))
        #expect(Date().timeIntervalSince(start) < 4, "keys waited for the lock")
        #expect(session.state.message?.text.contains("locked") == true)
        #expect(session.state.totals.approved == 0, "what is not in the database is not shown")
        try holder.letGo()
        #expect(session.wait { $0.totals.approved == 1 && $0.totals.rejected == 1 } != nil, "\(String(describing: session.state.message))")
        let stored = try session.catalogue.candidates()
        #expect(stored.map(\.decision) == [.approved, .rejected])
        #expect(stored[0].rating == 4)
        #expect(session.state.selectedProduct?.categoryIdentifier == "bdshoes")
        #expect(session.delayed.isEmpty)
    }

    @Test("What waits is written at the end at the latest")
    func end() throws {
        let folder = try TestCatalogue()
        let session = try session(folder)
        session.paint(count: 1)
        let holder = try Holder(folder.folder)
        session.perform(.approve)
        DispatchQueue.global().asyncAfter(deadline: .now() + 0.5) { try? holder.letGo() }
        session.shutdown()
        #expect(try Catalogue(folder: folder.folder).candidates().map(\.decision) == [.approved])
    }

    @Test("A painted picture is not thrown away: it is stored when the lock is gone")
    func painting() throws {
        let folder = try TestCatalogue()
        let session = try session(folder, .test(stepSeconds: 0.2))
        session.describe(prompt: "calm", count: 1)
        session.perform(.generate(.selected))
        #expect(session.wait { $0.tasks.first?.step ?? 0 >= 1 } != nil)
        let holder = try Holder(folder.folder)
        #expect(session.wait(seconds: 20) { $0.message?.text.contains("locked") == true } != nil)
        #expect(session.state.tasks.count == 1)
        try holder.letGo()
        #expect(session.wait(seconds: 20) { $0.totals.open == 1 && $0.tasks.isEmpty } != nil)
        #expect(try session.catalogue.jobs().map(\.state) == [.done])
    }

    @Test("What is typed meanwhile is kept when the lock is gone")
    func drafts() throws {
        let folder = try TestCatalogue()
        let session = try session(folder)
        let holder = try Holder(folder.folder)
        session.perform(.setPrompt("on moss"))
        Thread.sleep(forTimeInterval: 1)
        try holder.letGo()
        let product = try #require(session.state.selectedProductID)
        let deadline = Date(timeIntervalSinceNow: 20)
        while Date() < deadline, try session.catalogue.draft(productID: product)?.prompt != "on moss" {
            Thread.sleep(forTimeInterval: 0.05)
        }
        #expect(try session.catalogue.draft(productID: product)?.prompt == "on moss")
    }
}
