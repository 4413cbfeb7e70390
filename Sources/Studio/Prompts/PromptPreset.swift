import Foundation

/// A scene to start from: the slots of a prompt under a name, from a plain file.
public struct PromptPreset: Sendable, Equatable, Identifiable {
    /// The file's name without its extension.
    public let id: String
    public let name: String
    public let nameJapanese: String
    /// What it is kept under in the list: trade, season, studio or a word of the user's.
    public let group: String
    public let slots: PromptSlots
    /// The negative prompt that goes with it; nil leaves the one that stands.
    public let negativePrompt: String?

    /// Reads a preset; the form is described in `cosmetics-marble.preset`.
    /// - Throws: `PromptFileError.badLine`.
    public init(parsing text: String, id: String, path: String) throws {
        var values: [String: String] = [:]
        let known = ["name", "name-ja", "group", "negative"] + PromptSlots.Slot.allCases.map(\.rawValue)
        for (index, raw) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = raw.trimmingCharacters(in: .whitespaces)
            if line.isEmpty || line.hasPrefix("#") { continue }
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                .map { $0.trimmingCharacters(in: .whitespaces) }
            guard parts.count == 2 else { throw PromptFileError.badLine(path: path, line: index + 1, reason: "expected “slot = words”") }
            guard known.contains(parts[0]) else {
                throw PromptFileError.badLine(
                    path: path, line: index + 1, reason: "“\(parts[0])” is none of \(known.joined(separator: ", "))")
            }
            values[parts[0]] = parts[1]
        }
        self.id = id
        name = values["name"] ?? id
        nameJapanese = values["name-ja"] ?? ""
        group = values["group"] ?? "own"
        negativePrompt = values["negative"]
        var slots = PromptSlots()
        for slot in PromptSlots.Slot.allCases { slots[slot] = values[slot.rawValue] ?? "" }
        self.slots = slots
    }
}
