import Testing

@testable import TransparencyLog

@Suite("Submissions to a witness")
struct AddCheckpointTests {
    /// The example of C2SP tlog-witness, "add-checkpoint".
    private static let example = """
        old 20852014
        PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
        jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
        5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
        /6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

        example.com/behind-the-sofa
        20852163
        CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

        — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
        — example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=

        """

    @Test("reads and writes the example of the specification")
    func specification() throws {
        let submission = try AddCheckpoint(bytes: Array(Self.example.utf8))
        #expect(submission.oldSize.value == 20_852_014)
        #expect(submission.proof.hashes.count == 4)
        #expect(submission.checkpoint.checkpoint.head.size.value == 20_852_163)
        #expect(submission.checkpoint.note.signatures.count == 2)
        #expect(String(decoding: submission.bytes, as: UTF8.self) == Self.example)
    }

    @Test(
        "refuses every other spelling",
        arguments: [
            ("old 20852014", "old 020852014"), ("old 20852014", "old"), ("old 20852014", "old -1"),
            ("old 20852014", "new 20852014"), ("old 20852014", "old 20852014 "),
            ("old 20852014", "old 9007199254740992"), ("PlRNCrwH", "PlRNCrw"),
            ("5+pKlUdi", "5-pKlUdi"), ("kaw=\n", "kax=\n"),
            ("\n\nexample.com", "\nexample.com"), ("old 20852014\n", "old 20852014\r\n"),
            ("old 20852014\n", "\nold 20852014\n"),
        ])
    func otherSpellings(from: String, to: String) {
        let text = Self.example.replacing(from, with: to)
        #expect(throws: NoteError.self) { try AddCheckpoint(bytes: Array(text.utf8)) }
    }

    @Test("refuses too much before it reads it")
    func bounds() {
        let hash = String(repeating: "A", count: 43) + "=\n"
        let many = Self.example.replacing(
            "old 20852014\n",
            with: "old 20852014\n" + String(repeating: hash, count: ConsistencyProof.hashesMax))
        #expect(throws: NoteError.submission) { try AddCheckpoint(bytes: Array(many.utf8)) }
        let long = Array(Self.example.utf8) + [UInt8](repeating: 0x20, count: 16 * 1024)
        #expect(throws: NoteError.tooLong) { try AddCheckpoint(bytes: long) }
    }

    // MARK: What a witness does with them

    private let tree = NaiveTree(size: 20)

    private func submission(
        old: Int, size: Int, proof: [MerkleHash]? = nil, signer: String = "log key"
    ) throws -> AddCheckpoint {
        let hashes = proof ?? (old == 0 ? [] : tree.subproof(old, 0..<size, true))
        return AddCheckpoint(
            oldSize: try TreeSize(checked: old), proof: try ConsistencyProof(hashes: hashes),
            checkpoint: try SignedCheckpoint(
                Sample.checkpoint(of: tree, size: size), signedBy: [Sample.signer(signer)]))
    }

    private func judged(_ submission: AddCheckpoint, after known: Int?) throws -> WitnessJudgement {
        submission.judged(
            after: try known.map { try tree.head($0) }, keys: [try Sample.signer().key])
    }

    @Test("cosigns whatever follows on what it cosigned", arguments: [nil, 1, 7, 8, 13, 20])
    func follows(known: Int?) throws {
        for size in [known ?? 0, 20] {
            let submission = try submission(old: known ?? 0, size: size)
            #expect(try judged(submission, after: known) == .cosign)
        }
    }

    @Test("names the size that it cosigned last, to whoever goes back or does not know")
    func stale() throws {
        for (old, size) in [(0, 20), (7, 20), (14, 20), (12, 12), (0, 5)] {
            let submission = try submission(old: old, size: size)
            #expect(try judged(submission, after: 13) == .stale(TreeSize(checked: 13)))
        }
        #expect(try judged(submission(old: 3, size: 5), after: nil) == .stale(.zero))
    }

    @Test("judges in the specification's order: signature, sizes, proof")
    func order() throws {
        let foreign = try submission(old: 20, size: 20, signer: "another key")
        #expect(try judged(foreign, after: 13) == .unsigned)
        let backwards = AddCheckpoint(
            oldSize: try TreeSize(checked: 14), proof: try ConsistencyProof(hashes: []),
            checkpoint: try submission(old: 0, size: 13).checkpoint)
        #expect(try judged(backwards, after: 14) == .backwards)
    }

    @Test("finds two trees")
    func forked() throws {
        let right = tree.subproof(13, 0..<20, true)
        for proof in [[], Array(right.dropLast()), right + [right[0]], right.reversed()] {
            let submission = try submission(old: 13, size: 20, proof: proof)
            #expect(try judged(submission, after: 13) == .forked)
        }
        let other = TreeHead(size: try TreeSize(checked: 13), root: tree.root(0..<12))
        let key = try Sample.signer().key
        #expect(try submission(old: 13, size: 13).judged(after: other, keys: [key]) == .forked)
        #expect(try submission(old: 13, size: 20).judged(after: other, keys: [key]) == .forked)
        // A proof from nothing proves nothing.
        #expect(try judged(submission(old: 0, size: 20, proof: right), after: nil) == .forked)
    }

    @Test("an empty tree has one root")
    func empty() throws {
        let key = try Sample.signer().key
        let head = TreeHead(size: .zero, root: tree.root(0..<1))
        let checkpoint = try SignedCheckpoint(
            Checkpoint(origin: Sample.name(Sample.origin), head: head), signedBy: [Sample.signer()])
        let wrong = AddCheckpoint(
            oldSize: .zero, proof: try ConsistencyProof(hashes: []), checkpoint: checkpoint)
        #expect(wrong.judged(after: nil, keys: [key]) == .forked)
    }

    // MARK: What it answers

    @Test("takes the witness's own line out of an answer, and no other")
    func answers() throws {
        let signed = try submission(old: 0, size: 20).checkpoint
        let (own, other) = (try Sample.cosigner(), try Sample.cosigner("other", name: "other"))
        let line = try own.signature(of: signed.checkpoint, at: 1_790_000_000)
        let foreign = try other.signature(of: signed.checkpoint, at: 1)
        let lines = try CosignatureLines(bytes: CosignatureLines([foreign, line]).bytes)
        #expect(try signed.cosignature(in: lines, by: own.key) == line)
        let cosigned = try signed.adding(line).adding(foreign)
        #expect(
            try cosigned.keeping(signaturesOf: [Sample.signer().key, own.key])
                == signed.adding(line))
        #expect(throws: NoteError.unsigned) {
            try signed.cosignature(in: CosignatureLines([foreign]), by: own.key)
        }
        #expect(throws: NoteError.repeatedSignature) {
            try signed.cosignature(in: CosignatureLines([line, line]), by: own.key)
        }
        let later = try own.signature(
            of: Sample.checkpoint(of: tree, size: 19), at: 1_790_000_000)
        #expect(throws: NoteError.invalidSignature) {
            try signed.cosignature(in: CosignatureLines([later]), by: own.key)
        }
    }

    @Test("refuses answers that are no lines")
    func noLines() throws {
        let line = try Sample.cosigner().signature(
            of: Sample.checkpoint(of: tree, size: 3), at: 7)
        let bytes = CosignatureLines([line]).bytes
        for wrong in [[], Array(bytes.dropLast()), bytes + [0x0A], [0x0A] + bytes] {
            #expect(throws: NoteError.self) { try CosignatureLines(bytes: wrong) }
        }
        let many = Array(repeating: bytes, count: 101).flatMap { $0 }
        #expect(throws: NoteError.self) { try CosignatureLines(bytes: many) }
    }
}
