import Testing

@testable import TransparencyLog

@Suite("Consistency proof")
struct ConsistencyProofTests {
    private let tree = NaiveTree(size: 2000)

    private func proof(_ first: Int, _ second: Int) throws -> ConsistencyProof {
        let plan = try ProofPlan.consistency(
            from: TreeSize(checked: first), to: TreeSize(checked: second))
        var source = NaiveSource(tree: tree)
        return try ConsistencyProof(hashes: plan.hashes(from: &source))
    }

    @Test("is the definition's between all sizes to 70, and verifies")
    func allSmall() throws {
        let heads = try (0...70).map(tree.head)
        for second in 1...70 {
            for first in 1...second {
                let proof = try proof(first, second)
                #expect(proof.hashes == tree.subproof(first, 0..<second, true))
                try proof.verify(from: heads[first], to: heads[second])
            }
        }
    }

    @Test("is the definition's between some sizes to 300, and larger ones")
    func someLarger() throws {
        var random = RepeatableRandom(seed: 4)
        let larger = (0..<10).map { _ in Int.random(in: 301...2000, using: &random) }
        for second in Array(71...300) + larger {
            let first = Int.random(in: 1...second, using: &random)
            let proof = try proof(first, second)
            #expect(proof.hashes == tree.subproof(first, 0..<second, true))
            try proof.verify(from: tree.head(first), to: tree.head(second))
        }
    }

    @Test("does not hold for other sizes or roots, nor changed in any way")
    func changed() throws {
        let heads = try (0...22).map(tree.head)
        for second in 1...20 {
            for first in 1...second {
                let proof = try proof(first, second)
                for other in 1...20 where other != first {
                    let head = TreeHead(size: heads[other].size, root: heads[first].root)
                    #expect(fails(proof, head, heads[second]), "\(first) \(second) \(other)")
                }
                let altered = TreeHead(size: heads[first].size, root: .leaf([9]))
                #expect(fails(proof, altered, heads[second]))
                #expect(fails(proof, heads[first], heads[second + 1]))
                for hashes in mutations(of: proof.hashes) {
                    let mutated = try ConsistencyProof(hashes: hashes)
                    #expect(fails(mutated, heads[first], heads[second]))
                }
            }
        }
    }

    @Test("a tree from which an entry was taken does not follow on the old one")
    func removedEntry() throws {
        var leaves = tree.leaves.prefix(100)
        leaves.remove(at: 3)
        let forged = TreeHead(
            size: try TreeSize(checked: 99), root: MerkleHash.root(of: leaves))
        #expect(fails(try proof(50, 99), try tree.head(50), forged))
    }

    @Test("names why it does not hold")
    func errors() throws {
        let proof = try proof(3, 7)
        #expect(throws: ProofError.emptyTree) {
            try proof.verify(from: tree.head(0), to: tree.head(7))
        }
        #expect(throws: ProofError.outside) {
            try proof.verify(from: tree.head(8), to: tree.head(7))
        }
        #expect(throws: ProofError.length) {
            try proof.verify(from: tree.head(7), to: tree.head(7))
        }
        #expect(throws: ProofError.length) {
            try ConsistencyProof(hashes: []).verify(from: tree.head(3), to: tree.head(7))
        }
        #expect(throws: ProofError.root) {
            let other = TreeHead(size: try TreeSize(checked: 7), root: .leaf([]))
            try ConsistencyProof(hashes: []).verify(from: tree.head(7), to: other)
        }
        #expect(throws: ProofError.length) {
            try ConsistencyProof(
                hashes: [MerkleHash](
                    repeating: .leaf([]), count: ConsistencyProof.hashesMax + 1))
        }
        #expect(throws: ProofError.emptyTree) {
            try ProofPlan.consistency(from: .zero, to: TreeSize(checked: 2))
        }
        #expect(throws: ProofError.outside) {
            try ProofPlan.consistency(from: TreeSize(checked: 3), to: TreeSize(checked: 2))
        }
    }

    @Test("works between the greatest trees, in as many hashes as are allowed at most")
    func greatest() throws {
        var source = UniformSource()
        let second = try TreeSize(checked: TreeSize.valueMax)
        let head = try head(of: second)
        var random = RepeatableRandom(seed: 5)
        let firsts = [1, 2, second.value - 1, second.value, 1 << 52, (1 << 52) - 1]
        var longest = 0
        for value in firsts
            + (0..<50).map({ _ in Int.random(in: 1...second.value, using: &random) })
        {
            let first = try TreeSize(checked: value)
            let plan = try ProofPlan.consistency(from: first, to: second)
            let proof = try ConsistencyProof(hashes: plan.hashes(from: &source))
            try proof.verify(from: self.head(of: first), to: head)
            longest = max(longest, proof.hashes.count)
        }
        #expect(longest == ConsistencyProof.hashesMax)
    }

    private func head(of size: TreeSize) throws -> TreeHead {
        var source = UniformSource()
        let root = try #require(ProofPlan.root(of: size).hashes(from: &source).first)
        return TreeHead(size: size, root: root)
    }

    private func fails(_ proof: ConsistencyProof, _ first: TreeHead, _ second: TreeHead) -> Bool {
        (try? proof.verify(from: first, to: second)) == nil
    }
}
