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
        /// Whose name stands beside decisions; nil asks the environment.
        public var user: String?
        /// Makes an empty catalogue where the folder holds none.
        public var createsCatalogue: Bool

        public init(modelDirectory: URL? = nil, user: String? = nil, createsCatalogue: Bool = true) {
            self.modelDirectory = modelDirectory
            self.user = user
            self.createsCatalogue = createsCatalogue
        }
    }

    /// Everything a screen shows.
    public internal(set) var state: StudioState
    let mailbox: Mailbox

    /// Opens the catalogue in `folder`.
    /// - Throws: `CatalogueError` where the folder or its database cannot be used, `StudioError`.
    public init(folder: URL, options: Options = Options()) throws {
        mailbox = try Mailbox()
        state = StudioState(
            catalogueName: folder.lastPathComponent,
            model: ModelInfo(name: "starter", nativeSize: 0, fingerprint: "", parameterCount: 0, readiness: .described))
    }

    /// Readable while events wait: `poll()` on it, then call ``drain()``.
    public var wakeUpDescriptor: Int32 { mailbox.wakeUpDescriptor }

    /// Takes every waiting event into ``state``.
    /// - Returns: the events, oldest first.
    @discardableResult
    public func drain() -> [Event] {
        let events = mailbox.takeAll()
        for event in events { state.apply(event) }
        return events
    }

    /// Performs a command. What it changes on disk is there before ``state`` says so.
    /// - Returns: why it could not be done, nil when it was; the state's message says the same.
    @discardableResult
    public func perform(_ command: Command) -> StatusMessage? {
        state.navigate(command)
        return nil
    }

    /// The size, in pixels, of the area where a picture being painted is shown; previews of its steps are made to fit. Nil makes none.
    public var previewSize: PictureSize?

    /// A picture for the screen, no larger than asked for. Where it has to be made first, nil; `Event.pictureReady` follows.
    public func picture(for subject: PictureSubject, maximumWidth: Int, maximumHeight: Int) -> StudioPicture? {
        nil
    }

    /// Works until no job is queued or running and no import or export is under way, taking events as they come.
    /// - Parameter progress: called after each event was taken; false stops: what is being painted is given up and stays on offer.
    /// - Returns: whether it came to the end.
    @discardableResult
    public func runUntilIdle(progress: (Event, StudioState) -> Bool = { _, _ in true }) -> Bool {
        true
    }

    /// Ends the workers. The picture being painted is given up and offered again at the next start; everything else is on disk already.
    public func shutdown() {}
}
