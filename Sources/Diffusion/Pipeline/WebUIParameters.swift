/// The text that WebUI keeps under `parameters` in its PNG files and reads back from them
/// (AUTOMATIC1111/stable-diffusion-webui `modules/processing.py`, `create_infotext`).
public struct WebUIParameters: Sendable, Equatable {
    public var request: RenderRequest
    public var model: String
    public var version: String

    public init(request: RenderRequest, model: String, version: String) {
        (self.request, self.model, self.version) = (request, model, version)
    }

    /// The prompt, the negative prompt on a line of its own, and a line of settings.
    public var text: String {
        var settings: [(String, String)] = [("Steps", "\(request.steps)"), ("Sampler", request.scheduler.displayName)]
        if let spacing = request.sigmaSpacing, spacing != .schedule { settings.append(("Schedule type", spacing.rawValue.capitalized)) }
        settings += [
            ("CFG scale", Self.number(request.guidanceScale)), ("Seed", "\(request.seed)"), ("Size", "\(request.width)x\(request.height)"),
        ]
        settings.append(("Model", Self.quoted(model)))
        if request.base != .none { settings.append(("Denoising strength", Self.number(request.strength))) }
        if request.skippedLayers > 0 { settings.append(("Clip skip", "\(request.skippedLayers + 1)")) }
        settings.append(("Version", version))
        let negative = request.negativePrompt.isEmpty ? [] : ["Negative prompt: \(request.negativePrompt)"]
        return ([request.prompt] + negative + [settings.map { "\($0.0): \($0.1)" }.joined(separator: ", ")]).joined(separator: "\n")
    }

    /// `7.5`, `7`.
    private static func number(_ value: Float) -> String {
        value == value.rounded() && abs(value) < 1e6 ? "\(Int(value))" : "\(value)"
    }

    /// Commas and colons separate settings, so values with them stand in quotes.
    private static func quoted(_ text: String) -> String {
        guard text.contains(where: { ",:\n\"".contains($0) }) else { return text }
        return "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}
