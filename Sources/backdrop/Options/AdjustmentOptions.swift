import ArgumentParser
import Foundation
import Imaging

/// One correction as it is written: `brightness=0.2`.
struct AdjustmentStep: ExpressibleByArgument {
    let path: WritableKeyPath<Adjustment, Double> & Sendable
    let value: Double

    private static let names: [(name: String, path: WritableKeyPath<Adjustment, Double> & Sendable, range: ClosedRange<Double>)] = [
        ("brightness", \.brightness, -1...1), ("contrast", \.contrast, -1...1), ("saturation", \.saturation, -1...1),
        ("temperature", \.temperature, -1...1), ("denoise", \.denoise, 0...1), ("sharpen", \.sharpness, 0...1),
    ]

    init?(argument: String) {
        let parts = argument.split(separator: "=", omittingEmptySubsequences: false)
        guard parts.count == 2, let entry = Self.names.first(where: { $0.name == parts[0] }), let value = Double(parts[1]),
            entry.range.contains(value)
        else { return nil }
        path = entry.path
        self.value = value
    }

    /// What completion offers.
    static var allValueStrings: [String] { names.map { $0.name + "=" } }
}

/// Corrections of a composite's two parts.
struct AdjustmentOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Correct the background: brightness, contrast, saturation or temperature (-1 to 1), denoise or sharpen (0 to 1). Repeat for more.",
            valueName: "name=value"))
    var adjustBackground: [AdjustmentStep] = []
    @Option(help: ArgumentHelp("Correct the product in the same way. Changes its pixels.", valueName: "name=value"))
    var adjustProduct: [AdjustmentStep] = []

    var background: Adjustment { Self.combined(adjustBackground) }
    var product: Adjustment { Self.combined(adjustProduct) }

    private static func combined(_ steps: [AdjustmentStep]) -> Adjustment {
        var result = Adjustment()
        for step in steps { result[keyPath: step.path] = step.value }
        return result
    }
}
