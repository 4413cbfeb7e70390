import Foundation

/// What was written before, to write with again.
extension StudioState {
    /// Prompts that pictures of this catalogue were painted from, the latest first, each once: the history that outlives a session.
    public var promptHistory: [String] {
        let painted = stored.values.joined().sorted { ($0.key.storedID ?? 0) > ($1.key.storedID ?? 0) }
        var seen: Set<String> = []
        return painted.compactMap { $0.summary?.settings.prompt }.filter { !$0.isEmpty && seen.insert($0).inserted }
    }

    /// Phrases of the catalogue's own prompts, for completion.
    public var ownPhrases: [String] {
        var seen: Set<String> = []
        let texts = drafts.values.map(\.prompt).sorted() + promptHistory
        return texts.flatMap { $0.split { ",、\n".contains($0) } }.map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { $0.count > 2 && seen.insert($0).inserted }
    }
}
