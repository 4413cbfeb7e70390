import Foundation
import Imaging
import Studio

/// One line of the parameter pane's second page: how the product is cut out, placed and finished.
enum FinishRow: Int, CaseIterable, Sendable {
    case anchor, share, shiftAcross, shiftDown
    case shadow, reflection, lightWrap, harmonise, grain
    case brightness, contrast, saturation, temperature, denoise, sharpness
    case method, grow, feather, fillHoles, keepLargest

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
        case .brightness: "Brightness"
        case .contrast: "Contrast"
        case .saturation: "Saturation"
        case .temperature: "Warmth"
        case .denoise: "Denoise"
        case .sharpness: "Sharpen"
        case .method: "Cutout"
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
        case .method: "Mask"
        default: nil
        }
    }

    func value(in treatment: ProductTreatment) -> String {
        func number(_ value: Double) -> String { value == 0 ? "0" : String(format: "%+.2f", value) }
        func share(_ value: Double) -> String { value == 0 ? "off" : String(format: "%.2f", value) }
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
        case .brightness: return number(treatment.background.brightness)
        case .contrast: return number(treatment.background.contrast)
        case .saturation: return number(treatment.background.saturation)
        case .temperature: return number(treatment.background.temperature)
        case .denoise: return share(treatment.background.denoise)
        case .sharpness: return share(treatment.background.sharpness)
        case .method: return treatment.cutoutMethod.map(Self.name) ?? "auto"
        case .grow: return treatment.refinement.grow == 0 ? "0" : "\(treatment.refinement.grow) px"
        case .feather: return treatment.refinement.feather == 0 ? "0" : String(format: "%.1f px", treatment.refinement.feather)
        case .fillHoles: return treatment.refinement.fillsHoles ? "yes" : "no"
        case .keepLargest: return treatment.refinement.keepsLargest ? "yes" : "no"
        }
    }

    /// The treatment with this line `direction` (-1 or 1) places further.
    func changed(_ treatment: ProductTreatment, by direction: Int) -> ProductTreatment {
        var result = treatment
        func moved(_ value: Double, _ step: Double, _ range: ClosedRange<Double>) -> Double {
            min(range.upperBound, max(range.lowerBound, ((value / step).rounded() + Double(direction)) * step))
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
        case .brightness: result.background.brightness = moved(treatment.background.brightness, 0.05, -1...1)
        case .contrast: result.background.contrast = moved(treatment.background.contrast, 0.05, -1...1)
        case .saturation: result.background.saturation = moved(treatment.background.saturation, 0.05, -1...1)
        case .temperature: result.background.temperature = moved(treatment.background.temperature, 0.05, -1...1)
        case .denoise: result.background.denoise = moved(treatment.background.denoise, 0.1, 0...1)
        case .sharpness: result.background.sharpness = moved(treatment.background.sharpness, 0.1, 0...1)
        case .method:
            let choices: [CutoutMethod?] = [nil, .alpha, .plainBackground] + (CutoutNetwork.weights() == nil ? [] : [.learned])
            result.cutoutMethod = Self.neighbour(of: treatment.cutoutMethod, in: choices, direction)
        case .grow: result.refinement.grow = min(40, max(-40, treatment.refinement.grow + direction))
        case .feather: result.refinement.feather = moved(treatment.refinement.feather, 0.5, 0...20)
        case .fillHoles: result.refinement.fillsHoles.toggle()
        case .keepLargest: result.refinement.keepsLargest.toggle()
        }
        return result
    }

    /// The treatment with this line as it comes.
    func reset(_ treatment: ProductTreatment) -> ProductTreatment {
        var result = treatment
        let standard = ProductTreatment.none
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
        case .brightness: result.background.brightness = 0
        case .contrast: result.background.contrast = 0
        case .saturation: result.background.saturation = 0
        case .temperature: result.background.temperature = 0
        case .denoise: result.background.denoise = 0
        case .sharpness: result.background.sharpness = 0
        case .method: result.cutoutMethod = nil
        case .grow: result.refinement.grow = 0
        case .feather: result.refinement.feather = 0
        case .fillHoles: result.refinement.fillsHoles = false
        case .keepLargest: result.refinement.keepsLargest = false
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
