/// A subject under one node's key: the first 32 bytes of the VOPRF output. Means nothing to anyone
/// without that key, and is nevertheless personal data.
public struct Token: Hashable, Sendable, Redacted {
    /// See `Redacted`.
    public static let redactedLabel = "<token>"

    /// The length in bytes.
    public static let count = 32

    private let content: Bytes32

    init(_ content: Bytes32) {
        self.content = content
    }

    /// A token received or stored.
    ///
    /// - Throws: `TokenError.length` when it has not exactly 32 bytes.
    public init(bytes: some Collection<UInt8>) throws(TokenError) {
        guard let content = Bytes32(bytes) else { throw .length }
        self.content = content
    }

    /// The 32 bytes.
    public var bytes: [UInt8] { content.array }

    /// The first 8 bytes, big-endian: `h` of the filter (protocol.md §4).
    var filterHash: UInt64 { content.leadingWord }
}

extension Token: Comparable {
    /// The order of the bytes, which is also the filter's order.
    public static func < (left: Token, right: Token) -> Bool {
        left.content < right.content
    }
}

/// Why bytes are not a token; the fault of whoever sent them.
public enum TokenError: Error, Equatable, Sendable {
    /// Not exactly 32 bytes.
    case length
}
