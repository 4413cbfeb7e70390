import Foundation
import Tensor

/// Writes tensors as a safetensors file (huggingface/safetensors, `README.md`, section "Format").
public enum SafetensorsWriter {
    /// The bytes of a file of float32 tensors.
    ///
    /// - Parameter metadata: free text, under `__metadata__`
    public static func data(_ tensors: [String: Tensor], metadata: [String: String] = [:]) throws -> Data {
        var contents = Data()
        var header: [String: [String: HeaderValue]] = [:]
        if !metadata.isEmpty { header["__metadata__"] = metadata.mapValues { .text($0) } }
        for (name, tensor) in tensors.sorted(by: { $0.key < $1.key }) {
            let start = contents.count
            tensor.withUnsafeBuffer { contents.append(Data(buffer: $0)) }
            header[name] = ["dtype": .text("F32"), "shape": .numbers(tensor.shape), "data_offsets": .numbers([start, contents.count])]
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var json = try encoder.encode(header)
        // Spaces bring the tensors to a multiple of 8 bytes.
        json.append(Data(repeating: UInt8(ascii: " "), count: (8 - json.count % 8) % 8))
        let length = withUnsafeBytes(of: UInt64(json.count).littleEndian) { Data($0) }
        return length + json + contents
    }

    private enum HeaderValue: Encodable {
        case text(String)
        case numbers([Int])

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .text(let text): try container.encode(text)
            case .numbers(let numbers): try container.encode(numbers)
            }
        }
    }
}

/// A latent in torch's layout, `[batch, channels, height, width]`, as other tools read it.
public func channelsFirst(_ latent: Tensor) -> Tensor {
    let (batch, area, channels) = (latent.shape[0], latent.shape[1] * latent.shape[2], latent.shape[3])
    let result = Tensor(shape: [batch, channels, latent.shape[1], latent.shape[2]])
    latent.withUnsafeBuffer { source in
        result.withUnsafeMutableBuffer { target in
            for index in source.indices {
                let (item, position, channel) = (index / (area * channels), index / channels % area, index % channels)
                target[(item * channels + channel) * area + position] = source[index]
            }
        }
    }
    return result
}
