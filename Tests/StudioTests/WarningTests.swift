import Catalogue
import Foundation
import Testing

@testable import Studio

@Suite("Which candidates warn is found out while nothing is painted, kept, and counted with their product")
struct WarningTests {
    /// Takes events until the condition holds.
    private func wait(_ session: StudioSession, until condition: () -> Bool) -> Bool {
        let deadline = Date().addingTimeInterval(60)
        while !condition() {
            guard Date() < deadline else { return false }
            session.drain()
            usleep(20_000)
        }
        return true
    }

    private func checked(_ session: StudioSession) -> [[String]] {
        session.state.stored.values.flatMap { $0 }.compactMap(\.warnings)
    }

    @Test("All candidates are looked at, also those that were never shown; the next start knows it")
    func catchingUp() throws {
        let folder = try TestCatalogue(products: ["mug", "vase"])
        let session = try folder.session(.success(.test()), isInteractive: true)
        session.paint(count: 3)
        let mug = try #require(session.state.selectedProductID)
        session.perform(.selectProduct(try #require(session.state.products.last?.id)))
        #expect(wait(session) { checked(session).count == 3 })
        let warning = session.state.stored[mug]?.count { $0.warnings?.isEmpty == false } ?? 0
        #expect(session.state.product(mug)?.counts.warnings == warning)
        // What was found is on disk before the session ends.
        let other = try Catalogue(folder: folder.folder)
        #expect(wait(session) { (try? other.candidates().allSatisfy { $0.warnings != nil }) == true })
        let found = try other.candidates().map(\.warnings)
        session.shutdown()
        let next = try folder.session(.success(.test()))
        #expect(next.state.stored[mug]?.map(\.warnings) == found)
    }

    @Test("A script's session looks at no candidate by itself: it asks for the checks that it wants")
    func script() throws {
        let folder = try TestCatalogue(products: ["mug"])
        let session = try folder.session(.success(.test()))
        session.paint(count: 1)
        session.perform(.selectProduct(try #require(session.state.selectedProductID)))
        let deadline = Date().addingTimeInterval(2)
        while Date() < deadline {
            session.drain()
            usleep(20_000)
        }
        #expect(session.state.stored.values.joined().count == 1 && checked(session).isEmpty)
        let candidate = try #require(session.state.selectedCandidateKey?.storedID)
        #expect(try session.checks(of: candidate).coreMaximumDifference == 0)
    }

    @Test("A product that is treated otherwise is looked at again; what was rejected does not count")
    func again() throws {
        let folder = try TestCatalogue(products: ["mug"])
        let session = try folder.session(.success(.test()), isInteractive: true)
        // A product of a tenth of the frame is too small for it.
        var treatment = session.state.treatment
        treatment.placement.share = 0.1
        session.perform(.treat(treatment))
        session.paint(count: 1)
        let product = try #require(session.state.selectedProductID)
        #expect(wait(session) { checked(session).first?.contains("In frame") == true }, "\(checked(session))")
        #expect(session.state.product(product)?.counts.warnings == 1)
        treatment.placement.share = 0.5
        session.perform(.treat(treatment))
        #expect(checked(session).isEmpty && session.state.product(product)?.counts.warnings == 0)
        #expect(wait(session) { checked(session).count == 1 })
        #expect(session.state.product(product)?.counts.warnings == 1)
        session.perform(.reject)
        #expect(session.state.product(product)?.counts.warnings == 0)
    }
}
