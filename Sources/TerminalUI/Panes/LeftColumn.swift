import Studio

extension StudioView {
    /// Products and categories: one above the other, or as tabs.
    mutating func drawLeftColumn() {
        let label = interface.selection.label(interface.language, in: state.categories)
        if layout.kind == .full {
            title(
                [
                    (say("Products"), titleRole(.products)), (" \(state.products.count)", .muted),
                    (label.isEmpty ? "" : " · \(label)", .warning),
                ],
                above: layout.products)
            title([(say("Category"), titleRole(.categories))], above: layout.categories)
            drawProducts()
            drawCategories()
        } else {
            let isProducts = interface.leftTab == .products
            title(
                [
                    (say("Products"), isProducts ? titleRole(.products) : .muted), (" · ", .rule),
                    (say("Category"), isProducts ? .muted : titleRole(.categories)), (label.isEmpty ? "" : " · \(label)", .warning),
                ], above: layout.products)
            if isProducts { drawProducts() } else { drawCategories() }
        }
    }

    /// Draws a filter's line where there is one, and returns the area that is left for the list.
    private mutating func drawFilter(_ editor: TextEditor, of pane: Pane, in area: CellRectangle) -> CellRectangle {
        let isTyping = interface.filtering == pane
        guard isTyping || !editor.text.isEmpty else { return area }
        put("/", .key, in: area, row: 0, column: 1)
        let shown = put(editor.text, .text, in: area, row: 0, column: 2)
        if isTyping, interface.popup == nil { frame.cursor = (area.row, min(area.endColumn - 1, area.column + 2 + shown)) }
        return CellRectangle(row: area.row + 1, column: area.column, rows: area.rows - 1, columns: area.columns)
    }

    private mutating func drawProducts() {
        let list = drawFilter(interface.productFilter, of: .products, in: layout.products)
        let products = interface.visibleProducts(state)
        let lines = interface.productLines
        let visible = interface.productCursor.visible(rows: list.rows / lines, count: products.count)
        for (position, index) in visible.enumerated() {
            drawProduct(products[index], row: position * lines, in: list)
        }
        if lines > 1 { drawThumbnails(of: products[visible], in: list) }
        if products.isEmpty, !state.products.isEmpty { put(say("nothing fits the filter"), .muted, in: list, row: 0, column: 1) }
    }

    private mutating func drawProduct(_ product: ProductItem, row: Int, in area: CellRectangle) {
        let isSelected = product.id == state.selectedProductID
        let ground = selectionGround(isSelected, pane: .products)
        // Under a thumbnail everything stays as it is: the picture covers it.
        let left = listsThumbnails ? ProductThumbnails.columns + 1 : 0
        for line in row..<row + interface.productLines {
            if let ground {
                let words = CellRectangle(row: area.row, column: area.column + left, rows: area.rows, columns: area.columns - left)
                fill(row: line, of: words, ground)
            }
            if isSelected { put("▌", interface.focus == .products ? .accent : .muted, in: area, row: line) }
        }

        // Marks stand at fixed places from the right, so that nothing moves when a number changes.
        var end = area.columns - 1
        func room(_ columns: Int) -> Int {
            end -= columns
            return end
        }
        let counts = product.counts
        if let percent = product.percent {
            put(String("\(percent)%").leftPadded(to: 4), .accent, in: area, row: row, column: room(4), background: ground)
            put("▒", .accent, in: area, row: row, column: room(2), background: ground)
        } else {
            let open = counts.open > 0 ? String(min(counts.open, 999)) : counts.approved + counts.rejected > 0 ? "" : "·"
            put(open.leftPadded(to: 3), counts.open > 0 ? .text : .muted, in: area, row: row, column: room(3), background: ground)
            let approved = counts.approved > 0 ? "\(min(counts.approved, 99))✓" : ""
            put(approved.leftPadded(to: 3), .approved, in: area, row: row, column: room(3), background: ground)
        }
        var nameRole: Theme.Role = isSelected ? ground ?? .text : .text
        var mark = counts.approved + counts.open + counts.rejected > 0 ? "▣" : "▢"
        var markRole: Theme.Role = counts.approved > 0 ? .approved : .muted
        if case .warning = product.cutout {
            mark = "!"
            markRole = .warning
            nameRole = isSelected ? ground ?? .text : .text
        }
        if interface.marked.contains(product.id) {
            mark = "●"
            markRole = .accent
        }
        let first = left == 0 ? 2 : left + 1
        put(mark, markRole, in: area, row: row, column: first, background: ground)
        let name = DisplayText.truncated(product.name, to: max(0, end - first - 3))
        put(name, nameRole, in: area, row: row, column: first + 2, background: ground)
        if left > 0 { drawSecondLine(of: product, row: row + 1, column: first + 2, in: area, ground) }
    }

    /// What a product is, under its name.
    private mutating func drawSecondLine(of product: ProductItem, row: Int, column: Int, in area: CellRectangle, _ ground: Theme.Role?) {
        let category = product.categoryIdentifier.flatMap { state.categories[$0] }.map { item in
            interface.language == .japanese && !item.nameJapanese.isEmpty ? item.nameJapanese : item.name
        }
        let size = "\(product.width)×\(product.height)"
        let words = [category, size].compactMap { $0 }.joined(separator: " · ")
        let cut = DisplayText.truncated(words, to: max(0, area.columns - column - 1))
        put(cut, .muted, in: area, row: row, column: column, background: ground)
    }

    mutating func drawCategories() {
        let list = drawFilter(interface.categoryFilter, of: .categories, in: layout.categories)
        let categories = interface.visibleCategories(state)
        let chosen = state.selectedProduct?.categoryIdentifier
        // Without the focus the list shows what is chosen.
        if interface.focus != .categories, interface.filtering != .categories,
            let position = categories.firstIndex(where: { $0.identifier == chosen })
        {
            interface.categoryCursor.index = position
        }
        let visible = interface.categoryCursor.visible(rows: list.rows, count: categories.count)
        let pattern = interface.categoryFilter.text
        for (row, index) in visible.enumerated() {
            let category = categories[index]
            let isMarked = interface.focus == .categories && index == interface.categoryCursor.index
            let ground = selectionGround(isMarked, pane: .categories)
            if let ground { fill(row: row, of: list, ground) }
            if isMarked { put("▌", .accent, in: list, row: row, background: ground) }
            let isChosen = category.identifier == chosen
            if isChosen { put("●", .accent, in: list, row: row, column: 2, background: ground) }
            let fits = pattern.isEmpty || Interface.matches(category, pattern)
            let column = 4 + 2 * category.depth
            let isJapanese = interface.language == .japanese && !category.nameJapanese.isEmpty
            let name = isJapanese ? category.nameJapanese : category.name
            put(name, fits ? (isChosen ? .accent : .text) : .muted, in: list, row: row, column: column, background: ground)
            let start = column + DisplayText.width(of: name) + 2
            let other = isJapanese ? category.name : category.nameJapanese
            let otherWidth = DisplayText.width(of: other)
            if !other.isEmpty, start + otherWidth <= list.columns - 1 {
                put(other, .muted, in: list, row: row, column: list.columns - 1 - otherWidth, background: ground)
            }
        }
        if state.categories.items.isEmpty { put(say("this model has none"), .muted, in: list, row: 0, column: 2) }
        if categories.isEmpty, !state.categories.items.isEmpty { put(say("nothing fits the filter"), .muted, in: list, row: 0, column: 1) }
    }

    /// The ground of a chosen line, by whether its pane has the focus.
    func selectionGround(_ isSelected: Bool, pane: Pane) -> Theme.Role? {
        guard isSelected else { return nil }
        return interface.focus == pane && interface.popup == nil ? .selection : .quietSelection
    }
}

extension String {
    /// The text at the right of `columns` columns.
    func leftPadded(to columns: Int) -> String {
        DisplayText.fitted(self, to: columns, alignment: .trailing)
    }
}
