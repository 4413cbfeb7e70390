import Foundation
import Tensor

@testable import Diffusion

/// The golden data of `Tests/Golden`, made by `make_goldens.py` with PyTorch, diffusers and transformers.
struct Golden {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Golden")

    /// A tiny inpainting model with random weights.
    static let tinyModel = folder.appending(path: "tiny-inpaint")

    private let file: SafetensorsFile

    init(_ name: String) throws {
        file = try SafetensorsFile(url: Self.folder.appending(path: name))
    }

    var path: String { file.url.lastPathComponent }

    var names: [String] { file.header.entries.keys.sorted() }

    func contains(_ name: String) -> Bool { file.header.entries[name] != nil }

    /// A tensor in PyTorch's own layout.
    func tensor(_ name: String) throws -> Tensor {
        guard let entry = file.header.entries[name] else { throw Missing(name: name) }
        return file.withBytes(of: entry) { Tensor(float32Bytes: $0, shape: entry.shape) }
    }

    /// A `[batch, channels, height, width]` tensor as `[batch, height, width, channels]`.
    func picture(_ name: String) throws -> Tensor {
        channelsLast(try tensor(name))
    }

    /// Whole numbers.
    func integers(_ name: String) throws -> [Int] {
        guard let entry = file.header.entries[name] else { throw Missing(name: name) }
        return file.withBytes(of: entry) { bytes in
            (0..<entry.count).map { index in
                entry.elementType == .uint8 ? Int(bytes[index]) : Int(bytes.loadUnaligned(fromByteOffset: index * 8, as: Int64.self))
            }
        }
    }

    struct Missing: Error {
        let name: String
    }
}

/// `[batch, channels, height, width]` to `[batch, height, width, channels]`.
func channelsLast(_ tensor: Tensor) -> Tensor {
    let shape = tensor.shape
    let (batch, channels, area) = (shape[0], shape[1], shape[2] * shape[3])
    let source = tensor.values
    var target = source
    for item in 0..<batch {
        for channel in 0..<channels {
            for position in 0..<area {
                target[(item * area + position) * channels + channel] = source[(item * channels + channel) * area + position]
            }
        }
    }
    return Tensor(target, shape: [batch, shape[2], shape[3], channels])
}

/// The largest difference, relative to the largest expected magnitude; infinite where shapes differ or a value is not finite.
func relativeError(_ actual: Tensor, _ expected: Tensor) -> Float {
    guard actual.shape == expected.shape else { return .infinity }
    return relativeError(actual.values, expected.values)
}

func relativeError(_ actual: [Float], _ expected: [Float]) -> Float {
    guard actual.count == expected.count, actual.allSatisfy(\.isFinite) else { return .infinity }
    let scale = expected.reduce(0) { max($0, abs($1)) }
    return zip(actual, expected).reduce(0) { max($0, abs($1.0 - $1.1)) } / max(scale, .leastNormalMagnitude)
}

/// Prints a comparison's error where `BACKDROP_PRINT_ERRORS` is set: the figures of the table in the DocC catalogue.
func noteError(_ what: String, _ error: Float) {
    guard ProcessInfo.processInfo.environment["BACKDROP_PRINT_ERRORS"] != nil else { return }
    print("error of \(what): \(error)")
}

/// Element `index` of the first axis, as a batch of one.
func element(_ index: Int, of tensor: Tensor) -> Tensor {
    splitBatch(tensor)[index]
}
