import Foundation
import Testing

@testable import Catalogue

@Suite("Stars and notes")
struct OpinionTests {
    let temporary: TemporaryFolder
    let catalogue: Catalogue
    let candidate: Candidate

    init() throws {
        temporary = try TemporaryFolder()
        catalogue = try Catalogue.with(["vase"], in: temporary)
        candidate = try catalogue.storeSample(catalogue.product(named: "vase"))
    }

    @Test("They are kept with the candidate, and the decision on it stands")
    func kept() throws {
        #expect(candidate.rating == 0 && candidate.note == nil)
        try catalogue.decide(candidate.id, .approved)
        #expect(try catalogue.rate(candidate.id, stars: 4).rating == 4)
        #expect(try catalogue.annotate(candidate.id, note: "  warmer, 影を弱く\n").note == "warmer, 影を弱く")
        let again = try #require(try Catalogue(folder: catalogue.folder, user: "ken").candidate(id: candidate.id))
        #expect(again.rating == 4 && again.note == "warmer, 影を弱く" && again.decision == .approved)
    }

    @Test("More than five stars are five, fewer than none are none; an empty note is none")
    func limits() throws {
        #expect(try catalogue.rate(candidate.id, stars: 99).rating == 5)
        #expect(try catalogue.rate(candidate.id, stars: -1).rating == 0)
        try catalogue.annotate(candidate.id, note: "x")
        #expect(try catalogue.annotate(candidate.id, note: " ").note == nil)
    }

    @Test("What warns is kept until its product is treated or filed otherwise")
    func warnings() throws {
        #expect(candidate.warnings == nil)
        #expect(try catalogue.keep(warnings: [], of: candidate.id).warnings == [])
        try catalogue.keep(warnings: ["Halo", "In frame"], of: candidate.id)
        func kept() throws -> [String]? { try Catalogue(folder: catalogue.folder).candidate(id: candidate.id)?.warnings }
        #expect(try kept() == ["Halo", "In frame"])
        try catalogue.setCategory("shoes", of: candidate.productID)
        #expect(try kept() == nil)
        try catalogue.keep(warnings: ["Halo"], of: candidate.id)
        try catalogue.saveTreatment(.none, productID: candidate.productID)
        #expect(try kept() == nil)
    }

    @Test("A candidate that is not there is named")
    func unknown() {
        #expect(throws: CatalogueError.self) { try catalogue.rate(77, stars: 1) }
        #expect(throws: CatalogueError.self) { try catalogue.annotate(77, note: "x") }
    }
}
