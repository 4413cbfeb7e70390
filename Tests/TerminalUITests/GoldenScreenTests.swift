import Diffusion
import Foundation
import Imaging
import Testing

@testable import Studio
@testable import TerminalUI

/// Whole screens as text, at three sizes, compared with `Golden/<size>-<scene>.txt`.
///
/// To record them anew after a change that is meant: `BACKDROP_RECORD_SCREENS=1 swift test --filter GoldenScreenTests`, and look at
/// the difference before committing it. A missing file is a failure, not a recording.
@Suite("Screens as they are meant to look")
struct GoldenScreenTests {
    /// What is on the screen.
    enum Scene: String, CaseIterable {
        case products, painting, categories, prompt, negative, parameters
        case typing = "typing-a-value"
        case candidates, tasks, filter, empty
        case picture
        case sheet = "contact-sheet"
        case compare, photo, undecided
        case text = "long-text"
        case note, builder, presets, tour, welcome
        case error, help, palette, export, exported, importing, cutting, quit, resume
    }

    struct Size: CustomStringConvertible, Sendable {
        let rows: Int
        let columns: Int
        var description: String { "\(columns)x\(rows)" }
    }

    static let sizes = [Size(rows: 24, columns: 80), Size(rows: 36, columns: 120), Size(rows: 80, columns: 250)]
    private static let isRecording = ProcessInfo.processInfo.environment["BACKDROP_RECORD_SCREENS"] != nil
    private static let folder = Workbench.root.appendingPathComponent("Tests/TerminalUITests/Golden")

    @Test("Every pane and popup, in both languages", arguments: sizes, Language.allCases)
    func screens(size: Size, language: Language) throws {
        for scene in Scene.allCases { try compare(scene, size, language) }
    }

    private func compare(_ scene: Scene, _ size: Size, _ language: Language) throws {
        let drawn = lines(of: try draw(scene, size, language))
        let file = Self.folder.appendingPathComponent("\(language == .english ? "" : "ja-")\(size)-\(scene.rawValue).txt")
        if Self.isRecording {
            try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
            try Data((drawn.joined(separator: "\n") + "\n").utf8).write(to: file)
            return
        }
        let recorded = try #require(try? String(contentsOf: file, encoding: .utf8), "there is no \(file.lastPathComponent)")
        let wanted = recorded.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
        #expect(drawn.count == wanted.count)
        for (row, (one, other)) in zip(drawn, wanted).enumerated() where one != other {
            Issue.record("\(language) \(size) \(scene.rawValue), row \(row):\n  is     \(one)\n  wanted \(other)")
        }
    }

    @Test("Words that name no scene are told so below the prompt, in small windows too")
    func readings() throws {
        func rule(_ columns: Int, _ language: Language = .english) throws -> String {
            var state = StudioState.sample()
            state.promptReading = SceneReading("award winning")
            var interface = Interface(rows: columns < 100 ? 24 : 36, columns: columns, language: language)
            interface.follow(state)
            let frame = StudioView.draw(state, interface: &interface, theme: .builtIn) { _, _ in nil }
            let title = language(columns < 100 ? "Tasks" : "Negative")
            return lines(of: frame).first { $0.contains(title) && $0.hasPrefix("├") } ?? ""
        }
        #expect(try rule(120).contains("names no scene: plain paper"))
        #expect(try rule(120, .japanese).contains("場面の言葉がありません"))
        #expect(try rule(80).contains("names no scene: plain paper"))
    }

    @Test("The smallest window says what it needs")
    func tooSmall() throws {
        let text = lines(of: try draw(.products, Size(rows: 5, columns: 20))).joined(separator: "\n")
        #expect(text.contains("20×5") && text.contains("60×20"))
    }

    @Test("Pictures stand in their panes, and none under a popup", arguments: sizes, Scene.allCases)
    func pictures(size: Size, scene: Scene) throws {
        let frame = try draw(scene, size)
        let layout = StudioLayout(rows: size.rows, columns: size.columns)
        for slot in frame.pictures {
            var home = layout.stage
            if case .thumbnail = slot.place { home = layout.strip }
            if slot.place == .reference { home = layout.parameters }
            if scene == .picture || scene == .sheet { home = layout.body.inset(rows: 1, columns: 1) }
            #expect(home.contains(row: slot.area.row, column: slot.area.column))
            #expect(slot.area.endRow <= home.endRow && slot.area.endColumn <= home.endColumn)
            #expect(!frame.pictures.contains { $0.place != slot.place && $0.area.intersects(slot.area) }, "pictures overlap")
            // ncurses must have nothing but spaces there.
            for row in slot.area.row..<slot.area.endRow {
                let cells = frame.grid.row(row)
                let text = cells.dropFirst(slot.area.column).prefix(slot.area.columns).map(\.text).joined()
                #expect(text.allSatisfy { $0 == " " }, "text under a picture in row \(row): \(text)")
            }
        }
    }

    // MARK: Scenes

    private func draw(_ scene: Scene, _ size: Size, _ language: Language = .english) throws -> Frame {
        var state = StudioState.sample()
        switch scene {
        case .painting, .tasks, .quit: state = .painting()
        case .empty, .importing, .welcome: state = .empty()
        case .exported: state = .exported()
        case .error:
            state.message = StatusMessage(.error, "vase-red.jpg is no PNG or JPEG", advice: "export it again from the camera's program")
        case .cutting: state.apply(.cutoutProgress(3, done: 0.42))
        case .resume: state.resumeOffer = ResumeOffer(jobIDs: [7], candidatesLeft: 3)
        default: break
        }
        state.prompts = PromptShelf(folders: [Workbench.root.appendingPathComponent("Sources/Studio/Resources")])
        var interface = Interface(rows: size.rows, columns: size.columns, language: language)
        interface.mayWelcome = scene == .welcome
        interface.follow(state)
        for key in keys(to: scene) { _ = interface.handle(.key(key), state: state) }
        return StudioView.draw(state, interface: &interface, theme: .builtIn) { subject, _ in
            scene == .cutting
                ? nil : StudioPicture(subject: subject, revision: 1, image: RasterImage(width: 8, height: 8, fill: RGBA(90, 60, 30, 255)))
        }
    }

    private func keys(to scene: Scene) -> [Key] {
        func tabs(_ count: Int) -> [Key] { Array(repeating: Key(.tab), count: count) }
        func typed(_ text: String) -> [Key] { text.map { Key.character($0) } }
        switch scene {
        case .products, .painting, .empty, .error, .resume, .welcome, .cutting: return []
        case .builder: return typed("B") + [Key(.tab), Key(.down)]
        case .presets: return typed("T") + typed("sp")
        case .tour: return [Key(.function(2)), Key(.enter)]
        case .categories: return tabs(1) + [Key(.down)]
        case .prompt: return tabs(2) + typed(", 桜")
        case .negative: return tabs(3)
        case .parameters: return tabs(4) + [Key(.down), Key(.down)]
        case .typing: return tabs(4) + typed("24")
        case .candidates: return tabs(5)
        case .tasks: return tabs(6) + [Key(.down)]
        case .filter: return typed("/sn")
        case .help: return typed("?")
        case .palette: return typed(":gen")
        case .export, .exported: return typed("e")
        case .importing: return typed("i") + typed("/srv/photos/spring")
        case .quit: return typed("q")
        case .picture: return typed("+")
        case .sheet: return tabs(5) + typed("+")
        case .compare: return typed("c")
        case .photo: return typed("b")
        case .note: return typed("n")
        case .undecided: return typed("fs")
        case .text: return tabs(2) + [Key(.escape)] + typed("+")
        }
    }

    /// The screen's rows; where pictures stand, their places are filled in.
    private func lines(of frame: Frame) -> [String] {
        (0..<frame.grid.rows).map { row in
            var text = ""
            for (column, cell) in frame.grid.row(row).enumerated() {
                let isPicture = frame.pictures.contains { $0.area.contains(row: row, column: column) }
                text += isPicture ? "▨" : frame.cursor.map { $0.row == row && $0.column == column } == true ? "▏" : cell.text
            }
            while text.last == " " { text.removeLast() }
            return text
        }
    }
}
