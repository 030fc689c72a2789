import Testing

@testable import TransparencyLog

/// Whatever a parser accepts it writes again byte for byte: nothing has two spellings, nothing is
/// passed over, and nothing ends the process.
@Suite("Parsers on changed input")
struct ParserTests {
    private static let rounds = 4000

    /// Feeds changed input to a parser, which gives what it writes of what it read; nil when it
    /// refuses. Changes build on one another, to get away from the good input.
    private func run(
        _ good: [[UInt8]], seed: UInt64, _ rewritten: ([UInt8]) -> [UInt8]?
    ) throws {
        var mutator = Mutator(seed: seed)
        for bytes in good { #expect(rewritten(bytes) == bytes) }
        for round in 0..<Self.rounds {
            var bytes = good[round % good.count]
            for _ in 0..<(1 + round % 3) { bytes = mutator.change(bytes) }
            if let again = rewritten(bytes) { try #require(again == bytes, "round \(round)") }
        }
    }

    private func signed() throws -> SignedCheckpoint {
        let checkpoint = try Sample.checkpoint(of: NaiveTree(size: 9), size: 9)
        return try SignedCheckpoint(checkpoint, signedBy: [Sample.signer()])
            .adding(Sample.cosigner().signature(of: checkpoint, at: 7))
    }

    @Test("notes and checkpoints")
    func notes() throws {
        let signed = try signed()
        try run([signed.note.bytes], seed: 11) { try? SignedNote(bytes: $0).bytes }
        try run([signed.checkpoint.text], seed: 12) { try? Checkpoint(text: $0).text }
    }

    @Test("receipts")
    func receipts() throws {
        let tree = NaiveTree(size: 9)
        let receipt = Receipt(
            entry: [1, 2, 3], index: try EntryIndex(checked: 5),
            proof: try InclusionProof(hashes: tree.path(5, 0..<9)), checkpoint: try signed())
        try run([receipt.bytes], seed: 13) { try? Receipt(bytes: $0).bytes }
    }

    @Test("verifier keys")
    func keys() throws {
        let keys = [try Sample.signer().key, try Sample.cosigner().key]
        try run(keys.map { Array($0.description.utf8) }, seed: 14) { bytes in
            NoteKey(String(decoding: bytes, as: UTF8.self)).map { Array($0.description.utf8) }
        }
    }

    @Test("paths")
    func paths() throws {
        let tiles = ["tile/0/000", "tile/3/x001/x234/067", "tile/1/999.p/255"]
        try run(tiles.map { Array($0.utf8) }, seed: 15) { bytes in
            TileID(path: String(decoding: bytes, as: UTF8.self)).map { Array($0.path.utf8) }
        }
        let bundles = ["tile/entries/000.p/1", "tile/entries/x001/x234/067"]
        try run(bundles.map { Array($0.utf8) }, seed: 16) { bytes in
            EntryBundleID(path: String(decoding: bytes, as: UTF8.self))
                .map { Array($0.path.utf8) }
        }
    }

    @Test("entry bundles")
    func bundles() throws {
        let bundle = try EntryBundle(entries: [[1, 2, 3], [], [UInt8](repeating: 7, count: 300)])
        try run([bundle.bytes], seed: 17) { try? EntryBundle(bytes: $0, count: 3).bytes }
    }
}
