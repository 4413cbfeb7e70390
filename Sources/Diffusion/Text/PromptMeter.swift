import Foundation

/// Counts a prompt's tokens without loading the model, for a prompt editor.
public struct PromptMeter: Sendable {
    private let tokenizer: CLIPTokenizer

    /// - Parameter directory: a diffusers directory, or a single-file checkpoint
    /// - Throws: `ModelError`
    public init(directory: URL) throws {
        tokenizer = try ModelBlueprint(directory: directory).makeTokenizer(.tokenizer)
    }

    /// Tokens that a prompt's words take, brackets and weights of the WebUI syntax left out.
    public func count(_ prompt: String) -> Int {
        tokenizer.count(WeightedPrompt(prompt, syntax: .webUI))
    }

    /// Tokens that are read together: 75 for CLIP. A longer prompt is read in chunks.
    public var limit: Int { tokenizer.maximumTokens - 2 }
}
