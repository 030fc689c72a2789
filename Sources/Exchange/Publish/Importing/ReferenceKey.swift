import Crypto
import Membership

/// The secret by which a member's account numbers and borrowers become stable references without
/// meaning: the first bytes of HMAC-SHA-256(key, label 0x00 member 0x00 value …).
///
/// | Label | Value | Bytes |
/// |---|---|---|
/// | `creditmesh-ref-v1` | account number | 16 |
/// | `creditmesh-borrower-v1` | scheme 0x00 identifier in normal form | 16 |
/// | `creditmesh-name-v1` | name in normal form | 8 |
/// | `creditmesh-row-v1` | what a row says (`RowContent`) | 16 |
/// | `creditmesh-line-v1` | digest of what gives the cells meaning 0x00 the cells (`LineMarker`) | 16 |
/// | `creditmesh-case-v1` | an asker's case | 32 |
/// | `creditmesh-request-v1` | a request that may be repeated | 32 |
///
/// To anyone without the key they are as good as random (protocol/messages.md, `ref`); the same
/// number gives the same reference at every import, also after the store was lost.
public struct ReferenceKey: Sendable {
    /// Keyed, and fed with nothing yet: to key it anew for every value costs more than the value.
    private let keyed: HMAC<SHA256>

    /// Takes a key of 32 bytes; nil for any other count.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 32 else { return nil }
        keyed = HMAC(key: SymmetricKey(data: Array(bytes)))
    }

    /// The reference of a member's account.
    public func reference(member: MemberID, accountNumber: String) -> AccountReference {
        AccountReference(digest("creditmesh-ref-v1", member, [Array(accountNumber.utf8)]))
    }

    /// The reference of a member's borrower; the identifier is in normal form.
    func subject(member: MemberID, scheme: String, identifier: String) -> SubjectReference {
        SubjectReference(
            digest(
                "creditmesh-borrower-v1", member,
                [Array(scheme.utf8), Array(identifier.utf8)]))
    }

    /// Of a name in normal form.
    func nameDigest(member: MemberID, name: [UInt8]) -> [UInt8] {
        let digest = digest("creditmesh-name-v1", member, [name])
        return Array(digest.prefix(SubjectIdentity.nameDigestCount))
    }

    /// Of what a row says.
    func rowDigest(member: MemberID, content: [UInt8]) -> [UInt8] {
        Array(digest("creditmesh-row-v1", member, [content]).prefix(RowIdentity.digestCount))
    }

    /// A digest of 32 bytes of an asker's case, so that repeats within it are recognised.
    func caseDigest(member: MemberID, caseName: String) -> [UInt8] {
        Array(digest("creditmesh-case-v1", member, [Array(caseName.utf8)]))
    }

    /// A digest of 32 bytes of a request that may be repeated; it may hold an identifier.
    func requestDigest(member: MemberID, request: [UInt8]) -> [UInt8] {
        Array(digest("creditmesh-request-v1", member, [request]))
    }

    /// Makes digests of lines; `meaning` is what gives their cells meaning.
    func lineMarker(member: MemberID, meaning: [UInt8]) -> LineMarker {
        var input = Array("creditmesh-line-v1".utf8)
        for value in [Array(member.description.utf8), Array(SHA256.hash(data: meaning))] {
            input.append(0)
            input.append(contentsOf: value)
        }
        input.append(0)
        var authenticator = keyed
        authenticator.update(data: input)
        return LineMarker(authenticator)
    }

    private func digest(
        _ label: String, _ member: MemberID, _ values: [[UInt8]]
    ) -> HMAC<SHA256>.MAC {
        var input = Array(label.utf8)
        for value in [Array(member.description.utf8)] + values {
            input.append(0)
            input.append(contentsOf: value)
        }
        var authenticator = keyed
        authenticator.update(data: input)
        return authenticator.finalize()
    }
}

extension AccountReference {
    fileprivate init(_ digest: some Sequence<UInt8>) {
        bytes = Array(digest.prefix(16))
    }
}

extension SubjectReference {
    fileprivate init(_ digest: some Sequence<UInt8>) {
        bytes = Array(digest.prefix(Self.count))
    }
}
