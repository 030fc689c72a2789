import Testing

@testable import Pseudonym

@Suite("Filter decoding")
struct TokenFilterTests {
    private static let vector: [UInt8] = [0, 0, 5, 0, 0, 0x13, 0xFF, 0xFF, 0x80]

    @Test("holds nothing when it is empty")
    func readsEmpty() throws {
        let filter = try TokenFilter(encoded: [], count: 0)
        #expect(try !filter.mayContain(Token(hash: 0)))
        #expect(try !filter.mayContain(Token(hash: .max)))
        #expect(throws: FilterError.spareBytes) { try TokenFilter(encoded: [0], count: 0) }
    }

    @Test("holds the protocol's vector and nothing beside it")
    func readsVector() throws {
        let filter = try TokenFilter(encoded: Self.vector, count: 3)
        for hash in [0x1, 0x8000_0000_0000_0000, 0xFFFF_FFFF_FFFF_FFFF] as [UInt64] {
            #expect(try filter.mayContain(Token(hash: hash)))
        }
        for hash in [1 << 44, 0x7FFF_0000_0000_0000, 0x8001_0000_0000_0000, 0xFFFF_0000_0000_0000]
            as [UInt64]
        {
            #expect(try !filter.mayContain(Token(hash: hash)))
        }
    }

    @Test("refuses a body that is cut anywhere", arguments: 0..<9)
    func refusesTruncated(count: Int) {
        #expect(throws: FilterError.truncated) {
            try TokenFilter(encoded: Self.vector.prefix(count), count: 3)
        }
    }

    @Test("refuses bytes and bits behind the last item")
    func refusesSpareBits() {
        #expect(throws: FilterError.spareBytes) {
            try TokenFilter(encoded: Self.vector + [0], count: 3)
        }
        #expect(throws: FilterError.spareBytes) {
            try TokenFilter(encoded: [UInt8](repeating: 0, count: 1000), count: 3)
        }
        // 3 items of 21 bits and a quotient sum of 2 leave 7 bits of padding.
        for bit in 0..<7 {
            var padded = Self.vector
            padded[8] |= 1 << UInt8(bit)
            #expect(throws: FilterError.padding) { try TokenFilter(encoded: padded, count: 3) }
        }
    }

    @Test("refuses a whole byte of zeros behind the items, though the length could be right")
    func refusesSpareByte() {
        // 16 items of 21 bits fill 42 bytes; 44 would be right for other items.
        let zeros = [UInt8](repeating: 0, count: 43)
        #expect(throws: FilterError.spareBytes) { try TokenFilter(encoded: zeros, count: 16) }
        #expect(throws: Never.self) { try TokenFilter(encoded: zeros.dropLast(), count: 16) }
    }

    @Test("refuses an item at or above n·2^20")
    func refusesTooLargeValue() throws {
        // One item: quotient 1 means 2^20, the first value out of range.
        var writer = BitWriter(bitCapacity: 24)
        writer.append(ones: 1)
        writer.append(0, bitCount: 21)
        let body = writer.finish()
        #expect(throws: FilterError.value) { try TokenFilter(encoded: body, count: 1) }
        #expect(throws: Never.self) {
            try TokenFilter(encoded: [0x7F, 0xFF, 0xF8], count: 1)
        }
    }

    @Test("refuses a body of ones, whatever its length", arguments: [1, 2, 24, 64, 100, 1000])
    func refusesEndlessRun(count: Int) {
        let length = TokenFilter.bodyBytesMax(count: count)
        #expect(throws: FilterError.truncated) {
            try TokenFilter(encoded: [UInt8](repeating: 0xFF, count: length), count: count)
        }
    }

    @Test("refuses counts out of bounds before it looks at the body")
    func refusesCounts() {
        #expect(throws: FilterError.count(max: TokenFilter.countMax)) {
            try TokenFilter(encoded: [], count: TokenFilter.countMax + 1)
        }
        #expect(throws: FilterError.count(max: TokenFilter.countMax)) {
            try TokenFilter(encoded: [], count: -1)
        }
        #expect(throws: FilterError.truncated) {
            try TokenFilter(encoded: [], count: TokenFilter.countMax)
        }
        #expect(TokenFilter.bodyBytesMax(count: TokenFilter.countMax) == 275_000_000)
        #expect(TokenFilter.bodyBytesMax(count: Int.max) == 275_000_000)
    }

    @Test("survives any bytes", arguments: 0..<50)
    func survivesGarbage(seed: UInt64) {
        var random = RepeatableRandom(seed: seed)
        for _ in 0..<40 {
            let count = Int.random(in: 0...40, using: &random)
            let length = Int.random(in: 0...TokenFilter.bodyBytesMax(count: count), using: &random)
            let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
            guard let filter = try? TokenFilter(encoded: bytes, count: count) else { continue }
            _ = filter.mayContain(hash: random.next())
        }
    }

    @Test("accepts only what the encoder writes: what is read is written again, byte for byte")
    func isCanonical() throws {
        var random = RepeatableRandom(seed: 9)
        var accepted = 0
        for _ in 0..<2000 {
            // Three items are near the length limit, so that random bytes often pass.
            let bytes = (0..<8).map { _ in UInt8.random(in: 0...255, using: &random) }
            guard (try? TokenFilter(encoded: bytes, count: 3)) != nil else { continue }
            accepted += 1
            var cursor = FilterCursor()
            let bits = BitString(bytes)
            let hashes: [UInt64] = (0..<3).map { _ in
                cursor.advance(in: bits)
                return smallestHash(of: cursor.value, count: 3)
            }
            #expect(FilterEncoder.encode(sortedHashes: hashes, count: 3) == bytes)
        }
        #expect(accepted > 20)
    }
}

/// The smallest hash whose place in a filter of `count` items is `value`.
func smallestHash(of value: UInt64, count: Int) -> UInt64 {
    let range = FilterCode.range(count: count)
    let (quotient, remainder) = range.dividingFullWidth((value, 0))
    return remainder == 0 ? quotient : quotient + 1
}
