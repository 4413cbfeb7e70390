/// A ControlNet in a single file under diffusers' names (lllyasviel/ControlNet `cldm/cldm.py`, with or without its scope
/// `control_model.`); a file that has diffusers' names already stays as it is.
enum ControlNetNames {
    /// - Throws: `ModelError` where the file is no ControlNet
    static func renamed(_ store: WeightStore) throws -> WeightStore {
        if store.locations["controlnet_cond_embedding.conv_in.weight"] != nil { return store }
        let scoped = store.hasPrefix("control_model.") ? store.scoped("control_model.") : store
        guard let unet = UNetNames(scoped.shapes), scoped.locations["input_hint_block.0.weight"] != nil else {
            throw ModelError.unsupported(
                path: store.path, feature: "a file without the tensors of a ControlNet (input_hint_block.*)",
                advice: "Choose a ControlNet in safetensors, or its diffusers folder.")
        }
        var originals = unet.originals
        // An activation stands after each convolution, and counts.
        let count = (0...).prefix { scoped.locations["input_hint_block.\(2 * $0).weight"] != nil }.count
        for index in 0..<count {
            let number = 2 * index
            let new = index == 0 ? "conv_in" : index == count - 1 ? "conv_out" : "blocks.\(index - 1)"
            for part in ["weight", "bias"] {
                originals["controlnet_cond_embedding.\(new).\(part)"] = "input_hint_block.\(number).\(part)"
            }
        }
        for name in scoped.locations.keys {
            let rules = [("zero_convs.", "controlnet_down_blocks."), ("middle_block_out.0.", "controlnet_mid_block.")]
            guard let new = NameTable.renamed(name, by: rules.map { (old: $0.0, new: $0.1) }) else { continue }
            // zero_convs.3.0.weight: one layer in a sequence.
            originals[new.replacing(".0.weight", with: ".weight").replacing(".0.bias", with: ".bias")] = name
        }
        return scoped.renamed(originals)
    }
}
