import Foundation
import Testing

@testable import TransparencyLog

@Suite("The log against the standards' vectors")
struct StandardVectorTests {
    private struct Inclusion: Decodable {
        let leafIdx: UInt64
        let treeSize: UInt64
        let root: HashText
        let leafHash: HashText
        let proof: [HashText]?
        let desc: String
        let wantErr: Bool
    }

    private struct Consistency: Decodable {
        let size1: UInt64
        let size2: UInt64
        let root1: HashText
        let root2: HashText
        let proof: [HashText]?
        let desc: String
        let wantErr: Bool
    }

    private static let noMerkle: Comment =
        "the standards' vectors do not lie beside this checkout"

    @Test(
        "inclusion proofs of transparency-dev/merkle",
        .enabled(if: VectorFile.isThere(VectorFile.merkle), noMerkle))
    func inclusion() throws {
        let cases: [(String, Inclusion)] = try VectorFile.documents(
            under: VectorFile.merkle.appending(path: "inclusion"))
        try #require(cases.count == 98)
        for (path, vector) in cases {
            #expect(Self.holds(vector) == !vector.wantErr, "\(path): \(vector.desc)")
        }
    }

    @Test(
        "consistency proofs of transparency-dev/merkle",
        .enabled(if: VectorFile.isThere(VectorFile.merkle), noMerkle))
    func consistency() throws {
        let cases: [(String, Consistency)] = try VectorFile.documents(
            under: VectorFile.merkle.appending(path: "consistency"))
        try #require(cases.count == 98)
        for (path, vector) in cases {
            #expect(Self.holds(vector) == !vector.wantErr, "\(path): \(vector.desc)")
        }
    }

    /// Numbers and proof hashes that no tree has are refused by their types.
    private static func holds(_ vector: Inclusion) -> Bool {
        guard let index = Int(exactly: vector.leafIdx).flatMap(EntryIndex.init(_:)),
            let size = Int(exactly: vector.treeSize).flatMap(TreeSize.init(_:)),
            let root = vector.root.standIn, let leaf = vector.leafHash.standIn,
            let proof = try? InclusionProof(hashes: hashes(vector.proof))
        else { return false }
        let head = TreeHead(size: size, root: root)
        return (try? proof.verify(leaf, at: index, in: head)) != nil
    }

    private static func holds(_ vector: Consistency) -> Bool {
        guard let size1 = Int(exactly: vector.size1).flatMap(TreeSize.init(_:)),
            let size2 = Int(exactly: vector.size2).flatMap(TreeSize.init(_:)),
            let root1 = vector.root1.standIn, let root2 = vector.root2.standIn,
            let proof = try? ConsistencyProof(hashes: hashes(vector.proof))
        else { return false }
        let first = TreeHead(size: size1, root: root1)
        let second = TreeHead(size: size2, root: root2)
        return (try? proof.verify(from: first, to: second)) != nil
    }

    private static func hashes(_ texts: [HashText]?) throws -> [MerkleHash] {
        try (texts ?? []).map { text in
            guard let hash = text.hash else { throw FixtureError.text }
            return hash
        }
    }

    @Test(
        "the 15-entry log of transparency-dev/tessera, at every size",
        .enabled(if: VectorFile.isThere(VectorFile.tileLog), noMerkle))
    func tileLog() throws {
        let key = try Sample.key(
            "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx")
        var earlier: [TreeHead] = []
        for size in 0...15 {
            let signed = try SignedCheckpoint(bytes: bytes("checkpoint.\(size)"))
            #expect(try signed.verified(log: [key]).log.map(\.key) == [key])
            let head = signed.checkpoint.head
            #expect(head.size.value == size)
            try audit(head)
            try prove(growthOf: earlier, to: head)
            if size > 0 { earlier.append(head) }
        }
    }

    private func bytes(_ path: String) throws -> [UInt8] {
        try VectorFile.bytes(VectorFile.tileLog.appending(path: path))
    }

    private func audit(_ head: TreeHead) throws {
        var audit = try TreeAudit(of: head)
        while let next = audit.nextBundle {
            let bundle = try EntryBundle(bytes: bytes(next.path), count: next.width)
            #expect(bundle.bytes == (try bytes(next.path)))
            #expect(try audit.add(bundle) == [])
        }
        for tile in try audit.finish() { #expect(try bytes(tile.id.path) == tile.bytes) }
    }

    private struct Folder: TileSource {
        func bytes(of tile: TileID) throws -> [UInt8] {
            try VectorFile.bytes(VectorFile.tileLog.appending(path: tile.path))
        }
    }

    private func prove(growthOf earlier: [TreeHead], to head: TreeHead) throws {
        var source = TileHashes(of: head.size, from: Folder())
        for first in earlier {
            let plan = try ProofPlan.consistency(from: first.size, to: head.size)
            let proof = try ConsistencyProof(hashes: plan.hashes(from: &source))
            try proof.verify(from: first, to: head)
        }
    }
}
