import Diffusion
import Foundation
import Imaging

/// Everything a screen shows, as one value. It changes only through `apply(_:)`, `navigate(_:)` and the session's own bookkeeping, so that a screen can
/// be drawn from it at any moment and a test can compare two of them.
public struct StudioState: Sendable, Equatable {
    // The catalogue
    public internal(set) var catalogueName: String
    /// The catalogue's folder.
    public internal(set) var cataloguePath = ""
    public internal(set) var products: [ProductItem] = []
    /// Names of the brand pictures in `references/`.
    public internal(set) var references: [String] = []
    /// Stored candidates of every product, by number.
    public internal(set) var stored: [ProductID: [CandidateItem]] = [:]
    /// What has been written and set for products; `draft` falls back to the model's recommendation.
    public internal(set) var drafts: [ProductID: Draft] = [:]
    /// How products are cut out, placed and finished, where that is not as they come.
    public internal(set) var treatments: [ProductID: ProductTreatment] = [:]
    public internal(set) var canUndo = false
    public internal(set) var canRedo = false

    // The model
    public internal(set) var model: ModelInfo
    public internal(set) var categories: CategoryTree
    /// What a product without a draft starts from.
    public internal(set) var recommendedDraft: Draft

    // Where the designer is
    public internal(set) var selectedProductID: ProductID?
    public internal(set) var selectedCandidateKey: CandidateKey?
    /// True while the selection follows the picture being painted; any choice of the designer ends it.
    public internal(set) var followsPainting = false
    /// What prompts can be written with.
    public internal(set) var prompts = PromptShelf()
    /// What `promptHistory` gives.
    var pastPrompts: [String] = []
    /// Length of the selected product's prompt in the text encoder's tokens, nil without a model.
    public internal(set) var promptTokens: TokenCount?
    /// What the model understands of the prompt; nil where it has no words, or a model that reads no scenes.
    public internal(set) var promptReading: SceneReading?
    /// Sizes of finished pictures, as far as they are known.
    var outputSizes: [ProductID: [AspectRatio: PictureSize]] = [:]

    // The work
    /// The queue of this session, the running job first.
    public internal(set) var tasks: [TaskItem] = []
    public internal(set) var queueIsPaused = false
    /// The picture whose newest step can be shown, and that step.
    public internal(set) var preview: PreviewMark?
    public internal(set) var checks: [CandidateID: CandidateChecks] = [:]
    public internal(set) var resumeOffer: ResumeOffer?
    /// An import or export under way.
    public internal(set) var fileWork: FileWork?
    /// The cutout that is being made for the screen, where that takes long.
    public internal(set) var cutting: CutoutWork?
    /// Products whose cutouts the designer gave up, until they are chosen again.
    public internal(set) var uncut: Set<ProductID> = []
    public internal(set) var lastExport: ExportReport?
    public internal(set) var message: StatusMessage?

    public init(catalogueName: String, model: ModelInfo, categories: CategoryTree = CategoryTree([]), recommendedDraft: Draft = Draft()) {
        self.catalogueName = catalogueName
        self.model = model
        self.categories = categories
        self.recommendedDraft = recommendedDraft
    }
}

/// How long a prompt is.
public struct TokenCount: Sendable, Equatable {
    /// Tokens of the prompt, without start and end marks.
    public var used: Int
    /// Tokens that the text encoder reads at a time.
    public var limit: Int

    public init(used: Int, limit: Int) {
        self.used = used
        self.limit = limit
    }
}

/// The newest preview: whose it is and which step it shows.
public struct PreviewMark: Sendable, Equatable {
    public var key: CandidateKey
    public var step: Int

    public init(key: CandidateKey, step: Int) {
        self.key = key
        self.step = step
    }
}

/// A photo being told from its background.
public struct CutoutWork: Sendable, Equatable {
    public var productID: ProductID
    /// The part that is done, 0…1.
    public var fraction: Double

    public init(productID: ProductID, fraction: Double) {
        self.productID = productID
        self.fraction = fraction
    }
}

/// An import or export under way.
public struct FileWork: Sendable, Equatable {
    public enum Kind: Sendable, Equatable { case importing, exporting }

    public var kind: Kind
    public var done: Int
    public var total: Int
    /// The file in hand.
    public var name: String

    public init(kind: Kind, done: Int, total: Int, name: String) {
        self.kind = kind
        self.done = done
        self.total = total
        self.name = name
    }
}
