import Catalogue
import Diffusion
import Foundation
import Imaging

@testable import Studio

/// States of a studio, made by hand: the same on every machine, with no engine and no disk behind them.
extension StudioState {
    /// A catalogue of products in every stage, one of them with candidates of every kind.
    static func sample() -> StudioState {
        var state = StudioState(
            catalogueName: "spring-catalogue",
            model: ModelInfo(
                name: "Backdrop Starter", nativeSize: 128, fingerprint: "f00d", parameterCount: 48_000_000, readiness: .ready(seconds: 0.4)),
            categories: CategoryTree([
                CategoryItem(identifier: "bddrinks", name: "drinks", nameJapanese: "飲み物"),
                CategoryItem(identifier: "bdbottles", name: "bottles", nameJapanese: "ボトル", parent: "bddrinks"),
                CategoryItem(identifier: "bdshoes", name: "shoes", nameJapanese: "靴"),
                CategoryItem(identifier: "bdsneakers", name: "sneakers", nameJapanese: "スニーカー", parent: "bdshoes"),
                CategoryItem(identifier: "bdcosmetics", name: "cosmetics", nameJapanese: "化粧品"),
            ]))
        state.products = [
            ProductItem(id: 1, name: "boot-fringe", fileName: "boot-fringe.jpg", width: 1800, height: 1200),
            ProductItem(
                id: 2, name: "ボトル-桜", fileName: "ボトル-桜.png", width: 900, height: 2400, categoryIdentifier: "bdbottles",
                counts: ReviewCounts(approved: 4, rejected: 1, open: 2)),
            ProductItem(
                id: 3, name: "sneaker-white-with-a-name-that-goes-on-and-on", fileName: "sneaker.png", width: 6000, height: 4000,
                categoryIdentifier: "bdsneakers", counts: ReviewCounts(approved: 1, rejected: 1, open: 1)),
            ProductItem(
                id: 4, name: "vase-red", fileName: "vase-red.jpg", width: 1000, height: 1000,
                cutout: .warning("the outline is uncertain at the left")),
        ]
        state.references = ["moss-slate.jpg", "spring.png"]
        state.stored[3] = [
            candidate(31, number: 1, verdict: .approved, seed: 1184), candidate(32, number: 2, verdict: .rejected, seed: 1185),
            candidate(33, number: 3, verdict: .open, seed: 1186),
        ]
        var draft = Draft(
            prompt: "white sneaker on a warm grey concrete step, morning light, soft shadows, 朝の光、石の階段",
            negativePrompt: "blurry, text, watermark")
        draft.parameters.referenceName = "spring.png"
        state.drafts[3] = draft
        state.stored[3]?[0].rating = 4
        state.stored[3]?[2].rating = 2
        state.stored[3]?[2].note = "the shadow is soft"
        state.pastPrompts = PromptShelf.history(of: state.stored)
        state.selectedProductID = 3
        state.selectedCandidateKey = .stored(33)
        state.checks[33] = CandidateChecks(coreMaximumDifference: 0, frameShare: 0.58)
        state.outputSizes[3] = [.square: PictureSize(width: 4000, height: 4000)]
        state.promptTokens = TokenCount(used: 21, limit: 75)
        state.promptReading = SceneReading(draft.prompt)
        state.canUndo = true
        return state
    }

    private static func candidate(_ id: CandidateID, number: Int, verdict: Verdict, seed: UInt64) -> CandidateItem {
        CandidateItem(
            key: .stored(id), productID: 3, number: number, verdict: verdict, progress: .finished, seed: seed,
            summary: CandidateSummary(
                settings: GenerationSettings(
                    prompt: "white sneaker", negativePrompt: "", categoryIdentifier: "bdsneakers", steps: 12, guidance: 4.5, seed: seed,
                    sampler: "dpmpp_2m", aspect: .square, width: 128, height: 128, referenceName: nil, referenceStrength: 0.7,
                    modelName: "Backdrop Starter", modelFingerprint: "f00d", engineVersion: "1"),
                seconds: 3.2, fileName: "candidates/sneaker/\(number).png"))
    }

    /// The sample with a queue: one picture forms, another product waits.
    static func painting() -> StudioState {
        var state = sample()
        state.tasks = [
            TaskItem(id: 7, productID: 3, count: 4, done: 1, seed: 2000, stage: .running, steps: 12, step: 7, secondsPerStep: 0.11),
            TaskItem(id: 8, productID: 2, count: 2, seed: 3000, steps: 12),
        ]
        state.products[2].percent = 39
        state.selectedCandidateKey = .coming(7, index: 1)
        state.preview = PreviewMark(key: .coming(7, index: 1), step: 7)
        return state
    }

    /// A folder with nothing in it, and no model.
    static func empty() -> StudioState {
        var state = StudioState(
            catalogueName: "new-folder",
            model: ModelInfo(name: "no model", nativeSize: 0, fingerprint: "", parameterCount: 0, readiness: .missing("no model")))
        state.message = StatusMessage(.warning, "there is no model", advice: "name one with --model")
        return state
    }

    /// The sample after an export, with the message about it.
    static func exported() -> StudioState {
        var state = sample()
        state.lastExport = ExportReport(
            items: [], contactSheet: "/home/anna/spring/exports/contact-sheet.png", failures: [],
            copyCommand: "scp 'anna@studio:/home/anna/spring/exports/*.png' .")
        return state
    }
}
