import Membership
import Pseudonym

/// Seals the identities of members that have a rekey key (protocol/rekey.md).
public struct RekeySealer: IdentitySealer {
    private let keys: [MemberID: RekeyPublicKey]

    /// Seals to the public halves of the members' rekey keys.
    public init(_ keys: [MemberID: RekeyPublicKey]) {
        self.keys = keys
    }

    /// Begins a write under a data key of its own; nil when the member has no rekey key.
    public func begin(for member: MemberID) throws -> (any SealingSession)? {
        try keys[member].map(RekeySession.init)
    }
}

/// One write's data key, which is overwritten when the session goes.
struct RekeySession: SealingSession {
    let keyBox: [UInt8]
    private let key: DataKey

    init(_ rekeyKey: RekeyPublicKey) throws(SealingError) {
        key = DataKey.random()
        keyBox = try key.box(for: rekeyKey)
    }

    func seal(_ identity: ClearIdentity, for subject: SubjectReference) throws -> [UInt8] {
        let sealable = try SealableSubject(
            scheme: identity.scheme, normalForm: identity.identifier,
            names: [identity.name].compactMap(\.self))
        return key.seal(sealable, for: subject.bytes)
    }

    func seal(accountNumber: String, for account: AccountReference) throws -> [UInt8] {
        guard let number = SealableAccountNumber(accountNumber) else { throw SealingError.form }
        return key.seal(number, for: account.bytes)
    }
}
