import Foundation
import Tensor

/// The convolutions of an ONNX file in the order in which the network runs them.
///
/// Everything between them is the architecture's, which ``SaliencyNetwork`` knows; field numbers are those of onnx.proto3.
struct ONNXConvolutions {
    /// One convolution's numbers.
    struct Entry {
        /// `[out, in, height, width]`
        let shape: [Int]
        /// Little-endian float32.
        let weight, bias: ArraySlice<UInt8>
        let dilation: Int
        /// Zeros on every side, in pixels.
        let padding: Int
    }

    let entries: [Entry]

    /// - Throws: ``CutoutNetworkError``.
    init(file: URL) throws {
        let path = file.path
        let data: Data
        do { data = try Data(contentsOf: file) } catch { throw CutoutNetworkError.unreadable(path: path) }
        do {
            entries = try Self.read([UInt8](data)[...])
        } catch CutoutNetworkError.damaged(_, let problem) {
            throw CutoutNetworkError.damaged(path: path, problem: problem)
        }
    }

    private static func read(_ bytes: ArraySlice<UInt8>) throws -> [Entry] {
        // ModelProto.graph = 7; GraphProto.node = 1, initializer = 5.
        guard let graph = try ProtobufMessage(bytes).all(7).first else {
            throw CutoutNetworkError.damaged(path: "", problem: "it holds no network")
        }
        let message = try ProtobufMessage(graph)
        var tensors: [String: (shape: [Int], bytes: ArraySlice<UInt8>)] = [:]
        for initializer in message.all(5) {
            // TensorProto.dims = 1, data_type = 2 (1 is float32), name = 8, raw_data = 9.
            let tensor = try ProtobufMessage(initializer)
            guard try tensor.numbers(2) == [1], let raw = tensor.all(9).first else { continue }
            let shape = try tensor.numbers(1)
            guard shape.allSatisfy({ (0...65_536).contains($0) }), shape.count <= 4,
                shape.reduce(4, { $0.multipliedReportingOverflow(by: $1).partialValue }) == raw.count
            else { throw CutoutNetworkError.damaged(path: "", problem: "a tensor's size is not its shape's") }
            tensors[tensor.text(8)] = (shape, raw)
        }
        return try message.all(1).compactMap { bytes in
            // NodeProto.input = 1, op_type = 4, attribute = 5.
            let node = try ProtobufMessage(bytes)
            guard node.text(4) == "Conv" else { return nil }
            let inputs = node.all(1).map { String(decoding: $0, as: UTF8.self) }
            guard inputs.count == 3, let weight = tensors[inputs[1]], let bias = tensors[inputs[2]], weight.shape.count == 4,
                bias.shape == [weight.shape[0]]
            else { throw CutoutNetworkError.damaged(path: "", problem: "a convolution lacks its weights") }
            return Entry(
                shape: weight.shape, weight: weight.bytes, bias: bias.bytes, dilation: try attribute("dilations", of: node) ?? 1,
                padding: try attribute("pads", of: node) ?? 0)
        }
    }

    /// The first number of an attribute. AttributeProto.name = 1, ints = 8.
    private static func attribute(_ name: String, of node: ProtobufMessage) throws -> Int? {
        for bytes in node.all(5) {
            let attribute = try ProtobufMessage(bytes)
            if attribute.text(1) == name { return try attribute.numbers(8).first }
        }
        return nil
    }
}

extension ONNXConvolutions.Entry {
    /// The convolution, ready to run.
    ///
    /// - Throws: `TensorError`.
    func layer() throws -> Convolution2D {
        try Convolution2D(
            weight: Self.tensor(weight, shape: shape), bias: Self.tensor(bias, shape: [shape[0]]), dilation: dilation,
            padding: .all(padding))
    }

    private static func tensor(_ bytes: ArraySlice<UInt8>, shape: [Int]) -> Tensor {
        bytes.withUnsafeBytes { Tensor(float32Bytes: $0, shape: shape) }
    }
}
