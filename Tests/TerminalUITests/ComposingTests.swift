import Imaging
import Testing

@testable import Studio
@testable import TerminalUI

@Suite("Writing prompts, looking closely, marking")
struct ComposingTests {
    private func press(_ keys: [Key], in interface: inout Interface, _ state: StudioState) -> [Effect] {
        keys.flatMap { interface.handle(.key($0), state: state) }
    }

    private func keys(_ text: String) -> [Key] { text.map { Key.character($0) } }

    private func studio() -> (Interface, StudioState) {
        var state = StudioState.sample()
        state.prompts = PromptShelf(folders: [Workbench.root.appendingPathComponent("Sources/Studio/Resources")])
        var interface = Interface(rows: 36, columns: 120)
        interface.follow(state)
        return (interface, state)
    }

    @Test("A phrase is offered behind the cursor; → takes it, Ctrl-N offers the next")
    func suggestion() {
        var (interface, state) = studio()
        interface.focus(on: .prompt)
        _ = press([.control("u")] + keys("soft win"), in: &interface, state)
        #expect(interface.composition.ghost(in: interface.promptEditor) == "dow light from the left")
        _ = press([.control("n")], in: &interface, state)
        #expect(interface.composition.ghost(in: interface.promptEditor) == "dow light from the right")
        _ = press([Key(.right)], in: &interface, state)
        #expect(interface.promptEditor.text == "soft window light from the right")
        #expect(interface.composition.suggestion == nil)
        // A phrase with such a word in it stands behind an arrow.
        _ = press(keys(", marble"), in: &interface, state)
        #expect(interface.composition.ghost(in: interface.promptEditor) == " → on a white marble table")
        _ = press([Key(.end)], in: &interface, state)
        #expect(interface.promptEditor.text == "soft window light from the right, on a white marble table")
    }

    @Test("The history goes back through painted prompts and returns to what was being typed")
    func history() {
        var (interface, state) = studio()
        let painted = state.promptHistory
        interface.focus(on: .prompt)
        _ = press([.control("u")] + keys("new"), in: &interface, state)
        _ = press([Key(.up, .alt)], in: &interface, state)
        #expect(!painted.isEmpty && interface.promptEditor.text == painted[0])
        _ = press([Key(.down, .alt)], in: &interface, state)
        #expect(interface.promptEditor.text == "new")
        _ = press([Key(.down, .alt)], in: &interface, state)
        #expect(interface.promptEditor.text == "new")
    }

    @Test("The form takes phrases of the library slot by slot and makes the prompt")
    func builder() {
        var (interface, state) = studio()
        _ = press(keys("B"), in: &interface, state)
        guard case .builder(let builder)? = interface.popup else { return #expect(Bool(false), "no form") }
        #expect(builder.filled.prompt == state.draft.prompt, "the form begins with the prompt that stands")
        let clear: [Key] = [.control("u"), Key(.tab)]
        _ = press(clear + clear + clear + clear + clear, in: &interface, state)
        _ = press(keys("dark sl") + [Key(.down), Key(.enter)], in: &interface, state)
        let effects = press([Key(.tab)] + keys("moss") + [Key(.enter)], in: &interface, state)
        #expect(effects == [.perform(.setPrompt("on dark slate, moss"))])
        #expect(interface.popup == nil)
    }

    @Test("A preset is found by typing and changes the prompt in one step that can be undone")
    func presets() {
        var (interface, state) = studio()
        let effects = press(keys("Tneon") + [Key(.enter)], in: &interface, state)
        guard case .perform(.setPrompt(let prompt))? = effects.first else { return #expect(Bool(false), "\(effects)") }
        #expect(prompt.contains("pink and blue neon light") && prompt.contains("on a dark glossy floor"))
        interface.focus(on: .prompt)
        _ = press([Key.control("_")], in: &interface, state)
        #expect(interface.promptEditor.text == state.draft.prompt)
    }

    @Test("Brackets that weigh words are marked, with their numbers; one without a partner is wrong")
    func weights() {
        let marks = WeightMarks(Array("(warm light:1.3), [clutter] \\(no\\) ratio 3:2"))
        #expect(marks.marks == [0, 11, 12, 13, 14, 15, 18, 26])
        #expect(marks.unbalanced.isEmpty)
        #expect(WeightMarks(Array("(a]")).unbalanced == [0, 2])
        #expect(WeightMarks(Array("(a:b)")).marks == [0, 4])
    }

    @Test("Enlarged, a picture shows the part around its middle, and moves no further than its edges; tiles move together")
    func magnification() {
        let image = RasterImage(width: 1000, height: 800)
        var view = Magnification()
        #expect(view.part(of: image, width: 400, height: 400) == (300, 200, 400, 400))
        #expect(view.part(of: image, width: 4000, height: 4000) == (0, 0, 1000, 800))
        for _ in 0..<40 { view.move(rows: -1, columns: 1) }
        #expect(view.part(of: image, width: 400, height: 400) == (600, 0, 400, 400))
        if let larger = view.larger { #expect(larger.part(of: image, width: 400, height: 400) == (800, 0, 200, 200)) }
        #expect(view.larger != nil && view.larger?.larger == nil)

        var (interface, state) = studio()
        _ = press(keys("zl"), in: &interface, state)
        #expect(interface.magnification?.scale == 1 && interface.magnification?.centre.x ?? 0 > 0.5)
        #expect(press(keys("j"), in: &interface, state).isEmpty, "arrows move in the picture, not in the list")
        _ = press(keys("zz"), in: &interface, state)
        #expect(interface.magnification == nil)
    }

    @Test("Marked products are what G paints")
    func marking() {
        var (interface, state) = studio()
        let first = interface.visibleProducts(state)[0].id
        state.navigate(.selectProduct(first))
        interface.follow(state)
        _ = press([.character(" ")], in: &interface, state)
        #expect(interface.marked == [first])
        #expect(press(keys("G"), in: &interface, state) == [.perform(.generate(.products([first])))])
        #expect(press(keys("G"), in: &interface, state) == [.perform(.generate(.allOpen))])
    }

    @Test("A waiting task is moved up and down, the running one stays first")
    func order() {
        var state = StudioState.painting()
        state.tasks.append(TaskItem(id: 9, productID: 1, count: 1, seed: 1, steps: 12))
        var interface = Interface(rows: 36, columns: 120)
        interface.follow(state)
        interface.focus(on: .tasks)
        interface.taskCursor.index = 2
        #expect(press(keys("K"), in: &interface, state) == [.perform(.moveJob(9, by: -1))])
        #expect(interface.taskCursor.index == 1)
        #expect(press(keys("K"), in: &interface, state).isEmpty)
        interface.taskCursor.index = 0
        #expect(press(keys("J"), in: &interface, state).isEmpty)
    }

    @Test("A task is held and let go, made more and less urgent; it moves only among its equals")
    func urgency() {
        var state = StudioState.painting()
        state.tasks.append(TaskItem(id: 9, productID: 1, count: 1, seed: 1, steps: 12, priority: .high))
        state.arrangeTasks()
        #expect(state.tasks.map(\.id) == [7, 9, 8])
        var interface = Interface(rows: 36, columns: 120)
        interface.follow(state)
        interface.focus(on: .tasks)
        interface.taskCursor.index = 2
        #expect(press(keys(" "), in: &interface, state) == [.perform(.pauseJob(8, true))])
        #expect(press([Key(.right)], in: &interface, state) == [.perform(.setPriority(8, .high))])
        #expect(press([Key(.left)], in: &interface, state) == [.perform(.setPriority(8, .low))])
        #expect(press(keys("K"), in: &interface, state).isEmpty)
        interface.taskCursor.index = 1
        #expect(press(keys("l"), in: &interface, state).isEmpty, "nothing is more urgent than that")
        state.tasks[2].isPaused = true
        let frame = StudioView.draw(state, interface: &interface, theme: .builtIn) { _, _ in nil }
        let text = (0..<36).map { frame.grid.text(ofRow: $0) }.joined(separator: "\n")
        #expect(text.contains("Tasks 3"))
    }

    @Test("The list shows one category and those below it, kept for the next start")
    func category() {
        var (interface, state) = studio()
        interface.focus(on: .categories)
        interface.categoryCursor.index = 0
        #expect(press(keys("f"), in: &interface, state) == [.keep("bddrinks", for: "category")])
        // The selected product stays until another is chosen.
        #expect(interface.visibleProducts(state).map(\.id) == [2, 3])
        state.navigate(.selectProduct(2))
        interface.follow(state)
        #expect(interface.visibleProducts(state).map(\.id) == [2])
        #expect(interface.selection.label(.japanese, in: state.categories) == "飲み物")
        #expect(press(keys("f"), in: &interface, state) == [.keep("", for: "category")])
        #expect(interface.visibleProducts(state).count == 4)
    }

    @Test("Where pictures are possible the product list has a thumbnail beside each product, all in one picture, and none while it scrolls")
    func thumbnails() throws {
        var (interface, state) = studio()
        interface.cell = (8, 16)
        func draw() -> Frame {
            StudioView.draw(state, interface: &interface, theme: .builtIn) { subject, area in
                guard case .thumbnail(let id) = subject else { return nil }
                return StudioPicture(
                    subject: subject, revision: Int(id),
                    image: RasterImage(width: area.columns * 8, height: area.rows * 16, fill: RGBA(UInt8(id * 40), 0, 0, 255)))
            }
        }
        let frame = draw()
        let slot = try #require(frame.pictures.first { $0.isList })
        #expect(slot.area.rows == 8 && slot.image.width == 40 && slot.image.height == 128)
        let order = state.products.map(\.id)
        for (index, id) in order.enumerated() { #expect(slot.image[20, index * 32 + 16].red == UInt8(id * 40)) }
        for (index, product) in state.products.enumerated() {
            #expect(frame.grid.text(ofRow: interface.layout.products.row + index * 2).contains(product.name.prefix(8)))
        }
        // A press on a product's second line chooses it, too.
        let row = interface.layout.products.row + 3
        #expect(
            interface.handle(.mouse(InputParser.Mouse(kind: .press, row: row, column: 12)), state: state).contains(
                .perform(.selectProduct(order[1]))))
        interface.isScrolling = true
        #expect(!draw().pictures.contains { $0.isList })
        interface.isScrolling = false
        interface.cell = nil
        #expect(!draw().pictures.contains { $0.isList })
    }

    @Test("A candidate's own settings come back to be changed, its seed kept")
    func repaint() {
        var (interface, state) = studio()
        guard let settings = state.selectedCandidate?.summary?.settings else { return #expect(Bool(false), "no candidate") }
        #expect(press(keys("V"), in: &interface, state) == [.perform(.takeSettings(settings))])
        #expect(interface.focus == .prompt && !interface.isEditing)
    }

    @Test("The mouse chooses candidates, presses hints, closes popups")
    func mouse() {
        var (interface, state) = studio()
        func press(_ row: Int, _ column: Int) -> [Effect] {
            interface.handle(.mouse(InputParser.Mouse(kind: .press, row: row, column: column)), state: state)
        }
        func draw() { _ = StudioView.draw(state, interface: &interface, theme: .builtIn) { _, _ in nil } }
        draw()
        let place = interface.candidatePlaces[1]
        #expect(press(place.area.row, place.area.column + 1) == [.perform(.selectCandidate(place.key))])
        draw()
        guard let help = interface.hintPlaces.first(where: { $0.key == .character("?") }) else {
            return #expect(Bool(false), "no hint for help")
        }
        _ = press(interface.layout.hintRow, help.columns.lowerBound + 1)
        #expect(interface.popup == .help(scroll: 0))
        draw()
        _ = press(0, 0)
        #expect(interface.popup == nil)
    }
}
