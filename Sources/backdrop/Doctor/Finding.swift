/// One thing that the doctor looked at.
struct Finding: Encodable {
    enum Status: String, Encodable {
        case ok, warning, problem
    }

    /// What it is about: `model`, `disk` and so on. Stable, for scripts.
    let subject: String
    let status: Status
    /// What was found, and why it is so.
    let detail: String
    /// What to do about it, nil where nothing is called for.
    let advice: String?

    /// Something that is as it should be.
    init(_ subject: String, _ detail: String) {
        self.init(subject, .ok, detail)
    }

    init(_ subject: String, _ status: Status, _ detail: String, advice: String? = nil) {
        self.subject = subject
        self.status = status
        self.detail = detail
        self.advice = advice
    }

    /// The finding for people.
    var line: String {
        let mark =
            switch status {
            case .ok: "ok      "
            case .warning: "look    "
            case .problem: "problem "
            }
        return mark + subject + ": " + detail + (advice.map { " – \($0)" } ?? "")
    }
}
