import Foundation
import Testing

@testable import Catalogue

@Suite("Names, digests and durable files")
struct FileTests {
    let temporary: TemporaryFolder

    init() throws { temporary = try TemporaryFolder() }

    /// FIPS 180-4's own examples, and lengths around the padding's edges checked against sha256sum.
    @Test(
        "The digest is SHA-256",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
            (String(repeating: "a", count: 1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
        ])
    func digest(content: String, expected: String) throws {
        let file = try temporary.write(Data(content.utf8), "file")
        #expect(try ContentDigest.ofFile(file) == expected)
        var inPieces = ContentDigest()
        let bytes = Array(content.utf8)
        for start in stride(from: 0, to: bytes.count, by: 37) {
            bytes[start..<min(start + 37, bytes.count)].withUnsafeBytes { inPieces.update($0) }
        }
        #expect(inPieces.finish() == expected)
    }

    @Test("The digest is sha256sum's at every length around a block", arguments: 53...68)
    func digestAtEdges(length: Int) throws {
        let file = try temporary.write(Data((0..<length).map { UInt8($0) }), "file")
        let sum = Process()
        let output = Pipe()
        sum.executableURL = URL(fileURLWithPath: "/usr/bin/sha256sum")
        sum.arguments = [file.path]
        sum.standardOutput = output
        try sum.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        sum.waitUntilExit()
        #expect(try text.hasPrefix(ContentDigest.ofFile(file) + " "))
    }

    @Test("What is shown steers no terminal and keeps what people write")
    func displayable() {
        #expect(SafeName.displayable("a\u{1B}[31mb\u{9B}c\nd") == "a\u{FFFD}[31mb\u{FFFD}c\u{FFFD}d")
        #expect(SafeName.displayable("x\u{202E}gnp.\u{2066}") == "x\u{FFFD}gnp.\u{FFFD}")
        for text in ["ボトル-桜", "👩‍👩‍👧 ❤️", "Größe", "naïve (1) #2 50%"] { #expect(SafeName.displayable(text) == text) }
    }

    @Test(
        "A stem is fit to be a folder's name",
        arguments: [
            ("vase.png", "vase"), ("../../etc/passwd.png", "_.._etc_passwd"), ("..png", "photo"), (".png", "png"), ("-n.png", "n"),
            ("a\u{1B}b.jpg", "a_b"), ("  two words .jpeg", "two words"), ("noextension", "noextension"), ("v1.2.png", "v1.2"),
        ])
    func stems(fileName: String, stem: String) {
        #expect(SafeName.stem(of: fileName) == stem)
    }

    @Test("A file appears whole, and an existing one is replaced only on request")
    func durableWriting() throws {
        let file = temporary.url.appendingPathComponent("picture.png")
        try FileBytes.write(Data("one".utf8), to: file, replacing: false)
        #expect(throws: CatalogueError.file(path: file.path, reason: "File exists")) {
            try FileBytes.write(Data("two".utf8), to: file, replacing: false)
        }
        #expect(try Data(contentsOf: file) == Data("one".utf8))
        try FileBytes.write(Data("two".utf8), to: file, replacing: true)
        #expect(try Data(contentsOf: file) == Data("two".utf8))
        #expect(try FileManager.default.contentsOfDirectory(atPath: temporary.url.path) == ["picture.png"])
    }

    @Test("Settings as JSON are ASCII with sorted keys, and come back the same")
    func stableJSON() throws {
        let settings = GenerationSettings.sample(prompt: "春🌸/\"\\", seed: .max)
        let text = try StableJSON.encode(settings)
        #expect(text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F })
        #expect(text.contains("\"guidance\":4.5,") && text.contains("\"seed\":18446744073709551615,"))
        #expect(try StableJSON.decode(GenerationSettings.self, from: text) == settings)
        #expect(try StableJSON.encode(settings) == text)
    }
}
