import Foundation
import Imaging

/// One check of a candidate in words, the same on the screen and on the command line.
public struct CheckLine: Sendable, Equatable, Encodable {
    public let name: String
    public let value: String
    /// Whether it is as it should be; nil where there is nothing to judge.
    public let isGood: Bool?
}

extension CandidateChecks {
    /// The checks in the order in which a retoucher looks.
    ///
    /// - Parameter frame: the shares of the frame that fit the product's category.
    public func lines(frame: ClosedRange<Double>) -> [CheckLine] {
        let lock = productIsLocked ? "locked" : "differs by \(coreMaximumDifference)"
        var lines = [
            CheckLine(
                name: "Product", value: isAdjusted ? "adjusted by request" : lock, isGood: isAdjusted ? nil : productIsLocked)
        ]
        func distance(_ value: Double) -> String { String(format: "ΔE %.1f", value) }
        func percent(_ value: Double) -> String { "\(Int((value * 100).rounded()))%" }
        if let look {
            lines.append(CheckLine(name: "Halo", value: distance(look.haloDistance), isGood: !look.hasHalo))
            if let shadow = look.contactShadow {
                lines.append(CheckLine(name: "Shadow", value: look.floats ? "floats" : percent(shadow), isGood: !look.floats))
            }
        }
        lines.append(CheckLine(name: "In frame", value: percent(frameShare), isGood: look == nil ? nil : frame.contains(frameShare)))
        if let look {
            if let share = look.extensionShare {
                lines.append(CheckLine(name: "Extended", value: percent(share), isGood: !look.isExtended))
            }
            lines.append(CheckLine(name: "Contrast", value: distance(look.contrast), isGood: !look.isFaint))
            if let ratio = look.sharpnessRatio {
                lines.append(CheckLine(name: "Sharpness", value: String(format: "× %.2f", ratio), isGood: look.sharpnessMatches))
            }
        }
        return lines
    }
}

extension StudioState {
    /// The shares of the frame that fit a product's category.
    public func frameShares(of product: ProductID) -> ClosedRange<Double> {
        let identifier = products.first { $0.id == product }?.categoryIdentifier
        return Placement.shares(category: identifier.map { categories[$0]?.name ?? $0 })
    }

    /// Where products of a category stand until somebody moves them.
    func startingPlacement(ofCategory identifier: String?) -> Placement {
        Placement.starting(category: identifier.map { categories[$0]?.name ?? $0 })
    }

    /// Enters the checks of a candidate, and which of them warn.
    mutating func take(_ measured: CandidateChecks, of candidate: CandidateID) {
        checks[candidate] = measured
        guard let (product, position) = place(of: candidate) else { return }
        let lines = measured.lines(frame: frameShares(of: product))
        stored[product]?[position].warnings = lines.filter { $0.isGood == false }.map(\.name)
        recount(product)
    }

    /// Forgets the checks of a product's candidates: what they were made on looks different now.
    mutating func forgetChecks(of product: ProductID) {
        for position in (stored[product] ?? []).indices {
            if let id = stored[product]?[position].key.storedID { checks[id] = nil }
            stored[product]?[position].warnings = nil
        }
        recount(product)
    }

    /// Where a stored candidate stands; nearly always with the selected product.
    func place(of candidate: CandidateID) -> (product: ProductID, position: Int)? {
        func position(in strip: [CandidateItem]?) -> Int? { strip?.firstIndex { $0.key.storedID == candidate } }
        if let selected = selectedProductID, let found = position(in: stored[selected]) { return (selected, found) }
        for (product, strip) in stored { if let found = position(in: strip) { return (product, found) } }
        return nil
    }

    /// The checks of the selected candidate in words; empty until they were measured.
    public var selectedCheckLines: [CheckLine] {
        guard let checks = selectedChecks, let product = selectedProductID else { return [] }
        return checks.lines(frame: frameShares(of: product))
    }
}
