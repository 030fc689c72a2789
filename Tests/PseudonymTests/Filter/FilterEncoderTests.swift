import Testing

@testable import Pseudonym

/// `protocol/vectors/pseudonym/filters.json`.
private struct FilterVectors: Decodable {
    let cases: [Case]
    let digests: [Digest]

    struct Case: Decodable {
        let name: String
        let hashes: [Hex]
        let body: Hex
    }

    struct Digest: Decodable {
        let n: Int
        let digest: String
    }
}

@Suite("Filter encoding")
struct FilterEncoderTests {
    @Test("writes the vector of the protocol")
    func writesProtocolVector() throws {
        let tokens = try [0xFFFF_FFFF_FFFF_FFFF, 0x1, 0x8000_0000_0000_0000].map {
            try Token(hash: $0)
        }
        let filter = try FilterEncoder.encode(TokenHashes(tokens))
        #expect(filter.count == 3)
        #expect(try filter.bytes == Hex("000005000013ffff80").bytes)
    }

    @Test("writes what another implementation writes")
    func agreesWithAnother() throws {
        let vectors: FilterVectors = try VectorFile.load(VectorFile.own("filters"))
        #expect(vectors.cases.count == 5)
        for vector in vectors.cases {
            let tokens = try vector.hashes.enumerated().map { index, hash in
                try Token(bytes: hash.bytes + [UInt8](repeating: UInt8(index), count: 24))
            }
            let filter = try FilterEncoder.encode(TokenHashes(tokens))
            #expect(filter.bytes == vector.body.bytes, "\(vector.name)")
            let decoded = try TokenFilter(encoded: vector.body.bytes, count: tokens.count)
            #expect(tokens.allSatisfy(decoded.mayContain), "\(vector.name)")
        }
    }

    @Test("writes a large filter as another implementation does")
    func agreesOnLargeFilter() throws {
        let vectors: FilterVectors = try VectorFile.load(VectorFile.own("filters"))
        let vector = try #require(vectors.digests.first)
        let tokens = try (0..<UInt32(vector.n)).map { number in
            let bytes = withUnsafeBytes(of: number.bigEndian) { Array($0) }
            return try Token(bytes: SHA256Digest(hashing: bytes).bytes)
        }
        let filter = try FilterEncoder.encode(TokenHashes(tokens.shuffled()))
        #expect(filter.digest.hexadecimal == vector.digest)
    }

    @Test("counts a token once, but tokens of the same hash apart")
    func countsDistinctTokens() throws {
        let token = try Token(hash: 42)
        let twin = try Token(hash: 42, tail: 1)
        #expect(try FilterEncoder.encode(TokenHashes([token, token, token])).count == 1)
        let both = try FilterEncoder.encode(TokenHashes([token, twin, token]))
        #expect(both.count == 2)
        #expect(both.bytes.count == 6)
    }

    @Test("writes nothing for no tokens")
    func writesEmptyFilter() throws {
        let filter = try FilterEncoder.encode(TokenHashes())
        #expect(filter.count == 0)
        #expect(filter.bytes.isEmpty)
        #expect(
            filter.digest.hexadecimal
                == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }

    @Test("names a filter by the SHA-256 of its bytes")
    func hasDigest() throws {
        let abc = SHA256Digest(hashing: Array("abc".utf8))
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        #expect(abc.hexadecimal == expected)
        #expect(SHA256Digest(bytes: try Hex(expected).bytes) == abc)
        #expect(SHA256Digest(bytes: abc.bytes.dropLast()) == nil)
    }
}
