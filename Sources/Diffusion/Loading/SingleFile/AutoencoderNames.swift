/// The autoencoder of a single-file checkpoint (`first_stage_model.*`; CompVis `ldm/modules/diffusionmodules/model.py`):
/// its tensors under diffusers' names, with the architecture that follows from them.
struct AutoencoderNames {
    /// From diffusers' names to those in the file, without prefix.
    let originals: [String: String]
    /// Channels of each level, full resolution first.
    let blockOutChannels: [Int]
    let layersPerBlock: Int

    /// - Parameter shapes: shapes by the names in the file, without prefix
    init?(_ shapes: [String: [Int]]) {
        let channels = (0...).lazy.map { shapes["encoder.down.\($0).block.0.conv1.weight"]?.first }.prefix { $0 != nil }.compactMap { $0 }
        blockOutChannels = Array(channels)
        layersPerBlock = (0...).prefix { shapes["encoder.down.0.block.\($0).conv1.weight"] != nil }.count
        guard !blockOutChannels.isEmpty, layersPerBlock > 0 else { return nil }
        var originals: [String: String] = [:]
        let count = blockOutChannels.count
        for name in shapes.keys {
            if let new = Self.renamed(name, levels: count) { originals[new] = name }
        }
        self.originals = originals
    }

    private static func renamed(_ name: String, levels: Int) -> String? {
        if name.hasPrefix("quant_conv.") || name.hasPrefix("post_quant_conv.") { return name }
        let parts = NameTable.parts(name, 1)
        guard parts.count == 2, ["encoder", "decoder"].contains(parts[0]) else { return nil }
        let rest = parts[1]
        if let new = NameTable.renamed(rest, by: stems) { return "\(parts[0]).\(new)" }
        // down.2.block.1.conv1.weight, up.3.upsample.conv.weight
        let pieces = NameTable.parts(rest, 3)
        guard pieces.count == 4, let level = Int(pieces[1]) else { return nil }
        let block = pieces[0] == "down" ? "down_blocks.\(level)" : "up_blocks.\(levels - 1 - level)"
        switch pieces[2] {
        case "block":
            let layer = NameTable.parts(pieces[3], 1)
            guard layer.count == 2 else { return nil }
            return "\(parts[0]).\(block).resnets.\(layer[0]).\(shortcut(layer[1]))"
        case "downsample": return "\(parts[0]).\(block).downsamplers.0.\(pieces[3])"
        case "upsample": return "\(parts[0]).\(block).upsamplers.0.\(pieces[3])"
        default: return nil
        }
    }

    private static func shortcut(_ name: String) -> String {
        name.hasPrefix("nin_shortcut.") ? "conv_shortcut." + name.dropFirst("nin_shortcut.".count) : name
    }

    private static let stems: [(old: String, new: String)] = [
        ("conv_in.", "conv_in."), ("conv_out.", "conv_out."), ("norm_out.", "conv_norm_out."),
        ("mid.block_1.", "mid_block.resnets.0."), ("mid.block_2.", "mid_block.resnets.1."),
        ("mid.attn_1.norm.", "mid_block.attentions.0.group_norm."), ("mid.attn_1.q.", "mid_block.attentions.0.to_q."),
        ("mid.attn_1.k.", "mid_block.attentions.0.to_k."), ("mid.attn_1.v.", "mid_block.attentions.0.to_v."),
        ("mid.attn_1.proj_out.", "mid_block.attentions.0.to_out.0."),
    ]
}
