import Foundation
import Tensor

/// Where the packed weights of models are kept: beside the model, else in the user's cache folder.
public enum PackedWeightsPlace {
    /// Weights below this many bytes are packed faster than it is worth a file.
    static let smallestModel = 256 << 20

    /// A file holds at most this many times the bytes of the weights: packed for pictures of several sizes, and transformed ones.
    private static let growth = 3

    /// Bytes that the cache folder may hold; the files that were not used for longest make room.
    private static let folderLimit = 16 << 30

    /// Opens the packed weights of a model, or begins them.
    ///
    /// - Returns: nil for a small model, and where there is no place to write
    static func open(_ source: any ModelSource, _ description: ModelDescription, precision: Precision) -> PackedWeightsFile? {
        let bytes = description.parameterCounts.total * precision.byteCount
        guard bytes >= smallestModel else { return nil }
        let key = PackedWeightsFile.Key(
            text: "\(description.weightsFingerprint) \(precision.rawValue) \(EngineStatistics.packing) \(description.weightsTimes)\n")
        return open(places(for: source.url, precision), key, limit: growth * bytes)
    }

    static func open(_ places: [URL], _ key: PackedWeightsFile.Key, limit: Int) -> PackedWeightsFile? {
        for place in places {
            if place != places.first {
                try? FileManager.default.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
                makeRoom(in: place.deletingLastPathComponent(), for: limit, sparing: place)
            }
            if let file = PackedWeightsFile(place, key: key, limit: limit) { return file }
        }
        return nil
    }

    /// The files that hold a model's packed weights, with their sizes in bytes.
    public static func files(of model: URL) -> [(url: URL, bytes: Int)] {
        Precision.allCases.flatMap { places(for: model, $0) }.compactMap { url in size(of: url).map { (url, $0) } }
    }

    /// Removes a model's packed weights; the next run packs them anew.
    ///
    /// - Returns: how many bytes were removed
    public static func clear(_ model: URL) throws -> Int {
        try files(of: model).reduce(0) { total, file in
            try FileManager.default.removeItem(at: file.url)
            return total + file.bytes
        }
    }

    /// In order of preference.
    static func places(for model: URL, _ precision: Precision) -> [URL] {
        let model = model.standardizedFileURL.resolvingSymlinksInPath()
        var isDirectory: ObjCBool = false
        _ = FileManager.default.fileExists(atPath: model.path, isDirectory: &isDirectory)
        let name = "backdrop-packed-\(precision.rawValue).cache"
        let beside =
            isDirectory.boolValue ? model.appending(path: name) : URL(fileURLWithPath: "\(model.deletingPathExtension().path).\(name)")
        var digest = SHA256()
        digest.update(model.path.utf8)
        return [beside] + (cacheFolder.map { [$0.appending(path: "\(digest.finalized().prefix(16))-\(name)")] } ?? [])
    }

    /// `$XDG_CACHE_HOME/backdrop`, by default `~/.cache/backdrop` (XDG Base Directory Specification).
    private static var cacheFolder: URL? {
        let environment = ProcessInfo.processInfo.environment
        if let folder = environment["XDG_CACHE_HOME"], folder.hasPrefix("/") {
            return URL(fileURLWithPath: folder).appending(path: "backdrop")
        }
        return environment["HOME"].map { URL(fileURLWithPath: $0).appending(path: ".cache/backdrop") }
    }

    private static func size(of url: URL) -> Int? {
        (try? FileManager.default.attributesOfItem(atPath: url.path))?[.size] as? Int
    }

    /// Removes the files that were not used for longest until `bytes` more fit.
    private static func makeRoom(in folder: URL, for bytes: Int, sparing file: URL) {
        let keys: Set<URLResourceKey> = [.contentAccessDateKey, .fileSizeKey]
        let others = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: Array(keys))) ?? []
        let used = others.filter { $0.pathExtension == "cache" && $0.lastPathComponent != file.lastPathComponent }.map { url in
            let values = try? url.resourceValues(forKeys: keys)
            return (url, values?.contentAccessDate ?? .distantPast, values?.fileSize ?? 0)
        }
        var total = used.reduce(bytes) { $0 + $1.2 }
        for (url, _, size) in used.sorted(by: { $0.1 < $1.1 }) where total > folderLimit {
            if (try? FileManager.default.removeItem(at: url)) != nil { total -= size }
        }
    }
}
