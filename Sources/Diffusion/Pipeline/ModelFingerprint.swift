import Foundation

/// Tells one set of weights from another without reading gigabytes.
enum ModelFingerprint {
    /// Bytes read at each of `samplesPerFile` places of a weights file.
    private static let sampleBytes = 4096
    private static let samplesPerFile = 64

    /// SHA-256 over the configurations, and the size and a regular sample of each weights file, its header among them.
    static func make(_ source: any ModelSource, components: [ModelComponent], stores: [WeightStore]) throws -> String {
        var digest = SHA256()
        for component in components + [.scheduler] { digest.update(try source.configuration(component).data) }
        var seen: Set<String> = []
        for file in stores.flatMap(\.files) where seen.insert(file.url.path).inserted {
            digest.update("\(file.byteCount)\n".utf8)
            file.withSampledBytes(count: samplesPerFile, size: sampleBytes) { digest.update($0) }
        }
        return digest.finalized()
    }

    /// When the weights' files were last changed, in nanoseconds since 1970.
    static func times(_ stores: [WeightStore]) -> String {
        stores.flatMap(\.files).map { file in
            var status = stat()
            guard stat(file.url.path, &status) == 0 else { return "?" }
            return "\(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
        }.joined(separator: " ")
    }
}
