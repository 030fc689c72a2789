import Membership

/// A hard inquiry that a member of this node made.
public struct Inquiry: Sendable {
    /// The member that asked.
    public let member: MemberID
    /// About whom.
    public let subject: SubjectKey
    /// The subject as the member's book would know it; nil where it is not known.
    public let reference: SubjectReference?
    /// The subject's identity for later; nil: nothing is sealed.
    public let sealed: SealedBytes?
    /// For what.
    public let purpose: String
    /// When.
    public let at: Timestamp
    /// The asker's case, as a keyed digest of 32 bytes; nil: a case of its own.
    public let caseDigest: [UInt8]?
    /// The consent under which it was made, under which it is also disclosed.
    public let consent: HeldConsent

    /// Makes an inquiry.
    public init(
        member: MemberID, subject: SubjectKey, purpose: String, at: Timestamp,
        caseDigest: [UInt8]?, consent: HeldConsent, reference: SubjectReference? = nil,
        sealed: SealedBytes? = nil
    ) {
        self.member = member
        self.subject = subject
        self.purpose = purpose
        self.at = at
        self.caseDigest = caseDigest
        self.consent = consent
        self.reference = reference
        self.sealed = sealed
    }

    /// Days in which repeats within one case count once.
    public static let repeatDays = 30
}
