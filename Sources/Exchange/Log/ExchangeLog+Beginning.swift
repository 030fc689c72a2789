import TransparencyLog

extension ExchangeLog {
    /// Whether a tree is the beginning of this log's, or all of it. One that is larger is not.
    ///
    /// - Throws: `LogError.stopped` when the log's own tiles do not prove it one way or the other.
    public func begins(with first: TreeHead) async throws(LogError) -> Bool {
        let head = try await checkpoint().checkpoint.head
        guard first.size <= head.size else { return false }
        if first.size == head.size { return first.root == head.root }
        // The empty tree is the beginning of every log.
        guard let plan = try? ProofPlan.consistency(from: first.size, to: head.size) else {
            return first.size == .zero
        }
        var tiles = FetchedTiles()
        try await tiles.fetch(for: plan, in: head.size) { id throws(LogError) in
            guard let bytes = try await tile(id) else { throw .stopped }
            return bytes
        }
        guard let hashes = tiles.hashes(of: plan, in: head.size),
            let proof = try? ConsistencyProof(hashes: hashes)
        else { throw .stopped }
        return (try? proof.verify(from: first, to: head)) != nil
    }
}
