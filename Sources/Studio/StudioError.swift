import Foundation

/// What can go wrong in the studio itself; errors of the rooms below keep their own words.
public enum StudioError: Error, Equatable, CustomStringConvertible, LocalizedError {
    /// The process has no file descriptor left.
    case noDescriptor(reason: String)
    /// There is no model to paint with.
    case noModel
    /// The model's folder can't be used; the reason is the engine's own.
    case modelUnusable(reason: String)
    /// A command that needs a product or candidate came while none was selected.
    case nothingSelected(what: String)
    /// A picture is still being painted, so it cannot be decided on.
    case notFinished
    /// A reference picture of the settings is no longer in the catalogue.
    case referenceGone(name: String)
    /// Compositing touched the product, by so many steps of its depth.
    case productChanged(name: String, difference: Int)
    /// Stored settings name a sampler that this version doesn't have.
    case unknownSampler(name: String)
    /// A product of a job is no longer in the catalogue.
    case productGone(name: String)

    public var description: String {
        switch self {
        case .noDescriptor(let reason): "no file descriptor left (\(reason)): close other programs or raise `ulimit -n`"
        case .noModel: "no model to paint with: name a diffusers folder with --model or BACKDROP_MODEL"
        case .modelUnusable(let reason): reason
        case .nothingSelected(let what): "no \(what) is selected"
        case .notFinished: "this picture is still being painted: wait for it, or cancel the task"
        case .referenceGone(let name): "the reference picture \(name) is no longer in references/: choose another one"
        case .productChanged(let name, let difference):
            "\(name): the product would differ from its photo by \(difference): not exported, please report this"
        case .unknownSampler(let name): "no sampler \(name) in this version: choose another one"
        case .productGone(let name): "the product \(name) is no longer in the catalogue"
        }
    }

    public var errorDescription: String? { description }
}
