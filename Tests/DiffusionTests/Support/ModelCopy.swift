import Foundation

@testable import Diffusion

/// A copy of the tiny model that a test may damage; removed with its owner.
final class ModelCopy {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "model-\(UUID().uuidString)")
        try FileManager.default.copyItem(at: Golden.tinyModel, to: url)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    static let unetWeights = "unet/diffusion_pytorch_model.safetensors"
    static let autoencoderWeights = "vae/diffusion_pytorch_model.safetensors"
    static let textWeights = "text_encoder/model.safetensors"

    func file(_ path: String) -> URL { url.appending(path: path) }

    func remove(_ path: String) throws {
        try FileManager.default.removeItem(at: file(path))
    }

    func edit(_ path: String, _ change: (inout Data) throws -> Void) throws {
        var data = try Data(contentsOf: file(path))
        try change(&data)
        try data.write(to: file(path))
    }

    /// Changes a value of a JSON file.
    func set(_ key: String, to value: Any, in path: String) throws {
        var object = try JSONSerialization.jsonObject(with: Data(contentsOf: file(path))) as? [String: Any] ?? [:]
        object[key] = value
        try JSONSerialization.data(withJSONObject: object).write(to: file(path))
    }

    /// Rewrites the weights of a component with some of its tensors changed.
    func editTensors(_ path: String, _ change: (inout [String: StoredTensor]) -> Void) throws {
        var tensors = try StoredTensor.read(file(path))
        change(&tensors)
        try StoredTensor.write(tensors, to: file(path))
    }

    /// The model's error when it is loaded; nil where it loads.
    func loadingError() throws -> ModelError? {
        do {
            _ = try InpaintingPipeline(directory: url)
            return nil
        } catch let error as ModelError {
            return error
        }
    }
}

/// A tensor as a safetensors file holds it.
struct StoredTensor {
    var elementType: String
    var shape: [Int]
    var bytes: Data

    init(elementType: String, shape: [Int], bytes: Data) {
        self.elementType = elementType
        self.shape = shape
        self.bytes = bytes
    }

    init(_ values: [Float], shape: [Int]) {
        self.init(elementType: "F32", shape: shape, bytes: values.withUnsafeBytes { Data($0) })
    }

    var floats: [Float] {
        get { bytes.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) } }
        set { bytes = newValue.withUnsafeBytes { Data($0) } }
    }

    static func read(_ url: URL) throws -> [String: StoredTensor] {
        let file = try SafetensorsFile(url: url)
        return file.header.entries.mapValues { entry in
            StoredTensor(
                elementType: entry.elementType.rawValue, shape: entry.shape, bytes: file.withBytes(of: entry) { Data($0) })
        }
    }

    static func write(_ tensors: [String: StoredTensor], to url: URL) throws {
        var data = Data()
        var entries: [String] = []
        for (name, tensor) in tensors.sorted(by: { $0.key < $1.key }) {
            let offsets = [data.count, data.count + tensor.bytes.count]
            entries.append(#""\#(name)":{"dtype":"\#(tensor.elementType)","shape":\#(tensor.shape),"data_offsets":\#(offsets)}"#)
            data += tensor.bytes
        }
        try file(header: "{" + entries.joined(separator: ",") + "}", data: data).write(to: url)
    }

    /// A safetensors file with any header.
    static func file(header: String, data: Data = Data()) -> Data {
        let length = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Data($0) }
        return length + Data(header.utf8) + data
    }
}
