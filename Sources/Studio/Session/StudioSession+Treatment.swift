import Catalogue
import Foundation
import Imaging

/// How the selected product is cut out, placed and finished: in the database first, then on the screen.
extension StudioSession {
    func treat(_ treatment: ProductTreatment) throws {
        let product = try requireProduct()
        guard treatment != state.treatment(of: product.id) else { return }
        try persist(
            { [catalogue] in try catalogue.saveTreatment(treatment, productID: product.id) },
            then: { session, _ in
                session.state.take(treatment, of: product.id)
                session.checkAgain(product.id)
            })
    }

    /// Takes the selected product's mask from a file, in the background.
    func importMask(_ url: URL) throws {
        let product = try requireProduct()
        errands.run { [mailbox, changes, catalogue] _ in
            do {
                let mask = try Mask.load(url, width: product.width, height: product.height)
                var treatment = try catalogue.treatment(productID: product.id)
                treatment.take(maskFile: try catalogue.storeMask(mask, productID: product.id))
                try catalogue.saveTreatment(treatment, productID: product.id)
                changes.note()
                mailbox.post(.treated(product.id, treatment))
                mailbox.post(.message(StatusMessage(.info, "\(product.name): mask taken from \(url.lastPathComponent)")))
            } catch {
                mailbox.post(.message(StatusMessage(error, while: "the mask was not taken")))
            }
        }
    }

    /// Writes the selected product's mask, in the background.
    func exportMask(_ url: URL?) throws {
        let product = try requireProduct()
        errands.run { [mailbox, catalogue, shelf] _ in
            do {
                let mask = try shelf.product(product.id).cutout.mask
                let written = try catalogue.writeMask(mask, productID: product.id, to: url)
                mailbox.post(.message(StatusMessage(.info, "mask written: \(written.path)")))
            } catch {
                mailbox.post(.message(StatusMessage(error, while: "the mask was not written")))
            }
        }
    }
}

extension StudioState {
    /// Notes how a product is cut out, placed and finished now.
    mutating func take(_ treatment: ProductTreatment, of product: ProductID) {
        treatments[product] = treatment
        forgetChecks(of: product)
    }

    /// How a product is cut out, placed and finished.
    public func treatment(of product: ProductID) -> ProductTreatment { treatments[product] ?? .none }

    /// That of the selected product.
    public var treatment: ProductTreatment { selectedProductID.map { treatment(of: $0) } ?? .none }
}
