import Foundation

/// The language that the screen speaks. What designers write themselves is shown as it is.
public enum Language: String, CaseIterable, Sendable {
    case english = "en"
    case japanese = "ja"

    /// What the user's locale asks for; English where it asks for none of ours.
    public static func preferred(environment: [String: String] = ProcessInfo.processInfo.environment) -> Language {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
        return locale.hasPrefix("ja") ? .japanese : .english
    }

    /// What the language calls itself.
    public var ownName: String { self == .english ? "English" : "日本語" }

    /// A sentence in this language, its `{}` filled in one after another, or by place as `{1}`, `{2}`. English is the key; what has
    /// no translation stays English.
    public func callAsFunction(_ english: String, _ values: any CustomStringConvertible...) -> String {
        fill(english, values)
    }

    func fill(_ english: String, _ values: [any CustomStringConvertible]) -> String {
        let sentence = self == .japanese ? Japanese.words[english] ?? english : english
        guard !values.isEmpty else { return sentence }
        var result = ""
        var next = 0
        var rest = Substring(sentence)
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let inside = rest[rest.index(after: open)..<close]
            let place = inside.isEmpty ? next : Int(inside).map { $0 - 1 } ?? -1
            next += inside.isEmpty ? 1 : 0
            result += rest[..<open]
            if values.indices.contains(place) { result += values[place].description }
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }
}
