import Catalogue
import Diffusion

extension Draft {
    /// The draft as the catalogue keeps it. A sampler that this version doesn't know becomes `fallback`.
    init(_ stored: ProductDraft, fallback: SchedulerKind) {
        self.init(
            prompt: stored.prompt, negativePrompt: stored.negativePrompt,
            parameters: GenerationParameters(
                steps: stored.steps, guidance: stored.guidance, seed: stored.seed.map(SeedChoice.fixed) ?? .random,
                sampler: SchedulerKind(rawValue: stored.sampler) ?? fallback, aspect: stored.aspect, candidateCount: stored.count,
                referenceName: stored.referenceName, referenceStrength: stored.referenceStrength,
                layout: stored.layout.flatMap(LayoutKind.init) ?? .auto,
                arrangement: SceneArrangement(floorLine: stored.floorLine, light: stored.light.flatMap(LightDirection.init))))
    }

    /// The settings of a stored candidate, to be varied. Its seed is not taken over.
    init(_ settings: GenerationSettings, candidateCount: Int, fallback: SchedulerKind) {
        self.init(
            prompt: settings.prompt, negativePrompt: settings.negativePrompt,
            parameters: GenerationParameters(
                steps: settings.steps, guidance: settings.guidance, seed: .random,
                sampler: SchedulerKind(rawValue: settings.sampler) ?? fallback, aspect: settings.aspect, candidateCount: candidateCount,
                referenceName: settings.referenceName, referenceStrength: settings.referenceStrength,
                layout: settings.layout.map { LayoutKind(rawValue: $0) ?? .auto } ?? .off,
                arrangement: SceneArrangement(floorLine: settings.floorLine, light: settings.light.flatMap(LightDirection.init))))
    }

    /// The draft in the catalogue's terms.
    func stored(for product: ProductID) -> ProductDraft {
        let seed: UInt64? = if case .fixed(let value) = parameters.seed { value } else { nil }
        return ProductDraft(
            productID: product, prompt: prompt, negativePrompt: negativePrompt, steps: parameters.steps, guidance: parameters.guidance,
            seed: seed, sampler: parameters.sampler.rawValue, aspect: parameters.aspect, count: parameters.candidateCount,
            referenceName: parameters.referenceName, referenceStrength: parameters.referenceStrength, layout: parameters.layout.rawValue,
            floorLine: parameters.arrangement.floorLine, light: parameters.arrangement.light?.rawValue)
    }
}
