import Catalogue

/// Decisions: in the database first, then on the screen.
extension StudioSession {
    func decideSelected(_ verdict: Verdict) throws {
        guard let key = state.selectedCandidateKey else { throw StudioError.nothingSelected(what: "candidate") }
        guard let candidate = key.storedID else { throw StudioError.notFinished }
        guard try decide(candidate, verdict) else { return }
        state.advance(past: key)
        keepView()
    }

    /// - Returns: whether it is in the database; where that is locked, it will be.
    @discardableResult
    func decide(_ candidate: CandidateID, _ verdict: Verdict) throws -> Bool {
        try persist(
            { [catalogue] in try catalogue.decide(candidate, verdict) },
            then: { session, decisions in
                try session.take(decisions)
                guard !decisions.isEmpty else { return }
                session.state.canUndo = true
                session.state.canRedo = false
            })
    }

    /// Stars or words for the selected candidate.
    func judgeSelected(_ judge: @escaping (CandidateID) throws -> Candidate) throws {
        guard let key = state.selectedCandidateKey else { throw StudioError.nothingSelected(what: "candidate") }
        guard let candidate = key.storedID else { throw StudioError.notFinished }
        try persist({ try judge(candidate) }, then: { session, judged in session.state.add(CandidateItem(judged)) })
    }

    /// Undo or redo; the candidate that it concerns is shown.
    func moveInHistory(_ move: @escaping () throws -> [Decision], nothing words: String) throws {
        try persist(move) { session, decisions in
            guard let first = decisions.first else {
                session.state.message = StatusMessage(.info, words)
                return
            }
            (session.state.canUndo, session.state.canRedo) = try session.catalogue.history()
            try session.take(decisions)
            session.state.show(candidate: first.candidateID)
            session.keepView()
        }
    }

    /// Takes the verdicts that now stand from the catalogue.
    private func take(_ decisions: [Decision]) throws {
        for decision in decisions {
            guard let candidate = try catalogue.candidate(id: decision.candidateID) else { continue }
            state.add(CandidateItem(candidate))
        }
    }
}
