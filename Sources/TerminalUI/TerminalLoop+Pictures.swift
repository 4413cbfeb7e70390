import Foundation
import Imaging
import Studio

/// Drawing: cells first, then the pictures that stand in them.
extension TerminalLoop {
    static func makeReport(screen: Screen, probe: CapabilityProbe, choice: PictureChoice) -> TerminalReport {
        TerminalReport.make(
            answers: probe.answers, choice: choice, colourDepth: screen.colourDepth, rows: screen.rows, columns: screen.columns,
            reportedPixels: screen.reportedPixels, environment: ProcessInfo.processInfo.environment)
    }

    static func surroundings(report: TerminalReport, screen: Screen, theme: Theme) -> PictureLayer.Surroundings {
        var ground = RGB(red: 0, green: 0, blue: 0)
        if case .rgb(let red, let green, let blue) = theme[.text].background { ground = RGB(red: red, green: green, blue: blue) }
        let isLight = Int(ground.red) + Int(ground.green) + Int(ground.blue) > 384
        let presenter: any PicturePresenter =
            switch report.mode {
            case .sixel:
                SixelPresenter(
                    cell: report.cell, maximumWidth: report.largestPicture.width, maximumHeight: report.largestPicture.height,
                    maximumColours: report.colourRegisters)
            case .kitty: KittyPresenter(cell: report.cell)
            case .iterm2: ITermPresenter(cell: report.cell)
            case .sextant: SextantPresenter(cell: report.cell)
            case .halfblock: HalfBlockPresenter(cell: report.cell, isTrueColour: true)
            case .colours256: HalfBlockPresenter(cell: report.cell, isTrueColour: false)
            case .text: TextPresenter(cell: report.cell, isDarkOnLight: isLight)
            }
        return PictureLayer.Surroundings(
            presenter: presenter, ground: ground, backgroundSequence: screen.backgroundSequence(of: theme[.text]),
            synchronised: report.synchronisedOutput)
    }

    func beginPictures() {
        showsPictures = true
        adaptPictures()
    }

    /// Takes what is known of the terminal now into how pictures are drawn.
    func adaptPictures() {
        let before = report
        report = Self.makeReport(screen: screen, probe: probe, choice: choice)
        if report != before, showsPictures { mustRedrawPictures = true }
        layer.surroundings = Self.surroundings(report: report, screen: screen, theme: theme)
        let isGraphic = [.sixel, .kitty, .iterm2, .sextant, .halfblock].contains(report.mode)
        interface.cell = showsPictures && isGraphic ? (Int(report.cell.width.rounded()), Int(report.cell.height.rounded())) : nil
        mustDraw = true
    }

    /// The pixels of an area, as large as pictures for it need to be.
    func pixels(of area: CellRectangle) -> PictureSize {
        PictureSize(
            width: max(1, Int(Double(area.columns) * report.cell.width)), height: max(1, Int(Double(area.rows) * report.cell.height)))
    }

    func picture(for subject: PictureSubject, in area: CellRectangle) -> StudioPicture? {
        let size = pixels(of: area)
        if case .painting = subject, area != interface.layout.stage {
            // The newest step as it is; the encoder makes it smaller, away from the keys.
            let whole = pixels(of: interface.layout.stage)
            return session.picture(for: subject, maximumWidth: whole.width, maximumHeight: whole.height)
        }
        if let magnification = interface.magnification, isEnlarged(area), let part = part(of: subject, size, magnification) {
            return part
        }
        let found = session.picture(for: subject, maximumWidth: size.width, maximumHeight: size.height)
        guard area == interface.layout.stage else { return found }
        if let found {
            lastStage = (session.state.selectedProductID, found)
            return found
        }
        return lastStage?.product == session.state.selectedProductID ? lastStage?.picture : nil
    }

    /// Whether a place shows pictures at 100 % when that is asked for: the stage, or the tiles that stand on it.
    private func isEnlarged(_ area: CellRectangle) -> Bool {
        area == interface.layout.stage || !interface.compared.isEmpty
    }

    /// The part of a finished picture that is to be seen at its own size; nil while the whole is being made.
    private func part(of subject: PictureSubject, _ size: PictureSize, _ magnification: Magnification) -> StudioPicture? {
        if case .painting = subject { return nil }
        let side = Self.largestSide
        guard let whole = session.picture(for: subject, maximumWidth: side, maximumHeight: side) else { return nil }
        let part = magnification.part(of: whole.image, width: size.width, height: size.height)
        let key = "\(subject)#\(whole.revision) \(part) \(magnification.scale)"
        if let cut = cuts[key] { return cut }
        let image = magnification.cut(whole.image, width: size.width, height: size.height)
        var hasher = Hasher()
        hasher.combine(key)
        let cut = StudioPicture(subject: subject, revision: hasher.finalize(), image: image)
        if cuts.count > 8 { cuts = [:] }
        cuts[key] = cut
        return cut
    }

    /// Larger than any photo: the whole picture, at its own size.
    private static let largestSide = 16_384

    // MARK: Drawing

    func draw() {
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
        if interface.productCursor.offset != listStart {
            listStart = interface.productCursor.offset
            scrolledAt = Self.now
            interface.isScrolling = interface.listsThumbnails
        }
        if mustRedrawPictures {
            mustRedrawPictures = false
            let erase = layer.want([])
            if !erase.isEmpty { screen.output.write(erase) }
        }
        let erase = layer.want(showsPictures ? frame.pictures : [])
        if report.synchronisedOutput { screen.output.write("\u{1B}[?2026h") }
        if !erase.isEmpty { screen.output.write(erase) }
        screen.present(frame.grid, cursor: frame.cursor)
        if let recorder, recorder.screenWasWritten(now: Self.now) { screen.output.write("\u{1B}[c") }
        if report.synchronisedOutput { screen.output.write("\u{1B}[?2026l") }
    }

    func sendPictures() {
        layer.collect()
        nextPictureAt = nil
        var isGone = false
        // Keys that wait come first.
        guard showsPictures, pendingEvents.isEmpty else { return }
        nextPictureAt = layer.advance(now: Self.now, lastKey: lastKeyAt) { bytes, isLast in
            let outcome = screen.output.write(
                picture: bytes, ending: "\u{1B}\\\u{1B}[0m\u{1B}8\(report.synchronisedOutput ? "\u{1B}[?2026l" : "")",
                input: screen.inputDescriptor, patience: 0.04
            ) { readInput() }
            isGone = outcome == .failed
            recorder?.sliceWasSent(bytes: bytes.count, endsPicture: isLast, whole: outcome == .completed, now: Self.now)
            return outcome == .completed
        }
        if isGone { exitStatus = exitStatus ?? 128 + SIGHUP }
    }
}
