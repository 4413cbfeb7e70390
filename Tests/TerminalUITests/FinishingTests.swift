import Foundation
import Imaging
import Testing

@testable import Studio
@testable import TerminalUI

@Suite("Adjusting and the mask brush")
struct FinishingTests {
    private func press(_ keys: [Key], in interface: inout Interface, _ state: StudioState) -> [Effect] {
        keys.flatMap { interface.handle(.key($0), state: state) }
    }

    private func studio() -> (Interface, StudioState) {
        let state = StudioState.sample()
        var interface = Interface(rows: 36, columns: 120)
        interface.follow(state)
        return (interface, state)
    }

    @Test("a opens the adjustments, arrows change them, a again goes back to the parameters")
    func adjusting() {
        var (interface, state) = studio()
        #expect(press([.character("a")], in: &interface, state).isEmpty)
        #expect(interface.isFinishing && interface.focus == .parameters)
        var wanted = ProductTreatment()
        wanted.placement.share = 0.64
        #expect(press([Key(.down), Key(.right)], in: &interface, state) == [.perform(.treat(wanted))])
        #expect(press([Key(.backspace)], in: &interface, state).isEmpty, "it is the default already")
        _ = press([.character("a")], in: &interface, state)
        #expect(!interface.isFinishing && interface.focus == .parameters)
    }

    @Test(
        "every line changes something both ways and comes back to its default",
        arguments: FinishRow.allCases.filter { $0 != .importedMask })
    func everyLine(_ row: FinishRow) {
        let standard = ProductTreatment.none
        let more = row.changed(standard, by: 1)
        #expect(more != standard)
        #expect(row.reset(more) == standard)
        #expect(!row.title.isEmpty && row.value(in: more) != row.value(in: standard))
        var far = standard
        for _ in 0..<300 { far = row.changed(far, by: 1) }
        for _ in 0..<3 { far = row.changed(far, by: -1) }
        #expect(!row.value(in: far).isEmpty)
    }

    @Test("a mask from a file is named, and given up both ways")
    func importedMask() {
        var treatment = ProductTreatment()
        #expect(FinishRow.importedMask.value(in: treatment) == "none")
        #expect(FinishRow.importedMask.changed(treatment, by: 1) == treatment)
        treatment.take(maskFile: "masks/mug-0a1b.png")
        #expect(FinishRow.importedMask.value(in: treatment) == "mug-0a1b.png")
        #expect(FinishRow.importedMask.changed(treatment, by: -1) == .none)
        #expect(FinishRow.importedMask.reset(treatment) == .none)
    }

    @Test("Shift-Tab in the import dialog goes from photos to brand pictures to the product's mask")
    func importingAMask() throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString + ".png")
        try Data([1]).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        var (interface, state) = studio()
        _ = press([.character("i"), Key(.tab, .shift), Key(.tab, .shift)], in: &interface, state)
        guard case .importing(let form)? = interface.popup else {
            Issue.record("no import dialog")
            return
        }
        #expect(form.kind == .mask)
        let keys = file.path.map { Key.character($0) } + [Key(.enter)]
        #expect(press(keys, in: &interface, state) == [.perform(.importMask(URL(fileURLWithPath: file.path)))])
    }

    @Test("m paints the mask: the brush moves, grows, erases, dabs, and takes back")
    func brushing() throws {
        var (interface, state) = studio()
        _ = press([.character("m")], in: &interface, state)
        let start = try #require(interface.brush)
        #expect(press([Key(.left), .character("]"), .character("e")], in: &interface, state).isEmpty)
        let moved = try #require(interface.brush)
        #expect(moved.x < start.x && moved.radius > start.radius && !moved.addsProduct)
        let effects = press([.character(" ")], in: &interface, state)
        guard case .perform(.treat(let treatment))? = effects.first else {
            Issue.record("a dab asks for nothing: \(effects)")
            return
        }
        let stroke = try #require(treatment.strokes.first)
        let product = try #require(state.selectedProduct)
        #expect(!stroke.addsProduct && stroke.x < product.width / 2 && abs(stroke.y - product.height / 2) <= 1)
        if let id = state.selectedProductID { state.treatments[id] = treatment }
        #expect(press([.character("u")], in: &interface, state) == [.perform(.treat(.none))])
        #expect(press([.character("p")], in: &interface, state).isEmpty, "p is no approval while painting")
        _ = press([Key(.escape)], in: &interface, state)
        #expect(interface.brush == nil)
    }

    @Test("a click on the picture dabs where it was; beside the picture it does nothing")
    func clicking() throws {
        let area = CellRectangle(row: 0, column: 0, rows: 20, columns: 80)
        func place(_ row: Int, _ column: Int) -> (x: Double, y: Double)? {
            Interface.place(InputParser.Mouse(kind: .press, row: row, column: column), in: area, width: 1000, height: 1000)
        }
        let middle = try #require(place(10, 40))
        #expect(abs(middle.x - 0.5) < 0.03 && abs(middle.y - 0.5) < 0.03)
        #expect(place(10, 3) == nil)
        var parser = InputParser()
        #expect(parser.feed(Array("\u{1B}[<32;5;6M".utf8)) == [.mouse(InputParser.Mouse(kind: .drag, row: 5, column: 4))])
    }

    @Test("the ring shows what the brush does")
    func ring() {
        let grey = RasterImage(width: 50, height: 50, fill: RGBA(120, 120, 120))
        var brush = MaskBrush()
        brush.radius = 0.2
        let white = brush.drawn(on: grey).pixels
        #expect(white[(25 * 50 + 35) * 4] == 255 && white[(25 * 50 + 25) * 4] == 120)
        brush.addsProduct = false
        #expect(brush.drawn(on: grey).pixels[(25 * 50 + 35) * 4] == 0)
    }
}
