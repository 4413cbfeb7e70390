/// Byte-pair encoding of one word: the pair of neighbours that was learnt first is joined first
/// (huggingface/tokenizers `models/bpe`, with CLIP's end-of-word suffix).
struct BytePairEncoding {
    /// What two tokens become, and how early that was learnt.
    private struct Merge {
        let rank: Int
        let result: Int
    }

    private struct Pair: Hashable {
        let left: Int
        let right: Int
    }

    private let vocabulary: [String: Int]
    private let merges: [Pair: Merge]
    private let unknownToken: Int?

    /// Marks the last piece of a word.
    static let wordEnd = "</w>"

    /// - Parameters:
    ///   - merges: pairs of pieces in the order in which they were learnt
    ///   - unknownToken: stands for characters outside the vocabulary; without one they are left out
    /// - Throws: `ConfigurationProblem` where a merge names a piece outside the vocabulary
    init(vocabulary: [String: Int], merges: [(String, String)], unknownToken: Int?) throws {
        var table: [Pair: Merge] = [:]
        table.reserveCapacity(merges.count)
        for (rank, (left, right)) in merges.enumerated() {
            guard let leftToken = vocabulary[left], let rightToken = vocabulary[right], let result = vocabulary[left + right] else {
                throw ConfigurationProblem("merge \(rank + 1) (\(left) \(right)) names a piece that the vocabulary lacks")
            }
            let pair = Pair(left: leftToken, right: rightToken)
            if table[pair] == nil { table[pair] = Merge(rank: rank, result: result) }
        }
        self.vocabulary = vocabulary
        self.merges = table
        self.unknownToken = unknownToken
    }

    /// The tokens of a word whose bytes have been mapped to letters.
    func tokens(of word: some Collection<Unicode.Scalar>) -> [Int] {
        var tokens = initialTokens(of: word)
        var joints = zip(tokens, tokens.dropFirst()).map { merges[Pair(left: $0, right: $1)] }
        while let best = earliest(joints), let merge = joints[best] {
            tokens[best] = merge.result
            tokens.remove(at: best + 1)
            joints.remove(at: best)
            if best > 0 { joints[best - 1] = merges[Pair(left: tokens[best - 1], right: tokens[best])] }
            if best < joints.count { joints[best] = merges[Pair(left: tokens[best], right: tokens[best + 1])] }
        }
        return tokens
    }

    private func initialTokens(of word: some Collection<Unicode.Scalar>) -> [Int] {
        var pieces = word.map { String($0) }
        if let last = pieces.popLast() { pieces.append(last + Self.wordEnd) }
        return pieces.compactMap { vocabulary[$0] ?? unknownToken }
    }

    private func earliest(_ joints: [Merge?]) -> Int? {
        var best: Int?
        var rank = Int.max
        for (index, merge) in joints.enumerated() {
            if let merge, merge.rank < rank { (best, rank) = (index, merge.rank) }
        }
        return best
    }
}
