import Catalogue
import Foundation
import Imaging

/// Which products a generation is for.
public enum GenerationScope: Sendable, Equatable {
    /// The selected product.
    case selected
    /// Every product without an approved candidate.
    case allOpen
    /// These products.
    case products([ProductID])
}

/// Everything a designer can ask of the studio.
public enum Command: Sendable, Equatable {
    // Looking around
    case selectProduct(ProductID)
    case selectNextProduct
    case selectPreviousProduct
    case selectCandidate(CandidateKey)
    case selectNextCandidate
    case selectPreviousCandidate

    // Saying what is wanted, for the selected product
    /// The category of the selected product by identifier token, nil for none.
    case selectCategory(String?)
    case setPrompt(String)
    case setNegativePrompt(String)
    case setParameter(ParameterChange)
    /// The prompt, values and seed that a candidate was painted from, to be changed and painted again.
    case takeSettings(GenerationSettings)
    /// Back to the model's recommended parameters.
    case resetParameters
    /// The selected product's prompt, negative prompt and parameters for every product of its category.
    case copyDraftToCategory

    /// How the selected product is cut out, placed and finished.
    case treat(ProductTreatment)
    /// The selected product's mask from a file that another program wrote.
    case importMask(URL)
    /// The selected product's mask as a grey PNG; nil for `masks/<product>.png` in the project folder.
    case exportMask(URL?)

    // Generating
    case generate(GenerationScope)
    /// New candidates from the settings of the selected one, with new seeds.
    case vary
    case cancelJob(JobID)
    /// The running job; where none runs, an import or export.
    case cancelCurrent
    case cancelAll
    /// A waiting job so many places up (negative) or down; the running one stays first.
    case moveJob(JobID, by: Int)
    /// How soon a job's turn comes.
    case setPriority(JobID, JobPriority)
    /// Holds one job, or lets it go on: a waiting one is passed over, the running one stops after the picture in hand.
    case pauseJob(JobID, Bool)
    /// Holds the work between two steps; nothing is lost.
    case pauseQueue
    case resumeQueue
    /// Takes up the jobs that an earlier run left unfinished.
    case resumeInterrupted
    case discardInterrupted

    // Reviewing: the selected candidate; the next open one is selected afterwards
    case approve
    case reject
    /// A decision on any candidate, without moving the selection.
    case decide(CandidateID, Verdict)
    case undo
    case redo
    /// Stars for the selected candidate, 0 to 5.
    case rate(Int)
    /// Words about the selected candidate; nothing takes them away.
    case annotate(String)

    /// A label for the selected candidate; the one it has takes it off.
    case label(CandidateLabel)

    // Files
    /// Writes every approved candidate at the photo's resolution, with a contact sheet.
    case exportApproved
    /// Photos (files or folders) to copy into the catalogue.
    case importPhotos([URL])
    /// Brand style pictures to copy into the catalogue.
    case importReferences([URL])
    /// Looks into `products/` and `references/` for files that were put there by hand.
    case rescan

    case dismissMessage
}
