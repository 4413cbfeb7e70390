import Imaging
import Studio

/// The brush that corrects a mask on the stage. Places are shares of the photo, 0...1, so that no screen size matters.
struct MaskBrush: Sendable, Equatable {
    var x = 0.5
    var y = 0.5
    /// Relative to the photo's longer side.
    var radius = 0.03
    /// What a dab makes: product, or background.
    var addsProduct = true

    private static let radii = 0.004...0.25

    /// Moves by steps of half its size.
    mutating func move(across: Int, down: Int, photo: (width: Int, height: Int)) {
        let longer = Double(max(photo.width, photo.height))
        x = min(1, max(0, x + Double(across) * radius * longer / Double(max(1, photo.width)) / 2))
        y = min(1, max(0, y + Double(down) * radius * longer / Double(max(1, photo.height)) / 2))
    }

    /// A third larger or smaller.
    mutating func resize(by direction: Int) {
        let factor = direction > 0 ? 4.0 / 3 : 3.0 / 4
        radius = min(Self.radii.upperBound, max(Self.radii.lowerBound, radius * factor))
    }

    /// The dab here.
    func stroke(on photo: (width: Int, height: Int)) -> MaskStroke {
        MaskStroke(
            x: Int(x * Double(photo.width)), y: Int(y * Double(photo.height)),
            radius: max(1, Int(radius * Double(max(photo.width, photo.height)))), addsProduct: addsProduct)
    }

    /// The picture with a ring where the brush is: white for product, black for background.
    func drawn(on image: RasterImage) -> RasterImage {
        var result = image
        let size = Double(max(image.width, image.height)) * radius
        let (middleX, middleY) = (x * Double(image.width), y * Double(image.height))
        let reach = Int(size) + 3
        for row in max(0, Int(middleY) - reach)..<min(image.height, Int(middleY) + reach + 1) {
            for column in max(0, Int(middleX) - reach)..<min(image.width, Int(middleX) + reach + 1) {
                let (dx, dy) = (Double(column) + 0.5 - middleX, Double(row) + 0.5 - middleY)
                let away = abs((dx * dx + dy * dy).squareRoot() - size)
                guard away < 1.8 else { continue }
                let value: UInt8 = (away < 1) == addsProduct ? 255 : 0
                for channel in 0..<3 { result.pixels[(row * image.width + column) * 4 + channel] = value }
            }
        }
        return result
    }
}

/// What keys do while the mask is painted; the same table makes the hints and the help.
enum BrushAction: String, CaseIterable, Sendable {
    case left, right, up, down, dab, toggle, larger, smaller, undo, clear, leave
}

extension Interface {
    /// Starts or ends painting the mask of the selected product.
    mutating func toggleBrush(_ state: StudioState) {
        brush = brush == nil && state.selectedProduct != nil ? MaskBrush() : nil
        if brush != nil {
            compared = []
            showsPhoto = false
        }
    }

    /// A key while the mask is painted.
    mutating func handleBrush(_ key: Key, state: StudioState) -> [Effect] {
        guard var brush, let product = state.selectedProduct else {
            self.brush = nil
            return []
        }
        let photo = (product.width, product.height)
        var treatment = state.treatment
        switch keymap.brushAction(for: key) {
        case .left: brush.move(across: -1, down: 0, photo: photo)
        case .right: brush.move(across: 1, down: 0, photo: photo)
        case .up: brush.move(across: 0, down: -1, photo: photo)
        case .down: brush.move(across: 0, down: 1, photo: photo)
        case .larger: brush.resize(by: 1)
        case .smaller: brush.resize(by: -1)
        case .toggle: brush.addsProduct.toggle()
        case .dab: treatment.strokes.append(brush.stroke(on: photo))
        case .undo: _ = treatment.strokes.popLast()
        case .clear: treatment.strokes = []
        case .leave:
            self.brush = nil
            return []
        case nil:
            if key == .character("?") { popup = .help(scroll: 0) }
            return []
        }
        self.brush = brush
        return treatment == state.treatment ? [] : [.perform(.treat(treatment))]
    }

    /// A press or a drag on the stage while the mask is painted: the brush goes there and dabs.
    mutating func handleBrush(_ mouse: InputParser.Mouse, state: StudioState) -> [Effect] {
        guard var brush, let product = state.selectedProduct else { return [] }
        switch mouse.kind {
        case .wheelUp: brush.resize(by: 1)
        case .wheelDown: brush.resize(by: -1)
        case .press, .drag:
            guard let place = Self.place(mouse, in: layout.stage, width: product.width, height: product.height) else { return [] }
            (brush.x, brush.y) = place
        }
        self.brush = brush
        guard mouse.kind == .press || mouse.kind == .drag else { return [] }
        var treatment = state.treatment
        treatment.strokes.append(brush.stroke(on: (product.width, product.height)))
        return [.perform(.treat(treatment))]
    }

    /// Where a cell lies in a picture that is centred in an area and fills it, as shares of the picture; nil beside it.
    ///
    /// Cells count as twice as high as wide, which nearly every terminal font is.
    static func place(_ mouse: InputParser.Mouse, in area: CellRectangle, width: Int, height: Int) -> (x: Double, y: Double)? {
        let (areaWidth, areaHeight) = (Double(area.columns), Double(area.rows) * 2)
        let scale = min(areaWidth / Double(max(1, width)), areaHeight / Double(max(1, height)))
        let (shownWidth, shownHeight) = (Double(width) * scale, Double(height) * scale)
        let x = (Double(mouse.column - area.column) + 0.5 - (areaWidth - shownWidth) / 2) / shownWidth
        let y = ((Double(mouse.row - area.row) + 0.5) * 2 - (areaHeight - shownHeight) / 2) / shownHeight
        return (0...1).contains(x) && (0...1).contains(y) ? (x, y) : nil
    }
}
