/// Another node's filter, checked and ready for look-ups: tells of a token whether that node may
/// hold it. A token held is always found; one that is not is found with a chance of 2^-20.
///
/// The bits stay coded as they came. A sample of every 32nd value and its place leads a look-up to
/// the 32 items that it must decode: some 3 bytes of memory an item, all in all.
public struct TokenFilter: Sendable {
    /// The most items of one filter, some 275 MB of body; a larger set is several filters.
    public static let countMax = 100_000_000

    /// The most bytes that a body of `count` items may have, to be enforced before it is read.
    public static func bodyBytesMax(count: Int) -> Int {
        (FilterCode.bitsMax(count: min(max(count, 0), countMax)) + 7) / 8
    }

    /// n: how many items there are.
    public let count: Int

    private static let itemsPerSample = 32

    private let bits: BitString

    /// The value of the last item before each block; 0 before the first.
    private let sampleValues: [UInt64]

    /// The bit at which each block begins; fits because a valid body has at most 22·n bits.
    private let samplePositions: [UInt32]

    /// Decodes a filter's body once and refuses whatever the encoder does not write.
    ///
    /// - Parameters:
    ///   - encoded: the body, whose digest the caller has compared with the manifest's.
    ///   - count: n, from the manifest.
    /// - Throws: `FilterError`, the fault of the node that published the filter.
    public init(encoded: some Collection<UInt8>, count: Int) throws(FilterError) {
        guard (0...Self.countMax).contains(count) else { throw .count(max: Self.countMax) }
        guard encoded.count <= Self.bodyBytesMax(count: count) else { throw .spareBytes }
        guard encoded.count * 8 >= FilterCode.bitsMin(count: count) else { throw .truncated }
        let bits = BitString(encoded)
        var values: [UInt64] = []
        var positions: [UInt32] = []
        values.reserveCapacity(count / Self.itemsPerSample + 1)
        positions.reserveCapacity(count / Self.itemsPerSample + 1)
        let range = FilterCode.range(count: count)
        var cursor = FilterCursor()
        for index in 0..<count {
            if index.isMultiple(of: Self.itemsPerSample) {
                values.append(cursor.value)
                positions.append(UInt32(cursor.position))
            }
            cursor.advance(in: bits)
            guard cursor.position <= bits.count else { throw .truncated }
            guard cursor.value < range else { throw .value }
        }
        try Self.checkEnd(of: bits, from: cursor.position)
        self.count = count
        self.bits = bits
        sampleValues = values
        samplePositions = positions
    }

    /// Behind the last item there are fewer than 8 bits, all zero.
    private static func checkEnd(of bits: BitString, from end: Int) throws(FilterError) {
        guard bits.count - end < 8 else { throw .spareBytes }
        guard bits.window(at: end) == 0 else { throw .padding }
    }

    /// Whether the node may hold `token`. Decodes at most 32 items.
    public func mayContain(_ token: Token) -> Bool {
        mayContain(hash: token.filterHash)
    }

    func mayContain(hash: UInt64) -> Bool {
        guard count > 0 else { return false }
        let target = FilterCode.value(of: hash, count: count)
        let block = block(of: target)
        var cursor = FilterCursor(
            position: Int(samplePositions[block]), value: sampleValues[block])
        for _ in 0..<min(Self.itemsPerSample, count - block * Self.itemsPerSample) {
            cursor.advance(in: bits)
            if cursor.value >= target { return cursor.value == target }
        }
        return false
    }

    /// The last block that begins behind a value below `target`, or the first block.
    private func block(of target: UInt64) -> Int {
        var low = 0
        var high = sampleValues.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if sampleValues[middle] < target { low = middle } else { high = middle }
        }
        return low
    }

    /// The memory that the decoded filter takes, in bytes: some 3 an item.
    public var memoryFootprint: Int {
        bits.memoryFootprint
            + sampleValues.capacity * MemoryLayout<UInt64>.stride
            + samplePositions.capacity * MemoryLayout<UInt32>.stride
    }
}
