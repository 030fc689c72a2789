import Testing

@testable import TransparencyLog

@Suite("Proofs of the entries added last")
struct RecentProofsTests {
    private let tree = NaiveTree(size: 1400)

    @Test(
        "are those of the definition, for every entry of every batch",
        arguments: [[1, 1, 1, 1], [255, 1, 1], [256, 256, 3], [7, 600, 1], [1000, 400], [513]])
    func defined(batches: [Int]) throws {
        var appender = TileAppender()
        for batch in batches {
            let start = appender.size.value
            let tiles = try appender.append(tree.leaves[start..<start + batch])
            let size = appender.size.value
            var proofs = RecentProofs(in: appender.size, tiles: tiles + appender.edgeTiles)
            for index in start..<size {
                let proof = try proofs.proof(of: EntryIndex(checked: index))
                #expect(proof.hashes == tree.path(index, 0..<size))
            }
        }
    }

    @Test("are refused for an entry whose tiles are not there")
    func outside() throws {
        var appender = TileAppender()
        _ = try appender.append(tree.leaves.prefix(600))
        let tiles = try appender.append(tree.leaves[600..<601])
        var proofs = RecentProofs(in: appender.size, tiles: tiles)
        let (old, after) = (try EntryIndex(checked: 3), try EntryIndex(checked: 601))
        #expect(throws: ProofError.outside) { try proofs.proof(of: old) }
        #expect(throws: ProofError.outside) { try proofs.proof(of: after) }
    }
}
