import Foundation
import Testing

@testable import Catalogue

@Suite("Decisions, undo and redo")
struct DecisionTests {
    let temporary: TemporaryFolder
    let catalogue: Catalogue
    let candidates: [Candidate]

    init() throws {
        temporary = try TemporaryFolder()
        catalogue = try Catalogue.with(["vase"], in: temporary)
        let vase = try catalogue.product(named: "vase")
        let store = catalogue
        candidates = try (0..<3).map { try store.storeSample(vase, seed: $0) }
    }

    func verdicts(_ catalogue: Catalogue? = nil) throws -> [Verdict] {
        try (catalogue ?? self.catalogue).candidates().map(\.decision)
    }

    @Test("A decision says who and when")
    func whoAndWhen() throws {
        let decision = try #require(try catalogue.decide(candidates[0].id, .approved).first)
        #expect(decision.by == "aiko" && decision.verdict == .approved && !decision.undone)
        #expect(abs(decision.at.timeIntervalSinceNow) < 10)
        #expect(try verdicts() == [.approved, .open, .open])
    }

    @Test("Undo goes all the way back and redo all the way forward, across processes")
    func unlimitedAcrossProcesses() throws {
        try catalogue.decide(candidates[0].id, .approved)
        try catalogue.decide(candidates[0].id, .rejected)
        try catalogue.decide(candidates[1].id, .approved)
        var states: [[Verdict]] = [try verdicts()]
        for _ in 0..<3 {
            let next = try Catalogue(folder: catalogue.folder, user: "aiko")
            #expect(try next.undo().count == 1)
            states.append(try verdicts(next))
        }
        #expect(states.dropFirst() == [[.rejected, .open, .open], [.approved, .open, .open], [.open, .open, .open]])
        #expect(try catalogue.undo().isEmpty)
        for state in states.dropLast().reversed() {
            let next = try Catalogue(folder: catalogue.folder, user: "aiko")
            #expect(try next.redo().count == 1)
            #expect(try verdicts(next) == state)
        }
        #expect(try catalogue.redo().isEmpty)
    }

    @Test("What was decided at one stroke is taken back at one stroke")
    func oneStep() throws {
        let decisions = try catalogue.decide(candidates.map(\.id), .approved)
        #expect(decisions.count == 3 && Set(decisions.map(\.step)).count == 1)
        #expect(try catalogue.undo().map(\.candidateID) == candidates.map(\.id))
        #expect(try verdicts() == [.open, .open, .open])
    }

    @Test("A new decision ends redo, and the history stays")
    func newDecisionEndsRedo() throws {
        try catalogue.decide(candidates[0].id, .approved)
        try catalogue.undo()
        try catalogue.decide(candidates[1].id, .rejected)
        #expect(try catalogue.redo().isEmpty)
        #expect(try catalogue.decisions().map(\.undone) == [true, false])
        try catalogue.undo()
        #expect(try verdicts() == [.open, .open, .open])
    }

    @Test("Undo takes back one's own decisions only")
    func twoPeople() throws {
        let ben = try Catalogue(folder: catalogue.folder, user: "ben")
        try catalogue.decide(candidates[0].id, .approved)
        try ben.decide(candidates[1].id, .rejected)
        try catalogue.undo()
        #expect(try verdicts() == [.open, .rejected, .open])
        #expect(try catalogue.undo().isEmpty)
        try ben.decide(candidates[0].id, .rejected)
        #expect(try catalogue.redo().count == 1)  // ben's decisions leave aiko's history alone, and the later one stands
        #expect(try verdicts() == [.rejected, .rejected, .open])
    }

    @Test("Saying the same again records nothing")
    func sameAgain() throws {
        try catalogue.decide(candidates[0].id, .approved)
        #expect(try catalogue.decide([candidates[0].id], .approved).isEmpty)
        #expect(try catalogue.decisions().count == 1)
    }

    @Test("One unknown candidate, and nothing of the stroke is recorded")
    func unknown() throws {
        #expect(throws: CatalogueError.unknownCandidate("99")) { try catalogue.decide([candidates[0].id, 99], .approved) }
        #expect(try catalogue.decisions().isEmpty)
    }

    @Test("The contents tell whether there is something to take back or bring back")
    func contents() throws {
        #expect(try !catalogue.contents().canUndo)
        try catalogue.decide(candidates[0].id, .approved)
        #expect(try catalogue.contents().canUndo && !catalogue.contents().canRedo)
        try catalogue.undo()
        let contents = try catalogue.contents()
        #expect(!contents.canUndo && contents.canRedo)
        #expect(contents.products.count == 1 && contents.candidates.count == 3)
    }
}
