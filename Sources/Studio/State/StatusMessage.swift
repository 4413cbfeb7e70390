/// One sentence for the designer: what happened, and what to do about it.
public struct StatusMessage: Sendable, Equatable {
    /// How loudly it is said.
    public enum Severity: String, Sendable, Equatable {
        case info, warning, error
    }

    public var severity: Severity
    /// What happened.
    public var text: String
    /// What the designer can do about it, nil where nothing is called for.
    public var advice: String?

    public init(_ severity: Severity, _ text: String, advice: String? = nil) {
        self.severity = severity
        self.text = text
        self.advice = advice
    }

    /// The message of an error that came from another room; its own words are kept.
    public init(_ error: any Error, while doing: String? = nil, advice: String? = nil) {
        let words = "\(error)"
        self.init(.error, doing.map { "\($0): \(words)" } ?? words, advice: advice)
    }

    /// The same message, with what it is about in front unless it says so itself.
    func naming(_ subject: String?) -> StatusMessage {
        guard let subject, !text.contains(subject) else { return self }
        return StatusMessage(severity, "\(subject): \(text)", advice: advice)
    }

    /// Text and advice on one line.
    public var line: String {
        advice.map { "\(text) – \($0)" } ?? text
    }
}
