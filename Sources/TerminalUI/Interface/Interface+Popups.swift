import Foundation
import Studio

extension Interface {
    /// A key while a popup is open.
    mutating func handlePopup(_ key: Key, state: StudioState) -> [Effect] {
        let leaves = key.code == .escape || key == .control("c")
        switch popup {
        case nil:
            return []
        case .help(let scroll):
            switch key.code {
            case .down, .character("j"): popup = .help(scroll: scroll + 1)
            case .up, .character("k"): popup = .help(scroll: max(0, scroll - 1))
            case .pageDown, .character(" "): popup = .help(scroll: scroll + 10)
            case .pageUp: popup = .help(scroll: max(0, scroll - 10))
            default: popup = nil
            }
            return []
        case .palette(let palette):
            if leaves {
                popup = nil
                return []
            }
            return handlePalette(key, palette, state: state)
        case .export:
            switch key.code {
            case .enter, .character("e"):
                popup = nil
                return [.perform(.exportApproved)]
            case .character("y"), .character("r"):
                let report = state.lastExport
                guard let line = key.code == .character("y") ? report?.copyCommand : report?.synchroniseCommand else { return [] }
                popup = nil
                notice = StatusMessage(.info, "copied to the clipboard, where the terminal allows it")
                return [.copy(line)]
            default:
                popup = nil
                return []
            }
        case .importing(let form):
            if leaves {
                popup = nil
                return []
            }
            return handleImport(key, form)
        case .note(var note):
            if leaves || key.code == .enter {
                popup = nil
                return leaves ? [] : [.perform(.annotate(note.text))]
            }
            edit(&note, with: key)
            popup = .note(note)
            return []
        case .builder(let builder):
            if leaves {
                popup = nil
                return []
            }
            return handleBuilder(key, builder, state: state)
        case .presets(let list):
            if leaves {
                popup = nil
                return []
            }
            return handlePresets(key, list, state: state)
        case .welcome(let photos):
            popup = nil
            switch key.code {
            case .enter where photos > 0: return [.perform(.importPhotos(looseFiles(state)))]
            case .character("i"): return perform(.importFiles, state: state)
            case .function(2): return perform(.tour, state: state)
            case .character("q"): return [.quit]
            default: return []
            }
        case .tour(let step):
            let isNext = [.enter, .right, .tab, .character(" "), .character("l")].contains(key.code)
            let isBack = key.code == .left || key.code == .character("h")
            popup = nil
            if isNext, step + 1 < TourStep.allCases.count { popup = .tour(step + 1) }
            if isBack { popup = .tour(max(0, step - 1)) }
            return []
        case .quit:
            popup = nil
            switch key.code {
            case .character("q"), .character("y"), .enter: return tellText() + [.quit]
            default: return []
            }
        case .resume:
            popup = nil
            switch key.code {
            case .enter, .character("y"): return [.perform(.resumeInterrupted)]
            case .character("d"): return [.perform(.discardInterrupted)]
            default: return []
            }
        }
    }

    private mutating func handlePalette(_ key: Key, _ before: Popup.Palette, state: StudioState) -> [Effect] {
        var palette = before
        let matches = paletteMatches(palette, state: state)
        switch key.code {
        case .up: palette.cursor.move(by: -1, count: matches.count)
        case .down: palette.cursor.move(by: 1, count: matches.count)
        case .pageUp: palette.cursor.move(by: -8, count: matches.count)
        case .pageDown: palette.cursor.move(by: 8, count: matches.count)
        case .enter:
            popup = nil
            guard matches.indices.contains(palette.cursor.index) else { return [] }
            switch matches[palette.cursor.index].item.target {
            case .action(let action): return perform(action, state: state)
            case .command(let command): return tellText() + [.perform(command)]
            case .focus(let pane):
                let effects = tellText()
                focus(on: pane)
                return effects
            case .effect(let effect): return [effect]
            case .maskImport:
                popup = .importing(Popup.ImportForm(kind: .mask))
                return []
            case .filter(let filter):
                selection.filter = filter
                return [.keep(filter.rawValue, for: "filter")]
            case .order(let order):
                selection.order = order
                return [.keep(order.rawValue, for: "order")]
            case .listing(let category): return chooseCategory(category)
            case .language(let other):
                language = other
                return [.keep(other.rawValue, for: "language")]
            }
        default:
            if key == .control("n") || key == .control("p") {
                palette.cursor.move(by: key == .control("n") ? 1 : -1, count: matches.count)
            } else {
                edit(&palette.pattern, with: key)
                if palette.pattern.text != before.pattern.text { palette.cursor = ListCursor() }
            }
        }
        popup = .palette(palette)
        return []
    }

    private static let mostProductsInPalette = 500

    /// What of the palette fits the typed pattern, best first.
    mutating func paletteMatches(_ palette: Popup.Palette, state: StudioState) -> [(item: PaletteEntry, positions: [Int])] {
        let pattern = palette.pattern.text
        if let memory = paletteMemory, memory.pattern == pattern { return memory.matches }
        let entries = paletteMemory?.entries ?? paletteEntries(state)
        // Products come last. Of ten thousand that fit a letter, the first are as good as any.
        let commands = entries.prefix { if case .command(.selectProduct) = $0.target { false } else { true } }
        let products = FuzzyMatch.filtered(
            entries[commands.endIndex...], pattern: pattern, limit: Self.mostProductsInPalette, text: \.title)
        let matches = FuzzyMatch.ranked(commands + products, pattern: pattern, text: \.title)
        paletteMemory = PaletteMemory(entries: entries, pattern: pattern, matches: matches)
        return matches
    }

    /// Photos that lie in the catalogue's own folder instead of below it.
    func looseFiles(_ state: StudioState) -> [URL] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: state.cataloguePath)) ?? []
        return names.sorted().filter { name in
            !name.hasPrefix(".") && ["png", "jpg", "jpeg"].contains((name as NSString).pathExtension.lowercased())
        }.map { URL(fileURLWithPath: state.cataloguePath).appendingPathComponent($0) }
    }

    private mutating func handleImport(_ key: Key, _ before: Popup.ImportForm) -> [Effect] {
        var form = before
        switch key.code {
        case .tab where key.modifiers.contains(.shift), .function(2):
            form.kind = form.kind.next
            form.problem = nil
        case .tab:
            (form.path, form.completions) = PathCompletion.complete(form.path)
        case .enter:
            let path = PathCompletion.expanded(form.path.text)
            if path.isEmpty {
                popup = nil
                return form.kind == .mask ? [] : [.perform(.rescan)]
            }
            guard FileManager.default.fileExists(atPath: path) else {
                form.problem = "there is no file or folder \(DisplayText.sanitised(path))"
                popup = .importing(form)
                return []
            }
            popup = nil
            let url = URL(fileURLWithPath: path)
            switch form.kind {
            case .photos: return [.perform(.importPhotos([url]))]
            case .brandPictures: return [.perform(.importReferences([url]))]
            case .mask: return [.perform(.importMask(url))]
            }
        default:
            edit(&form.path, with: key)
            form.completions = []
            form.problem = nil
        }
        popup = .importing(form)
        return []
    }

    func edit(_ editor: inout TextEditor, with key: Key) {
        if let operation = keymap.operation(for: key), operation != .insert("\n") {
            editor.perform(operation)
        } else if let character = key.typed {
            editor.perform(.insert(String(character)))
        }
    }
}

/// Finishing a path as shells do.
enum PathCompletion {
    /// `path` with a leading `~` replaced by the home folder.
    static func expanded(_ path: String) -> String {
        let trimmed = path.trimmingCharacters(in: .whitespaces)
        guard trimmed == "~" || trimmed.hasPrefix("~/") else { return trimmed }
        return NSHomeDirectory() + trimmed.dropFirst()
    }

    /// The path as far as it is certain, and what it could go on with if that is more than one.
    static func complete(_ editor: TextEditor) -> (TextEditor, [String]) {
        let text = editor.text
        let folderText = text.contains("/") ? String(text[...(text.lastIndex(of: "/") ?? text.startIndex)]) : ""
        let beginning = String(text.dropFirst(folderText.count))
        let folder = expanded(folderText.isEmpty ? "." : folderText)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let fitting = names.filter { $0.hasPrefix(beginning) && (!$0.hasPrefix(".") || beginning.hasPrefix(".")) }.sorted()
        guard let first = fitting.first else { return (editor, []) }
        var common = fitting.dropFirst().reduce(first) { $0.commonPrefix(with: $1) }
        if fitting.count == 1 {
            var isFolder: ObjCBool = false
            if FileManager.default.fileExists(atPath: folder + "/" + first, isDirectory: &isFolder), isFolder.boolValue { common += "/" }
        }
        return (TextEditor(folderText + common), fitting.count > 1 ? fitting.map { DisplayText.sanitised($0) } : [])
    }
}
