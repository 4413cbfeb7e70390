import Foundation
import Imaging
import Studio

extension Interface {
    /// Performs what a key, or a line of the palette, stands for.
    mutating func perform(_ action: Action, state: StudioState) -> [Effect] {
        switch action {
        case .focusNext, .focusPrevious:
            let effects = tellText()
            let all = Pane.allCases
            let step = action == .focusNext ? 1 : all.count - 1
            focus(on: all[(focus.rawValue + step) % all.count])
            if isEditing { beginTyping(state) }
            return effects + [.keep(focus.title, for: "pane")]
        case .up where magnification != nil: return pan(rows: -1)
        case .down where magnification != nil: return pan(rows: 1)
        case .up: return move(by: -1, state: state)
        case .down: return move(by: 1, state: state)
        case .pageUp: return move(by: -page, state: state)
        case .pageDown: return move(by: page, state: state)
        case .first: return move(by: -1_000_000, state: state)
        case .last: return move(by: 1_000_000, state: state)
        case .left, .right:
            if magnification != nil { return pan(columns: action == .left ? -1 : 1) }
            return []
        case .previousCandidate: return [.perform(.selectPreviousCandidate)]
        case .nextCandidate: return [.perform(.selectNextCandidate)]
        case .activate: return activate(state)
        case .edit:
            beginTyping(state)
            return []
        case .mark:
            guard let product = state.selectedProductID else { return [] }
            if marked.remove(product) == nil { marked.insert(product) }
            return move(by: 1, state: state)
        case .filter:
            filtering = focus
            return []
        case .leave:
            if !productFilter.text.isEmpty, focus == .products { productFilter = TextEditor() }
            if !categoryFilter.text.isEmpty, focus == .categories { categoryFilter = TextEditor() }
            typedValue = nil
            showsPhoto = false
            if magnification != nil {
                magnification = nil
                return []
            }
            compared = []
            marked = []
            if layout.zoomed != nil { toggleZoom() }
            return []
        case .increase, .decrease:
            let direction = action == .increase ? 1 : -1
            return isFinishing ? treat(state) { $0.changed($1, by: direction) } : set(parameter.change(by: direction, in: state))
        case .clearValue: return isFinishing ? treat(state) { $0.reset($1) } : set(parameter.reset(in: state))
        case .resetParameters: return isFinishing ? treat(state) { _, _ in .none } : [.perform(.resetParameters)]
        case .finishing:
            // From elsewhere the key goes there; there it goes back.
            isFinishing = focus != .parameters || !isFinishing
            focus(on: .parameters)
            return tellText()
        case .paintMask:
            toggleBrush(state)
            return tellText()
        case .copyDraft: return tellText() + [.perform(.copyDraftToCategory)]
        case .generate: return tellText() + [.perform(.generate(.selected))]
        case .generateAll:
            let scope: GenerationScope = marked.isEmpty ? .allOpen : .products(marked.sorted())
            marked = []
            return tellText() + [.perform(.generate(scope))]
        case .vary: return [.perform(.vary)]
        case .repaint:
            guard let summary = state.selectedCandidate?.summary else { return [] }
            focus(on: .prompt, editing: false)
            notice = StatusMessage(.info, "as it was painted: change what you like", advice: "g paints")
            return tellText() + [.perform(.takeSettings(summary.settings))]
        case .moveUp, .moveDown:
            guard state.tasks.indices.contains(taskCursor.index) else { return [] }
            let distance = action == .moveUp ? -1 : 1
            let job = state.tasks[taskCursor.index]
            let first = state.tasks.first?.stage == .running ? 1 : 0
            let target = taskCursor.index + distance
            // Among equals only: the priority decides first.
            guard job.stage == .queued, (first..<state.tasks.count).contains(target), state.tasks[target].priority == job.priority else {
                return []
            }
            taskCursor.move(by: distance, count: state.tasks.count)
            return [.perform(.moveJob(job.id, by: distance))]
        case .pauseTask:
            guard state.tasks.indices.contains(taskCursor.index) else { return [] }
            let task = state.tasks[taskCursor.index]
            return [.perform(.pauseJob(task.id, !task.isPaused))]
        case .moreUrgent, .lessUrgent:
            guard state.tasks.indices.contains(taskCursor.index) else { return [] }
            let task = state.tasks[taskCursor.index]
            let priority = JobPriority(rawValue: task.priority.rawValue + (action == .moreUrgent ? 1 : -1)) ?? task.priority
            return priority == task.priority ? [] : [.perform(.setPriority(task.id, priority))]
        case .filterCategory:
            let categories = visibleCategories(state)
            guard categories.indices.contains(categoryCursor.index) else { return [] }
            return chooseCategory(categories[categoryCursor.index].identifier)
        case .builder:
            popup = .builder(Popup.Builder(PromptSlots(parsing: promptEditor.text, library: state.prompts.library)))
            return []
        case .presets:
            popup = .presets(Popup.Palette())
            return []
        case .externalEditor: return tellText() + [.openEditor(focus == .negative ? .negative : .prompt)]
        case .cancel:
            if focus == .tasks, state.tasks.indices.contains(taskCursor.index) {
                return [.perform(.cancelJob(state.tasks[taskCursor.index].id))]
            }
            if state.tasks.isEmpty, state.fileWork == nil, state.cutting == nil {
                notice = StatusMessage(.info, "nothing is being painted", advice: "q quits")
                return []
            }
            return [.perform(.cancelCurrent)]
        case .cancelAll: return [.perform(.cancelAll)]
        case .pause: return [.perform(state.queueIsPaused ? .resumeQueue : .pauseQueue)]
        case .approve: return tellText() + [.perform(.approve)]
        case .reject: return tellText() + [.perform(.reject)]
        case .undo: return tellText() + [.perform(.undo)]
        case .redo: return tellText() + [.perform(.redo)]
        case .rate, .label: return []
        case .note:
            guard let candidate = state.selectedCandidate, candidate.progress == .finished else { return [] }
            popup = .note(TextEditor(candidate.note ?? ""))
            return []
        case .compare:
            compared = compared.isEmpty ? comparable(state) : []
            magnification = nil
            if compared.isEmpty, state.candidates.count < 2 {
                notice = StatusMessage(.info, "there are no two candidates to compare", advice: "g paints some")
            }
            return []
        case .beforeAfter:
            showsPhoto.toggle()
            return []
        case .zoom:
            toggleZoom()
            return []
        case .fullSize:
            magnification = magnification == nil ? Magnification() : magnification?.larger
            return []
        case .filterProducts:
            selection.filter = selection.filter.next
            return [.keep(selection.filter.rawValue, for: "filter")]
        case .sortProducts:
            selection.order = selection.order.next
            return [.keep(selection.order.rawValue, for: "order")]
        case .export:
            popup = .export
            return tellText()
        case .importFiles:
            popup = .importing(Popup.ImportForm())
            return []
        case .rescan: return [.perform(.rescan)]
        case .help:
            popup = .help(scroll: 0)
            return []
        case .palette:
            popup = .palette(Popup.Palette())
            return []
        case .tour:
            popup = .tour(0)
            return []
        case .nextTheme: return [.nextTheme]
        case .redraw: return [.redraw]
        case .suspend: return tellText() + [.suspend]
        case .quit:
            if state.tasks.contains(where: { $0.stage == .running }) {
                popup = .quit
                return []
            }
            return tellText() + [.quit]
        }
    }

    /// The shown candidate and the finished ones after it, at most four in all; where fewer follow, the ones before it as well.
    private func comparable(_ state: StudioState) -> [CandidateKey] {
        let finished = state.candidates.filter { $0.progress == .finished && $0.verdict != .rejected }.map(\.key)
        guard finished.count > 1 else { return [] }
        let position = finished.firstIndex { $0 == state.selectedCandidateKey } ?? 0
        let first = min(position, max(0, finished.count - 4))
        return Array(finished[first..<min(finished.count, first + 4)])
    }

    /// Lists only the products of a category and of those below it; the one that is listed already, or nil, lists all.
    mutating func chooseCategory(_ identifier: String?) -> [Effect] {
        selection.category = selection.category == identifier ? nil : identifier
        return [.keep(selection.category ?? "", for: "category")]
    }

    /// Changes how the selected product is finished, by the chosen line.
    private func treat(_ state: StudioState, _ change: (FinishRow, ProductTreatment) -> ProductTreatment) -> [Effect] {
        guard state.selectedProduct != nil else { return [] }
        let treatment = change(finish, state.treatment)
        return treatment == state.treatment ? [] : [.perform(.treat(treatment))]
    }

    private mutating func set(_ change: ParameterChange?) -> [Effect] {
        typedValue = nil
        return change.map { [.perform(.setParameter($0))] } ?? []
    }

    private mutating func activate(_ state: StudioState) -> [Effect] {
        switch focus {
        case .products:
            focus(on: .candidates)
            return []
        case .categories:
            let categories = visibleCategories(state)
            guard categories.indices.contains(categoryCursor.index) else { return [] }
            let chosen = categories[categoryCursor.index].identifier
            let isChosen = state.selectedProduct?.categoryIdentifier == chosen
            return [.perform(.selectCategory(isChosen ? nil : chosen))]
        case .parameters: return isFinishing ? treat(state) { $0.changed($1, by: 1) } : set(parameter.activation(in: state))
        case .prompt, .negative:
            beginTyping(state)
            return []
        case .candidates, .tasks: return []
        }
    }

    /// Lets keys type into the focused prompt.
    mutating func beginTyping(_ state: StudioState) {
        isEditing = focus.isEditor
        composition = Composition()
        composition.ownPhrases = state.ownPhrases
    }

    private mutating func pan(rows: Double = 0, columns: Double = 0) -> [Effect] {
        magnification?.move(rows: rows, columns: columns)
        return []
    }

    /// Lines of the focused list, but one that stays.
    private var page: Int { max(1, layout.area(of: focus).rows / (focus == .products ? productLines : 1) - 1) }

    /// Moves in the focused pane's list; where it has none, through the products.
    private mutating func move(by distance: Int, state: StudioState) -> [Effect] {
        switch focus {
        case .categories:
            categoryCursor.move(by: distance, count: visibleCategories(state).count)
            return []
        case .parameters:
            moveParameter(by: distance)
            return []
        case .tasks:
            taskCursor.move(by: distance, count: state.tasks.count)
            return []
        case .candidates where layout.zoomed == .candidates:
            let strip = state.candidates
            guard !strip.isEmpty else { return [] }
            let across = ContactGrid(count: strip.count, rows: layout.strip.rows, columns: layout.strip.columns).across
            let position = strip.firstIndex { $0.key == state.selectedCandidateKey } ?? 0
            let target = min(max(0, position + distance * (abs(distance) == 1 ? across : 1)), strip.count - 1)
            return [.perform(.selectCandidate(strip[target].key))]
        case .products, .candidates, .prompt, .negative:
            let products = visibleProducts(state)
            guard !products.isEmpty else { return [] }
            let position = products.firstIndex { $0.id == state.selectedProductID } ?? 0
            let target = min(max(0, position + distance), products.count - 1)
            guard products[target].id != state.selectedProductID else { return [] }
            return tellText() + [.perform(.selectProduct(products[target].id))]
        }
    }
}
