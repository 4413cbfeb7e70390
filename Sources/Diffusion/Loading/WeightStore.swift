/// The tensors of one component by the names that diffusers gives them, wherever they are stored: in one file, in several,
/// or among the other components of a single-file checkpoint.
struct WeightStore: Sendable {
    /// Where a tensor is stored.
    struct Location: Sendable {
        let file: SafetensorsFile
        /// The tensor's name in that file.
        let name: String
        let entry: SafetensorsHeader.Entry
        var part = Part.whole

        /// The shape of the part.
        var shape: [Int] {
            switch part {
            case .whole: entry.shape
            case .rows(_, let count): [(entry.shape.first ?? 0) / count] + entry.shape.dropFirst()
            case .transposed: entry.shape.reversed()
            }
        }
    }

    /// How much of a stored tensor is meant.
    enum Part: Sendable {
        case whole
        /// One of `count` equal stretches of the first axis, as OpenCLIP stores queries, keys and values in one matrix.
        case rows(index: Int, count: Int)
        /// A matrix with its axes swapped, as OpenCLIP stores its projection.
        case transposed
    }

    /// The file or folder to name in a message about a tensor that is missing.
    let path: String
    private(set) var locations: [String: Location]
    /// Low-rank additions by the name of the tensor that they change.
    private(set) var additions: [String: [LowRankAddition]] = [:]

    init(path: String, locations: [String: Location]) {
        self.path = path
        self.locations = locations
    }

    init(_ file: SafetensorsFile) {
        self.init(
            path: file.url.path,
            locations: Dictionary(
                uniqueKeysWithValues: file.header.entries.map { ($0.key, Location(file: file, name: $0.key, entry: $0.value)) }))
    }

    mutating func add(_ addition: LowRankAddition, to name: String) {
        additions[name, default: []].append(addition)
    }

    /// The files, each once.
    var files: [SafetensorsFile] {
        var seen: Set<String> = []
        return locations.values.map(\.file).filter { seen.insert($0.url.path).inserted }.sorted { $0.url.path < $1.url.path }
    }

    /// Numbers of weights.
    var parameterCount: Int {
        locations.values.reduce(0) { $0 + $1.shape.reduce(1, *) }
    }

    /// Tensors whose names begin with `prefix`, under the rest of their names.
    func scoped(_ prefix: String) -> WeightStore {
        var result: [String: Location] = [:]
        for (name, location) in locations where name.hasPrefix(prefix) { result[String(name.dropFirst(prefix.count))] = location }
        return WeightStore(path: path, locations: result)
    }
}

/// A change of a weight by a product of two thin matrices: weight + scale * up * down (LoRA, arXiv 2106.09685).
struct LowRankAddition: Sendable {
    /// `[outputs, rank]`, or that of a convolution, `[outputs, rank, 1, 1]`.
    let up: WeightStore.Location
    /// `[rank, inputs]`, or that of a convolution, `[rank, inputs, height, width]`.
    let down: WeightStore.Location
    let scale: Float
}
