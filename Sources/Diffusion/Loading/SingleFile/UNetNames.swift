/// The UNet of a single-file checkpoint (`model.diffusion_model.*`; CompVis `ldm/modules/diffusionmodules/openaimodel.py`):
/// its tensors under diffusers' names, with the architecture that follows from them.
struct UNetNames {
    /// From diffusers' names to those in the file, without prefix.
    let originals: [String: String]
    /// Residual blocks a level; the same for all.
    let layersPerBlock: Int
    /// For each level, full resolution first: channels, and layers of its transformers (0 where it has none).
    let levels: [(channels: Int, transformerLayers: Int)]

    /// - Parameters:
    ///   - shapes: shapes by the names in the file, without prefix
    init?(_ shapes: [String: [Int]]) {
        guard let structure = Self.structure(shapes) else { return nil }
        (levels, layersPerBlock) = structure
        var originals: [String: String] = [:]
        let layers = layersPerBlock
        for name in shapes.keys {
            if let new = Self.renamed(name, layersPerBlock: layers, shapes) { originals[new] = name }
        }
        self.originals = originals
    }

    private static func renamed(_ name: String, layersPerBlock layers: Int, _ shapes: [String: [Int]]) -> String? {
        if let new = NameTable.renamed(name, by: stems) { return new }
        let parts = NameTable.parts(name, 3)
        guard parts.count == 4, let block = Int(parts[1]) else {
            let middle = NameTable.parts(name, 2)
            return middle.count == 3 && middle[0] == "middle_block" ? middleName(middle) : nil
        }
        switch parts[0] {
        case "input_blocks" where block > 0:
            let (level, layer) = ((block - 1) / (layers + 1), (block - 1) % (layers + 1))
            return blockName("down_blocks.\(level)", layer: layer, part: parts[2], rest: parts[3])
        case "output_blocks":
            let (level, layer) = (block / (layers + 1), block % (layers + 1))
            return blockName("up_blocks.\(level)", layer: layer, part: parts[2], rest: parts[3])
        case "middle_block":
            return middleName(NameTable.parts(name, 2))
        default:
            return nil
        }
    }

    private static func middleName(_ parts: [String]) -> String? {
        switch parts[1] {
        case "0": NameTable.renamed(parts[2], by: NameTable.residual).map { "mid_block.resnets.0." + $0 }
        case "1": "mid_block.attentions.0." + parts[2]
        case "2": NameTable.renamed(parts[2], by: NameTable.residual).map { "mid_block.resnets.1." + $0 }
        default: nil
        }
    }

    private static func blockName(_ block: String, layer: Int, part: String, rest: String) -> String? {
        if rest.hasPrefix("op.") { return "\(block).downsamplers.0.conv." + rest.dropFirst(3) }
        if rest.hasPrefix("conv.") { return "\(block).upsamplers.0.conv." + rest.dropFirst(5) }
        if part == "0" { return NameTable.renamed(rest, by: NameTable.residual).map { "\(block).resnets.\(layer).\($0)" } }
        return "\(block).attentions.\(layer).\(rest)"
    }

    private static let stems: [(old: String, new: String)] = [
        ("time_embed.0.", "time_embedding.linear_1."), ("time_embed.2.", "time_embedding.linear_2."),
        ("time_embed.cond_proj.", "time_embedding.cond_proj."),
        ("label_emb.0.0.", "add_embedding.linear_1."), ("label_emb.0.2.", "add_embedding.linear_2."),
        ("input_blocks.0.0.", "conv_in."), ("out.0.", "conv_norm_out."), ("out.2.", "conv_out."),
    ]

    /// Walks the way down: a level is some residual blocks and, but for the last, a strided convolution.
    private static func structure(_ shapes: [String: [Int]]) -> (levels: [(channels: Int, transformerLayers: Int)], layersPerBlock: Int)? {
        var levels: [(channels: Int, transformerLayers: Int)] = []
        var layersPerBlock: Int?
        var (layers, channels, depth) = (0, 0, 0)
        func closeLevel() -> Bool {
            levels.append((channels, depth))
            defer { (layers, depth) = (0, 0) }
            if let layersPerBlock { return layersPerBlock == layers }
            layersPerBlock = layers
            return layers > 0
        }
        for block in 1... {
            let prefix = "input_blocks.\(block)."
            if let residual = shapes[prefix + "0.in_layers.2.weight"], let outputs = residual.first {
                layers += 1
                channels = outputs
                depth = (0...).prefix { shapes[prefix + "1.transformer_blocks.\($0).attn2.to_k.weight"] != nil }.count
            } else if shapes[prefix + "0.op.weight"] != nil {
                guard closeLevel() else { return nil }
            } else {
                guard closeLevel(), let layersPerBlock else { return nil }
                return (levels, layersPerBlock)
            }
        }
        return nil
    }
}
