/// A list of what a component's architecture asks of its weights, kept while its layers are built without reading any number.
final class WeightAudit {
    /// Tensors that are asked for and missing.
    private(set) var missing: [String] = []
    /// Tensors of another shape than is asked for.
    private(set) var misshapen: [String] = []
    private var used: Set<String> = []

    func note(_ name: String, in store: WeightStore, shape: [Int], orStoredAs alternative: [Int]?) {
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
