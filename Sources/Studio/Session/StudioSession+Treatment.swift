import Catalogue
import Imaging

/// How the selected product is cut out, placed and finished: in the database first, then on the screen.
extension StudioSession {
    func treat(_ treatment: ProductTreatment) throws {
        let product = try requireProduct()
        guard treatment != state.treatment(of: product.id) else { return }
        try persist(
            { [catalogue] in try catalogue.saveTreatment(treatment, productID: product.id) },
            then: { session, _ in
                session.state.treatments[product.id] = treatment
                // Measured on pictures that look different now.
                for candidate in session.state.stored[product.id] ?? [] {
                    if let id = candidate.key.storedID { session.state.checks[id] = nil }
                }
            })
    }
}

extension StudioState {
    /// How a product is cut out, placed and finished.
    public func treatment(of product: ProductID) -> ProductTreatment { treatments[product] ?? .none }

    /// That of the selected product.
    public var treatment: ProductTreatment { selectedProductID.map { treatment(of: $0) } ?? .none }
}
