import Studio

/// Which products the list shows, and in which order.
struct ProductSelection: Equatable, Sendable {
    enum Filter: String, CaseIterable, Sendable {
        case all, undecided
        case unapproved = "without an approved one"
        case approved
        case starred = "three stars or more"
        case red = "labelled red"
        case yellow = "labelled yellow"
        case green = "labelled green"
        case blue = "labelled blue"
        case doubtful = "with a warning"

        /// What `f` goes through; the others are in the palette.
        static let round: [Filter] = [.all, .undecided, .unapproved, .approved, .starred, .doubtful]

        /// The one after this in the round.
        var next: Filter { Self.round[((Self.round.firstIndex(of: self) ?? -1) + 1) % Self.round.count] }

        func accepts(_ product: ProductItem) -> Bool {
            switch self {
            case .all: true
            case .undecided: product.counts.open > 0
            case .unapproved: product.counts.approved == 0
            case .approved: product.counts.approved > 0
            case .starred: product.counts.bestRating >= 3
            case .red: product.counts.labels.contains(.red)
            case .yellow: product.counts.labels.contains(.yellow)
            case .green: product.counts.labels.contains(.green)
            case .blue: product.counts.labels.contains(.blue)
            case .doubtful: product.doubts > 0
            }
        }
    }

    enum Order: String, CaseIterable, Sendable {
        case name = "by name"
        case open = "most undecided first"
        case stars = "most stars first"
        case category = "by category"
        case doubts = "most warnings first"
    }

    var filter = Filter.all
    var order = Order.name
    /// Only this category and those below it; nil for all.
    var category: String?

    /// The products that pass, in order; the selected one stays until another is chosen, so that a decision does not make it vanish.
    func applied(to products: [ProductItem], in tree: CategoryTree, keeping selected: ProductID?) -> [ProductItem] {
        let family = category.flatMap { tree[$0] }.map { tree.family(of: $0.identifier) }
        let kept =
            filter == .all && family == nil
            ? products
            : products.filter { product in
                product.id == selected
                    || filter.accepts(product) && (family?.contains(product.categoryIdentifier ?? "") ?? true)
            }
        switch order {
        case .name: return kept
        case .open: return Self.sorted(kept) { $0.counts.open > $1.counts.open }
        case .stars: return Self.sorted(kept) { $0.counts.bestRating > $1.counts.bestRating }
        case .doubts: return Self.sorted(kept) { $0.doubts > $1.doubts }
        case .category: return Self.sorted(kept) { ($0.categoryIdentifier ?? "\u{10FFFF}") < ($1.categoryIdentifier ?? "\u{10FFFF}") }
        }
    }

    /// What the list's title says of it; empty where everything is as usual.
    func label(_ language: Language, in tree: CategoryTree) -> String {
        let category = category.flatMap { tree[$0] }.map { item in
            language == .japanese && !item.nameJapanese.isEmpty ? item.nameJapanese : item.name
        }
        let words = [category, filter == .all ? nil : language(filter.rawValue), order == .name ? nil : language(order.rawValue)]
        return words.compactMap { $0 }.joined(separator: ", ")
    }

    /// Equal ones keep their order.
    private static func sorted(_ products: [ProductItem], by precedes: (ProductItem, ProductItem) -> Bool) -> [ProductItem] {
        products.enumerated().sorted { one, other in
            if precedes(one.element, other.element) { return true }
            return !precedes(other.element, one.element) && one.offset < other.offset
        }.map(\.element)
    }
}

extension ProductItem {
    /// What wants a look: its outline, and its candidates of which a check warns.
    fileprivate var doubts: Int {
        if case .warning = cutout { counts.warnings + 1 } else { counts.warnings }
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
