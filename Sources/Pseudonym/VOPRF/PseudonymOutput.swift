/// The 64 bytes of the VOPRF for one subject under one node's key: the token and the key of the
/// name check (protocol.md §3).
public struct PseudonymOutput: Equatable, Sendable, Redacted {
    /// See `Redacted`.
    public static let redactedLabel = "<pseudonym output>"

    /// Bytes 0…31: what the subject is called at that node.
    public let token: Token

    private let nameKey: Bytes32

    init(_ digest: Digest512) {
        token = Token(digest.low)
        nameKey = digest.high
    }

    /// The check of `name` under bytes 32…63, which only those who know the identifier can compute.
    public func nameCheck(_ name: SubjectName) -> NameCheck {
        NameCheck(name: name, key: nameKey)
    }

    /// All 64 bytes.
    var bytes: [UInt8] { token.bytes + nameKey.array }
}
