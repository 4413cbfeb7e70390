import Foundation

/// The diffusion model that ships with Backdrop, so that a designer who has no weights at hand can start at once.
public enum StarterModel {
    /// The starter model as a diffusers directory, or nil where this build carries no weights.
    public static var directory: URL? {
        let directory = Bundle.module.bundleURL.appendingPathComponent("starter", isDirectory: true)
        let index = directory.appendingPathComponent("model_index.json")
        return FileManager.default.fileExists(atPath: index.path) ? directory : nil
    }
}
