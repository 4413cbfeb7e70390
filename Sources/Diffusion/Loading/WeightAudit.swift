/// A list of what a component's architecture asks of its weights, kept while its layers are built without reading any number.
final class WeightAudit {
    /// Tensors that are asked for and missing.
    private(set) var missing: [String] = []
    /// Tensors of another shape than is asked for.
    private(set) var misshapen: [String] = []
    private var used: Set<String> = []

    /// More numbers than any tensor of a model has; memory for them is set aside, though never touched.
    private static let mostElements = 0x1p31

    /// - Throws: `ModelError` where the architecture asks for an impossibly large tensor
    func note(_ name: String, in store: WeightStore, shape: [Int], orStoredAs alternative: [Int]?) throws {
        let count = shape.reduce(1.0) { $0 * Double($1) }
        guard (0...Self.mostElements).contains(count) else {
            throw ModelError.wrongShape(path: store.path, tensor: name, expected: shape, found: store.locations[name]?.shape ?? [])
        }
        guard let location = store.locations[name] else {
            missing.append(name)
            return
        }
        used.insert(name)
        if location.shape != shape, location.shape != alternative { misshapen.append("\(name) \(location.shape), not \(shape)") }
    }

    /// Tensors that nothing asks for.
    func unused(in store: WeightStore) -> [String] {
        store.locations.keys.filter { !used.contains($0) }.sorted()
    }
}
