import Book

/// One account of one subject on its way into the store.
public struct HeldEntry: Sendable {
    /// The row it comes from.
    public let identity: RowIdentity
    /// Whose account; without tokens when the store knows the subject with all of them, or when
    /// only a past day is rewritten.
    public let subject: SubjectKey
    /// Deceased or bankrupt.
    public let subjectStatus: SubjectStatus?
    /// The account.
    public let account: HeldAccount
    /// The consent that came with the row.
    public let consent: HeldConsent?
    /// Identifier and account number for later; nil: nothing is sealed.
    public let sealed: SealedIdentity?

    /// Makes an entry.
    public init(
        identity: RowIdentity, subject: SubjectKey, subjectStatus: SubjectStatus?,
        account: HeldAccount, consent: HeldConsent?, sealed: SealedIdentity? = nil
    ) {
        self.identity = identity
        self.subject = subject
        self.subjectStatus = subjectStatus
        self.account = account
        self.consent = consent
        self.sealed = sealed
    }
}

/// A consent for a subject, from a consent file.
public struct SubjectConsent: Sendable {
    /// Whose consent.
    public let reference: SubjectReference
    /// How the subject is found; without tokens when the store knows it with all of them.
    public let subject: SubjectKey
    /// The consent.
    public let consent: HeldConsent
    /// The subject's sealed identity; nil: nothing is sealed.
    public let sealed: [UInt8]?

    /// Makes an entry.
    public init(
        reference: SubjectReference, subject: SubjectKey, consent: HeldConsent,
        sealed: [UInt8]? = nil
    ) {
        self.reference = reference
        self.subject = subject
        self.consent = consent
        self.sealed = sealed
    }
}
