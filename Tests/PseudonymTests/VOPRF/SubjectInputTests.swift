import Testing

@testable import Pseudonym

@Suite("Subjects and their tokens")
struct SubjectInputTests {
    @Test("separates its parts by zero bytes")
    func separatesParts() throws {
        let identifier = try Sample.identifier("ZZZZ00NODETEST000172", "lei")
        let input = SubjectInput(consortium: "demo", identifier: identifier)
        let expected = "creditmesh-subject-v1\0demo\0lei\0ZZZZ00NODETEST000172"
        #expect(input.bytes == Array(expected.utf8))
    }

    @Test("makes another token of another consortium, scheme, identifier and key")
    func tellsApart() throws {
        let charter: [(scheme: String, pattern: String?)] = [("lei", nil), ("other", "[A-Z0-9]+")]
        let registry = try SchemeRegistry(charter: charter)
        let lei = try registry.identifier("ZZZZ00NODETEST000172", scheme: "lei")
        let other = try registry.identifier("ZZZZ00NODETEST000172", scheme: "other")
        let second = try registry.identifier("ZZZZ00LENDERTEST0275", scheme: "lei")
        let inputs = [
            SubjectInput(consortium: "demo", identifier: lei),
            SubjectInput(consortium: "demo2", identifier: lei),
            SubjectInput(consortium: "demo", identifier: other),
            SubjectInput(consortium: "demo", identifier: second),
        ]
        let keys = [VOPRFSecretKey.generate(), VOPRFSecretKey.generate()]
        let tokens = keys.flatMap { key in inputs.map { key.output(for: $0).token } }
        #expect(Set(tokens).count == 8)
    }

    @Test("orders tokens by their bytes")
    func ordersTokens() throws {
        var random = RepeatableRandom(seed: 1)
        var tokens: [Token] = []
        for place in 0..<Token.count {
            var bytes = [UInt8](repeating: 5, count: Token.count)
            bytes[place] = UInt8.random(in: 0...255, using: &random)
            tokens.append(try Token(bytes: bytes))
        }
        let sorted = tokens.sorted().map(\.bytes)
        #expect(sorted == tokens.map(\.bytes).sorted { $0.lexicographicallyPrecedes($1) })
    }

    @Test("takes tokens of 32 bytes only", arguments: [0, 31, 33])
    func boundsTokens(count: Int) {
        #expect(throws: TokenError.length) { try Token(bytes: [UInt8](repeating: 1, count: count)) }
    }
}
