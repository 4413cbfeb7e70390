import Catalogue

/// Decisions: in the database first, then on the screen.
extension StudioSession {
    func decideSelected(_ verdict: Verdict) throws {
        guard let key = state.selectedCandidateKey else { throw StudioError.nothingSelected(what: "candidate") }
        guard let candidate = key.storedID else { throw StudioError.notFinished }
        try decide(candidate, verdict)
        state.advance(past: key)
        keepView()
    }

    func decide(_ candidate: CandidateID, _ verdict: Verdict) throws {
        let decisions = try catalogue.decide(candidate, verdict)
        changes.note()
        try take(decisions)
        guard !decisions.isEmpty else { return }
        state.canUndo = true
        state.canRedo = false
    }

    /// Stars or words for the selected candidate.
    func judgeSelected(_ judge: (CandidateID) throws -> Candidate) throws {
        guard let key = state.selectedCandidateKey else { throw StudioError.nothingSelected(what: "candidate") }
        guard let candidate = key.storedID else { throw StudioError.notFinished }
        let judged = try judge(candidate)
        changes.note()
        state.add(CandidateItem(judged))
    }

    /// Undo or redo; the candidate that it concerns is shown.
    func moveInHistory(_ move: () throws -> [Decision], nothing words: String) throws {
        let decisions = try move()
        // What is left in the other direction comes with the next reading of the catalogue, which this change brings about.
        guard let first = decisions.first else {
            state.message = StatusMessage(.info, words)
            return
        }
        changes.note()
        state.canUndo = true
        state.canRedo = true
        try take(decisions)
        state.show(candidate: first.candidateID)
        keepView()
    }

    /// Takes the verdicts that now stand from the catalogue.
    private func take(_ decisions: [Decision]) throws {
        for decision in decisions {
            guard let candidate = try catalogue.candidate(id: decision.candidateID) else { continue }
            state.add(CandidateItem(candidate))
        }
    }
}
