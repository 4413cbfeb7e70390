import Catalogue
import Diffusion
import Foundation
import Imaging
import StarterModel
import TerminalUI

/// What the model, the catalogue and the disk are.
enum Surroundings {
    static func findings(catalogue: CatalogueOptions, model: ModelOptions) -> [Finding] {
        [build(), self.model(model)] + packedWeights(model) + [self.catalogue(catalogue.folder), cutout(), disk(catalogue.folder)]
            + terminal()
    }

    private static func build() -> Finding {
        #if DEBUG
            return Finding(
                "program", .warning, "Backdrop \(Backdrop.version), built for debugging", advice: "`swift build -c release` paints faster")
        #else
            return Finding("program", "Backdrop \(Backdrop.version)")
        #endif
    }

    private static func model(_ options: ModelOptions) -> Finding {
        guard let directory = options.directory ?? StarterModel.directory else {
            return Finding(
                "model", .problem, "this build carries no starter model",
                advice: "name a diffusers folder with --model or \(ModelOptions.variable)")
        }
        do {
            let description = try InpaintingPipeline.describe(directory: directory)
            let millions = String(format: "%.1f", Double(description.parameterCounts.total) / 1_000_000)
            return Finding(
                "model",
                "\(description.name)\(description.version.map { " \($0)" } ?? ""), chosen because \(options.reason): \(millions) million weights, "
                    + "\(description.nativeSize) pixels, \(description.categories.count) categories, "
                    + "\(description.recommended.sampler.displayName) with \(description.recommended.steps) steps recommended; \(directory.path)"
            )
        } catch {
            return Finding("model", .problem, "\(error)", advice: "it was chosen because \(options.reason)")
        }
    }

    /// What is kept of the model for a quicker start.
    private static func packedWeights(_ options: ModelOptions) -> [Finding] {
        guard let directory = options.directory ?? StarterModel.directory else { return [] }
        return PackedWeightsPlace.files(of: directory).map { file in
            let size = ByteCountFormatter.string(fromByteCount: Int64(file.bytes), countStyle: .file)
            return Finding("packed weights", "\(size) in \(file.url.path); `backdrop model forget` removes them")
        }
    }

    private static func catalogue(_ folder: URL) -> Finding {
        do {
            let contents = try Catalogue(folder: folder, creating: false).contents()
            let approved = contents.candidates.filter { $0.decision == .approved }.count
            return Finding(
                "catalogue",
                "\(folder.path): \(contents.products.count) products, \(contents.candidates.count) candidates, \(approved) approved")
        } catch CatalogueError.noCatalogue {
            return Finding("catalogue", "\(folder.path) holds none yet")
        } catch {
            return Finding("catalogue", .problem, "\(error)")
        }
    }

    private static func cutout() -> Finding {
        guard let weights = CutoutNetwork.weights() else {
            return Finding(
                "cutout", .warning, "plain backgrounds and alpha only: the learned cutout is not installed",
                advice: "`\(CutoutNetwork.installation)`")
        }
        return Finding("cutout", "plain backgrounds, alpha, and the learned cutout from \(weights.path)")
    }

    private static func disk(_ folder: URL) -> Finding {
        var space = statvfs()
        guard statvfs(folder.path, &space) == 0 else {
            return Finding("disk", .problem, "\(folder.path): \(String(cString: strerror(errno)))")
        }
        let free = Int64(space.f_bavail) * Int64(space.f_frsize)
        let text = ByteCountFormatter.string(fromByteCount: free, countStyle: .file)
        if UInt(space.f_flag) & UInt(ST_RDONLY) != 0 {
            return Finding("disk", .problem, "the disk of \(folder.path) is read-only", advice: "work on a copy of the catalogue")
        }
        // A 24-megapixel export is about 40 MB; a set of twenty should fit.
        guard free > 1_000_000_000 else {
            return Finding("disk", .warning, "\(text) free", advice: "an export of twenty large photos takes about 1 GB")
        }
        return Finding("disk", "\(text) free in \(folder.path)")
    }

    private static func terminal() -> [Finding] {
        let report = StudioTerminal.report()
        return report.lines.map { Finding("terminal", $0) }
    }
}
