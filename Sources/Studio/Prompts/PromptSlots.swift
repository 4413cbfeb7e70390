/// A prompt in five parts, for designers who would rather fill in a form than face an empty line.
public struct PromptSlots: Sendable, Equatable {
    /// What each part speaks of, in the order in which the prompt names them.
    public enum Slot: String, CaseIterable, Sendable {
        /// What the product stands on.
        case subject
        /// What stands around it.
        case detail
        /// What is behind it.
        case style
        case light
        /// Distance, angle and mood.
        case composition
    }

    private var texts: [Slot: String] = [:]

    public init() {}

    public subscript(slot: Slot) -> String {
        get { texts[slot] ?? "" }
        set { texts[slot] = newValue }
    }

    /// The prompt: the filled slots one after another. Between Japanese parts stands a Japanese comma.
    public var prompt: String {
        let parts = Slot.allCases.map { self[$0].trimmingCharacters(in: .whitespacesAndNewlines) }.filter { !$0.isEmpty }
        return parts.enumerated().reduce(into: "") { result, part in
            if part.offset > 0 { result += result.last?.isASCII == false ? "、" : ", " }
            result += part.element
        }
    }

    /// Sorts a prompt's phrases into slots: what the library knows to where it belongs, the first unknown one to the subject, others
    /// to the detail.
    public init(parsing prompt: String, library: PromptLibrary) {
        var rest = prompt.split { ",、\n".contains($0) }.map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }[...]
        while let phrase = rest.popFirst() {
            // Some phrases of the library have a comma in them.
            let pair = rest.first.map { "\(phrase), \($0)" }
            if let pair, let slot = library.slot(of: pair) {
                rest.removeFirst()
                append(pair, to: slot)
            } else if let slot = library.slot(of: phrase) {
                append(phrase, to: slot)
            } else {
                append(phrase, to: self[.subject].isEmpty ? .subject : .detail)
            }
        }
    }

    private mutating func append(_ phrase: String, to slot: Slot) {
        let before = self[slot]
        self[slot] = before.isEmpty ? phrase : before + (before.last?.isASCII == false ? "、" : ", ") + phrase
    }

    /// The slots with those of a preset put over them; a slot that the preset leaves empty stays.
    public func applying(_ preset: PromptPreset) -> PromptSlots {
        var result = self
        for slot in Slot.allCases where !preset.slots[slot].isEmpty { result[slot] = preset.slots[slot] }
        return result
    }
}
