import Foundation

/// A file of low-rank changes to a model's weights (LoRA, arXiv 2106.09685), under any of the usual names: those of kohya-ss
/// (`lora_unet_…lora_down`), of peft (`unet.….lora_A`), of older diffusers (`unet.….processor.to_q_lora.down`).
struct LoRA {
    /// One changed layer.
    private struct Change {
        var up: WeightStore.Location?
        var down: WeightStore.Location?
        var alpha: WeightStore.Location?
    }

    private let path: String
    private let weight: Float
    /// By component, then by the layer's name with underscores for dots.
    private let changes: [ModelComponent: [String: Change]]

    /// - Parameter weight: how much of the change is applied; 1 is as trained
    /// - Throws: `ModelError`
    init(_ url: URL, weight: Float) throws {
        let store = WeightStore(try AdapterFile.open(url))
        path = url.path
        self.weight = weight
        var changes: [ModelComponent: [String: Change]] = [:]
        for (name, location) in store.locations {
            guard let (layer, role) = Self.role(of: name) else {
                throw ModelError.unsupported(
                    path: url.path, feature: "a change of this kind (\(name))",
                    advice: "The engine applies plain LoRA: convert LoHa, LoKr and DoRA files with the tool that made them.")
            }
            let (component, module) = Self.component(of: layer)
            var change = changes[component]?[module] ?? Change()
            switch role {
            case .up: change.up = location
            case .down: change.down = location
            case .alpha: change.alpha = location
            }
            changes[component, default: [:]][module] = change
        }
        guard !changes.isEmpty else {
            throw ModelError.unsupported(path: url.path, feature: "a file without LoRA weights", advice: "Choose a LoRA file.")
        }
        self.changes = changes
    }

    /// Notes the changes of a component in its store, to be merged as its weights are read.
    ///
    /// - Parameter layersPerBlock: of the UNet, to understand the block numbers of the original Stable Diffusion code
    /// - Throws: `ModelError` where the file belongs to another model
    func apply(to store: inout WeightStore, _ component: ModelComponent, layersPerBlock: Int) throws {
        guard let changes = changes[component] else { return }
        var names: [String: String] = [:]
        for name in store.locations.keys where name.hasSuffix(".weight") {
            names[Self.flattened(String(name.dropLast(".weight".count)))] = name
        }
        for (module, change) in changes.sorted(by: { $0.key < $1.key }) {
            let renamed = component == .unet ? OriginalBlockNumbers.renamed(module, layersPerBlock: layersPerBlock) : module
            guard let name = names[renamed], let up = change.up, let down = change.down, let rank = down.shape.first, rank > 0 else {
                throw ModelError.unsupported(
                    path: path, feature: "a change of \(component.rawValue) \(module), which the model lacks",
                    advice: "The LoRA was made for another family of models.")
            }
            let alpha = try change.alpha.map { try $0.read().values.first ?? Float(rank) } ?? Float(rank)
            store.add(LowRankAddition(up: up, down: down, scale: weight * alpha / Float(rank)), to: name)
        }
    }

    /// Checks that the model has every component that the file changes.
    func check(against components: Set<ModelComponent>) throws {
        for component in changes.keys where !components.contains(component) {
            throw ModelError.unsupported(
                path: path, feature: "a change of \(component.rawValue), which the model lacks",
                advice: "The LoRA was made for another family of models.")
        }
    }

    private enum Role { case up, down, alpha }

    private static let suffixes: [(String, Role)] = [
        (".lora_down.weight", .down), (".lora_up.weight", .up), (".lora_A.weight", .down), (".lora_B.weight", .up),
        (".lora_A.default.weight", .down), (".lora_B.default.weight", .up),
        (".lora_linear_layer.down.weight", .down), (".lora_linear_layer.up.weight", .up),
        (".lora.down.weight", .down), (".lora.up.weight", .up), ("_lora.down.weight", .down), ("_lora.up.weight", .up), (".alpha", .alpha),
    ]

    private static func role(of name: String) -> (layer: String, Role)? {
        for (suffix, role) in suffixes where name.hasSuffix(suffix) { return (String(name.dropLast(suffix.count)), role) }
        return nil
    }

    private static let prefixes: [(String, ModelComponent)] = [
        ("lora_unet_", .unet), ("lora_te1_", .textEncoder), ("lora_te2_", .secondTextEncoder), ("lora_te_", .textEncoder),
        ("unet_", .unet), ("text_encoder_2_", .secondTextEncoder), ("text_encoder_", .textEncoder),
    ]

    private static func component(of layer: String) -> (ModelComponent, String) {
        var module = flattened(layer)
        for prefix in ["base_model_model_", "transformer_"] where module.hasPrefix(prefix) { module.removeFirst(prefix.count) }
        for (prefix, component) in prefixes where module.hasPrefix(prefix) { return (component, String(module.dropFirst(prefix.count))) }
        // peft's files of a bare UNet have no prefix.
        return (.unet, module)
    }

    /// A layer's name with underscores for dots, the text encoder's outermost scope and the marks of older files left out.
    private static func flattened(_ name: String) -> String {
        name.replacingOccurrences(of: ".processor.", with: ".")
            .replacingOccurrences(of: "text_model.", with: "").replacingOccurrences(of: "text_model_", with: "")
            .replacingOccurrences(of: ".", with: "_")
    }
}

/// Layers of the UNet by the block numbers of the original Stable Diffusion code, as SDXL's LoRAs often have them.
enum OriginalBlockNumbers {
    /// `input_blocks_4_1_proj_in` as `down_blocks_1_attentions_0_proj_in`; other names unchanged.
    static func renamed(_ module: String, layersPerBlock layers: Int) -> String {
        let parts = module.split(separator: "_", maxSplits: 4, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 5, let block = Int(parts[2]), let part = Int(parts[3]) else { return special(module) }
        switch (parts[0], parts[1]) {
        case ("input", "blocks") where block > 0:
            return renamed("down_blocks_\((block - 1) / (layers + 1))", (block - 1) % (layers + 1), part, parts[4])
        case ("output", "blocks"):
            return renamed("up_blocks_\(block / (layers + 1))", block % (layers + 1), part, parts[4])
        default:
            return special(module)
        }
    }

    private static func renamed(_ block: String, _ layer: Int, _ part: Int, _ rest: String) -> String {
        if rest == "op" { return "\(block)_downsamplers_0_conv" }
        if rest == "conv" { return "\(block)_upsamplers_0_conv" }
        return part == 0 ? "\(block)_resnets_\(layer)_\(residual[rest] ?? rest)" : "\(block)_attentions_\(layer)_\(rest)"
    }

    private static func special(_ module: String) -> String {
        for (old, new) in [("middle_block_0_", "mid_block_resnets_0_"), ("middle_block_2_", "mid_block_resnets_1_")]
        where module.hasPrefix(old) {
            let rest = String(module.dropFirst(old.count))
            return new + (residual[rest] ?? rest)
        }
        if module.hasPrefix("middle_block_1_") { return "mid_block_attentions_0_" + module.dropFirst("middle_block_1_".count) }
        return whole[module] ?? olderOutput(module)
    }

    /// Older diffusers' `to_out_lora` means the first layer of `to_out`.
    private static func olderOutput(_ module: String) -> String {
        module.hasSuffix("_to_out") ? module + "_0" : module
    }

    private static let residual = [
        "in_layers_2": "conv1", "emb_layers_1": "time_emb_proj", "out_layers_3": "conv2", "skip_connection": "conv_shortcut",
    ]

    private static let whole = [
        "time_embed_0": "time_embedding_linear_1", "time_embed_2": "time_embedding_linear_2", "label_emb_0_0": "add_embedding_linear_1",
        "label_emb_0_2": "add_embedding_linear_2", "input_blocks_0_0": "conv_in", "out_2": "conv_out",
    ]
}
