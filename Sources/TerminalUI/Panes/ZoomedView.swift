import Studio

extension StudioView {
    /// One pane over the whole screen. Products give it to the picture, candidates to all of theirs at once.
    mutating func drawZoomed(_ pane: Pane) {
        switch pane {
        case .products:
            drawStage()
            drawMarks()
        case .candidates: if interface.compared.isEmpty { drawContactSheet() } else { drawStage() }
        case .categories:
            title([(say(pane.title), titleRole(pane))], above: layout.categories)
            drawCategories()
        case .prompt, .negative:
            let end = title([(say(pane.title), titleRole(pane))], above: layout.area(of: pane))
            if pane == .prompt { drawTokens(after: end) }
            drawText(pane)
        case .parameters:
            title([(interface.isFinishing ? say("Adjust") : say(pane.title), titleRole(pane))], above: layout.parameters)
            if interface.isFinishing { drawFinishColumn() } else { drawParameterColumn() }
        case .tasks: drawTasks()
        }
    }

    /// All candidates of the product as a grid, for quick decisions.
    private mutating func drawContactSheet() {
        let area = layout.strip
        let strip = state.candidates
        title(
            [(say("Candidates"), titleRole(.candidates)), (" \(state.selectedProduct?.name ?? "")", .text), (" · \(strip.count)", .muted)],
            above: area)
        guard !strip.isEmpty else {
            putCentred([(say("none yet"), .muted)], in: area)
            return
        }
        let grid = ContactGrid(count: strip.count, rows: area.rows, columns: area.columns)
        let selected = strip.firstIndex { $0.key == state.selectedCandidateKey } ?? 0
        let first = grid.firstShown(selected: selected)
        for (position, candidate) in strip.dropFirst(first).prefix(grid.across * grid.down).enumerated() {
            let cell = CellRectangle(
                row: area.row + position / grid.across * grid.cellRows, column: area.column + 1 + position % grid.across * grid.cellColumns,
                rows: grid.cellRows - 1, columns: grid.cellColumns - 1)
            draw(candidate, at: .thumbnail(position), in: cell)
        }
    }

    /// A candidate's picture with its mark below.
    mutating func draw(_ candidate: CandidateItem, at place: PictureSlot.Place, in cell: CellRectangle) {
        let frameArea = CellRectangle(row: cell.row, column: cell.column, rows: cell.rows - 1, columns: cell.columns - 1)
        if case .stored(let id) = candidate.key {
            if let shown = picture(.candidate(id), frameArea) {
                frame.pictures.append(
                    PictureSlot(
                        place: place, area: frameArea, identity: "\(shown.subject)#\(shown.revision)", quality: .finished,
                        image: shown.image))
            }
        } else if state.preview?.key == candidate.key, let shown = picture(.painting(candidate.key), frameArea) {
            // The running step beside the finished ones.
            frame.pictures.append(
                PictureSlot(
                    place: place, area: frameArea, identity: "\(shown.subject)#\(shown.revision)", quality: .step, image: shown.image))
        } else {
            putCentred([(candidate.progress == .waiting ? "·" : "▒", .muted)], in: frameArea)
        }
        interface.candidatePlaces.append((candidate.key, cell))
        drawMark(candidate, in: CellRectangle(row: cell.endRow - 1, column: cell.column, rows: 1, columns: cell.columns))
    }
}

/// How many cells a sheet of pictures has, and how large they are: as large as lets all be seen, but never too small to judge.
struct ContactGrid: Equatable {
    let across: Int
    let down: Int
    let cellRows: Int
    let cellColumns: Int

    /// - Parameters:
    ///   - count: pictures to show.
    ///   - rows: rows of the sheet.
    ///   - columns: columns of the sheet.
    init(count: Int, rows: Int, columns: Int) {
        // A square picture takes about twice as many columns as rows, and a row for its mark.
        func height(across: Int) -> Int { min(rows, (columns - 1) / across / 2 + 1) }
        let most = max(1, (columns - 1) / 18)
        let wanted = (1...most).first { across in
            let down = max(1, rows / max(1, height(across: across)))
            return across * down >= count
        }
        across = wanted ?? most
        cellColumns = (columns - 1) / across
        cellRows = max(4, height(across: across))
        down = max(1, rows / cellRows)
    }

    /// The first picture on the page that holds the selected one.
    func firstShown(selected: Int) -> Int {
        selected / (across * down) * (across * down)
    }
}
