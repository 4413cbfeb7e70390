import ArgumentParser
import Diffusion
import TerminalUI

/// What of a model stays in memory, and on disk.
struct MemoryOptions: ParsableArguments {
    @Flag(help: "Take little memory: weights come from disk layer by layer, pictures are decoded in tiles. Slower.")
    var lowMemory = false
    @Flag(help: "Keep no packed weights on disk: every start packs them anew.")
    var noPackedWeights = false

    /// - Parameter settings: what holds where no flag says otherwise.
    func loading(_ settings: Settings = Settings()) -> LoadingOptions {
        var options = LoadingOptions()
        options.memory = lowMemory ? .low : settings.memory
        options.keepsPackedWeights = !noPackedWeights && settings.packedWeights
        return options
    }
}
