import Foundation
import Testing

@testable import Diffusion

@Suite("safetensors files")
struct SafetensorsTests {
    /// A file of `header` and `data` bytes of zeros, opened; nil and its error where it is refused.
    private func error(header: String, dataByteCount: Int = 0) throws -> ModelError? {
        try error(StoredTensor.file(header: header, data: Data(count: dataByteCount)))
    }

    private func error(_ contents: Data) throws -> ModelError? {
        let url = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).safetensors")
        try contents.write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        do {
            _ = try SafetensorsFile(url: url)
            return nil
        } catch let error as ModelError {
            #expect(error.description.contains(url.lastPathComponent), "the message names the file")
            #expect(!error.description.contains("\n"), "the message is one line")
            return error
        }
    }

    /// The tensor at fault and the problem.
    private func problem(header: String, dataByteCount: Int = 0) throws -> (tensor: String?, text: String) {
        let error = try #require(try error(header: header, dataByteCount: dataByteCount))
        guard case .corruptWeights(_, let tensor, let text) = error else {
            Issue.record("not reported as corrupt weights: \(error)")
            return (nil, "")
        }
        return (tensor, text)
    }

    @Test("A sound file opens, with metadata, scalars, empty tensors and escaped names")
    func soundFile() throws {
        let header = #"""
            { "__metadata__": {"format": "pt"}, "scalar": {"dtype":"F32","shape":[],"data_offsets":[0,4]},
              "empty": {"dtype":"F16","shape":[3,0],"data_offsets":[4,4]}, "\u30c6\"\ud83d\ude00": {"data_offsets":[4,8],"shape":[2],"dtype":"BF16"}}
            """#
        #expect(try error(header: header + "   ", dataByteCount: 8) == nil)
        let contents = StoredTensor.file(header: header, data: Data(count: 8))
        let parsed = try contents.withUnsafeBytes {
            try SafetensorsHeader(json: UnsafeRawBufferPointer(rebasing: $0[8..<contents.count - 8]), dataByteCount: 8)
        }
        #expect(parsed.metadata == ["format": "pt"])
        #expect(parsed.entries["scalar"]?.count == 1)
        #expect(parsed.entries["empty"]?.count == 0)
        #expect(parsed.entries["テ\"😀"]?.shape == [2])
    }

    @Test("A file too short for a header")
    func tooShort() throws {
        #expect(try error(Data([1, 2, 3])) != nil)
        #expect(try error(Data()) != nil)
    }

    @Test("A header over 100 MB is refused before anything is read")
    func hugeHeader() throws {
        let length = withUnsafeBytes(of: UInt64(100_000_001).littleEndian) { Data($0) }
        let error = try #require(try error(length + Data("{}".utf8)))
        #expect(error.description.contains("100000001"))
        let largest = withUnsafeBytes(of: UInt64.max) { Data($0) }
        #expect(try self.error(largest + Data("{}".utf8)) != nil)
    }

    @Test("A header longer than the file")
    func truncatedHeader() throws {
        let length = withUnsafeBytes(of: UInt64(1000).littleEndian) { Data($0) }
        let error = try #require(try error(length + Data("{\"a\":".utf8)))
        #expect(error.description.contains("truncated"))
    }

    @Test("A tensor that ends beyond the file")
    func truncatedData() throws {
        let found = try problem(header: #"{"w":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}"#, dataByteCount: 12)
        #expect(found.tensor == "w" && found.text.contains("truncated"))
    }

    @Test("Tensors that overlap")
    func overlap() throws {
        let header = #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}"#
        let found = try problem(header: header, dataByteCount: 12)
        #expect(found.tensor == "b" && found.text.contains("overlaps"))
    }

    @Test("A hole between tensors, and bytes after the last")
    func holes() throws {
        let hole = #"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[3,5]}}"#
        #expect(try problem(header: hole, dataByteCount: 5).tensor == "b")
        let rest = #"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}"#
        #expect(try problem(header: rest, dataByteCount: 5).text.contains("3 bytes"))
    }

    @Test("A name listed twice")
    func duplicateName() throws {
        let entry = #""w":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}"#
        let found = try problem(header: "{\(entry),\(entry)}", dataByteCount: 1)
        #expect(found.tensor == "w" && found.text.contains("twice"))
    }

    @Test("A field given twice")
    func duplicateField() throws {
        let found = try problem(header: #"{"w":{"dtype":"U8","dtype":"F32","shape":[1],"data_offsets":[0,1]}}"#, dataByteCount: 1)
        #expect(found.tensor == "w" && found.text.contains("dtype"))
    }

    @Test("A shape that does not fit its bytes")
    func wrongSize() throws {
        let found = try problem(header: #"{"w":{"dtype":"F16","shape":[3],"data_offsets":[0,8]}}"#, dataByteCount: 8)
        #expect(found.tensor == "w" && found.text.contains("6 bytes"))
    }

    @Test("A shape whose product overflows")
    func overflow() throws {
        let found = try problem(
            header: #"{"w":{"dtype":"F32","shape":[4611686018427387904,4611686018427387904],"data_offsets":[0,0]}}"#)
        #expect(found.tensor == "w" && found.text.contains("large"))
        #expect(try problem(header: #"{"w":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,0]}}"#).text.contains("64 bits"))
    }

    @Test("A range that runs backwards")
    func backwards() throws {
        #expect(try problem(header: #"{"w":{"dtype":"U8","shape":[1],"data_offsets":[2,1]}}"#, dataByteCount: 2).tensor == "w")
    }

    @Test(
        "Damaged JSON is refused",
        arguments: [
            "", "[]", "{", #"{"w"}"#, #"{"w":{}}"#, #"{"w":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#,
            #"{"w":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}}"#, #"{"w":{"dtype":"F32","shape":[1],"data_offsets":[0]}}"#,
            #"{"w":{"dtype":"F99","shape":[1],"data_offsets":[0,4]}}"#, #"{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} x"#,
            #"{"w\ud83d":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, #"{"__metadata__":{"a":1}}"#, #"{"w":null}"#,
        ])
    func damagedJSON(_ header: String) throws {
        #expect(try error(header: header, dataByteCount: 4) != nil)
    }

    @Test("A pickle under the name of a safetensors file is called one")
    func pickle() throws {
        let zip = Data([0x50, 0x4B, 0x03, 0x04, 0, 0, 8, 8, 0, 0, 0, 0])
        #expect(try error(zip)?.description.contains("pickle") == true)
        let bare = Data([0x80, 0x02, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20])
        #expect(try error(bare)?.description.contains("pickle") == true)
    }
}
