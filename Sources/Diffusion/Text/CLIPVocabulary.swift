import Foundation

extension TokenizerFiles {
    /// CLIP's own tokenizer, which ships with the engine for models that carry none
    /// (the table of openai/CLIP as packed in open_clip, MIT; its licence stands beside it).
    ///
    /// The vocabulary follows from the merges (openai/CLIP `simple_tokenizer.py`): the letters of the bytes, the same at a
    /// word's end, what each merge makes, the two tokens that frame a prompt.
    ///
    /// - Parameter padding: the piece that fills a prompt up; nil for the end token
    /// - Throws: `ModelError` where the table is missing beside the program
    static func clip(padding: String?) throws -> TokenizerFiles {
        let folder = Bundle.module.bundleURL.appending(path: "clip")
        let merges = try readMerges(folder.appending(path: "merges.txt"))
        let letters = ByteLetters.letters.sorted().map { String($0) }
        let pieces = letters + letters.map { $0 + BytePairEncoding.wordEnd } + merges.map { $0.0 + $0.1 } + [start, end]
        return TokenizerFiles(
            vocabulary: Dictionary(pieces.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first }), merges: merges,
            addedTokens: [], startToken: start, endToken: end, paddingToken: padding ?? end, unknownToken: end, maximumTokens: nil,
            path: folder.path)
    }

    private static let start = "<|startoftext|>"
    private static let end = "<|endoftext|>"
}
