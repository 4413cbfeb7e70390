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
}
