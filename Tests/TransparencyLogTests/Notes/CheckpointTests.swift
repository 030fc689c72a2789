import Testing

@testable import TransparencyLog

@Suite("Checkpoints")
struct CheckpointTests {
    private let tree = NaiveTree(size: 9)

    @Test("are three lines, and more that mean nothing and stay")
    func text() throws {
        let checkpoint = try Sample.checkpoint(of: tree, size: 9)
        let expected = "\(Sample.origin)\n9\n\(tree.root(0..<9))\n"
        #expect(checkpoint.text == Array(expected.utf8))
        #expect(try Checkpoint(text: checkpoint.text) == checkpoint)
        let extended = checkpoint.text + Array("another line\n".utf8)
        let read = try Checkpoint(text: extended)
        #expect(read.text == extended)
        #expect(read.head == checkpoint.head)
    }

    @Test(
        "anything else is none",
        arguments: [
            "", "\n", "o\n1\n", "o\n1\nROOT", "o\n01\nROOT\n", "o\n+1\nROOT\n", "o\n-1\nROOT\n",
            "o\n1 \nROOT\n", "o\n\u{664}\nROOT\n", "o\n9007199254740992\nROOT\n",
            "o\n99999999999999999999\nROOT\n", "o\n1\nROOT\n\n", "o\n1\nROOT\n\nmore\n",
            "\n1\nROOT\n", "o p\n1\nROOT\n", "o+p\n1\nROOT\n", "o\n1\nROO\n", "o\n1\n\n",
            "o\n1\nAAAA\n", "o\n\nROOT\n",
        ])
    func malformed(template: String) throws {
        let text = template.replacing("ROOT", with: "\(MerkleHash.empty)")
        #expect(throws: NoteError.checkpoint) { try Checkpoint(text: Array(text.utf8)) }
        let good = "o\n9007199254740991\n\(MerkleHash.empty)\n"
        #expect(try Checkpoint(text: Array(good.utf8)).head.size.value == TreeSize.valueMax)
    }

    @Test("are signed by their log, by two keys during a rotation, and by witnesses")
    func signed() throws {
        let signers = [try Sample.signer(), try Sample.signer("old log key")]
        let cosigner = try Sample.cosigner()
        let checkpoint = try Sample.checkpoint(of: tree, size: 5)
        let signed = try SignedCheckpoint(checkpoint, signedBy: signers)
            .adding(cosigner.signature(of: checkpoint, at: 1_793_000_000))
        let read = try SignedCheckpoint(bytes: signed.note.bytes)
        #expect(read.checkpoint == checkpoint)
        let all = try read.verified(log: signers.map(\.key), witnesses: [cosigner.key])
        #expect(all.log.map(\.key) == signers.map(\.key))
        #expect(all.witnesses.map(\.secondsSince1970) == [1_793_000_000])
        let one = try read.verified(log: [signers[1].key])
        #expect(one.log.map(\.key) == [signers[1].key])
        #expect(one.witnesses == [])
    }

    @Test("are refused without the log's signature, or as another log's")
    func refused() throws {
        let signer = try Sample.signer()
        let cosigner = try Sample.cosigner()
        let checkpoint = try Sample.checkpoint(of: tree, size: 5)
        let witnessed = try SignedCheckpoint(
            SignedNote(
                text: checkpoint.text, signatures: [cosigner.signature(of: checkpoint, at: 7)]))
        #expect(throws: NoteError.unsigned) {
            try witnessed.verified(log: [signer.key], witnesses: [cosigner.key])
        }
        let other = try Sample.signer("log key", name: "demo.creditmesh.example/log/birch")
        let signed = try SignedCheckpoint(checkpoint, signedBy: [signer])
        #expect(throws: NoteError.origin) { try signed.verified(log: [other.key]) }
        #expect(throws: NoteError.origin) {
            try SignedCheckpoint(checkpoint, signedBy: [signer, other])
        }
        #expect(throws: NoteError.unsigned) { try SignedCheckpoint(checkpoint, signedBy: []) }
        // A witness's key is none of a log, a log's none of a witness, even under one name.
        let sameName = try Sample.cosigner("log key", name: Sample.origin)
        #expect(throws: NoteError.origin) { try signed.verified(log: [sameName.key]) }
        #expect(throws: NoteError.unsigned) {
            try signed.verified(log: [], witnesses: [signer.key])
        }
    }

    @Test("a bad cosignature of a witness that counts refuses the checkpoint")
    func badWitness() throws {
        let signer = try Sample.signer()
        let cosigner = try Sample.cosigner()
        let checkpoint = try Sample.checkpoint(of: tree, size: 5)
        let other = try Sample.checkpoint(of: tree, size: 6)
        let signed = try SignedCheckpoint(checkpoint, signedBy: [signer])
            .adding(cosigner.signature(of: other, at: 7))
        #expect(throws: NoteError.invalidSignature) {
            try signed.verified(log: [signer.key], witnesses: [cosigner.key])
        }
        #expect(try signed.verified(log: [signer.key]).witnesses == [])
    }
}
