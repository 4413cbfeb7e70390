/// One product category that the model knows.
public struct CategoryItem: Sendable, Equatable, Identifiable {
    /// The identifier token, as written into the prompt.
    public var identifier: String
    public var name: String
    public var nameJapanese: String
    /// The identifier of the category above it, nil at the top.
    public var parent: String?
    /// 0 at the top, 1 below that, …
    public var depth: Int

    public var id: String { identifier }

    public init(identifier: String, name: String, nameJapanese: String, parent: String? = nil, depth: Int = 0) {
        self.identifier = identifier
        self.name = name
        self.nameJapanese = nameJapanese
        self.parent = parent
        self.depth = depth
    }
}

/// The categories of the model in the order a picker shows them: every parent just above its children.
public struct CategoryTree: Sendable, Equatable {
    public let items: [CategoryItem]

    /// - Parameter categories: in the model's order; a category whose parent is unknown, or that is its own ancestor, stands at the top.
    public init(_ categories: [CategoryItem]) {
        let known = Set(categories.map(\.identifier))
        var children: [String: [CategoryItem]] = [:]
        var top: [CategoryItem] = []
        for category in categories {
            if let parent = category.parent, known.contains(parent), parent != category.identifier {
                children[parent, default: []].append(category)
            } else {
                top.append(category)
            }
        }
        var ordered: [CategoryItem] = []
        var placed: Set<String> = []
        func place(_ category: CategoryItem, depth: Int) {
            guard placed.insert(category.identifier).inserted else { return }
            var item = category
            item.depth = depth
            ordered.append(item)
            for child in children[category.identifier] ?? [] { place(child, depth: depth + 1) }
        }
        for category in top { place(category, depth: 0) }
        for category in categories { place(category, depth: 0) }
        items = ordered
    }

    /// A category and all below it, by identifier.
    public func family(of identifier: String) -> Set<String> {
        var family: Set<String> = [identifier]
        // Every parent stands above its children.
        for item in items where item.parent.map(family.contains) == true { family.insert(item.identifier) }
        return family
    }

    /// The category with this identifier token.
    public subscript(identifier: String) -> CategoryItem? {
        items.first { $0.identifier == identifier }
    }
}
