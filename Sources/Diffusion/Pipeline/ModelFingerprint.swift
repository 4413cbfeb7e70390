import Foundation

/// Tells one set of weights from another without reading gigabytes.
enum ModelFingerprint {
    /// Bytes read at each of `samplesPerFile` places of a weights file.
    private static let sampleBytes = 4096
    private static let samplesPerFile = 64

    /// SHA-256 over the configurations, and the size and a regular sample of each weights file, its header among them.
    static func make(_ folder: ModelFolder, weights: [SafetensorsFile]) throws -> String {
        var digest = SHA256()
        for component in ModelFolder.Component.allCases where component != .tokenizer {
            digest.update(try ConfigurationFile.contents(of: folder.configurationFile(component)))
        }
        for file in weights {
            digest.update("\(file.byteCount)\n".utf8)
            file.withSampledBytes(count: samplesPerFile, size: sampleBytes) { digest.update($0) }
        }
        return digest.finalized()
    }
}
