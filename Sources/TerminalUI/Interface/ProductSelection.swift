import Studio

/// Which products the list shows, and in which order.
struct ProductSelection: Equatable, Sendable {
    enum Filter: String, CaseIterable, Sendable {
        case all, undecided
        case unapproved = "without an approved one"
        case approved
        case doubtful = "with a warning"

        func accepts(_ product: ProductItem) -> Bool {
            switch self {
            case .all: true
            case .undecided: product.counts.open > 0
            case .unapproved: product.counts.approved == 0
            case .approved: product.counts.approved > 0
            case .doubtful: if case .warning = product.cutout { true } else { false }
            }
        }
    }

    enum Order: String, CaseIterable, Sendable {
        case name = "by name"
        case open = "most undecided first"
        case category = "by category"
    }

    var filter = Filter.all
    var order = Order.name

    /// The products that pass, in order; the selected one stays until another is chosen, so that a decision does not make it vanish.
    func applied(to products: [ProductItem], keeping selected: ProductID?) -> [ProductItem] {
        let kept = filter == .all ? products : products.filter { $0.id == selected || filter.accepts($0) }
        switch order {
        case .name: return kept
        case .open: return Self.sorted(kept) { $0.counts.open > $1.counts.open }
        case .category: return Self.sorted(kept) { ($0.categoryIdentifier ?? "\u{10FFFF}") < ($1.categoryIdentifier ?? "\u{10FFFF}") }
        }
    }

    /// What the list's title says of it; empty where everything is as usual.
    var label: String {
        let words = [filter == .all ? nil : filter.rawValue, order == .name ? nil : order.rawValue].compactMap { $0 }
        return words.joined(separator: ", ")
    }

    /// Equal ones keep their order.
    private static func sorted(_ products: [ProductItem], by precedes: (ProductItem, ProductItem) -> Bool) -> [ProductItem] {
        products.enumerated().sorted { one, other in
            if precedes(one.element, other.element) { return true }
            return !precedes(other.element, one.element) && one.offset < other.offset
        }.map(\.element)
    }
}

extension CaseIterable where Self: Equatable, AllCases.Index == Int {
    /// The case after this one; after the last comes the first.
    var next: Self {
        let all = Self.allCases
        let index = all.firstIndex(of: self) ?? 0
        return all[(index + 1) % all.count]
    }
}
