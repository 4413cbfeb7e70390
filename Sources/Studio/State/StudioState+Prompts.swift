import Foundation

/// What was written before, to write with again.
extension StudioState {
    /// Prompts that pictures of this catalogue were painted from, the latest first, each once: the history that outlives a session.
    public var promptHistory: [String] { pastPrompts }

    /// Phrases of the catalogue's own prompts, for completion.
    public var ownPhrases: [String] {
        var seen: Set<String> = []
        let texts = Set(drafts.values.lazy.map(\.prompt)).sorted().prefix(PromptShelf.longestHistory) + promptHistory
        return texts.flatMap { $0.split { ",、\n".contains($0) } }.map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { $0.count > 2 && seen.insert($0).inserted }
    }

    /// A prompt was painted from: it is the latest.
    mutating func remember(_ prompt: String?) {
        guard let prompt, !prompt.isEmpty, pastPrompts.first != prompt else { return }
        pastPrompts.removeAll { $0 == prompt }
        pastPrompts.insert(prompt, at: 0)
        if pastPrompts.count > PromptShelf.longestHistory { pastPrompts.removeLast() }
    }
}

extension PromptShelf {
    /// Prompts that are remembered, at most: more than anybody goes back through, and few enough to look through at every key.
    static let longestHistory = 500

    /// The prompts of candidates, the latest first, each once.
    static func history(of candidates: [ProductID: [CandidateItem]]) -> [String] {
        let painted = candidates.values.joined().sorted { ($0.key.storedID ?? 0) > ($1.key.storedID ?? 0) }
        var seen: Set<String> = []
        var prompts: [String] = []
        for candidate in painted where prompts.count < longestHistory {
            guard let prompt = candidate.summary?.settings.prompt, !prompt.isEmpty, seen.insert(prompt).inserted else { continue }
            prompts.append(prompt)
        }
        return prompts
    }
}
