/// Moving about: pure, nothing here touches the disk.
extension StudioState {
    /// Performs a command that only moves the selection.
    /// - Returns: false for any other command.
    @discardableResult
    public mutating func navigate(_ command: Command) -> Bool {
        switch command {
        case .selectProduct(let id):
            guard products.contains(where: { $0.id == id }) else { return true }
            show(product: id)
        case .selectNextProduct: moveProduct(by: 1)
        case .selectPreviousProduct: moveProduct(by: -1)
        case .selectCandidate(let key):
            guard candidates.contains(where: { $0.key == key }) else { return true }
            followsPainting = false
            selectedCandidateKey = key
        case .selectNextCandidate: moveCandidate(by: 1)
        case .selectPreviousCandidate: moveCandidate(by: -1)
        case .dismissMessage: message = nil
        default: return false
        }
        return true
    }

    /// Goes on after a decision on `decided`: to the next open candidate of its product (the later ones first, then the earlier), else to the next
    /// product that has one, else to a picture of this product that is being painted, else it stays.
    mutating func advance(past decided: CandidateKey) {
        followsPainting = false
        guard let product = selectedProductID else { return }
        let strip = candidates(of: product)
        let position = strip.firstIndex { $0.key == decided } ?? 0
        let ring = strip[(position + (strip.isEmpty ? 0 : 1))...] + strip[..<position]
        if let next = ring.first(where: \.isOpen) {
            selectedCandidateKey = next.key
        } else if let next = nextProductWithOpenCandidate(after: product) {
            show(product: next)
        } else if let coming = strip.first(where: { $0.progress != .finished }) {
            selectedCandidateKey = coming.key
        }
    }

    /// Shows a product at its first open candidate, else at the one being painted, else at its last.
    mutating func show(product: ProductID) {
        followsPainting = false
        selectedProductID = product
        selectedCandidateKey = bestCandidate(of: product)
    }

    /// Shows a stored candidate wherever it is.
    mutating func show(candidate: CandidateID) {
        guard let product = stored.first(where: { $0.value.contains { $0.key == .stored(candidate) } })?.key else { return }
        followsPainting = false
        selectedProductID = product
        selectedCandidateKey = .stored(candidate)
    }

    /// Makes the selection name something that exists.
    mutating func repairSelection() {
        guard selectedProduct != nil else {
            selectedProductID = products.first?.id
            selectedCandidateKey = selectedProductID.flatMap { bestCandidate(of: $0) }
            return
        }
        if let product = selectedProductID, selectedCandidate == nil {
            selectedCandidateKey = bestCandidate(of: product)
        }
    }

    private func bestCandidate(of product: ProductID) -> CandidateKey? {
        let strip = candidates(of: product)
        let painting = strip.first { if case .painting = $0.progress { true } else { false } }
        return (strip.first(where: \.isOpen) ?? painting ?? strip.last { $0.progress == .finished } ?? strip.first)?.key
    }

    private func nextProductWithOpenCandidate(after product: ProductID) -> ProductID? {
        guard let position = products.firstIndex(where: { $0.id == product }) else { return nil }
        let ring = products[(position + 1)...] + products[..<position]
        return ring.first { item in stored[item.id]?.contains(where: \.isOpen) ?? false }?.id
    }

    private mutating func moveProduct(by offset: Int) {
        guard let position = products.firstIndex(where: { $0.id == selectedProductID }) else { return repairSelection() }
        let target = (position + offset).clamped(to: 0...(products.count - 1))
        if target != position { show(product: products[target].id) }
    }

    private mutating func moveCandidate(by offset: Int) {
        let strip = candidates
        followsPainting = false
        guard let position = strip.firstIndex(where: { $0.key == selectedCandidateKey }) else { return repairSelection() }
        selectedCandidateKey = strip[(position + offset).clamped(to: 0...(strip.count - 1))].key
    }
}
