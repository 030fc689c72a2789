/// What a filter is made of: the hashes of distinct tokens, in order, eight bytes a token, so that a
/// node with millions of subjects need not hold their tokens.
///
/// Tokens that differ may have equal hashes; each of them counts.
public struct TokenHashes: Sendable, Equatable {
    /// The first 8 bytes of each token as a big-endian number (protocol/messages.md, filters),
    /// ascending.
    public private(set) var values: [UInt64] = []
    private var last: Token?

    /// No tokens.
    public init() {}

    /// The hashes of tokens in any order; a token given twice counts once.
    public init(_ tokens: some Sequence<Token>) {
        for token in tokens.sorted() { append(token) }
    }

    /// Whether there are none.
    public var isEmpty: Bool { values.isEmpty }

    /// How many distinct tokens.
    public var count: Int { values.count }

    /// Adds a token that is the last one again, or comes after it in the order of the bytes.
    ///
    /// - Precondition: it does not come before it.
    public mutating func append(_ token: Token) {
        if let last {
            precondition(last <= token, "tokens come in their order")
            if last == token { return }
        }
        values.append(token.filterHash)
        last = token
    }
}
