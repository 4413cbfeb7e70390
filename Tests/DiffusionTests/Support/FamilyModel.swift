import Foundation
import Tensor

@testable import Diffusion

/// A model of `Tests/Golden/families`, built from its recipe: every weight is drawn from a seed, as PyTorch drew it.
final class FamilyModel {
    /// The folder that holds the model's files; removed with its owner.
    let folder: URL
    let name: String

    /// `model.safetensors` in the folder.
    var file: URL { folder.appending(path: "model.safetensors") }

    private static let recipes = Golden.folder.appending(path: "families")

    /// - Parameter borrowed: components of the tiny model to put beside the recipe's own files
    init(_ name: String, borrowing borrowed: [String] = []) throws {
        self.name = name
        folder = FileManager.default.temporaryDirectory.appending(path: "family-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for component in borrowed {
            try FileManager.default.copyItem(at: Golden.tinyModel.appending(path: component), to: folder.appending(path: component))
        }
        let json = try JSONSerialization.jsonObject(with: Data(contentsOf: Self.recipes.appending(path: "\(name).json")))
        let recipe = json as? [String: [String: [String: Any]]] ?? [:]
        for (path, contents) in recipe["files"] ?? [:] {
            let type = contents["dtype"] as? String ?? ""
            let tensors = (contents["tensors"] as? [String: Any] ?? [:]).mapValues { Self.tensor($0) }
            try StoredTensor.write(tensors.mapValues { StoredTensor($0.values, shape: $0.shape).stored(as: type) }, to: place(path))
        }
        for (path, values) in recipe["configs"] ?? [:] {
            try JSONSerialization.data(withJSONObject: values).write(to: place(path))
        }
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    /// What PyTorch computed with the model.
    func golden() throws -> Golden { try Golden("families/\(name).safetensors") }

    private func place(_ path: String) throws -> URL {
        let url = folder.appending(path: path)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        return url
    }

    /// `[shape, seed, scale, offset]`, or several of them in a matrix, or one on its side.
    private static func tensor(_ recipe: Any) -> (values: [Float], shape: [Int]) {
        if let parts = recipe as? [Any], parts.count == 4, let shape = parts[0] as? [Int], let seed = parts[1] as? Int {
            var generator = TorchRandom(seed: UInt64(seed))
            let (scale, offset) = (Float(parts[2] as? Double ?? 0), Float(parts[3] as? Double ?? 0))
            return (generator.normals(shape.reduce(1, *)).map { offset + scale * $0 }, shape)
        }
        let object = recipe as? [String: Any] ?? [:]
        if let rows = (object["rows"] as? [Any])?.map(tensor), let first = rows.first {
            return (rows.flatMap(\.values), [rows.reduce(0) { $0 + $1.shape[0] }] + first.shape.dropFirst())
        }
        let inner = tensor(object["transposed"] ?? [])
        let turned = transposed(Tensor(inner.values, shape: inner.shape))
        return (turned.values, turned.shape)
    }
}

extension StoredTensor {
    /// The same numbers in half the bytes.
    func stored(as type: String) -> StoredTensor {
        switch type {
        case "F16":
            return StoredTensor(elementType: type, shape: shape, bytes: floats.map { Float16($0) }.withUnsafeBytes { Data($0) })
        case "BF16":
            // Rounded to the nearest even.
            let halves = floats.map { UInt16(truncatingIfNeeded: ($0.bitPattern &+ 0x7FFF &+ (($0.bitPattern >> 16) & 1)) >> 16) }
            return StoredTensor(elementType: type, shape: shape, bytes: halves.withUnsafeBytes { Data($0) })
        default:
            return self
        }
    }
}
