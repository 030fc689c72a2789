import Membership

/// Seals identities for later, so that only the holder of a member's rekey key can read them
/// (protocol/rekey.md).
public protocol IdentitySealer: Sendable {
    /// Begins an import of a member's book under a data key of its own; nil when the member has no
    /// rekey key.
    func begin(for member: MemberID) throws -> (any SealingSession)?
}

/// One import's data key; forgotten with the session.
public protocol SealingSession: Sendable {
    /// The data key, sealed to the member's rekey key; 1 to 1024 bytes.
    var keyBox: [UInt8] { get }

    /// Seals whom an account is about; the reference is bound to it. 1 to 8192 bytes.
    func seal(_ identity: ClearIdentity, for subject: SubjectReference) throws -> [UInt8]

    /// Seals the lender's own number of an account; the reference is bound to it.
    func seal(accountNumber: String, for account: AccountReference) throws -> [UInt8]
}

/// An identifier in normal form with the name that a file states, on its way into a seal.
public struct ClearIdentity: Sendable, CustomStringConvertible, CustomReflectable {
    /// The identifier's scheme.
    public let scheme: String
    /// The identifier in normal form.
    public let identifier: String
    /// The name as the file states it.
    public let name: String?

    /// Makes an identity.
    public init(scheme: String, identifier: String, name: String?) {
        self.scheme = scheme
        self.identifier = identifier
        self.name = name
    }

    /// Shows nobody.
    public var description: String { "<identity>" }
    /// Shows nothing beyond ``description``.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
