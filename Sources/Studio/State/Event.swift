import Catalogue
import Foundation
import Imaging

/// News from the engine, the file workers and other processes, in the order they happened.
public enum Event: Sendable {
    // The model
    case modelLoading
    case modelLoaded(seconds: Double)
    case modelFailed(StatusMessage)

    /// The length of prompts is known from now on.
    case promptMeterReady

    // The queue
    case jobStarted(JobID)
    /// Picture `index` (0-based) of the job has begun.
    case candidateStarted(JobID, index: Int)
    /// A denoising step is done.
    case step(StepReport)
    /// A step's picture can be fetched with `StudioSession.picture(for:maximumWidth:maximumHeight:)`; only the newest one is kept.
    case preview(CandidateKey, step: Int)
    /// The candidate is stored in the catalogue.
    case candidateFinished(JobID, index: Int, CandidateItem)
    case jobFinished(JobID)
    case jobCancelled(JobID)
    /// The job stopped after a picture, to wait until it is told to go on.
    case jobHeld(JobID)
    case jobFailed(JobID, StatusMessage)
    case queuePaused(Bool)

    // Pictures
    /// A picture that was asked for is ready.
    case pictureReady(PictureSubject)
    /// A picture that was asked for could not be made.
    case pictureFailed(PictureSubject, StatusMessage)
    /// A photo that takes long is being told from its background; `done` of it, 0...1, is.
    case cutoutProgress(ProductID, done: Double)
    /// The cutout of which progress was told is made, or was given up.
    case cutoutEnded(ProductID)
    /// The checks of a stored candidate were measured.
    case checked(CandidateID, CandidateChecks)
    /// How large a product's finished picture will be in one of the shapes.
    case measured(ProductID, AspectRatio, PictureSize)

    /// How a product is cut out, placed and finished was changed in the background.
    case treated(ProductID, ProductTreatment)

    // The catalogue
    /// Everything the catalogue holds, read again after a change by this or another process.
    case catalogueChanged(CatalogueView)

    /// Another program that held the catalogue has let it go.
    case catalogueUnlocked

    // Files
    case importProgress(done: Int, total: Int, name: String)
    case importFinished(ImportReport)
    case importFailed(StatusMessage)
    case exportProgress(done: Int, total: Int, name: String)
    case exportFinished(ExportReport)
    case exportFailed(StatusMessage)

    case message(StatusMessage)
    /// Somebody asked the session to stop, see `Interrupter`.
    case interrupted
}

/// One denoising step, as the queue measured it.
public struct StepReport: Sendable, Equatable {
    public var job: JobID
    /// Picture within the job, 0-based.
    public var index: Int
    /// The step that is done, 1…count.
    public var step: Int
    public var count: Int
    /// Mean seconds of this picture's steps so far.
    public var secondsPerStep: Double

    public init(job: JobID, index: Int, step: Int, count: Int, secondsPerStep: Double) {
        self.job = job
        self.index = index
        self.step = step
        self.count = count
        self.secondsPerStep = secondsPerStep
    }
}

/// What came of an export.
public struct ExportReport: Sendable, Equatable, Codable {
    /// One exported picture.
    public struct Item: Sendable, Equatable, Codable {
        /// The file's absolute path.
        public var path: String
        public var product: String
        /// The candidate's number within the product.
        public var candidate: Int
        public var width: Int
        public var height: Int
        /// Largest difference between file and photo inside the product's core; 0 = unchanged.
        public var coreMaximumDifference: Int

        public init(path: String, product: String, candidate: Int, width: Int, height: Int, coreMaximumDifference: Int) {
            self.path = path
            self.product = product
            self.candidate = candidate
            self.width = width
            self.height = height
            self.coreMaximumDifference = coreMaximumDifference
        }
    }

    public var items: [Item]
    /// The contact sheet's absolute path, nil where nothing was exported.
    public var contactSheet: String?
    /// Approved candidates that could not be exported, one line each.
    public var failures: [String]
    /// A line to paste into a terminal at home, nil where nothing was exported.
    public var copyCommand: String?
    /// The same by rsync, for a set that is fetched again and again.
    public var synchroniseCommand: String?

    public init(
        items: [Item] = [], contactSheet: String? = nil, failures: [String] = [], copyCommand: String? = nil,
        synchroniseCommand: String? = nil
    ) {
        self.items = items
        self.contactSheet = contactSheet
        self.failures = failures
        self.copyCommand = copyCommand
        self.synchroniseCommand = synchroniseCommand
    }
}
