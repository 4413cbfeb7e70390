import Studio

extension StudioView {
    /// The large picture and its title.
    mutating func drawStage() {
        let area = layout.stage
        guard let product = state.selectedProduct else {
            title([("Backdrop", .title), ("  \(state.catalogueName)", .muted)], above: area)
            putCentred(
                [
                    ("This catalogue is empty.", .text), ("", .text),
                    ("Put photos into products/, or press i to import.", .muted),
                ], in: area)
            return
        }
        drawStageTitle(product)
        guard let subject = state.stage, let shown = picture(subject, area) else {
            putCentred([("…", .muted)], in: area)
            return
        }
        let isPainting = if case .painting = shown.subject { true } else { false }
        frame.pictures.append(
            PictureSlot(
                place: .stage, area: area, identity: "\(shown.subject)#\(shown.revision)", quality: isPainting ? .step : .finished,
                image: shown.image))
    }

    private mutating func drawStageTitle(_ product: ProductItem) {
        var parts: [(String, Theme.Role)] = [(product.name, .text)]
        if let candidate = state.selectedCandidate {
            parts.append((" · candidate \(candidate.number) of \(state.candidates.last?.number ?? candidate.number)", .title))
            if case .painting(let step, let count) = candidate.progress { parts.append((" · step \(step)/\(count)", .accent)) }
            switch candidate.verdict {
            case .approved: parts.append((" ✓ approved", .approved))
            case .rejected: parts.append((" ✗ rejected", .rejected))
            case .open: break
            }
            let seed = " · seed \(candidate.seed)"
            let used = parts.reduce(DisplayText.width(of: seed)) { $0 + DisplayText.width(of: $1.0) }
            if used <= layout.stage.columns - 4 { parts.append((seed, .title)) }
        } else {
            parts.append((" · \(product.width)×\(product.height)", .title))
            if case .warning(let reason) = product.cutout { parts.append((" · \(reason)", .warning)) }
        }
        title(parts, above: layout.stage)
    }

    /// The candidates: pictures with marks below, or marks alone.
    mutating func drawStrip() {
        if layout.kind == .full {
            title([("Candidates", titleRole(.candidates))], above: layout.strip)
            drawThumbnails()
        } else {
            drawMarks()
        }
    }

    private mutating func drawThumbnails() {
        let area = layout.strip
        let strip = state.candidates
        guard !strip.isEmpty else {
            let hint =
                state.selectedProduct == nil
                ? "" : "none yet: \(interface.keymap.label(for: .generate) ?? "g") paints \(state.draft.parameters.candidateCount)"
            putCentred([(hint, .muted)], in: area)
            return
        }
        let pictureRows = area.rows - 1
        let width = max(11, pictureRows * 2 + 2)
        let count = max(1, (area.columns - 1) / width)
        let selected = strip.firstIndex { $0.key == state.selectedCandidateKey } ?? 0
        interface.candidateOffset = ListCursor.offset(keeping: interface.candidateOffset, index: selected, rows: count, count: strip.count)
        let first = interface.candidateOffset
        for (position, candidate) in strip[first..<min(strip.count, first + count)].enumerated() {
            let cell = CellRectangle(row: area.row, column: area.column + 1 + position * width, rows: area.rows, columns: width - 1)
            let place = CellRectangle(row: cell.row, column: cell.column, rows: pictureRows, columns: cell.columns - 1)
            if case .stored(let id) = candidate.key {
                if let shown = picture(.candidate(id), place) {
                    frame.pictures.append(
                        PictureSlot(
                            place: .thumbnail(position), area: place, identity: "\(shown.subject)#\(shown.revision)", quality: .finished,
                            image: shown.image))
                }
            } else {
                putCentred([(candidate.progress == .waiting ? "·" : "▒", .muted)], in: place)
            }
            drawMark(candidate, in: CellRectangle(row: cell.endRow - 1, column: cell.column, rows: 1, columns: cell.columns))
        }
        if first > 0 { put("‹", .accent, in: area, row: pictureRows / 2) }
        if first + count < strip.count { put("›", .accent, in: area, row: pictureRows / 2, column: area.columns - 1) }
    }

    private mutating func drawMark(_ candidate: CandidateItem, in line: CellRectangle) {
        let isSelected = candidate.key == state.selectedCandidateKey
        let ground = selectionGround(isSelected, pane: .candidates)
        if let ground { fill(row: 0, of: line, ground) }
        if isSelected { put("▌", interface.focus == .candidates ? .accent : .muted, in: line, row: 0, background: ground) }
        var column = 1
        for (text, role) in mark(of: candidate) { column += put(text, role, in: line, row: 0, column: column, background: ground) }
    }

    /// Number and state of a candidate, in words and marks.
    private func mark(of candidate: CandidateItem) -> [(String, Theme.Role)] {
        let number = (" \(candidate.number)", Theme.Role.text)
        switch (candidate.progress, candidate.verdict) {
        case (.waiting, _): return [(number.0, .muted), (" ·", .muted)]
        case (.painting(let step, let count), _): return [number, (" ▒ \(step)/\(count)", .accent)]
        case (.finished, .approved): return [number, (" ✓", .approved)]
        case (.finished, .rejected): return [number, (" ✗", .rejected)]
        case (.finished, .open): return [number]
        }
    }

    /// The compact strip: marks on the rule under the picture.
    private mutating func drawMarks() {
        let line = layout.strip
        let strip = state.candidates
        var column = 0
        func advance(_ used: Int) { column += used }
        if line.columns >= 50 || strip.isEmpty {
            advance(put(" Candidates ", titleRole(.candidates), in: line, row: 0))
            advance(put("─", .rule, in: line, row: 0, column: column))
        }
        let widths = strip.map { candidate in mark(of: candidate).reduce(2) { $0 + DisplayText.width(of: $1.0) } }
        let selected = strip.firstIndex { $0.key == state.selectedCandidateKey } ?? 0
        // Starts so far right that the chosen one is in.
        var first = 0
        while first < selected, widths[first...selected].reduce(0, +) > line.columns - column - 4 { first += 1 }
        if first > 0 { advance(put(" ‹", .muted, in: line, row: 0, column: column)) }
        for (candidate, width) in zip(strip[first...], widths[first...]) {
            guard column + width <= line.columns - 2 else {
                put("› ", .muted, in: line, row: 0, column: column)
                return
            }
            let place = CellRectangle(row: line.row, column: line.column + column, rows: 1, columns: width)
            frame.grid.fill(place, style: theme[.text])
            drawMark(candidate, in: place)
            column += width
        }
    }
}
