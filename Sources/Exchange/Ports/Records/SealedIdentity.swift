import Membership

/// What only the holder of a member's rekey key can read: a borrower's identifier and names, and
/// the account's number (protocol/rekey.md).
public struct SealedIdentity: Sendable, Equatable {
    /// Identifier and names, sealed under the import's data key for the subject's reference.
    public let subject: [UInt8]
    /// The account number, sealed under the same key for the account's reference.
    public let account: [UInt8]

    /// Makes a record.
    public init(subject: [UInt8], account: [UInt8]) {
        self.subject = subject
        self.account = account
    }
}

/// Sealed bytes with the key that opens them.
public struct SealedBytes: Sendable, Equatable {
    /// The data key, itself sealed to the member's rekey key.
    public let keyBox: [UInt8]
    /// What is sealed under it.
    public let bytes: [UInt8]

    /// Makes a record.
    public init(keyBox: [UInt8], bytes: [UInt8]) {
        self.keyBox = keyBox
        self.bytes = bytes
    }
}

/// A subject with its sealed identity, for making its tokens under another key.
public struct SealedSubject: Sendable, Equatable {
    /// Its number in the store, by which pages go on.
    public let id: Int64
    /// Its reference; nil for a subject that was stored before there were references, or that only
    /// an inquiry brought.
    public let reference: SubjectReference?
    /// Identifier and names; nil when nothing is sealed.
    public let sealed: SealedBytes?
    /// The keys under which the subject has a token.
    public let kids: Set<String>
    /// Whether it has an account or an inquiry, so that its tokens belong into filters.
    public let isHeld: Bool

    /// Makes a record.
    public init(
        id: Int64, reference: SubjectReference?, sealed: SealedBytes?, kids: Set<String>,
        isHeld: Bool
    ) {
        self.id = id
        self.reference = reference
        self.sealed = sealed
        self.kids = kids
        self.isHeld = isHeld
    }
}

/// A subject's token under a new key, with the checks of all its names.
public struct RekeyedSubject: Sendable {
    /// The subject's number in the store.
    public let id: Int64
    /// One element a known name, or one without a check: all of one token.
    public let tokens: [SubjectToken]

    /// Makes a record.
    public init(id: Int64, tokens: [SubjectToken]) {
        self.id = id
        self.tokens = tokens
    }
}
