/// Bits that can be read from any place, most significant bit first, behind which zeros follow.
struct BitString: Sendable {
    /// How many bits there are, a multiple of 8.
    let count: Int

    /// The bits in order, and words of zeros so that a window may reach over the end.
    private let words: [UInt64]

    private static let wordsBehind = 2

    init(_ bytes: some Collection<UInt8>) {
        count = bytes.count * 8
        var words = [UInt64](repeating: 0, count: (count + 63) / 64 + Self.wordsBehind)
        words.withUnsafeMutableBytes { $0.copyBytes(from: bytes) }
        for index in words.indices { words[index] = UInt64(bigEndian: words[index]) }
        self.words = words
    }

    /// The 64 bits that begin at `position`, which is at most `count + 64`.
    func window(at position: Int) -> UInt64 {
        let index = position >> 6
        let shift = UInt64(position & 63)
        guard shift > 0 else { return words[index] }
        return words[index] << shift | words[index + 1] >> (64 - shift)
    }

    /// The memory that the bits take, in bytes.
    var memoryFootprint: Int { words.capacity * MemoryLayout<UInt64>.stride }
}
