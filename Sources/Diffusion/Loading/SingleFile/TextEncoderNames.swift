/// A text encoder of a single-file checkpoint under transformers' names: OpenAI's CLIP as transformers itself writes it,
/// or OpenCLIP (`open_clip/transformer.py`), which keeps queries, keys and values in one matrix.
struct TextEncoderNames {
    /// A tensor in the file, without prefix, or a part of it.
    typealias Original = (name: String, part: WeightStore.Part)

    let originals: [String: Original]
    let isOpenCLIP: Bool
    let layerCount: Int
    let hiddenSize: Int
    let intermediateSize: Int
    let vocabularySize: Int
    let maximumTokens: Int
    /// Outputs of the projection; nil for an encoder without.
    let projectionSize: Int?

    /// - Parameter shapes: shapes by the names in the file, without prefix
    init?(_ shapes: [String: [Int]]) {
        isOpenCLIP = shapes["positional_embedding"] != nil
        var originals: [String: Original] = [:]
        for name in shapes.keys {
            if isOpenCLIP {
                for (new, part) in Self.openCLIP(name) { originals[new] = (name, part) }
            } else {
                originals[NameTable.renamed(name, by: [("transformer.text_model.", ""), ("text_model.", "")]) ?? name] = (name, .whole)
            }
        }
        func shape(_ name: String) -> [Int]? { originals[name].flatMap { shapes[$0.name] } }
        guard let words = shape("embeddings.token_embedding.weight"), words.count == 2,
            let positions = shape("embeddings.position_embedding.weight"), positions.count == 2,
            let expansion = shape("encoder.layers.0.mlp.fc1.weight")?.first
        else { return nil }
        vocabularySize = words[0]
        hiddenSize = words[1]
        maximumTokens = positions[0]
        intermediateSize = expansion
        layerCount = (0...).prefix { originals["encoder.layers.\($0).layer_norm1.weight"] != nil }.count
        // A projection of OpenCLIP's is stored as [inputs, outputs].
        projectionSize = shape("text_projection.weight").flatMap { [isOpenCLIP] in $0.count == 2 ? $0[isOpenCLIP ? 1 : 0] : nil }
        self.originals = originals
    }

    private static func openCLIP(_ name: String) -> [(String, WeightStore.Part)] {
        switch name {
        case "positional_embedding": return [("embeddings.position_embedding.weight", .whole)]
        case "text_projection": return [("text_projection.weight", .transposed)]
        default: break
        }
        if let new = NameTable.renamed(name, by: [("token_embedding.", "embeddings.token_embedding."), ("ln_final.", "final_layer_norm.")])
        {
            return [(new, .whole)]
        }
        let parts = NameTable.parts(name, 3)
        guard parts.count == 4, parts[0] == "transformer", parts[1] == "resblocks" else { return [] }
        let layer = "encoder.layers.\(parts[2])."
        for (old, new) in [("attn.in_proj_weight", "weight"), ("attn.in_proj_bias", "bias")] where parts[3] == old {
            return ["q", "k", "v"].enumerated().map { ("\(layer)self_attn.\($1)_proj.\(new)", .rows(index: $0, count: 3)) }
        }
        return NameTable.renamed(parts[3], by: layerRules).map { [(layer + $0, .whole)] } ?? []
    }

    private static let layerRules: [(old: String, new: String)] = [
        ("ln_1.", "layer_norm1."), ("ln_2.", "layer_norm2."), ("mlp.c_fc.", "mlp.fc1."), ("mlp.c_proj.", "mlp.fc2."),
        ("attn.out_proj.", "self_attn.out_proj."),
    ]
}
