import Foundation
import GRDB
import Imaging
import Testing

@testable import Catalogue

@Suite("Storing candidates and exports")
struct CandidateTests {
    let temporary: TemporaryFolder
    let catalogue: Catalogue
    let vase: Product

    init() throws {
        temporary = try TemporaryFolder()
        catalogue = try Catalogue.with(["vase", "ボトル-桜"], in: temporary)
        vase = try catalogue.product(named: "vase")
    }

    @Test("A candidate's file holds the picture and every setting, Japanese ones too")
    func embeddedSettings() throws {
        let settings = GenerationSettings.sample(prompt: "春の桜 \"quoted\" 🌸", seed: .max)
        let candidate = try catalogue.storeCandidate(Pictures.background(), productID: vase.id, settings: settings, seconds: 2)
        #expect(candidate.fileName == "candidates/vase/1.png" && candidate.decision == .open)
        let photo = try Photo.load(catalogue.url(of: candidate))
        #expect(photo.image == Pictures.background())
        let text = try #require(photo.text.first { $0.keyword == "backdrop" }).text
        #expect(try JSONDecoder().decode(GenerationSettings.self, from: Data(text.utf8)) == settings)
        #expect(try catalogue.candidate(id: candidate.id)?.settings == settings)
    }

    @Test("The same picture and settings make the same bytes")
    func sameBytes() throws {
        let first = try catalogue.storeSample(vase)
        let second = try catalogue.storeSample(vase)
        #expect(first.number == 1 && second.number == 2)
        #expect(try Data(contentsOf: catalogue.url(of: first)) == Data(contentsOf: catalogue.url(of: second)))
    }

    @Test("The i-th picture of a batch has the seed of a single run, past the largest seed too")
    func batchSeeds() {
        let settings = GenerationSettings.sample(seed: .max - 1)
        #expect((0..<3).map { settings.picture($0).seed } == [.max - 1, .max, 0])
    }

    @Test("Two connections that store at once never share a number")
    func concurrentStoring() async throws {
        let catalogues = [catalogue, try Catalogue(folder: catalogue.folder, user: "ben")]
        let vase = vase
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<12 {
                group.addTask { _ = try catalogues[index % 2].storeSample(vase, seed: UInt64(index)) }
            }
            try await group.waitForAll()
        }
        let stored = try catalogue.candidates(productID: vase.id)
        #expect(stored.map(\.number) == Array(1...12))
        for candidate in stored {
            let text = try Photo.load(catalogue.url(of: candidate)).text.first?.text
            #expect(text?.contains("\"seed\":\(candidate.settings.seed),") == true)
        }
    }

    @Test("A file without a row, as a crash leaves it, is not listed; the next candidate takes its place")
    func orphan() throws {
        let orphan = try catalogue.storeSample(vase)
        try catalogue.write { try $0.execute(sql: "DELETE FROM candidate") }
        let reopened = try Catalogue(folder: catalogue.folder)
        #expect(try reopened.candidates().isEmpty)
        let next = try reopened.storeSample(vase, seed: 9)
        #expect(next.fileName == orphan.fileName)
        #expect(try Photo.load(reopened.url(of: next)).image == Pictures.background(seed: 9))
    }

    @Test("A file of somebody else's is never replaced")
    func foreignFile() throws {
        let file = catalogue.folder.appendingPathComponent("candidates/vase/1.png")
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        let foreign = try Pictures.png(shade: 200)
        try foreign.write(to: file)
        #expect(try catalogue.storeSample(vase).number == 2)
        #expect(try Data(contentsOf: file) == foreign)
    }

    @Test("Half-written files of a process that died are gone after opening")
    func partials() throws {
        _ = try catalogue.storeSample(vase)
        let places = ["candidates/vase/.2.png", "products/.x.png", "exports/.vase-1.png", "references/.r.png"].map {
            catalogue.folder.appendingPathComponent($0 + FileBytes.partialSuffix)
        }
        for place in places { try Data("half".utf8).write(to: place) }
        _ = try Catalogue(folder: catalogue.folder)
        for place in places { #expect(!FileManager.default.fileExists(atPath: place.path)) }
    }

    @Test("What fails leaves neither row nor file")
    func failure() throws {
        let before = (try catalogue.dump(), try listing(catalogue.folder))
        #expect(throws: CatalogueError.unknownProduct("999")) {
            try catalogue.storeCandidate(Pictures.background(), productID: 999, settings: .sample(), seconds: 1)
        }
        #expect(throws: CatalogueError.unknownJob(999)) {
            try catalogue.storeCandidate(Pictures.background(), productID: vase.id, settings: .sample(), seconds: 1, jobID: 999)
        }
        #expect(try catalogue.dump() == before.0)
        #expect(try listing(catalogue.folder).filter { $0.hasSuffix("png") } == before.1.filter { $0.hasSuffix("png") })
    }

    @Test("An export is noted, and a later one replaces its file")
    func exports() throws {
        let candidate = try catalogue.storeSample(try catalogue.product(named: "ボトル-桜"))
        let first = try catalogue.storeExport(Data("one".utf8), candidateID: candidate.id)
        let second = try catalogue.storeExport(Data("two".utf8), candidateID: candidate.id)
        #expect(first.fileName == "exports/ボトル-桜-1.png" && second.fileName == first.fileName)
        #expect(try Data(contentsOf: catalogue.url(of: second)) == Data("two".utf8))
        #expect(try catalogue.exports(candidateID: candidate.id) == [first, second])
        #expect(try catalogue.storeExport(Data(), format: .jpeg, candidateID: candidate.id).fileName.hasSuffix("ボトル-桜-1.jpg"))
        #expect(throws: CatalogueError.unknownCandidate("77")) { try catalogue.storeExport(Data(), candidateID: 77) }
        let sheet = try catalogue.storeExtra(Data("sheet".utf8), named: "contact-sheet.png")
        #expect(try Data(contentsOf: sheet) == Data("sheet".utf8))
    }

    @Test("A candidate is found by product and number")
    func lookup() throws {
        let candidate = try catalogue.storeSample(vase)
        #expect(try catalogue.candidate(of: vase, number: 1) == candidate)
        #expect(throws: CatalogueError.unknownCandidate("2 of vase")) { try catalogue.candidate(of: vase, number: 2) }
    }
}
