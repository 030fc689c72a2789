import Testing

@testable import TransparencyLog

@Suite("Inclusion proof")
struct InclusionProofTests {
    private let tree = NaiveTree(size: 2000)

    private func proof(_ index: Int, in size: Int) throws -> InclusionProof {
        let plan = try ProofPlan.inclusion(
            of: EntryIndex(checked: index), in: TreeSize(checked: size))
        var source = NaiveSource(tree: tree)
        return try InclusionProof(hashes: plan.hashes(from: &source))
    }

    @Test("is the definition's for every entry of all sizes to 70, and verifies")
    func allSmall() throws {
        for size in 1...70 {
            let head = try tree.head(size)
            for index in 0..<size {
                let proof = try proof(index, in: size)
                #expect(proof.hashes == tree.path(index, 0..<size))
                try proof.verify(tree.leaves[index], at: EntryIndex(checked: index), in: head)
            }
        }
    }

    @Test("is the definition's for some entries of sizes to 300, and of larger ones")
    func someLarger() throws {
        var random = RepeatableRandom(seed: 2)
        let larger = (0..<10).map { _ in Int.random(in: 301...2000, using: &random) }
        for size in Array(71...300) + larger {
            let index = Int.random(in: 0..<size, using: &random)
            let proof = try proof(index, in: size)
            #expect(proof.hashes == tree.path(index, 0..<size))
            try proof.verify(
                tree.leaves[index], at: EntryIndex(checked: index), in: tree.head(size))
        }
    }

    @Test("does not hold for another place, leaf, size or root, nor changed in any way")
    func changed() throws {
        for size in 1...20 {
            let head = try tree.head(size)
            for index in 0..<size {
                let proof = try proof(index, in: size)
                let leaf = tree.leaves[index]
                for other in 0..<24 where other != index {
                    #expect(try fails(proof, leaf, other, head), "\(size) \(index) \(other)")
                }
                #expect(try fails(proof, tree.leaves[size], index, head))
                #expect(try fails(proof, leaf, index, tree.head(size + 1)))
                for hashes in mutations(of: proof.hashes) {
                    #expect(try fails(InclusionProof(hashes: hashes), leaf, index, head))
                }
            }
        }
    }

    @Test("names why it does not hold")
    func errors() throws {
        let head = try tree.head(5)
        let proof = try proof(2, in: 5)
        let leaf = tree.leaves[2]
        let index = try EntryIndex(checked: 2)
        #expect(throws: ProofError.outside) {
            try proof.verify(leaf, at: EntryIndex(checked: 5), in: head)
        }
        #expect(throws: ProofError.outside) {
            try InclusionProof(hashes: []).verify(leaf, at: index, in: tree.head(0))
        }
        #expect(throws: ProofError.length) {
            try InclusionProof(hashes: proof.hashes + [leaf]).verify(leaf, at: index, in: head)
        }
        #expect(throws: ProofError.length) {
            try InclusionProof(hashes: proof.hashes.dropLast()).verify(leaf, at: index, in: head)
        }
        #expect(throws: ProofError.root) {
            try proof.verify(tree.leaves[3], at: index, in: head)
        }
        #expect(throws: ProofError.length) {
            try InclusionProof(
                hashes: [MerkleHash](repeating: leaf, count: InclusionProof.hashesMax + 1))
        }
        #expect(throws: ProofError.outside) {
            try ProofPlan.inclusion(of: index, in: TreeSize(checked: 2))
        }
        #expect(throws: ProofError.outside) {
            try ProofPlan.inclusion(of: EntryIndex(checked: 0), in: .zero)
        }
    }

    @Test("works in the greatest tree, in as many hashes as are allowed at most")
    func greatest() throws {
        var source = UniformSource()
        let size = try TreeSize(checked: TreeSize.valueMax)
        let root = try #require(ProofPlan.root(of: size).hashes(from: &source).first)
        var random = RepeatableRandom(seed: 3)
        let places = [0, 1, size.value - 1, size.value / 2]
        for place in places + (0..<50).map({ _ in Int.random(in: 0..<size.value, using: &random) })
        {
            let index = try EntryIndex(checked: place)
            let plan = try ProofPlan.inclusion(of: index, in: size)
            let proof = try InclusionProof(hashes: plan.hashes(from: &source))
            try proof.verify(source.leaf, at: index, in: TreeHead(size: size, root: root))
            if place == 0 { #expect(proof.hashes.count == InclusionProof.hashesMax) }
        }
    }

    private func fails(
        _ proof: InclusionProof, _ leaf: MerkleHash, _ index: Int, _ head: TreeHead
    ) throws -> Bool {
        let index = try EntryIndex(checked: index)
        return (try? proof.verify(leaf, at: index, in: head)) == nil
    }
}

/// A tree in which all entries are the same: a node's hash depends on its level alone, so that trees
/// of any size can be asked.
struct UniformSource: HashSource {
    let leaf = MerkleHash.leaf([7])
    private let levels: [MerkleHash]

    init() {
        let leaf = leaf
        levels = (0..<53).reduce(into: [leaf]) { levels, _ in
            let last = levels.last ?? leaf
            levels.append(.node(last, last))
        }
    }

    func hash(of node: TreeNode) -> MerkleHash { levels[node.level] }
}

/// One hash fewer at either end, one more, one changed, two exchanged.
func mutations(of hashes: [MerkleHash]) -> [[MerkleHash]] {
    let other = MerkleHash.leaf(Array("other".utf8))
    var mutations = [hashes + [other], [other] + hashes]
    for place in hashes.indices {
        var changed = hashes
        changed[place] = other
        mutations.append(changed)
    }
    if let last = hashes.last {
        mutations += [hashes.dropLast(), Array(hashes.dropFirst()), hashes + [last]]
    }
    if hashes.count > 1, hashes[0] != hashes[1] {
        var changed = hashes
        changed.swapAt(0, 1)
        mutations.append(changed)
    }
    return mutations
}
