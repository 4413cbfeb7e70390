/// Renames tensors from the original Stable Diffusion code's names to those of diffusers, which the engine's layers ask for.
///
/// The correspondence is that of diffusers `loaders/single_file_utils.py` (`DIFFUSERS_TO_LDM_MAPPING` and the `convert_*` functions).
enum NameTable {
    /// Applies the first rule whose old prefix fits; nil where none does.
    static func renamed(_ name: String, by rules: [(old: String, new: String)]) -> String? {
        for rule in rules where name.hasPrefix(rule.old) { return rule.new + name.dropFirst(rule.old.count) }
        return nil
    }

    /// `input_blocks.4.1.norm.weight` as `["input_blocks", "4", "1", "norm.weight"]`: the first `count` parts apart.
    static func parts(_ name: String, _ count: Int) -> [String] {
        name.split(separator: ".", maxSplits: count, omittingEmptySubsequences: false).map(String.init)
    }

    /// Names within a residual block of the UNet (`ResBlock`).
    static let residual: [(old: String, new: String)] = [
        ("in_layers.0.", "norm1."), ("in_layers.2.", "conv1."), ("emb_layers.1.", "time_emb_proj."), ("out_layers.0.", "norm2."),
        ("out_layers.3.", "conv2."), ("skip_connection.", "conv_shortcut."),
    ]
}
