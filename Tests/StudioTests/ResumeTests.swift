import Catalogue
import Foundation
import Testing

@testable import Studio

@Suite("A process that is killed loses nothing")
struct ResumeTests {
    @Test("After kill -9 in mid-generation every decision stands, every listed candidate is whole, and the queue offers to go on")
    func killAndResume() async throws {
        let folder = try TestCatalogue(products: ["mug"])
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = folder.folder.path as String] in
            let session = try StudioSession(
                folder: URL(fileURLWithPath: path), options: .init(user: "anna"), engine: .success(.test(stepSeconds: 0.02)))
            session.runUntilIdle()
            session.describe(prompt: "doomed", seed: 500, count: 9)
            session.perform(.generate(.selected))
            _ = session.wait { $0.totals.open >= 2 }
            session.perform(.selectCandidate(.stored(try #require(session.catalogue.candidates().first).id)))
            session.perform(.approve)
            _ = session.wait { $0.totals.open >= 2 && ($0.tasks.first?.step ?? 0) >= 2 }
            kill(getpid(), SIGKILL)
        }
        let session = try folder.session()
        #expect(session.state.totals.approved == 1)
        let offer = try #require(session.state.resumeOffer)
        let done = try session.catalogue.candidates().count
        #expect(done >= 3 && offer.candidatesLeft == 9 - done)
        for candidate in try session.catalogue.candidates() { #expect(try session.file(of: candidate.number).count > 0) }

        #expect(session.perform(.resumeInterrupted) == nil)
        #expect(session.state.resumeOffer == nil && session.state.tasks.count == 1)
        session.runUntilIdle()
        #expect(try session.catalogue.candidates().map(\.settings.seed) == (500..<509).map { UInt64($0) })
        #expect(session.state.totals == ReviewCounts(approved: 1, open: 8))
    }

    @Test("What was interrupted can be discarded; the finished candidates stay")
    func discard() async throws {
        let folder = try TestCatalogue(products: ["mug"])
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = folder.folder.path as String] in
            let session = try StudioSession(
                folder: URL(fileURLWithPath: path), options: .init(user: "anna"), engine: .success(.test(stepSeconds: 0.02)))
            session.runUntilIdle()
            session.describe(prompt: "doomed", count: 9)
            session.perform(.generate(.selected))
            _ = session.wait { $0.totals.open >= 1 }
            kill(getpid(), SIGKILL)
        }
        let session = try folder.session()
        let open = session.state.totals.open
        #expect(open >= 1)
        session.perform(.discardInterrupted)
        #expect(session.state.resumeOffer == nil)
        #expect(session.state.totals.open == open)
        session.shutdown()
        #expect(try folder.session().state.resumeOffer == nil)
    }
}
