import Foundation
import Testing

@Suite("The house stands as planned")
struct ArchitectureTests {
    @Test("Imports only point down, and each foreign library stays in its room", arguments: House.rooms)
    func imports(of room: String) throws {
        for file in try House.files(of: room) {
            for module in House.imports(in: try String(contentsOf: file, encoding: .utf8)) {
                let objection = House.objection(to: module, in: room)
                #expect(objection == nil, "\(room)/\(file.lastPathComponent): \(objection ?? "")")
            }
        }
    }

    @Test("Every folder of Sources is a room of the plan")
    func roomsAreThePlan() throws {
        let folders = try FileManager.default.contentsOfDirectory(atPath: House.root.appendingPathComponent("Sources").path)
        #expect(Set(folders.filter { !$0.hasPrefix(".") }) == Set(House.rooms))
    }

    @Test("Nothing else stands at the top level")
    func topLevelIsFixed() throws {
        let entries = try FileManager.default.contentsOfDirectory(atPath: House.root.path).filter { !$0.hasPrefix(".") }
        #expect(Set(entries).subtracting(House.topLevel).isEmpty)
    }

    @Test("The rules notice what they are there for")
    func rulesBite() {
        let source = "import Foundation\n@testable import Studio\npublic import struct Imaging.Mask\nlet important = 1"
        #expect(House.imports(in: source) == ["Foundation", "Studio", "Imaging"])
        #expect(House.objection(to: "Studio", in: "Imaging") != nil)
        #expect(House.objection(to: "GRDB", in: "Studio") != nil)
        #expect(House.objection(to: "FoundationNetworking", in: "Studio") != nil)
        #expect(House.objection(to: "Diffusion", in: "Catalogue") != nil)
        #expect(House.objection(to: "COneDNN", in: "Tensor") == nil)
        #expect(House.objection(to: "Imaging", in: "TerminalUI") == nil)
    }
}
