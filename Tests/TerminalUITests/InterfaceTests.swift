import Testing

@testable import Studio
@testable import TerminalUI

@Suite("Keys at work")
struct InterfaceTests {
    /// Presses keys one after the other; what they ask the studio for.
    private func press(_ keys: [Key], in interface: inout Interface, _ state: StudioState) -> [Effect] {
        keys.flatMap { interface.handle(.key($0), state: state) }
    }

    private func keys(_ text: String) -> [Key] { text.map { Key.character($0) } }

    private func studio(_ state: StudioState = .sample()) -> (Interface, StudioState) {
        var interface = Interface(rows: 36, columns: 120)
        interface.follow(state)
        return (interface, state)
    }

    @Test("Letters are commands in a list and letters in a text; what was typed is told before anything is done with it")
    func typing() {
        var (interface, state) = studio()
        #expect(press(keys("p"), in: &interface, state) == [.perform(.approve)])
        _ = press([Key(.tab), Key(.tab)], in: &interface, state)
        #expect(press(keys(", p"), in: &interface, state).isEmpty)
        let effects = press([Key.control("g")], in: &interface, state)
        #expect(effects == [.perform(.setPrompt(state.draft.prompt + ", p")), .perform(.generate(.selected))])
    }

    @Test("Cancelling stops what is painted, else a cutout, an import or an export; with none of them it says so")
    func cancelling() {
        var (interface, state) = studio()
        for task in state.tasks { state.apply(.jobCancelled(task.id)) }
        #expect(state.tasks.isEmpty)
        #expect(press([.control("c")], in: &interface, state).isEmpty)
        #expect(interface.notice?.text == "nothing is being painted")
        state.apply(.cutoutProgress(3, done: 0.4))
        #expect(press([.control("c")], in: &interface, state) == [.perform(.cancelCurrent)])
        state.apply(.cutoutEnded(3))
        #expect(press([.control("c")], in: &interface, state).isEmpty)
        state.apply(.exportProgress(done: 1, total: 4, name: "vase"))
        #expect(press([.control("c")], in: &interface, state) == [.perform(.cancelCurrent)])
    }

    @Test("A digit gives stars; a note is written in one line, and Esc leaves it as it was")
    func opinions() {
        var (interface, state) = studio()
        #expect(press(keys("4"), in: &interface, state) == [.perform(.rate(4))])
        #expect(press(keys("n!") + [Key(.enter)], in: &interface, state) == [.perform(.annotate("the shadow is soft!"))])
        #expect(press(keys("n!") + [Key(.escape)], in: &interface, state).isEmpty)
        #expect(interface.popup == nil)
    }

    @Test("Comparing takes up to four that were not rejected; a digit picks one, Esc none")
    func comparing() {
        var (interface, state) = studio()
        _ = press(keys("c"), in: &interface, state)
        #expect(interface.compared == [.stored(31), .stored(33)])
        #expect(press(keys("9"), in: &interface, state).isEmpty)
        #expect(!interface.compared.isEmpty)
        #expect(press(keys("1"), in: &interface, state) == [.perform(.selectCandidate(.stored(31)))])
        #expect(interface.compared.isEmpty)
        _ = press(keys("c") + [Key(.escape)], in: &interface, state)
        #expect(interface.compared.isEmpty)
        state.selectedProductID = 1
        interface.follow(state)
        _ = press(keys("c"), in: &interface, state)
        #expect(interface.compared.isEmpty && interface.notice != nil)
    }

    @Test("A comparison ends when its candidates are gone")
    func comparisonOfAnotherProduct() {
        var (interface, state) = studio()
        _ = press(keys("c"), in: &interface, state)
        state.navigate(.selectProduct(1))
        interface.follow(state)
        #expect(interface.compared.isEmpty)
    }

    @Test("A digit in a comparison is none for the parameters")
    func digits() {
        var (interface, state) = studio()
        _ = press(Array(repeating: Key(.tab), count: 4), in: &interface, state)
        _ = press(keys("24"), in: &interface, state)
        #expect(interface.typedValue == "24")
        #expect(press([Key(.enter)], in: &interface, state) == [.perform(.setParameter(.steps(24)))])
    }

    @Test("Floor line and light are set by hand, step by step or typed, and given back to the prompt")
    func arranging() {
        var (interface, state) = studio()
        _ = press(Array(repeating: Key(.tab), count: 4), in: &interface, state)
        func change(_ change: ParameterChange) {
            var draft = state.draft
            draft.parameters.apply(change)
            state.drafts[state.selectedProductID!] = draft
        }
        interface.parameter = .floorLine
        #expect(ParameterRow.floorLine.value(in: state) == "from the prompt")
        #expect(press([Key(.right)], in: &interface, state) == [.perform(.setParameter(.floorLine(0.4)))])
        #expect(press(keys("35") + [Key(.enter)], in: &interface, state) == [.perform(.setParameter(.floorLine(0.35)))])
        change(.floorLine(0.35))
        #expect(ParameterRow.floorLine.value(in: state) == "35 %" && ParameterRow.floorLine.shortValue(in: state) == "floor 35 %")
        #expect(press([Key(.right)], in: &interface, state) == [.perform(.setParameter(.floorLine(0.4)))])
        change(.floorLine(2))
        #expect(state.draft.parameters.arrangement.floorLine == 0.95)
        #expect(press([Key(.right)], in: &interface, state) == [.perform(.setParameter(.floorLine(nil)))])
        interface.parameter = .light
        #expect(press([Key(.right)], in: &interface, state) == [.perform(.setParameter(.light(.left)))])
        #expect(press([Key(.left)], in: &interface, state) == [.perform(.setParameter(.light(.above)))])
        change(.light(.above))
        #expect(press([Key(.backspace)], in: &interface, state) == [.perform(.setParameter(.light(nil)))])
    }

    @Test("Zoom follows the focus, and goes back with the same key or Esc")
    func zooming() {
        var (interface, state) = studio()
        _ = press(keys("+"), in: &interface, state)
        #expect(interface.layout.zoomed == .products)
        _ = press([Key(.tab)], in: &interface, state)
        #expect(interface.layout.zoomed == .categories)
        interface.resize(rows: 24, columns: 80)
        #expect(interface.layout.zoomed == .categories && interface.layout.columns == 80)
        _ = press([Key(.escape)], in: &interface, state)
        #expect(interface.layout == StudioLayout(rows: 24, columns: 80))
    }

    @Test("On the contact sheet up and down go by rows")
    func contactSheet() {
        var (interface, state) = studio()
        state.stored[3] = (1...9).map { number in
            CandidateItem(
                key: .stored(CandidateID(number)), productID: 3, number: number, progress: .finished, seed: UInt64(number))
        }
        state.selectedCandidateKey = .stored(2)
        _ = press(Array(repeating: Key(.tab), count: 5) + keys("+"), in: &interface, state)
        let across = ContactGrid(count: 9, rows: interface.layout.strip.rows, columns: interface.layout.strip.columns).across
        #expect(across > 1 && across < 7)
        #expect(press(keys("j"), in: &interface, state) == [.perform(.selectCandidate(.stored(CandidateID(2 + across))))])
        #expect(press(keys("k"), in: &interface, state) == [.perform(.selectCandidate(.stored(1)))])
        #expect(press(keys("l"), in: &interface, state) == [.perform(.selectNextCandidate)])
    }

    @Test("The list can show what is still to be done; the chosen product stays until another is chosen")
    func selecting() {
        var (interface, state) = studio()
        #expect(interface.visibleProducts(state).map(\.id) == [1, 2, 3, 4])
        interface.selection.filter = .undecided
        #expect(interface.visibleProducts(state).map(\.id) == [2, 3])
        interface.selection.order = .open
        #expect(interface.visibleProducts(state).map(\.id) == [2, 3])
        interface.selection.filter = .unapproved
        #expect(interface.visibleProducts(state).map(\.id) == [3, 1, 4])
        interface.selection.filter = .doubtful
        state.selectedProductID = 4
        #expect(interface.visibleProducts(state).map(\.id) == [4])
        // A check that warns is as good a reason to look as an outline.
        state.products[1].counts.warnings = 3
        #expect(interface.visibleProducts(state).map(\.id) == [2, 4])
        interface.selection.filter = .all
        interface.selection.order = .doubts
        #expect(interface.visibleProducts(state).map(\.id) == [2, 4, 1, 3])
        #expect(press(keys(":warnings first") + [Key(.enter)], in: &interface, state) == [.keep("most warnings first", for: "order")])
        var seen: Set<String> = []
        var filter = ProductSelection.Filter.all
        repeat {
            seen.insert(filter.rawValue)
            filter = filter.next
        } while filter != .all
        #expect(seen.count == ProductSelection.Filter.round.count)
    }

    @Test("The palette finds every command by its words, with its key beside it")
    func palette() {
        var (interface, state) = studio()
        _ = press(keys(":contact") + [Key(.escape)], in: &interface, state)
        #expect(interface.popup == nil)
        let entries = interface.paletteEntries(state)
        for action in [Action.generate, .approve, .compare, .zoom, .export, .importFiles, .quit, .filterProducts] {
            #expect(entries.contains { if case .action(action) = $0.target { !$0.key.isEmpty } else { false } }, "\(action)")
        }
        #expect(entries.contains { $0.title.contains("スニーカー") })
        #expect(press(keys(":ddim") + [Key(.enter)], in: &interface, state) == [.perform(.setParameter(.sampler(.ddim)))])
    }

    @Test("Quitting asks only while a picture is being painted")
    func quitting() {
        var (interface, state) = studio()
        #expect(press(keys("q"), in: &interface, state) == [.quit])
        (interface, state) = studio(.painting())
        #expect(press(keys("q"), in: &interface, state).isEmpty)
        #expect(interface.popup == .quit)
        #expect(press(keys("n"), in: &interface, state).isEmpty)
        #expect(press(keys("qq"), in: &interface, state) == [.quit])
    }

    @Test("A paste goes into the text that is edited, without its control characters, and nowhere else")
    func pasting() {
        var (interface, state) = studio()
        #expect(interface.handle(.paste("quit\r"), state: state).isEmpty)
        _ = press([Key(.tab), Key(.tab)], in: &interface, state)
        _ = interface.handle(.paste(" oak\u{1B}[2J"), state: state)
        #expect(interface.promptEditor.text == state.draft.prompt + " oak[2J")
    }

    @Test("The mouse chooses what it points at")
    func mouse() {
        var (interface, state) = studio()
        let area = interface.layout.products
        let press = InputParser.Mouse(kind: .press, row: area.row + 1, column: area.column + 5)
        #expect(interface.handle(.mouse(press), state: state) == [.perform(.selectProduct(2))])
        let wheel = InputParser.Mouse(kind: .wheelDown, row: interface.layout.stage.row + 2, column: interface.layout.stage.column + 2)
        #expect(interface.handle(.mouse(wheel), state: state) == [.perform(.selectNextCandidate)])
        let far = InputParser.Mouse(kind: .press, row: 9_999, column: 9_999)
        #expect(interface.handle(.mouse(far), state: state).isEmpty)
        state.products = []
        #expect(interface.handle(.mouse(press), state: state).isEmpty)
    }
}
