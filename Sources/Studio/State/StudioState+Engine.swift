import Diffusion

extension StudioState {
    /// The state of a studio that has just been entered, with what the model says of itself.
    init(catalogueName: String, engine: Result<Engine, any Error>) {
        switch engine {
        case .success(let engine):
            let description = engine.description
            self.init(
                catalogueName: catalogueName, model: ModelInfo(description),
                categories: CategoryTree(
                    description.categories.map { category in
                        CategoryItem(
                            identifier: category.identifier, name: category.name, nameJapanese: category.nameJapanese,
                            parent: category.parent)
                    }),
                recommendedDraft: Draft(description.recommended))
        case .failure(let error):
            let words = StatusMessage(error)
            self.init(
                catalogueName: catalogueName,
                model: ModelInfo(name: "no model", nativeSize: 0, fingerprint: "", parameterCount: 0, readiness: .missing(words.text)))
            message = words
        }
    }
}

extension ModelInfo {
    /// A model that is not in memory yet.
    init(_ description: ModelDescription) {
        self.init(
            name: description.name, nativeSize: description.nativeSize, fingerprint: description.weightsFingerprint,
            parameterCount: description.parameterCounts.total, readiness: .described, readsScenes: description.readsScenes)
    }
}

extension Draft {
    /// An empty prompt with the parameters that the model's maker recommends.
    init(_ recommended: RecommendedSettings) {
        var parameters = GenerationParameters()
        parameters.apply(.steps(recommended.steps))
        parameters.apply(.guidance(Double(recommended.guidance)))
        parameters.apply(.sampler(recommended.sampler))
        self.init(negativePrompt: recommended.negativePrompt, parameters: parameters)
    }
}
