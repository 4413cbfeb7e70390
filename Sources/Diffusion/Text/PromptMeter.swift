import Foundation

/// Counts a prompt's tokens without loading the model, for a prompt editor.
public struct PromptMeter: Sendable {
    private let tokenizer: CLIPTokenizer

    /// - Parameter directory: a diffusers directory
    /// - Throws: `ModelError`
    public init(directory: URL) throws {
        let blueprint = try ModelBlueprint(directory: directory)
        tokenizer = try CLIPTokenizer(
            folder: directory.appending(path: "tokenizer"), maximumTokens: blueprint.textEncoder.maximumTokens)
    }

    /// Tokens that a prompt takes, without the two that frame it.
    public func count(_ prompt: String) -> Int {
        tokenizer.tokens(of: prompt).count
    }

    /// Tokens that a prompt may have: 75 for CLIP.
    public var limit: Int { tokenizer.maximumTokens - 2 }
}
