import Testing

@testable import TransparencyLog

@Suite("Receipts")
struct ReceiptTests {
    private let tree = NaiveTree(size: 20)

    private func receipt(_ index: Int, size: Int = 20) throws -> Receipt {
        Receipt(
            entry: Array("entry \(index)".utf8), index: try EntryIndex(checked: index),
            proof: try InclusionProof(hashes: tree.path(index, 0..<size)),
            checkpoint: try SignedCheckpoint(
                Sample.checkpoint(of: tree, size: size), signedBy: [Sample.signer()]))
    }

    @Test("are written, read back and verified", arguments: [(0, 1), (0, 20), (7, 20), (19, 20)])
    func roundTrip(index: Int, size: Int) throws {
        let receipt = try receipt(index, size: size)
        let read = try Receipt(bytes: receipt.bytes)
        #expect(read == receipt)
        try read.verify(log: [Sample.signer().key])
    }

    @Test("prove nothing about another entry, place or log")
    func other() throws {
        let good = try receipt(7)
        let keys = [try Sample.signer().key]
        let entry = Receipt(
            entry: [1], index: good.index, proof: good.proof, checkpoint: good.checkpoint)
        #expect(throws: ReceiptError.proof(.root)) { try entry.verify(log: keys) }
        let place = Receipt(
            entry: good.entry, index: try EntryIndex(checked: 6), proof: good.proof,
            checkpoint: good.checkpoint)
        #expect(throws: ReceiptError.proof(.root)) { try place.verify(log: keys) }
        let outside = Receipt(
            entry: good.entry, index: try EntryIndex(checked: 20), proof: good.proof,
            checkpoint: good.checkpoint)
        #expect(throws: ReceiptError.proof(.outside)) { try outside.verify(log: keys) }
        let stranger = try Sample.signer("another key").key
        #expect(throws: ReceiptError.checkpoint(.unsigned)) { try good.verify(log: [stranger]) }
    }

    @Test(
        "are refused in any other spelling",
        arguments: [
            ("c2sp.org/tlog-proof@v1\n", ""), ("@v1", "@v2"), ("extra ", "extra  "),
            ("extra ", "Extra "), ("extra ZW50cnkgNw==\n", ""), ("ZW50cnkgNw==", "ZW50cnkgNw"),
            ("index 7", "index 07"), ("index 7", "index -1"), ("index 7", "index  7"),
            ("index 7\n", ""), ("index 7", "index 9007199254740991"), ("index 7\n", "index 7\n\n"),
            ("index 7\n", "index 7\nAAAA\n"), ("index 7\n", "index 7\nmore 1\n"),
        ])
    func malformed(part: String, other: String) throws {
        let text = String(decoding: try receipt(7).bytes, as: UTF8.self)
        let changed = text.replacing(part, with: other, maxReplacements: 1)
        try #require(changed != text)
        #expect(throws: NoteError.self) { try Receipt(bytes: Array(changed.utf8)) }
    }

    @Test("are refused when cut, too long, or with too many hashes")
    func bounds() throws {
        let receipt = try receipt(7)
        for length in receipt.bytes.indices {
            #expect(throws: NoteError.self) { try Receipt(bytes: receipt.bytes.prefix(length)) }
        }
        let spare = [UInt8](repeating: 10, count: Receipt.bytesMax)
        #expect(throws: NoteError.tooLong) { try Receipt(bytes: receipt.bytes + spare) }
        let text = String(decoding: receipt.bytes, as: UTF8.self)
        let line = "\(MerkleHash.empty)\n"
        let hashes = String(repeating: line, count: InclusionProof.hashesMax)
        let crowded = text.replacing("index 7\n", with: "index 7\n" + hashes)
        #expect(throws: NoteError.receipt) { try Receipt(bytes: Array(crowded.utf8)) }
    }
}
