import Foundation

/// `*.safetensors.index.json`: which of several files holds each tensor of a component
/// (transformers and diffusers write it where a component outgrows `max_shard_size`).
struct ShardIndex: Decodable {
    private let fileNames: [String: String]

    private enum CodingKeys: String, CodingKey { case weightMap }

    init(from decoder: any Decoder) throws {
        fileNames = try decoder.container(keyedBy: CodingKeys.self).decode([String: String].self, forKey: .weightMap)
    }

    /// Opens every file that the index at `url` names, each beside it.
    ///
    /// - Throws: `ModelError`
    static func open(_ url: URL) throws -> WeightStore {
        let index = try ConfigurationFile.decode(ShardIndex.self, at: url)
        let folder = url.deletingLastPathComponent()
        var files: [String: SafetensorsFile] = [:]
        for name in Set(index.fileNames.values) {
            guard !name.contains("/"), name.hasSuffix(".safetensors") else {
                throw ModelError.badConfiguration(path: url.path, problem: "\(name) is not a safetensors file beside it")
            }
            files[name] = try SafetensorsFile(url: folder.appending(path: name))
        }
        var locations: [String: WeightStore.Location] = [:]
        for (tensor, name) in index.fileNames {
            guard let file = files[name], let entry = file.header.entries[tensor] else {
                throw ModelError.missingTensor(path: folder.appending(path: name).path, tensor: tensor)
            }
            locations[tensor] = WeightStore.Location(file: file, name: tensor, entry: entry)
        }
        return WeightStore(path: url.path, locations: locations)
    }
}
