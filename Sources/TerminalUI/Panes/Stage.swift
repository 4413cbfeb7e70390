import Studio

extension StudioView {
    /// The large picture and its title.
    mutating func drawStage() {
        let area = layout.stage
        if !interface.compared.isEmpty { return drawComparison() }
        guard let product = state.selectedProduct else {
            title([("Backdrop", .title), ("  \(state.catalogueName)", .muted)], above: area)
            putCentred(
                [
                    (say("This catalogue is empty."), .text), ("", .text),
                    (say("Put photos into products/, or press i to import."), .muted),
                ], in: area)
            return
        }
        drawStageTitle(product)
        if let brush = interface.brush { return drawMask(of: product, brush) }
        let wanted = interface.showsPhoto ? PictureSubject.photo(product.id) : state.stage
        guard let subject = wanted, let shown = picture(subject, area) else {
            putCentred([(wanted.map { work(on: $0) } ?? "…", .muted)], in: area)
            return
        }
        let isPainting = if case .painting = shown.subject { true } else { false }
        frame.pictures.append(
            PictureSlot(
                place: .stage, area: area, identity: "\(shown.subject)#\(shown.revision)", quality: isPainting ? .step : .finished,
                image: shown.image))
    }

    /// What is being done until a picture is there.
    private func work(on subject: PictureSubject) -> String {
        if let selected = state.selectedProductID, state.uncut.contains(selected) {
            return say("not cut out: choose the product again to go on")
        }
        return switch subject {
        case .cutout, .mask: say("cutting out …")
        case .candidate: say("putting together …")
        case .photo, .reference, .painting, .thumbnail: "…"
        }
    }

    private mutating func drawStageTitle(_ product: ProductItem) {
        var parts: [(String, Theme.Role)] = []
        if let brush = interface.brush {
            parts.append((brush.addsProduct ? " · " + say("mask, painting product") : " · " + say("mask, painting background"), .warning))
        } else if interface.showsPhoto {
            parts.append((" · " + say("the photo as it came"), .warning))
        } else if let candidate = state.selectedCandidate {
            parts.append((" · " + say("candidate {} of {}", candidate.number, state.candidates.last?.number ?? candidate.number), .title))
            if case .painting(let step, let count) = candidate.progress { parts.append((" · " + say("step {}/{}", step, count), .accent)) }
            switch candidate.verdict {
            case .approved: parts.append((" ✓ " + say("approved"), .approved))
            case .rejected: parts.append((" ✗ " + say("rejected"), .rejected))
            case .open: break
            }
            let seed = " · " + say("seed {}", candidate.seed)
            let used = parts.reduce(DisplayText.width(of: seed + product.name)) { $0 + DisplayText.width(of: $1.0) }
            if used <= layout.stage.columns - 4 { parts.append((seed, .title)) }
        } else {
            parts.append((" · \(product.width)×\(product.height)", .title))
            if case .warning(let reason) = product.cutout { parts.append((" · \(reason)", .warning)) }
        }
        if let magnification = interface.magnification { parts.insert((" · \(magnification.scale * 100) %", .accent), at: 0) }
        // A long name gives way to what is known of the picture.
        let rest = parts.reduce(0) { $0 + DisplayText.width(of: $1.0) }
        let name = DisplayText.truncated(product.name, to: max(12, layout.stage.columns - 4 - rest))
        title([(name, .text)] + parts, above: layout.stage)
    }

    /// The mask over the photo, and the brush.
    private mutating func drawMask(of product: ProductItem, _ brush: MaskBrush) {
        guard let shown = picture(.mask(product.id), layout.stage) else {
            putCentred([(work(on: .mask(product.id)), .muted)], in: layout.stage)
            return
        }
        frame.pictures.append(
            PictureSlot(
                place: .stage, area: layout.stage, identity: "\(shown.subject)#\(shown.revision) \(brush)", quality: .finished,
                image: brush.drawn(on: shown.image)))
    }

    /// Two to four candidates side by side, numbered for choosing.
    private mutating func drawComparison() {
        let area = layout.stage
        let keys = interface.compared
        var parts: [(String, Theme.Role)] = [(say("Compare"), .accent), (" \(state.selectedProduct?.name ?? "")", .text)]
        if let magnification = interface.magnification { parts.append((" · \(magnification.scale * 100) %", .accent)) }
        title(parts + [(" · " + say("1–{} picks", keys.count), .muted)], above: area)
        let across = keys.count == 2 || keys.count == 3 && area.columns >= area.rows * 5 ? keys.count : 2
        let down = (keys.count + across - 1) / across
        let (rows, columns) = (area.rows / down, area.columns / across)
        for (index, key) in keys.enumerated() {
            let tile = CellRectangle(
                row: area.row + index / across * rows, column: area.column + index % across * columns, rows: rows, columns: columns - 1)
            guard case .stored(let id) = key, let candidate = state.candidates.first(where: { $0.key == key }) else { continue }
            interface.candidatePlaces.append((key, tile))
            let place = CellRectangle(row: tile.row, column: tile.column, rows: tile.rows - 1, columns: tile.columns)
            if let shown = picture(.candidate(id), place) {
                frame.pictures.append(
                    PictureSlot(
                        place: .tile(index), area: place, identity: "\(shown.subject)#\(shown.revision)", quality: .finished,
                        image: shown.image))
            }
            var column = put("[\(index + 1)]", .key, in: tile, row: tile.rows - 1, column: 0)
            for (text, role) in mark(of: candidate) { column += put(text, role, in: tile, row: tile.rows - 1, column: column) }
            put("  " + say("seed {}", candidate.seed), .muted, in: tile, row: tile.rows - 1, column: column)
        }
    }

    /// The candidates: pictures with marks below, or marks alone.
    mutating func drawStrip() {
        if layout.kind == .full {
            title([(say("Candidates"), titleRole(.candidates))], above: layout.strip)
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
                ? "" : say("none yet: {} paints {}", interface.keymap.label(for: .generate) ?? "g", state.draft.parameters.candidateCount)
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
            draw(candidate, at: .thumbnail(position), in: cell)
        }
        if first > 0 { put("‹", .accent, in: area, row: pictureRows / 2) }
        if first + count < strip.count { put("›", .accent, in: area, row: pictureRows / 2, column: area.columns - 1) }
    }

    mutating func drawMark(_ candidate: CandidateItem, in line: CellRectangle) {
        interface.candidatePlaces.append((candidate.key, line))
        let isSelected = candidate.key == state.selectedCandidateKey
        let ground = selectionGround(isSelected, pane: .candidates)
        if let ground { fill(row: 0, of: line, ground) }
        if isSelected { put("▌", interface.focus == .candidates ? .accent : .muted, in: line, row: 0, background: ground) }
        var column = 1
        for (text, role) in mark(of: candidate) { column += put(text, role, in: line, row: 0, column: column, background: ground) }
    }

    /// Number and state of a candidate, in words and marks.
    func mark(of candidate: CandidateItem) -> [(String, Theme.Role)] {
        let number = (" \(candidate.number)", Theme.Role.text)
        let stars = (candidate.rating > 0 ? " \(candidate.rating)★" : "", Theme.Role.warning)
        let label = (candidate.label == nil ? "" : " ●", candidate.label.map(Self.role) ?? .text)
        let doubt = (candidate.warnings?.isEmpty == false ? " !" : "", Theme.Role.warning)
        switch (candidate.progress, candidate.verdict) {
        case (.waiting, _): return [(number.0, .muted), (" ·", .muted)]
        case (.painting(let step, let count), _): return [number, (" ▒ \(step)/\(count)", .accent)]
        case (.finished, .approved): return [number, (" ✓", .approved), stars, label, doubt]
        case (.finished, .rejected): return [number, (" ✗", .rejected), stars, label]
        case (.finished, .open): return [number, stars, label, doubt]
        }
    }

    /// The colour of a label: those that the theme has for the same hues.
    static func role(of label: CandidateItem.Label) -> Theme.Role {
        switch label {
        case .red: .rejected
        case .yellow: .warning
        case .green: .approved
        case .blue: .accent
        }
    }

    /// The compact strip: marks on the rule under the picture.
    mutating func drawMarks() {
        let line = layout.strip
        let strip = state.candidates
        var column = 0
        func advance(_ used: Int) { column += used }
        if line.columns >= 50 || strip.isEmpty {
            advance(put(" \(say("Candidates")) ", titleRole(.candidates), in: line, row: 0))
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
