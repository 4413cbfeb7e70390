import Catalogue
import Diffusion
import Foundation
import Testing

@testable import Studio

@Suite("Decisions are in the database before the screen says so, and can be taken back")
struct ReviewTests {
    @Test("Approve and reject are stored with the user's name, and the next open candidate is shown")
    func decide() throws {
        let folder = try TestCatalogue()
        let session = try folder.session(user: "anna")
        session.paint(count: 3)
        #expect(session.state.selectedCandidate?.number == 1)
        #expect(session.perform(.approve) == nil)
        #expect(session.state.selectedCandidate?.number == 2)
        #expect(session.perform(.reject) == nil)
        #expect(session.state.selectedCandidate?.number == 3)
        #expect(session.state.totals == ReviewCounts(approved: 1, rejected: 1, open: 1))
        // Another connection sees it: it is in the database.
        let other = try Catalogue(folder: folder.folder)
        #expect(try other.candidates().map(\.decision) == [.approved, .rejected, .open])
        #expect(try other.decisions().map(\.by) == ["anna", "anna"])
    }

    @Test("A decision that can't be stored changes nothing on the screen")
    func notStored() throws {
        let folder = try TestCatalogue()
        let session = try folder.session()
        session.paint(count: 2)
        session.catalogue.close()
        let before = session.state
        let words = session.perform(.approve)
        #expect(words?.severity == .error)
        #expect(session.state.totals == before.totals)
        #expect(session.state.selectedCandidateKey == before.selectedCandidateKey)
    }

    @Test("Undo and redo go through the whole history, show their candidate, and outlive the program")
    func undoAcrossRestart() throws {
        let folder = try TestCatalogue()
        let first = try folder.session()
        first.paint(count: 2)
        first.perform(.approve)
        first.perform(.reject)
        first.shutdown()

        let second = try folder.session()
        #expect(second.state.canUndo && !second.state.canRedo)
        second.perform(.undo)
        #expect(second.state.selectedCandidate?.number == 2)
        #expect(second.state.totals == ReviewCounts(approved: 1, open: 1))
        second.perform(.undo)
        #expect(second.state.selectedCandidate?.number == 1)
        #expect(second.state.totals == ReviewCounts(open: 2))
        second.perform(.undo)
        #expect(second.state.message?.text == "nothing to undo")
        second.shutdown()

        let third = try folder.session()
        #expect(third.state.canRedo && !third.state.canUndo)
        third.perform(.redo)
        third.perform(.redo)
        #expect(third.state.totals == ReviewCounts(approved: 1, rejected: 1))
        third.perform(.redo)
        #expect(third.state.message?.text == "nothing to redo")
    }

    @Test("A picture that is still being painted can't be decided on")
    func notFinished() throws {
        let session = try TestCatalogue().session(.test(stepSeconds: 0.1))
        session.describe(prompt: "slow", count: 1)
        session.perform(.generate(.selected))
        #expect(session.perform(.approve)?.text == StudioError.notFinished.description)
        session.perform(.cancelAll)
        session.runUntilIdle()
        #expect(session.perform(.approve)?.text == "no candidate is selected")
    }

    @Test("What another process decides and imports appears")
    func otherProcess() throws {
        let folder = try TestCatalogue()
        let session = try folder.session()
        session.paint(count: 2)
        let colleague = try Catalogue(folder: folder.folder, user: "ben")
        let candidate = try #require(try colleague.candidates().first)
        try colleague.decide(candidate.id, .rejected)
        try TestCatalogue.photo(width: 40, height: 40).write(to: folder.photo("bowl"))
        _ = try colleague.scan()
        #expect(session.wait { $0.totals.rejected == 1 && $0.products.count == 3 } != nil)
        #expect(session.state.selectedProduct?.name == "mug")
        // Undo takes back one's own decisions only.
        session.perform(.undo)
        #expect(session.state.totals.rejected == 1)
    }

    @Test("Prompts, parameters, category and the place are found again at the next start")
    func draftsSurvive() throws {
        let folder = try TestCatalogue()
        let first = try folder.session()
        first.perform(.selectNextProduct)
        first.perform(.setPrompt("朝の光、石の上"))
        first.perform(.setNegativePrompt("text"))
        first.perform(.setParameter(.steps(9)))
        first.perform(.setParameter(.seed(.fixed(12))))
        first.perform(.setParameter(.aspect(.wide)))
        first.perform(.setParameter(.floorLine(0.35)))
        first.perform(.setParameter(.light(.backLeft)))
        first.perform(.selectCategory("bdsneakers"))
        let draft = first.state.draft
        first.shutdown()
        let second = try folder.session()
        #expect(second.state.selectedProduct?.name == "vase")
        #expect(second.state.selectedProduct?.categoryIdentifier == "bdsneakers")
        #expect(second.state.draft == draft)
        #expect(second.state.draft.parameters.steps == 9)
        #expect(second.state.draft.parameters.arrangement == SceneArrangement(floorLine: 0.35, light: .backLeft))
        second.perform(.resetParameters)
        #expect(second.state.draft.parameters == second.state.recommendedDraft.parameters)
        #expect(second.state.draft.prompt == "朝の光、石の上")
    }

    @Test("Typing is kept without any command")
    func typingIsKept() throws {
        let folder = try TestCatalogue()
        let session = try folder.session()
        for count in 1...5 { session.perform(.setPrompt(String(repeating: "a", count: count))) }
        let product = try #require(session.state.selectedProductID)
        let other = try Catalogue(folder: folder.folder)
        let deadline = Date(timeIntervalSinceNow: 20)
        while try other.draft(productID: product)?.prompt != "aaaaa", Date() < deadline { Thread.sleep(forTimeInterval: 0.05) }
        #expect(try other.draft(productID: product)?.prompt == "aaaaa")
    }
}
