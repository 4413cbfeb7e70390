/// The printable letter that stands for each byte in a byte-level vocabulary
/// (openai/gpt-2 `encoder.py`, `bytes_to_unicode`).
enum ByteLetters {
    /// Indexed by byte: printable bytes stand for themselves, the others for letters from U+0100 on.
    static let letters: [Unicode.Scalar] = {
        var next: UInt32 = 0x100
        return (0..<256).map { (byte: UInt32) in
            let isPrintable = (0x21...0x7E).contains(byte) || (0xA1...0xAC).contains(byte) || (0xAE...0xFF).contains(byte)
            if !isPrintable { next += 1 }
            return Unicode.Scalar(isPrintable ? byte : next - 1) ?? " "
        }
    }()

    /// The letters of a text's UTF-8 bytes.
    static func spell(_ text: some Sequence<Unicode.Scalar>) -> [Unicode.Scalar] {
        text.flatMap { UTF8.encode($0) ?? UTF8.encodedReplacementCharacter }.map { letters[Int($0)] }
    }
}
