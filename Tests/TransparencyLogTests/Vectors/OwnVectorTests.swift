import Crypto
import Testing

@testable import TransparencyLog

@Suite("The log against another implementation")
struct OwnVectorTests {
    /// The entries that `generate.py` uses.
    private func entry(_ number: Int) -> [UInt8] {
        let text = "entry \(number) of an invented log, which is nobody's"
        return Array(text.utf8.prefix(number % 41))
    }

    private struct TreeVectors: Decodable {
        let roots: [Root]
        let inclusion: [Inclusion]
        let consistency: [Consistency]
        let leaves: [Leaf]

        struct Root: Decodable {
            let size: Int
            let root: HashText
        }

        struct Inclusion: Decodable {
            let index: Int
            let size: Int
            let hashes: [HashText]
        }

        struct Consistency: Decodable {
            let first: Int
            let second: Int
            let hashes: [HashText]
        }

        struct Leaf: Decodable {
            let index: Int
            let hash: HashText
        }
    }

    @Test("agrees on leaves, roots and proofs")
    func tree() throws {
        let vectors: TreeVectors = try VectorFile.own("tree")
        for leaf in vectors.leaves { #expect(.leaf(entry(leaf.index)) == leaf.hash.hash) }
        let leaves = (0..<300).map { MerkleHash.leaf(entry($0)) }
        for vector in vectors.roots {
            #expect(MerkleHash.root(of: leaves.prefix(vector.size)) == vector.root.hash)
        }
        var tiles = MemoryTiles()
        var appender = TileAppender()
        tiles.write(try appender.append(leaves))
        var source = TileHashes(of: appender.size, from: tiles)
        #expect(vectors.inclusion.count > 20 && vectors.consistency.count > 40)
        for vector in vectors.inclusion {
            let plan = try ProofPlan.inclusion(
                of: EntryIndex(checked: vector.index), in: TreeSize(checked: vector.size))
            #expect(try plan.hashes(from: &source) == vector.hashes.map(\.hash))
        }
        for vector in vectors.consistency {
            let plan = try ProofPlan.consistency(
                from: TreeSize(checked: vector.first), to: TreeSize(checked: vector.second))
            #expect(try plan.hashes(from: &source) == vector.hashes.map(\.hash))
        }
    }

    private struct TileVectors: Decodable {
        let size: Int
        let root: HashText
        let count: Int
        let digest: String
        let files: [File]
        let paths: [Path]

        struct File: Decodable {
            let path: String
            let sha256: String
        }

        struct Path: Decodable {
            let index: Int
            let width: Int
            let path: String
        }
    }

    @Test("writes the same tiles and bundles of 70,000 entries")
    func tiles() throws {
        let vectors: TileVectors = try VectorFile.own("tiles")
        for vector in vectors.paths {
            let id = try #require(
                TileID(level: 0, index: vector.index, width: vector.width))
            #expect(id.path == vector.path)
        }
        let entries = (0..<vectors.size).map(entry)
        var tiles = MemoryTiles()
        var appender = TileAppender()
        tiles.write(try appender.append(entries.map(MerkleHash.leaf)))
        #expect(appender.head.root == vectors.root.hash)
        for id in EntryBundleID.changed(from: .zero, to: appender.size) {
            tiles.files[id.path] = try EntryBundle(entries: Array(entries[id.entries])).bytes
        }
        #expect(tiles.files.count == vectors.count)
        for file in vectors.files {
            let bytes = try #require(tiles.files[file.path])
            #expect(try Array(SHA256.hash(data: bytes)) == [UInt8](hex: file.sha256))
        }
        var digest = SHA256()
        for (path, bytes) in tiles.files.sorted(by: { $0.key < $1.key }) {
            digest.update(data: Array(path.utf8) + [0] + Array(SHA256.hash(data: bytes)))
        }
        #expect(try Array(digest.finalize()) == [UInt8](hex: vectors.digest))
    }

    private struct NoteVectors: Decodable {
        let time: Int
        let size: Int
        let root: HashText
        let logKey: String
        let oldLogKey: String
        let witnessKey: String
        let checkpoint: String
        let cosigned: String
        let receipt: ReceiptVector

        struct ReceiptVector: Decodable {
            let index: Int
            let entry: String
            let text: String
        }
    }

    @Test("makes the same keys and signatures, and verifies the other's")
    func notes() throws {
        let vectors: NoteVectors = try VectorFile.own("notes")
        let log = try Sample.signer()
        let old = try Sample.signer("old log key")
        let witness = try Sample.cosigner()
        #expect(log.key.description == vectors.logKey)
        #expect(old.key.description == vectors.oldLogKey)
        #expect(witness.key.description == vectors.witnessKey)

        let signed = try SignedCheckpoint(bytes: Array(vectors.checkpoint.utf8))
        #expect(signed.checkpoint.head.size.value == vectors.size)
        #expect(signed.checkpoint.head.root == vectors.root.hash)
        // Ed25519 gives one signature for one text.
        let again = try SignedCheckpoint(signed.checkpoint, signedBy: [log])
        #expect(again.note.bytes == Array(vectors.checkpoint.utf8))

        let cosigned = try SignedCheckpoint(bytes: Array(vectors.cosigned.utf8))
        let found = try cosigned.verified(
            log: [log.key, old.key], witnesses: [witness.key])
        #expect(found.log.map(\.key) == [log.key, old.key])
        #expect(found.witnesses.map(\.secondsSince1970) == [vectors.time])
        #expect(
            cosigned.note.signatures[2]
                == (try witness.signature(of: signed.checkpoint, at: vectors.time)))
    }

    @Test("reads the other's receipt, and writes the same")
    func receipt() throws {
        let vectors: NoteVectors = try VectorFile.own("notes")
        let receipt = try Receipt(bytes: Array(vectors.receipt.text.utf8))
        #expect(receipt.index.value == vectors.receipt.index)
        #expect(try receipt.entry == [UInt8](hex: vectors.receipt.entry))
        try receipt.verify(log: [Sample.key(vectors.logKey)])
        #expect(receipt.bytes == Array(vectors.receipt.text.utf8))
    }

    private struct CommitmentVectors: Decodable {
        let items: [Item]
        let itemsRoots: [HashText]

        struct Item: Decodable {
            let salt: String
            let value: String
            let commitment: String
        }
    }

    @Test("agrees on commitments and on the root over items")
    func commitments() throws {
        let vectors: CommitmentVectors = try VectorFile.own("commitments")
        let commitments = try vectors.items.map { item in
            let salt = try #require(CommitmentSalt(bytes: [UInt8](hex: item.salt)))
            let commitment = Commitment(to: try [UInt8](hex: item.value), salt: salt)
            #expect(try commitment.bytes == [UInt8](hex: item.commitment))
            return commitment
        }
        #expect(vectors.itemsRoots.count == commitments.count + 1)
        for (count, root) in vectors.itemsRoots.enumerated() {
            #expect(Commitment.itemsRoot(commitments.prefix(count)) == root.hash)
        }
    }

    @Test("salts are fresh, and have 32 bytes")
    func salts() throws {
        var random = SystemRandomNumberGenerator()
        #expect(CommitmentSalt(from: &random) != CommitmentSalt(from: &random))
        #expect(CommitmentSalt(bytes: [UInt8](repeating: 0, count: 31)) == nil)
        #expect(Commitment(bytes: [UInt8](repeating: 0, count: 33)) == nil)
    }
}
