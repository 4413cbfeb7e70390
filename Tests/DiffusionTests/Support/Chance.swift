import Foundation

@testable import Diffusion

/// Random damage, the same for the same seed.
struct Chance {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    /// SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", figure 16).
    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }

    /// 0..<limit; 0 for a limit of 0.
    mutating func below(_ limit: Int) -> Int {
        limit > 0 ? Int(next() % UInt64(limit)) : 0
    }

    /// Bytes flipped, removed, doubled, or cut off.
    ///
    /// - Parameter start: where most of the damage is done; nil for anywhere
    mutating func damaged(_ data: Data, mostlyBefore start: Int? = nil, times: Int? = nil) -> Data {
        var bytes = Array(data)
        for _ in 0..<(times ?? 1 + below(4)) where !bytes.isEmpty {
            let limit = start.map { below(8) == 0 ? bytes.count : min($0, bytes.count) } ?? bytes.count
            let position = below(limit)
            switch below(6) {
            case 0: bytes[position] = UInt8(below(256))
            case 1: bytes[position] ^= 1 << UInt8(below(8))
            case 2: bytes.remove(at: position)
            case 3: bytes.insert(contentsOf: bytes[position..<min(position + below(40), bytes.count)], at: position)
            case 4:
                bytes.replaceSubrange(position..<min(position + 1, bytes.count), with: Array("\(below(2) == 0 ? -1 : 1 << below(63))".utf8))
            default: if below(4) == 0 { bytes.removeSubrange(position...) }
            }
        }
        return Data(bytes)
    }

    /// A JSON object with some of its values replaced by others that may make no sense; or damaged bytes.
    mutating func damagedJSON(_ data: Data) throws -> Data {
        guard below(5) > 0, var object = try JSONSerialization.jsonObject(with: data) as? [String: Any] else { return damaged(data) }
        let strange: [Any] = [
            NSNull(), -1, 0, 1, 2, 3, 7, 1 << 40, Int.max, Int.min, 1e300, -0.5, "", "silu", "linear", true, false, [Int](), [1], [0, 0],
            [8, 16],
            [16, 32], [16, 16, 16], [1 << 40, 1 << 40], ["DownBlock2D"], [[1]], [String: Int](),
        ]
        for _ in 0...below(3) {
            guard let key = object.keys.sorted().randomElement(using: &generator) else { break }
            object[key] = below(8) == 0 ? nil : strange[below(strange.count)]
        }
        return try JSONSerialization.data(withJSONObject: object)
    }

    /// Names and shapes of tensors, some of them removed, renamed or changed.
    mutating func damage(_ shapes: inout [String: [Int]]) {
        guard let name = shapes.keys.sorted().randomElement(using: &generator), var shape = shapes[name] else { return }
        switch below(5) {
        case 0: shapes[name] = nil
        case 1: shapes[name] = shape.dropLast()
        case 2: shapes[name] = shape + [below(3)]
        case 3:
            if !shape.isEmpty { shape[below(shape.count)] = below(70) }
            shapes[name] = shape
        default:
            var letters = Array(name)
            letters[below(letters.count)] = ["0", "7", ".", "_", "x"][below(5)]
            shapes[String(letters)] = shapes.removeValue(forKey: name)
        }
    }

    /// Letters, brackets and signs that the prompt syntax knows, and some that it doesn't.
    mutating func text() -> String {
        let pieces = [
            "(", ")", "[", "]", ":", "1.2", "\\", "BREAK", " ", ",", "a(", "white", "商", "\u{301}", "🎉", "<|endoftext|>", "\n", "-", ".",
            "e9",
        ]
        return (0..<below(200)).map { _ in pieces[below(pieces.count)] }.joined()
    }

    private var generator: Stream {
        get { Stream(chance: self) }
        set { state = newValue.chance.state }
    }

    private struct Stream: RandomNumberGenerator {
        var chance: Chance

        mutating func next() -> UInt64 { chance.next() }
    }
}

/// A file that goes with its owner.
final class TemporaryFile {
    let url: URL

    init(_ name: String) {
        url = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString)-\(name)")
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    /// A safetensors file of zeros that take no room on the disk.
    func writeHoles(_ shapes: [String: [Int]]) throws {
        var (offset, entries): (Int, [String]) = (0, [])
        for (name, shape) in shapes.sorted(by: { $0.key < $1.key }) {
            let end = offset + 2 * shape.reduce(1, *)
            entries.append(#""\#(name)":{"dtype":"F16","shape":\#(shape),"data_offsets":\#([offset, end])}"#)
            offset = end
        }
        try StoredTensor.file(header: "{" + entries.joined(separator: ",") + "}").write(to: url)
        let handle = try FileHandle(forWritingTo: url)
        try handle.truncate(atOffset: handle.seekToEnd() + UInt64(offset))
        try handle.close()
    }
}

extension ModelCopy {
    /// Splits a component's weights over two files with an index, as `save_pretrained` does where they are large.
    func shard(_ path: String) throws {
        let folder = file(path).deletingLastPathComponent()
        let stem = file(path).deletingPathExtension().lastPathComponent
        let tensors = try StoredTensor.read(file(path)).sorted { $0.key < $1.key }
        var map: [String: String] = [:]
        for (index, part) in [tensors.prefix(tensors.count / 2), tensors.dropFirst(tensors.count / 2)].enumerated() {
            let name = "\(stem)-0000\(index + 1)-of-00002.safetensors"
            try StoredTensor.write(Dictionary(uniqueKeysWithValues: part.map { ($0.key, $0.value) }), to: folder.appending(path: name))
            for tensor in part { map[tensor.key] = name }
        }
        let index: [String: Any] = ["metadata": ["total_size": 1], "weight_map": map]
        try JSONSerialization.data(withJSONObject: index).write(to: folder.appending(path: "\(stem).safetensors.index.json"))
        try remove(path)
    }
}
