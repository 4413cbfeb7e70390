import Foundation
import Imaging

/// Everything that a screen shows of a catalogue, read at one moment.
public struct CatalogueContents: Sendable, Equatable {
    /// In the order of ``Catalogue/products()``.
    public let products: [Product]
    /// By name.
    public let references: [Reference]
    /// By product, then number.
    public let candidates: [Candidate]
    /// Queued, running and paused ones, oldest first.
    public let unfinishedJobs: [Job]
    /// By product.
    public let drafts: [Int64: ProductDraft]
    /// By product; products without one are as they come.
    public let treatments: [Int64: ProductTreatment]
    public let canUndo: Bool
    public let canRedo: Bool
}
