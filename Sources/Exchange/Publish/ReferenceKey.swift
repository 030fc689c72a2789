import Crypto
import Membership

/// The secret by which a member's account numbers become stable references without meaning:
/// the first 16 bytes of HMAC-SHA-256(key, `creditmesh-ref-v1` 0x00 member 0x00 number).
///
/// To anyone without the key they are as good as random (protocol/messages.md, `ref`); the same
/// number gives the same reference at every import, also after the store was lost.
public struct ReferenceKey: Sendable {
    private let key: SymmetricKey

    /// Takes a key of 32 bytes; nil for any other count.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 32 else { return nil }
        key = SymmetricKey(data: Array(bytes))
    }

    /// The reference of a member's account.
    func reference(member: MemberID, accountNumber: String) -> AccountReference {
        AccountReference(digest("creditmesh-ref-v1", member: member, value: accountNumber))
    }

    /// A digest of 32 bytes of an asker's case, so that repeats within it are recognised.
    func caseDigest(member: MemberID, caseName: String) -> [UInt8] {
        Array(digest("creditmesh-case-v1", member: member, value: caseName))
    }

    private func digest(
        _ label: String, member: MemberID, value: String
    ) -> HMAC<SHA256>.MAC {
        let input = [label, member.description, value].map { Array($0.utf8) }
        return HMAC<SHA256>.authenticationCode(
            for: input.joined(separator: [0]).map(\.self), using: key)
    }
}

extension AccountReference {
    fileprivate init(_ digest: some Sequence<UInt8>) {
        bytes = Array(digest.prefix(16))
    }
}
