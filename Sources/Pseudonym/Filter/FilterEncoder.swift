/// Makes the filter of a set of tokens (protocol.md §4).
public enum FilterEncoder {
    /// The filter of tokens, by their hashes. The same set gives the same bytes.
    ///
    /// - Throws: `FilterError.count` for more than `TokenFilter.countMax` distinct tokens; the node
    ///   has outgrown one filter.
    public static func encode(_ tokens: TokenHashes) throws(FilterError) -> EncodedFilter {
        guard tokens.count <= TokenFilter.countMax else {
            throw .count(max: TokenFilter.countMax)
        }
        return EncodedFilter(
            count: tokens.count,
            bytes: encode(sortedHashes: tokens.values, count: tokens.count))
    }

    /// The code of hashes in ascending order; tokens in order have their hashes in order.
    static func encode(sortedHashes: some Sequence<UInt64>, count: Int) -> [UInt8] {
        var writer = BitWriter(bitCapacity: FilterCode.bitsMax(count: count))
        var previous: UInt64 = 0
        for hash in sortedHashes {
            let value = FilterCode.value(of: hash, count: count)
            let delta = value - previous
            writer.append(ones: Int(delta >> UInt64(FilterCode.remainderBits)))
            // The quotient's end is the zero bit before the remainder.
            writer.append(
                delta & (1 << UInt64(FilterCode.remainderBits) - 1),
                bitCount: FilterCode.remainderBits + 1)
            previous = value
        }
        return writer.finish()
    }
}

/// A filter as it is served and named.
public struct EncodedFilter: Sendable, Equatable {
    /// n: how many distinct tokens it holds.
    public let count: Int

    /// The body; empty for no tokens, else 21 to 22 bits a token, padded with zeros to a byte.
    public let bytes: [UInt8]

    /// The SHA-256 of the body: its name, and what the manifest proves it with.
    public let digest: SHA256Digest

    init(count: Int, bytes: [UInt8]) {
        self.count = count
        self.bytes = bytes
        digest = SHA256Digest(hashing: bytes)
    }
}
