import Testing

@testable import TransparencyLog

@Suite("Hashes of the tree")
struct MerkleHashTests {
    @Test("are those of RFC 6962: SHA-256 of nothing, of 0x00 and of 0x01 ‖ both")
    func knownValues() throws {
        let empty = try [UInt8](
            hex: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        let emptyLeaf = try [UInt8](
            hex: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")
        #expect(MerkleHash.empty.bytes == empty)
        #expect(MerkleHash.leaf([]).bytes == emptyLeaf)
        #expect(MerkleHash.root(of: [MerkleHash]()) == .empty)
        #expect(MerkleHash.root(of: [.leaf([])]) == .leaf([]))
        // The tree of two entries of certificate-transparency's own test: "" and 0x00.
        let two = try [UInt8](
            hex: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")
        #expect(MerkleHash.node(.leaf([]), .leaf([0])).bytes == two)
    }

    @Test("a leaf is no node: both have their own prefix")
    func prefixes() {
        let left = MerkleHash.leaf([1])
        let right = MerkleHash.leaf([2])
        #expect(MerkleHash.leaf(left.bytes + right.bytes) != .node(left, right))
        #expect(MerkleHash.node(left, right) != .node(right, left))
    }

    @Test("have exactly 32 bytes", arguments: [0, 31, 33, 64])
    func lengths(count: Int) {
        #expect(MerkleHash(bytes: [UInt8](repeating: 7, count: count)) == nil)
    }

    @Test("the root is the definition's for all sizes to 300, and some larger ones")
    func roots() {
        let tree = NaiveTree(size: 3000)
        var random = RepeatableRandom(seed: 1)
        let larger = (0..<10).map { _ in Int.random(in: 301...3000, using: &random) }
        for size in Array(0...300) + larger {
            #expect(MerkleHash.root(of: tree.leaves.prefix(size)) == tree.root(0..<size))
        }
    }

    @Test("sizes and indices are bounded by what JSON can say")
    func bounds() throws {
        #expect(TreeSize(-1) == nil)
        #expect(TreeSize(TreeSize.valueMax + 1) == nil)
        #expect(EntryIndex(-1) == nil)
        #expect(EntryIndex(TreeSize.valueMax) == nil)
        let most = try TreeSize(checked: TreeSize.valueMax)
        #expect(most.adding(0) == most)
        #expect(most.adding(1) == nil)
        #expect(TreeSize.zero.adding(.max) == nil)
        #expect(most.adding(-1) == nil)
        #expect(EntryIndex(TreeSize.valueMax - 1) != nil)
    }
}
