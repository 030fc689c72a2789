/// A filter that this node made.
public struct PublishedFilter: Sendable, Equatable {
    /// What the manifest says of it.
    public let entry: ManifestFilter
    /// The tokens that it and the filters before it cover.
    public let position: TokenPosition
    /// Whether it was built from all tokens; otherwise from those after the filter before it.
    public let isComplete: Bool

    /// Makes a filter.
    public init(entry: ManifestFilter, position: TokenPosition, isComplete: Bool) {
        self.entry = entry
        self.position = position
        self.isComplete = isComplete
    }
}

/// How far the tokens of the store have moved on; equal positions mean equal sets of tokens.
public struct TokenPosition: Sendable, Equatable {
    /// Grows with every token added.
    public let additions: Int64
    /// Grows whenever tokens went.
    public let removals: Int64

    /// Makes a position.
    public init(additions: Int64, removals: Int64) {
        self.additions = additions
        self.removals = removals
    }
}
