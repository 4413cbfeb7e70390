import Catalogue
import Diffusion
import Foundation
import Imaging

/// One designer at work on one catalogue: performs commands, owns the generation queue, and keeps the state that a screen shows.
///
/// A session belongs to the thread that made it. Its workers run in the background and only post events; ``drain()`` takes them into ``state``.
public final class StudioSession {
    /// How a session starts.
    public struct Options: Sendable {
        /// A diffusers directory; nil takes the starter model that ships with the program.
        public var modelDirectory: URL?
        /// What of the model stays in memory and on disk.
        public var loading = LoadingOptions()
        /// Whose name stands beside decisions; nil asks the environment.
        public var user: String?
        /// Makes an empty catalogue where the folder holds none.
        public var createsCatalogue: Bool
        /// Looks at the start, in the background, for photos that were put into the folder by hand.
        public var rescans: Bool
        /// Somebody waits for an answer to every key: where another program has the catalogue locked, what is decided is kept as soon as
        /// it is free, instead of waiting for that.
        public var isInteractive: Bool

        public init(
            modelDirectory: URL? = nil, user: String? = nil, createsCatalogue: Bool = true, rescans: Bool = true,
            isInteractive: Bool = false
        ) {
            self.modelDirectory = modelDirectory
            self.user = user
            self.createsCatalogue = createsCatalogue
            self.rescans = rescans
            self.isInteractive = isInteractive
        }
    }

    /// Everything a screen shows.
    public internal(set) var state: StudioState
    /// The catalogue that is being worked on.
    public let catalogue: Catalogue

    let engine: Engine?
    let mailbox: Mailbox
    let changes = ChangeCounter()
    let shelf: ProductShelf
    let frames = PreviewFrames()
    let queue: GenerationQueue
    let errands = Errands()
    let keeper: DraftKeeper
    let isInteractive: Bool
    /// What was decided and waits for a locked catalogue, in order.
    var delayed: [DelayedWrite] = []
    private let watch: CatalogueWatch
    private let pictures: PictureMaker
    private let thumbnails: ThumbnailShelf
    private let checker: Checker
    private let meter: TokenMeter
    private(set) var isOver = false
    /// The last picture after which the next one was prepared.
    private var preparedAfter: PictureRequest?
    /// The prompt that was read last.
    private var readPromptOf: String?

    /// Opens the catalogue in `folder`. A model that is missing or broken is no reason to fail: everything but painting works without.
    /// - Throws: `CatalogueError` where the folder or its database cannot be used, `StudioError.noDescriptor`.
    public convenience init(folder: URL, options: Options = Options()) throws {
        try self.init(
            folder: folder, options: options, engine: Result { try Engine(directory: options.modelDirectory, loading: options.loading) })
    }

    /// - Parameter engine: what paints, or why nothing can.
    init(folder: URL, options: Options, engine: Result<Engine, any Error>) throws {
        let mailbox = try Mailbox()
        let catalogue = try Catalogue(
            folder: folder, creating: options.createsCatalogue, user: options.user ?? Catalogue.currentUser())
        let (changes, shelf, frames) = (changes, ProductShelf(catalogue: catalogue), frames)
        let painting = try? engine.get()
        self.mailbox = mailbox
        self.catalogue = catalogue
        self.shelf = shelf
        self.engine = painting
        isInteractive = options.isInteractive
        keeper = DraftKeeper(catalogue: catalogue, mailbox: mailbox)
        pictures = PictureMaker(source: PictureStudio(catalogue: catalogue, shelf: shelf), mailbox: mailbox)
        thumbnails = ThumbnailShelf(catalogue: catalogue, mailbox: mailbox)
        checker = Checker(catalogue: catalogue, shelf: shelf, mailbox: mailbox, changes: changes)
        meter = TokenMeter(directory: painting?.description.directory, mailbox: mailbox)
        state = StudioState(catalogueName: catalogue.folder.lastPathComponent, engine: engine)
        watch = try CatalogueWatch(
            catalogue: catalogue, mailbox: mailbox, changes: changes, fallbackSampler: state.recommendedDraft.parameters.sampler)
        queue = GenerationQueue {
            JobRunner(catalogue: catalogue, shelf: shelf, frames: frames, mailbox: mailbox, changes: changes, engine: painting)
        }
        let view = try watch.read()
        state.apply(.catalogueChanged(view))
        checker.catchUp(on: view.unchecked)
        state.cataloguePath = catalogue.folder.path
        state.prompts = PromptShelf.standard(configuration: Configuration.folder())
        if let problem = state.prompts.problems.first { state.message = StatusMessage(.warning, problem) }
        try restoreView()
        try offerInterruptedJobs()
        if options.rescans { perform(.rescan) }
        settle()
    }

    deinit {
        shutdown()
    }

    // MARK: Events

    /// Readable while events wait: `poll()` on it, then call ``drain()``.
    public var wakeUpDescriptor: Int32 { mailbox.wakeUpDescriptor }

    /// Takes every waiting event into ``state``.
    /// - Returns: the events, oldest first.
    @discardableResult
    public func drain() -> [Event] {
        let events = mailbox.takeAll()
        for event in events { take(event) }
        settle()
        return events
    }

    /// Works until no job is queued or running and no import or export is under way, taking events as they come.
    /// - Parameter progress: called after each event was taken; false stops: what is being painted is given up and offered again at the next start, and
    ///   this session paints no more.
    /// - Returns: whether it came to the end.
    @discardableResult
    public func runUntilIdle(progress: (Event, StudioState) -> Bool = { _, _ in true }) -> Bool {
        while true {
            let wasBusy = errands.isBusy
            guard takeAll(telling: progress) else {
                errands.stop()
                queue.stop(patience: Self.patience)
                _ = takeAll(telling: progress)  // What was finished meanwhile is finished.
                settle()
                return false
            }
            settle()
            // What is paused goes on when somebody says so.
            if state.tasks.allSatisfy({ $0.isPaused && $0.stage == .queued }), !wasBusy { return true }
            _ = mailbox.wait(seconds: wasBusy ? 0.02 : 0.2)
        }
    }

    /// A way to stop ``runUntilIdle(progress:)`` from any thread, a signal's handler for one.
    public var interrupter: Interrupter { Interrupter(mailbox: mailbox) }

    /// - Returns: whether to go on.
    private func takeAll(telling progress: (Event, StudioState) -> Bool) -> Bool {
        var goesOn = true
        for event in mailbox.takeAll() {
            take(event)
            if !progress(event, state) { goesOn = false }
            if case .interrupted = event { goesOn = false }
        }
        return goesOn
    }

    private func take(_ event: Event) {
        if case .importFinished(let report) = event, !report.changed.isEmpty {
            pictures.forgetAll()
            thumbnails.forgetAll()
        }
        if case .catalogueUnlocked = event { return writeDelayed() }
        guard case .catalogueChanged(var view) = event else {
            state.apply(event)
            noteChecks(after: event)
            return
        }
        // One that began before this process wrote something could take back what is shown already. It is made again, in the
        // background: reading ten thousand products takes longer than a key may wait.
        guard view.reading == changes.value else { return watch.readAgain() }
        view.drafts.merge(keeper.unsaved) { _, unsaved in unsaved }
        // Taking ten thousand products apart takes as long as a screen: it is left to another thread.
        let before = state
        state.apply(.catalogueChanged(view))
        checker.catchUp(on: view.unchecked)
        DispatchQueue.global(qos: .utility).async { withExtendedLifetime(before) {} }
    }

    /// Brings what follows from the selection up to date.
    func settle() {
        state.promptTokens = state.selectedProduct.flatMap { product in
            meter.count(Scene.fullPrompt(state.draft.prompt, category: product.categoryIdentifier))
        }
        // A script asks for the checks that it wants.
        guard isInteractive else { return }
        readPrompt()
        let shown = state.selectedCandidateKey?.storedID
        checker.want(
            shown.flatMap { state.checks[$0] == nil ? $0 : nil }, catchingUp: state.tasks.isEmpty && state.fileWork == nil)
    }

    /// What is painted of the words as they stand; read again when they change.
    private func readPrompt() {
        let prompt = state.draft.prompt
        let reads = state.model.readsScenes && state.draft.parameters.layout != .off && prompt.contains { !$0.isWhitespace }
        guard readPromptOf != (reads ? prompt : nil) else { return }
        readPromptOf = reads ? prompt : nil
        state.promptReading = readPromptOf.map(SceneReading.init)
    }

    /// Keeps what was found, and has new candidates looked at when there is time.
    private func noteChecks(after event: Event) {
        switch event {
        case .checked(let candidate, _):
            guard let (product, position) = state.place(of: candidate) else { return }
            if let found = state.stored[product]?[position].warnings { checker.keep(found, of: candidate) }
        case .candidateFinished(_, _, let item): checker.catchUp(on: [item.key.storedID].compactMap { $0 })
        default: break
        }
    }

    /// Has a product's candidates looked at again when there is time.
    func checkAgain(_ product: ProductID) {
        checker.catchUp(on: (state.stored[product] ?? []).filter { $0.verdict != .rejected }.compactMap(\.key.storedID))
    }

    // MARK: Pictures

    /// The size, in pixels, of the area where a picture being painted is shown; previews of its steps are made to fit. Nil, the default, makes none.
    public var previewSize: PictureSize? {
        get { frames.size }
        set { frames.size = newValue }
    }

    /// A picture for the screen, no larger than asked for. Where it has to be made first, nil; `Event.pictureReady` follows. A picture being painted is
    /// the newest step at ``previewSize``.
    public func picture(for subject: PictureSubject, maximumWidth: Int, maximumHeight: Int) -> StudioPicture? {
        guard maximumWidth > 0, maximumHeight > 0 else { return nil }
        var request = PictureRequest(subject: subject, maximumWidth: maximumWidth, maximumHeight: maximumHeight)
        request.product = product(of: subject)
        switch subject {
        case .thumbnail(let id):
            return state.product(id).flatMap { thumbnails.picture(of: $0, width: maximumWidth, height: maximumHeight) }
        case .painting(let key): return frames.newest(of: key)?.fitting(maximumWidth, maximumHeight)
        case .cutout(let product):
            request.aspect = state.draft(of: product).parameters.aspect
            request.treatment = state.treatment(of: product)
        case .mask(let product): request.treatment = state.treatment(of: product)
        case .candidate: request.treatment = request.product.map { state.treatment(of: $0) } ?? .none
        case .photo, .reference: break
        }
        let picture = pictures.picture(request, makes: !(request.product.map(state.uncut.contains) ?? false))
        if picture != nil, subject == state.stage { prepareNext(like: request) }
        return picture
    }

    /// Makes the candidate that a decision would lead to, so that it is there before the key is pressed.
    private func prepareNext(like request: PictureRequest) {
        guard case .candidate = request.subject, let key = state.selectedCandidateKey, preparedAfter != request else { return }
        preparedAfter = request
        var next = state
        next.advance(past: key)
        guard let subject = next.stage, subject != request.subject, case .candidate = subject else { return }
        var coming = PictureRequest(subject: subject, maximumWidth: request.maximumWidth, maximumHeight: request.maximumHeight)
        coming.product = product(of: subject)
        coming.treatment = coming.product.map { state.treatment(of: $0) } ?? .none
        pictures.prepare(coming)
    }

    /// Whose picture it is; nil for one that shows no product cut out.
    private func product(of subject: PictureSubject) -> ProductID? {
        switch subject {
        case .photo(let product), .cutout(let product), .mask(let product): product
        case .candidate(let candidate): state.place(of: candidate)?.product
        case .reference, .painting, .thumbnail: nil
        }
    }

    /// Gives up the cutouts that the screen waits for, until the product is chosen again.
    func giveUpCutouts() {
        guard let product = state.cutting?.productID else { return }
        pictures.giveUpCutouts()
        state.uncut.insert(product)
        state.cutting = nil
        state.message = StatusMessage(
            .info, "\(state.name(of: product)): cutting out cancelled", advice: "choose the product again to go on")
    }

    /// The checks of a stored candidate, measured now on this thread.
    /// - Throws: `PictureError`, `CompositeError`, `CatalogueError`, `StudioError`.
    public func checks(of candidate: CandidateID) throws -> CandidateChecks {
        try checker.measure(candidate)
    }

    // MARK: The end

    /// Seconds that the worker gets to give up what it paints: cancelling takes 0.2 s, storing a picture that is done about as long.
    private static let patience = 2.0

    /// Ends the workers. The picture being painted is given up and offered again at the next start; everything else is on disk already.
    public func shutdown() {
        guard !isOver else { return }
        isOver = true
        watch.stop()
        checker.stop()
        pictures.stop()
        thumbnails.stop()
        errands.stop()
        queue.stop(patience: Self.patience)
        keepView()
        keeper.flush()
        writeDelayed()
        errands.wait()
    }
}

/// Stops a session's `runUntilIdle` from any thread.
public struct Interrupter: Sendable {
    let mailbox: Mailbox

    /// Asks for the end; may be called more than once.
    public func interrupt() {
        mailbox.post(.interrupted)
    }
}
