import Studio

extension Interface {
    /// Everything the palette offers now.
    func paletteEntries(_ state: StudioState) -> [PaletteEntry] {
        var entries: [PaletteEntry] = []
        let moving: Set<Action> = [
            .up, .down, .left, .right, .pageUp, .pageDown, .first, .last, .leave, .palette, .activate, .increase, .decrease, .moveUp,
            .moveDown,
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
            guard !row.takesNumber else { continue }
            for (title, change) in row.choices(in: state) {
                entries.append(PaletteEntry(title: "\(language(row.title)): \(title)", key: "", target: .command(.setParameter(change))))
            }
        }
        for category in state.categories.items {
            let japanese = category.nameJapanese.isEmpty ? "" : " \(category.nameJapanese)"
            entries.append(
                PaletteEntry(
                    title: language("Category: {}", category.name + japanese), key: "",
                    target: .command(.selectCategory(category.identifier))))
        }
        for product in state.products {
            entries.append(
                PaletteEntry(title: language("Product: {}", product.name), key: "", target: .command(.selectProduct(product.id))))
        }
        return entries
    }
}
