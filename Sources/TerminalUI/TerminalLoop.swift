import Foundation
import Imaging
import Studio

/// The one thread that owns the terminal: waits for keys, news of the studio, signals and encoded pictures, and draws.
final class TerminalLoop {
    private let session: StudioSession
    private let choice: PictureChoice
    private let screen: Screen
    private let signals: TerminalSignals
    private let encoderPipe: WakePipe
    private let theme: Theme
    private let layer: PictureLayer

    private var interface: Interface
    private var parser = InputParser()
    private var probe = CapabilityProbe()
    private var report: TerminalReport
    private var startedAt = TerminalLoop.now
    /// True once the terminal has said what it can do, or was given up on, or the user has decided for it.
    private var showsPictures = false
    private var mustDraw = true
    private var exitStatus: Int32?
    private var escapeSince: Double?
    private var typedAt: Double?
    private var nextPictureAt: Double?
    private var pendingEvents: [InputParser.Event] = []
    /// The last picture on the stage and its product: shown until the next one of the same product is ready.
    private var lastStage: (product: ProductID?, picture: StudioPicture)?

    /// A lone escape is the Esc key after this long, seconds.
    private static let escapePause = 0.025
    /// Typed text is handed to the studio when nothing was typed for so long, seconds.
    private static let typingPause = 0.4
    /// How long the terminal is waited for before it is given back, seconds.
    private static let partingPatience = 1.0

    /// - Throws: `ScreenError`.
    init(session: StudioSession, options: StudioTerminal.Options, theme: Theme) throws {
        self.session = session
        choice = options.pictures
        let wakePipe = try WakePipe()
        encoderPipe = wakePipe
        signals = try TerminalSignals()
        screen = try Screen(withoutColours: StudioTerminal.wantsNoColours)
        signals.install(output: screen.outputDescriptor, restoring: Screen.emergencyBytes, settings: screen.originalSettings)
        self.theme = screen.colourDepth == .none ? theme.withoutColours : theme
        interface = Interface(rows: screen.rows, columns: screen.columns)
        report = Self.makeReport(screen: screen, probe: probe, choice: choice)
        layer = PictureLayer(
            surroundings: Self.surroundings(report: report, screen: screen, theme: self.theme), wake: { wakePipe.ring() })
        showsPictures = options.pictures != .auto
    }

    private static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// Runs until something ends it, and gives the terminal back.
    func run() -> Int32 {
        defer {
            screen.stop()
            signals.uninstall()
        }
        // The cursor is at the top left of an empty screen: should a terminal print a question, the first drawing covers it.
        screen.output.write(CapabilityProbe.questions)
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
        while exitStatus ?? 0 == 0, layer.isAwaitingAnswer || !showsPictures {
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
            session.drain()
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
        if let typedAt { moments.append(typedAt + Self.typingPause) }
        if let nextPictureAt { moments.append(nextPictureAt) }
        if !showsPictures { moments.append(startedAt + CapabilityProbe.patience) }
        return moments.map { max(0, $0 - now) }.min() ?? 60
    }

    /// What is due because time has gone by.
    private func takeTime() {
        let now = Self.now
        if let since = escapeSince, now >= since + Self.escapePause {
            escapeSince = nil
            pendingEvents += parser.flush()
        }
        if let typed = typedAt, now >= typed + Self.typingPause {
            typedAt = nil
            perform(interface.tellText())
        }
        if !showsPictures, now >= startedAt + CapabilityProbe.patience { beginPictures() }
    }

    /// Reads what the terminal sent into `pendingEvents`. Returns whether a key was among it.
    @discardableResult
    private func readInput() -> Bool {
        var bytes = [UInt8](repeating: 0, count: 16_384)
        let count = read(screen.inputDescriptor, &bytes, bytes.count)
        if count == 0 || (count < 0 && errno != EINTR && errno != EAGAIN) {
            // The line is gone. Reading on would spin.
            exitStatus = exitStatus ?? 128 + SIGHUP
            return false
        }
        guard count > 0 else { return false }
        let events = parser.feed(bytes[..<count])
        escapeSince = parser.isWaiting ? Self.now : nil
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
            layer.answered(now: Self.now)
        case .reply(let reply):
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
            perform(interface.handle(event, state: session.state))
            typedAt = interface.hasUntoldText ? Self.now : nil
            mustDraw = true
        }
    }

    private func perform(_ effects: [Effect]) {
        for effect in effects {
            switch effect {
            case .perform(let command): session.perform(command)
            case .redraw: redrawAll()
            case .suspend: suspend()
            case .quit: exitStatus = 0
            case .copy(let text):
                screen.output.write("\u{1B}]52;c;\(Data(text.utf8).base64EncodedString())\u{7}")
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

    private func redrawAll() {
        screen.takeSize()
        interface.resize(rows: screen.rows, columns: screen.columns)
        screen.wipe(background: theme[.text])
        layer.forgetShown()
        mustDraw = true
    }

    private func suspend() {
        awaitAnswers()
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

    // MARK: Pictures

    private static func makeReport(screen: Screen, probe: CapabilityProbe, choice: PictureChoice) -> TerminalReport {
        TerminalReport.make(
            answers: probe.answers, choice: choice, colourDepth: screen.colourDepth, rows: screen.rows, columns: screen.columns,
            reportedPixels: screen.reportedPixels, environment: ProcessInfo.processInfo.environment)
    }

    private static func surroundings(report: TerminalReport, screen: Screen, theme: Theme) -> PictureLayer.Surroundings {
        var ground = RGB(red: 0, green: 0, blue: 0)
        if case .rgb(let red, let green, let blue) = theme[.text].background { ground = RGB(red: red, green: green, blue: blue) }
        let isLight = Int(ground.red) + Int(ground.green) + Int(ground.blue) > 384
        let presenter: any PicturePresenter =
            switch report.mode {
            case .sixel:
                SixelPresenter(
                    cell: report.cell, maximumWidth: report.largestPicture.width, maximumHeight: report.largestPicture.height,
                    maximumColours: report.colourRegisters)
            case .halfblock: HalfBlockPresenter(cell: report.cell, isTrueColour: true)
            case .colours256: HalfBlockPresenter(cell: report.cell, isTrueColour: false)
            case .text: TextPresenter(cell: report.cell, isDarkOnLight: isLight)
            }
        return PictureLayer.Surroundings(
            presenter: presenter, ground: ground, backgroundSequence: screen.backgroundSequence(of: theme[.text]),
            synchronised: report.synchronisedOutput)
    }

    private func beginPictures() {
        showsPictures = true
        adaptPictures()
    }

    /// Takes what is known of the terminal now into how pictures are drawn.
    private func adaptPictures() {
        let before = report
        report = Self.makeReport(screen: screen, probe: probe, choice: choice)
        if report != before, showsPictures { mustRedrawPictures = true }
        layer.surroundings = Self.surroundings(report: report, screen: screen, theme: theme)
        mustDraw = true
    }

    private var mustRedrawPictures = false

    /// The pixels of an area, as large as pictures for it need to be.
    private func pixels(of area: CellRectangle) -> PictureSize {
        PictureSize(
            width: max(1, Int(Double(area.columns) * report.cell.width)), height: max(1, Int(Double(area.rows) * report.cell.height)))
    }

    private func picture(for subject: PictureSubject, in area: CellRectangle) -> StudioPicture? {
        let size = pixels(of: area)
        let found = session.picture(for: subject, maximumWidth: size.width, maximumHeight: size.height)
        guard area == interface.layout.stage else { return found }
        if let found {
            lastStage = (session.state.selectedProductID, found)
            return found
        }
        return lastStage?.product == session.state.selectedProductID ? lastStage?.picture : nil
    }

    // MARK: Drawing

    private func draw() {
        mustDraw = false
        interface.follow(session.state)
        if showsPictures, interface.layout.kind != .tooSmall {
            let size = pixels(of: interface.layout.stage)
            if session.previewSize != size { session.previewSize = size }
        }
        var drawn = interface
        let frame = StudioView.draw(session.state, interface: &drawn, theme: theme) { [self] subject, area in
            showsPictures ? picture(for: subject, in: area) : nil
        }
        interface = drawn
        if mustRedrawPictures {
            mustRedrawPictures = false
            let erase = layer.want([])
            if !erase.isEmpty { screen.output.write(erase) }
        }
        let erase = layer.want(showsPictures ? frame.pictures : [])
        if report.synchronisedOutput { screen.output.write("\u{1B}[?2026h") }
        if !erase.isEmpty { screen.output.write(erase) }
        screen.present(frame.grid, cursor: frame.cursor)
        if report.synchronisedOutput { screen.output.write("\u{1B}[?2026l") }
    }

    private func sendPictures() {
        layer.collect()
        nextPictureAt = nil
        var isGone = false
        // Keys that wait come first.
        guard showsPictures, pendingEvents.isEmpty else { return }
        nextPictureAt = layer.advance(now: Self.now) { bytes in
            let outcome = screen.output.write(
                picture: bytes, ending: "\u{1B}\\\u{1B}[0m\u{1B}8\(report.synchronisedOutput ? "\u{1B}[?2026l" : "")",
                input: screen.inputDescriptor, patience: 0.04
            ) { readInput() }
            isGone = outcome == .failed
            return outcome == .completed
        }
        if isGone { exitStatus = exitStatus ?? 128 + SIGHUP }
    }
}
