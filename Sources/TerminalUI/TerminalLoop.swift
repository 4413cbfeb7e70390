import CNcurses
import Foundation
import Imaging
import Studio

/// The one thread that owns the terminal: waits for keys, news of the studio, signals and encoded pictures, and draws.
final class TerminalLoop {
    let session: StudioSession
    let settings: Settings
    let choice: PictureChoice
    let screen: Screen
    let signals: TerminalSignals
    let encoderPipe: WakePipe
    let layer: PictureLayer
    let recorder: SessionRecorder?
    let themes: ThemeKeeper

    var interface: Interface
    var parser = InputParser()
    var probe = CapabilityProbe()
    var report: TerminalReport
    var startedAt = TerminalLoop.now
    /// True once the terminal has said what it can do, or was given up on, or the user has decided for it.
    var showsPictures = false
    var mustDraw = true
    var mustRedrawPictures = false
    var exitStatus: Int32?
    private var escapeSince: Double?
    /// Since when something waits that looks like the beginning of an answer.
    private var answerSince: Double?
    private var typedAt: Double?
    private var themeCheckAt = TerminalLoop.now + 1
    var nextPictureAt: Double?
    /// Where the product list began on the last screen, and when it was scrolled there.
    var listStart = 0
    var scrolledAt = -Double.infinity
    /// When a key was pressed last.
    var lastKeyAt = -Double.infinity
    var pendingEvents: [InputParser.Event] = []
    /// Pictures painted since the queue was last empty.
    private var paintedSinceRest = 0
    /// The last picture on the stage and its product: shown until the next one of the same product is ready.
    var lastStage: (product: ProductID?, picture: StudioPicture)?
    /// Parts of pictures that are shown enlarged, so that each is cut out once.
    var cuts: [String: StudioPicture] = [:]

    /// The shortest turn on a core that Linux gives, nanoseconds.
    private static let turn: UInt64 = 100_000
    /// A lone escape is the Esc key after this long, seconds.
    private static let escapePause = 0.025
    /// An answer that has not ended after so long was none, seconds: lines are slow, but not that slow.
    private static let answerPause = 1.5
    /// Typed text is handed to the studio when nothing was typed for so long, seconds.
    private static let typingPause = 0.4
    /// A list rests when it was not scrolled for so long, seconds.
    private static let scrollingPause = 0.2
    /// How long the terminal is waited for before it is given back, seconds.
    private static let partingPatience = 1.0

    /// - Throws: `ScreenError`.
    init(session: StudioSession, options: StudioTerminal.Options, themes: ThemeKeeper, keymap: Keymap) throws {
        self.session = session
        self.themes = themes
        settings = options.settings
        choice = options.pictures ?? options.settings.pictures ?? .auto
        recorder = try options.recording.map { try SessionRecorder(file: $0, withKeys: options.recordsKeys) }
        let wakePipe = try WakePipe()
        encoderPipe = wakePipe
        signals = try TerminalSignals()
        screen = try Screen(withoutColours: StudioTerminal.wantsNoColours)
        signals.install(output: screen.outputDescriptor, restoring: Screen.emergencyBytes, settings: screen.originalSettings)
        themes.isColourless = screen.colourDepth == .none
        let language =
            options.language ?? session.screenValue(for: "language").flatMap(Language.init)
            ?? options.settings.language ?? Language.preferred()
        interface = Interface(rows: screen.rows, columns: screen.columns, keymap: keymap, language: language)
        interface.themes = ThemeKeeper.names
        report = Self.makeReport(screen: screen, probe: probe, choice: choice)
        layer = PictureLayer(
            surroundings: Self.surroundings(report: report, screen: screen, theme: themes.theme), wake: { wakePipe.ring() })
        showsPictures = choice != .auto
        if showsPictures { adaptPictures() }
        restoreScreen()
    }

    /// Takes up where this designer's screen stood.
    private func restoreScreen() {
        interface.selection.filter = session.screenValue(for: "filter").flatMap(ProductSelection.Filter.init) ?? .all
        interface.selection.order = session.screenValue(for: "order").flatMap(ProductSelection.Order.init) ?? .name
        interface.selection.category = session.screenValue(for: "category").flatMap { $0.isEmpty ? nil : $0 }
        if let pane = session.screenValue(for: "pane"), let found = Pane.allCases.first(where: { $0.title == pane }) {
            interface.focus(on: found, editing: false)
        }
    }

    var theme: Theme { themes.theme }

    static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// Runs until something ends it, and gives the terminal back.
    func run() -> Int32 {
        // A key takes this thread a moment only; with short turns it gets one sooner, also where others want the cores.
        backdrop_ask_for_short_turns(Self.turn)
        defer {
            screen.output.write(layer.removeAll())
            screen.stop()
            // The line that hung up may say so more than once, and work may go on without it.
            signals.uninstall(ignoringHangUps: exitStatus == 128 + SIGHUP)
        }
        // The cursor is at the top left of an empty screen: should a terminal print a question, spaces cover it.
        let blank = String(repeating: " ", count: screen.columns)
        startedAt = Self.now
        screen.output.write("\u{1B}7" + CapabilityProbe.questions() + "\u{1B}8\(screen.backgroundSequence(of: Style()))\(blank)\u{1B}8")
        while true {
            if mustDraw { draw() }
            sendPictures()
            if let exitStatus {
                if exitStatus == 0 { awaitAnswers() }
                return leave(exitStatus)
            }
            waitAndTake()
        }
    }

    private func leave(_ status: Int32) -> Int32 {
        perform(interface.tellText())
        return status
    }

    // MARK: Waiting

    /// Waits for answers that are on their way, before the terminal is given back: the shell would take them for typed keys.
    private func awaitAnswers() {
        let end = Self.now + Self.partingPatience
        while exitStatus ?? 0 == 0, layer.isAwaitingAnswer || !showsPictures || recorder?.isAwaitingAnswer == true {
            let left = end - Self.now
            guard left > 0 else { return }
            var source = pollfd(fd: screen.inputDescriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&source, 1, Int32((left * 1000).rounded(.up))) > 0 else { continue }
            readInput()
            for case .reply(let reply) in pendingEvents { take(.reply(reply)) }
            pendingEvents.removeAll { if case .reply = $0 { true } else { false } }
        }
    }

    private func waitAndTake() {
        var sources = [screen.inputDescriptor, session.wakeUpDescriptor, signals.descriptor, encoderPipe.readEnd]
            .map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        let pause = pendingEvents.isEmpty ? secondsToWait : 0
        let ready = poll(&sources, nfds_t(sources.count), Int32((min(60, pause) * 1000).rounded(.up)))
        if ready < 0, errno != EINTR {
            exitStatus = 1
            return
        }
        if sources[2].revents != 0 { takeSignals() }
        if sources[1].revents != 0 {
            note(session.drain())
            mustDraw = true
        }
        if sources[3].revents != 0 {
            _ = encoderPipe.take()
            layer.collect()
        }
        if sources[0].revents != 0 { readInput() }
        takeTime()
        let events = pendingEvents
        pendingEvents = []
        for event in events { take(event) }
    }

    private var secondsToWait: Double {
        let now = Self.now
        var moments: [Double] = []
        if let escapeSince { moments.append(escapeSince + Self.escapePause) }
        if let answerSince { moments.append(answerSince + Self.answerPause) }
        if let typedAt { moments.append(typedAt + Self.typingPause) }
        if let nextPictureAt { moments.append(nextPictureAt) }
        if !showsPictures { moments.append(startedAt + CapabilityProbe.patience) }
        if themes.file != nil { moments.append(themeCheckAt) }
        if interface.isScrolling { moments.append(scrolledAt + Self.scrollingPause) }
        return moments.map { max(0, $0 - now) }.min() ?? 60
    }

    /// What is due because time has gone by.
    private func takeTime() {
        let now = Self.now
        if let since = escapeSince, now >= since + Self.escapePause {
            escapeSince = nil
            pendingEvents += parser.flush()
            if !parser.isWaiting { answerSince = nil }
        }
        if let since = answerSince, now >= since + Self.answerPause {
            answerSince = nil
            pendingEvents += parser.giveUp()
        }
        if let typed = typedAt, now >= typed + Self.typingPause {
            typedAt = nil
            perform(interface.tellText())
        }
        if !showsPictures, now >= startedAt + CapabilityProbe.patience { beginPictures() }
        if interface.isScrolling, now >= scrolledAt + Self.scrollingPause {
            interface.isScrolling = false
            mustDraw = true
        }
        if themes.file != nil, now >= themeCheckAt {
            themeCheckAt = now + 1
            if themes.reload() { takeTheme() }
        }
    }

    /// Keeps count of what was painted, and tells when the queue is done: a bell, and for terminals that have them a notification.
    private func note(_ events: [Event]) {
        for event in events {
            switch event {
            case .candidateFinished: paintedSinceRest += 1
            case .importFinished, .importFailed: interface.mayWelcome = true
            default: break
            }
        }
        guard paintedSinceRest > 0, session.state.tasks.isEmpty else { return }
        let words =
            paintedSinceRest == 1
            ? interface.language("Backdrop: 1 picture painted") : interface.language("Backdrop: {} pictures painted", paintedSinceRest)
        paintedSinceRest = 0
        if settings.bell { screen.output.write("\u{7}\u{1B}]9;\(words)\u{7}") }
    }

    /// Reads what the terminal sent into `pendingEvents`. Returns whether a key was among it.
    @discardableResult
    func readInput() -> Bool {
        var bytes = [UInt8](repeating: 0, count: 16_384)
        let count = read(screen.inputDescriptor, &bytes, bytes.count)
        if count == 0 || (count < 0 && errno != EINTR && errno != EAGAIN) {
            // The line is gone. Reading on would spin.
            exitStatus = exitStatus ?? 128 + SIGHUP
            return false
        }
        guard count > 0 else { return false }
        recorder?.keysCame(bytes[..<count], now: Self.now)
        let events = parser.feed(bytes[..<count])
        escapeSince = parser.isWaiting ? Self.now : nil
        answerSince = parser.isWaiting ? answerSince ?? Self.now : nil
        pendingEvents += events
        return events.contains { event in
            switch event {
            case .key, .paste: true
            case .mouse, .focus, .reply: false
            }
        }
    }

    // MARK: Taking things in

    private func take(_ event: InputParser.Event) {
        switch event {
        case .reply(.ready):
            let now = Self.now
            let answer = layer.answered(now: now)
            if answer == .slice || answer == .picture { recorder?.sliceWasTaken(now: now) }
            if answer == .picture, exitStatus == nil {
                screen.output.write("\u{1B}[5n")
                layer.asked(now: now)
            }
        case .reply(let reply):
            if case .deviceAttributes = reply, !showsPictures { layer.learn(roundTrip: Self.now - startedAt) }
            if case .deviceAttributes = reply { recorder?.lineAnswered(now: Self.now) }
            let learnt = probe.take(reply)
            if learnt, showsPictures { adaptPictures() }
            if probe.isComplete, !showsPictures { beginPictures() }
        case .focus(let isIn):
            // Some terminals and multiplexers lose pictures while another window is in front.
            if isIn, showsPictures {
                layer.forgetShown()
                mustDraw = true
            }
        case .key, .paste, .mouse:
            if interface.layout.kind == .tooSmall {
                if case .key(let key) = event, key == .character("q") || key == .control("c") { exitStatus = 0 }
                return
            }
            lastKeyAt = Self.now
            perform(interface.handle(event, state: session.state))
            typedAt = interface.hasUntoldText ? Self.now : nil
            mustDraw = true
        }
    }

    func perform(_ effects: [Effect]) {
        for effect in effects {
            switch effect {
            case .perform(let command): session.perform(command)
            case .redraw: redrawAll()
            case .suspend: suspend()
            case .quit: exitStatus = 0
            case .copy(let text):
                screen.output.write("\u{1B}]52;c;\(Data(text.utf8).base64EncodedString())\u{7}")
            case .openEditor(let pane): editElsewhere(pane)
            case .theme(let name):
                if themes.use(name) { takeTheme() }
            case .nextTheme:
                if themes.use(themes.nameAfter) { takeTheme() }
                interface.notice = StatusMessage(.info, interface.language("theme {}", themes.theme.name))
            case .keep(let value, let key): session.keep(screen: value, for: key)
            }
            interface.follow(session.state)
        }
        if !effects.isEmpty { mustDraw = true }
    }

    private func takeSignals() {
        for signal in signals.take() {
            switch signal {
            case SIGWINCH:
                if screen.takeSize() {
                    interface.resize(rows: screen.rows, columns: screen.columns)
                    adaptPictures()
                    redrawAll()
                }
            case SIGCONT:
                screen.reclaim()
                redrawAll()
            case SIGTSTP:
                suspend()
            case SIGINT:
                pendingEvents.append(.key(.control("c")))
            default:
                exitStatus = 128 + signal
            }
        }
    }

    func redrawAll() {
        screen.takeSize()
        interface.resize(rows: screen.rows, columns: screen.columns)
        screen.output.write(layer.removeAll())
        screen.wipe(background: theme[.text])
        layer.forgetShown()
        mustDraw = true
    }

    /// Shows everything in other colours.
    private func takeTheme() {
        if let problem = themes.problem { interface.notice = StatusMessage(.warning, problem) }
        session.keep(screen: themes.name, for: "theme")
        adaptPictures()
        redrawAll()
    }

    /// Hands a prompt to the user's own editor, and takes what it left.
    private func editElsewhere(_ pane: Pane) {
        let text = pane == .negative ? interface.negativeEditor.text : interface.promptEditor.text
        awaitAnswers()
        screen.output.write(layer.removeAll())
        screen.suspend()
        layer.forgetShown()
        let result = ExternalEditor.edit(text)
        screen.resume()
        if let signal = signals.take().first(where: { $0 == SIGTERM || $0 == SIGHUP }) { exitStatus = 128 + signal }
        switch result {
        case .success(let changed):
            if pane == .negative {
                interface.negativeEditor.replaceAll(with: changed)
            } else {
                interface.promptEditor.replaceAll(with: changed)
            }
            perform(interface.tellText())
        case .failure(let failure): interface.notice = StatusMessage(.error, "\(failure)")
        }
        adaptPictures()
        redrawAll()
    }

    private func suspend() {
        awaitAnswers()
        screen.output.write(layer.removeAll())
        screen.suspend()
        layer.forgetShown()
        signals.stopProcess()
        screen.resume()
        // The stop's own SIGCONT is dealt with by this.
        let others = signals.take().filter { $0 != SIGCONT && $0 != SIGTSTP && $0 != SIGWINCH }
        if let signal = others.first(where: { $0 == SIGTERM || $0 == SIGHUP }) { exitStatus = 128 + signal }
        adaptPictures()
        redrawAll()
    }
}
