import Studio

extension Interface {
    private func name(of category: CategoryItem) -> String {
        category.nameJapanese.isEmpty ? category.name : "\(category.name) \(category.nameJapanese)"
    }

    /// Everything the palette offers now.
    func paletteEntries(_ state: StudioState) -> [PaletteEntry] {
        var entries: [PaletteEntry] = []
        let moving: Set<Action> = [
            .up, .down, .left, .right, .pageUp, .pageDown, .first, .last, .leave, .palette, .activate, .increase, .decrease, .moveUp,
            .moveDown, .pauseTask, .moreUrgent, .lessUrgent, .filterCategory,
        ]
        for binding in keymap.bindings
        where !moving.contains(binding.action)
            && ![.edit, .filter, .clearValue, .rate, .label, .externalEditor, .mark].contains(binding.action)
        {
            if entries.contains(where: { $0.title == binding.title }) { continue }
            entries.append(
                PaletteEntry(title: language(binding.title), key: binding.keys.first?.label ?? "", target: .action(binding.action)))
        }
        if state.resumeOffer != nil {
            entries.append(
                PaletteEntry(title: language("Resume what the last time left unpainted"), key: "", target: .command(.resumeInterrupted)))
            entries.append(
                PaletteEntry(title: language("Forget what the last time left unpainted"), key: "", target: .command(.discardInterrupted)))
        }
        if state.selectedProduct != nil {
            entries.append(PaletteEntry(title: language("Export the product's mask"), key: "", target: .command(.exportMask(nil))))
            entries.append(PaletteEntry(title: language("Import the product's mask"), key: "", target: .maskImport))
        }
        for stars in 0...5 {
            entries.append(
                PaletteEntry(title: language("Rate: {}", StudioView.stars(stars)), key: "\(stars)", target: .command(.rate(stars))))
        }
        for (label, key) in zip(CandidateItem.Label.allCases, ["6", "7", "8", "9"]) {
            entries.append(PaletteEntry(title: language("Label: \(label.rawValue)"), key: key, target: .command(.label(label))))
        }
        for filter in ProductSelection.Filter.allCases {
            entries.append(PaletteEntry(title: language("List: {}", language(filter.rawValue)), key: "", target: .filter(filter)))
        }
        for order in ProductSelection.Order.allCases {
            entries.append(PaletteEntry(title: language("List: {}", language(order.rawValue)), key: "", target: .order(order)))
        }
        for category in state.categories.items {
            entries.append(PaletteEntry(title: language("List: {}", name(of: category)), key: "", target: .listing(category.identifier)))
        }
        for theme in themes {
            entries.append(PaletteEntry(title: language("Theme: {}", theme), key: "", target: .effect(.theme(theme))))
        }
        for other in Language.allCases where other != language {
            entries.append(PaletteEntry(title: "Language: \(other.ownName)", key: "", target: .language(other)))
        }
        for pane in Pane.allCases {
            entries.append(PaletteEntry(title: language("Pane: {}", language(pane.title)), key: "", target: .focus(pane)))
        }
        for row in ParameterRow.allCases {
            for (title, change) in row.choices(in: state) {
                entries.append(
                    PaletteEntry(title: "\(language(row.title)): \(language(title))", key: "", target: .command(.setParameter(change))))
            }
        }
        for category in state.categories.items {
            entries.append(
                PaletteEntry(
                    title: language("Category: {}", name(of: category)), key: "",
                    target: .command(.selectCategory(category.identifier))))
        }
        // Not filled in one by one: there may be ten thousand.
        let words = language("Product: {}", "\0").split(separator: "\0", omittingEmptySubsequences: false)
        let (before, after) = (words.first ?? "", words.count > 1 ? words[1] : "")
        entries.reserveCapacity(entries.count + state.products.count)
        for product in state.products {
            entries.append(PaletteEntry(title: "\(before)\(product.name)\(after)", key: "", target: .command(.selectProduct(product.id))))
        }
        return entries
    }
}
