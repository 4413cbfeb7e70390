import Foundation

/// A word that a model was taught by vectors alone (textual inversion, arXiv 2208.01618).
struct TextualInversion {
    /// What stands for it in a prompt: the file's name.
    let word: String
    /// For each text encoder, the vectors that take the place of tokens.
    private let vectors: [ModelComponent: [[Float]]]

    /// Reads a safetensors file: `emb_params` (WebUI), `clip_l` and `clip_g` (SDXL), or one tensor of any name, as diffusers
    /// writes it under the word itself.
    ///
    /// - Throws: `ModelError`
    init(_ url: URL) throws {
        let store = WeightStore(try AdapterFile.open(url))
        word = url.deletingPathExtension().lastPathComponent
        func rows(_ name: String) throws -> [[Float]]? {
            guard let location = store.locations[name] else { return nil }
            let tensor = try location.read()
            guard let width = tensor.shape.last, width > 0, tensor.shape.count <= 2 else {
                throw ModelError.wrongShape(path: url.path, tensor: name, expected: [1, 768], found: tensor.shape)
            }
            let values = tensor.values
            return stride(from: 0, to: values.count, by: width).map { Array(values[$0..<$0 + width]) }
        }
        var vectors: [ModelComponent: [[Float]]] = [:]
        if let second = try rows("clip_g") {
            vectors[.secondTextEncoder] = second
            vectors[.textEncoder] = try rows("clip_l")
        } else if store.locations.count == 1, let name = store.locations.keys.first {
            vectors[.textEncoder] = try rows(name)
        } else {
            vectors[.textEncoder] = try rows("emb_params") ?? rows("clip_l")
        }
        guard !vectors.isEmpty else {
            throw ModelError.unsupported(
                path: url.path, feature: "a file without an embedding (emb_params, clip_l or one tensor)",
                advice: "Choose a textual inversion embedding for this model's family.")
        }
        self.vectors = vectors
    }

    /// The vectors for a text encoder.
    ///
    /// - Throws: `ModelError.invalidRequest` where they are not as wide as its hidden states
    func vectors(for component: ModelComponent, width: Int) throws -> [[Float]] {
        guard let vectors = vectors[component] else { return [] }
        guard vectors.allSatisfy({ $0.count == width }) else {
            throw ModelError.invalidRequest(
                "The embedding \(word) has vectors of \(vectors.first?.count ?? 0) numbers, but the model's \(component.rawValue) works with \(width)"
            )
        }
        return vectors
    }
}

/// Files of adapters: safetensors only.
enum AdapterFile {
    /// - Throws: `ModelError`
    static func open(_ url: URL) throws -> SafetensorsFile {
        if ["ckpt", "pt", "pth", "bin", "pkl"].contains(url.pathExtension.lowercased()) { throw ModelError.pickledWeights(path: url.path) }
        return try SafetensorsFile(url: url)
    }
}
