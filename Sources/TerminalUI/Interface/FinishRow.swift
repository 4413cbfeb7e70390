import Foundation
import Imaging
import Studio

/// One line of the parameter pane's second page: how the product is cut out, placed and finished.
enum FinishRow: Int, CaseIterable, Sendable {
    case anchor, share, shiftAcross, shiftDown
    case shadow, reflection, lightWrap, harmonise, grain
    case brightness, contrast, saturation, temperature, denoise, sharpness
    case productBrightness, productContrast, productSaturation, productTemperature, productDenoise, productSharpness
    case method, importedMask, grow, feather, fillHoles, keepLargest

    var title: String {
        switch self {
        case .anchor: "Stands"
        case .share: "Size"
        case .shiftAcross: "Across"
        case .shiftDown: "Down"
        case .shadow: "Shadow"
        case .reflection: "Reflection"
        case .lightWrap: "Light wrap"
        case .harmonise: "Harmonise"
        case .grain: "Grain"
        case .brightness, .productBrightness: "Brightness"
        case .contrast, .productContrast: "Contrast"
        case .saturation, .productSaturation: "Saturation"
        case .temperature, .productTemperature: "Warmth"
        case .denoise, .productDenoise: "Denoise"
        case .sharpness, .productSharpness: "Sharpen"
        case .method: "Cutout"
        case .importedMask: "From file"
        case .grow: "Grow"
        case .feather: "Feather"
        case .fillHoles: "Fill holes"
        case .keepLargest: "Largest only"
        }
    }

    /// The heading above a group's first line.
    var heading: String? {
        switch self {
        case .anchor: "Placing (new pictures)"
        case .shadow: "Ground and light"
        case .brightness: "Background"
        case .productBrightness: "Product (changes its pixels)"
        case .method: "Mask"
        default: nil
        }
    }

    /// What a line of the background's or the product's look sets, by steps of 0.05 from -1 to 1 or of 0.1 from 0 to 1.
    private var look: (path: WritableKeyPath<ProductTreatment, Double>, isBothWays: Bool)? {
        switch self {
        case .brightness: (\.background.brightness, true)
        case .contrast: (\.background.contrast, true)
        case .saturation: (\.background.saturation, true)
        case .temperature: (\.background.temperature, true)
        case .denoise: (\.background.denoise, false)
        case .sharpness: (\.background.sharpness, false)
        case .productBrightness: (\.product.brightness, true)
        case .productContrast: (\.product.contrast, true)
        case .productSaturation: (\.product.saturation, true)
        case .productTemperature: (\.product.temperature, true)
        case .productDenoise: (\.product.denoise, false)
        case .productSharpness: (\.product.sharpness, false)
        default: nil
        }
    }

    func value(in treatment: ProductTreatment) -> String {
        func number(_ value: Double) -> String { value == 0 ? "0" : String(format: "%+.2f", value) }
        func share(_ value: Double) -> String { value == 0 ? "off" : String(format: "%.2f", value) }
        if let look { return look.isBothWays ? number(treatment[keyPath: look.path]) : share(treatment[keyPath: look.path]) }
        let options = treatment.options
        switch self {
        case .anchor: return treatment.placement.anchor.rawValue
        case .share: return "\(Int((treatment.placement.share * 100).rounded()))%"
        case .shiftAcross: return number(treatment.placement.shiftX)
        case .shiftDown: return number(treatment.placement.shiftY)
        case .shadow:
            switch options.shadow {
            case .automatic: return "auto"
            case .fixed(let strength): return strength == 0 ? "none" : String(format: "%.1f", strength)
            }
        case .reflection: return share(options.reflection)
        case .lightWrap: return share(options.lightWrap)
        case .harmonise: return share(options.harmonisation)
        case .grain: return String(format: "%.1f", options.grain)
        case .method: return treatment.cutoutMethod.map(Self.name) ?? "auto"
        case .importedMask: return treatment.importedMask.map { ($0.file as NSString).lastPathComponent } ?? "none"
        case .grow: return treatment.refinement.grow == 0 ? "0" : "\(treatment.refinement.grow) px"
        case .feather: return treatment.refinement.feather == 0 ? "0" : String(format: "%.1f px", treatment.refinement.feather)
        case .fillHoles: return treatment.refinement.fillsHoles ? "yes" : "no"
        case .keepLargest: return treatment.refinement.keepsLargest ? "yes" : "no"
        default: return ""
        }
    }

    /// The treatment with this line `direction` (-1 or 1) places further.
    func changed(_ treatment: ProductTreatment, by direction: Int) -> ProductTreatment {
        var result = treatment
        func moved(_ value: Double, _ step: Double, _ range: ClosedRange<Double>) -> Double {
            min(range.upperBound, max(range.lowerBound, ((value / step).rounded() + Double(direction)) * step))
        }
        if let look {
            result[keyPath: look.path] =
                moved(treatment[keyPath: look.path], look.isBothWays ? 0.05 : 0.1, look.isBothWays ? -1...1 : 0...1)
            return result
        }
        switch self {
        case .anchor: result.placement.anchor = Self.neighbour(of: treatment.placement.anchor, in: Placement.Anchor.allCases, direction)
        case .share: result.placement.share = moved(treatment.placement.share, 0.02, 0.1...0.94)
        case .shiftAcross: result.placement.shiftX = moved(treatment.placement.shiftX, 0.05, -1...1)
        case .shiftDown: result.placement.shiftY = moved(treatment.placement.shiftY, 0.05, -1...1)
        case .shadow: result.options.shadow = Self.shadow(treatment.options.shadow, direction)
        case .reflection: result.options.reflection = moved(treatment.options.reflection, 0.1, 0...1)
        case .lightWrap: result.options.lightWrap = moved(treatment.options.lightWrap, 0.1, 0...1)
        case .harmonise: result.options.harmonisation = moved(treatment.options.harmonisation, 0.1, 0...1)
        case .grain: result.options.grain = moved(treatment.options.grain, 0.2, 0...8)
        case .method:
            let choices: [CutoutMethod?] = [nil, .alpha, .plainBackground] + (CutoutNetwork.weights() == nil ? [] : [.learned])
            result.cutoutMethod = Self.neighbour(of: treatment.cutoutMethod, in: choices, direction)
        // There is one way only: back to the automatic one. A file comes in through the import dialog.
        case .importedMask: result.dropImportedMask()
        case .grow: result.refinement.grow = min(40, max(-40, treatment.refinement.grow + direction))
        case .feather: result.refinement.feather = moved(treatment.refinement.feather, 0.5, 0...20)
        case .fillHoles: result.refinement.fillsHoles.toggle()
        case .keepLargest: result.refinement.keepsLargest.toggle()
        default: break
        }
        return result
    }

    /// The treatment with this line as it comes.
    func reset(_ treatment: ProductTreatment) -> ProductTreatment {
        var result = treatment
        let standard = ProductTreatment.none
        if let look {
            result[keyPath: look.path] = 0
            return result
        }
        switch self {
        case .anchor: result.placement.anchor = standard.placement.anchor
        case .share: result.placement.share = standard.placement.share
        case .shiftAcross: result.placement.shiftX = 0
        case .shiftDown: result.placement.shiftY = 0
        case .shadow: result.options.shadow = standard.options.shadow
        case .reflection: result.options.reflection = 0
        case .lightWrap: result.options.lightWrap = 0
        case .harmonise: result.options.harmonisation = 0
        case .grain: result.options.grain = standard.options.grain
        case .method: result.cutoutMethod = nil
        case .importedMask: result.dropImportedMask()
        case .grow: result.refinement.grow = 0
        case .feather: result.refinement.feather = 0
        case .fillHoles: result.refinement.fillsHoles = false
        case .keepLargest: result.refinement.keepsLargest = false
        default: break
        }
        return result
    }

    private static func name(_ method: CutoutMethod) -> String {
        switch method {
        case .alpha: "the file's"
        case .plainBackground: "plain"
        case .learned: "learned"
        case .mask: "mask"
        }
    }

    /// auto, none, then strengths of 0.2 to 2.
    private static func shadow(_ shadow: CompositeOptions.Shadow, _ direction: Int) -> CompositeOptions.Shadow {
        let place =
            switch shadow {
            case .automatic: -1
            case .fixed(let strength): Int((strength * 5).rounded())
            }
        let next = min(10, max(-1, place + direction))
        return next < 0 ? .automatic : .fixed(Double(next) / 5)
    }

    private static func neighbour<Value: Equatable>(of value: Value, in values: [Value], _ direction: Int) -> Value {
        let position = values.firstIndex(of: value) ?? 0
        return values[(position + direction + values.count) % values.count]
    }
}
