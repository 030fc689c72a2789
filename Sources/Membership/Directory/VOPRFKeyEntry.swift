import StrictJSON

/// A node's key for pseudonyms (RFC 9497, ristretto255-SHA512; protocol.md §3).
public struct VOPRFKeyEntry: Sendable, Equatable {
    /// Where a key is in its life.
    public enum State: String, Sendable, CaseIterable {
        /// Announced; not asked under yet.
        case next
        /// The one that askers use.
        case current
        /// Still answered for a while, not asked under any more.
        case retiring
    }

    /// The key's name, unique in the node.
    public let kid: KeyName
    /// Where the key is in its life.
    public let state: State
    /// The ristretto255 element that proofs are checked against.
    public let publicKey: PublicKeyBytes

    /// An entry.
    public init(kid: KeyName, state: State, publicKey: PublicKeyBytes) {
        self.kid = kid
        self.state = state
        self.publicKey = publicKey
    }
}

extension VOPRFKeyEntry {
    init(_ field: DirectoryField) throws(DirectoryError) {
        let members = try field.members(known: ["kid", "state", "publicKey"])
        kid = try members.required("kid").name()
        state = try members.required("state").choice()
        publicKey = try members.required("publicKey").publicKey()
    }

    var json: JSONValue {
        .members([
            "kid": .string(kid.text),
            "state": .string(state.rawValue),
            "publicKey": .string(publicKey.base64URL),
        ])
    }
}
