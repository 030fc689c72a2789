import TransparencyLog

/// Which filters an entry speaks of, by their digests in the manifest's order.
public enum LogFilters: Hashable, Sendable {
    /// Of none.
    case none
    /// Of these, 1 to `LogEntry.filtersMax`.
    case digests([MerkleHash])
    /// Of more: the root of the tree whose entries are the digests, so that each of them can be
    /// proved to be there.
    case root(MerkleHash)

    /// The filters of these digests.
    public init(_ digests: [MerkleHash]) {
        switch digests.count {
        case 0: self = .none
        case 1...LogEntry.filtersMax: self = .digests(digests)
        default: self = .root(.root(of: digests.lazy.map { MerkleHash.leaf($0.bytes) }))
        }
    }
}
