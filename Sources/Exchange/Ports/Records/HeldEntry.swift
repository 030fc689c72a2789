import Book

/// One account of one subject on its way into the store.
public struct HeldEntry: Sendable {
    /// Whose account.
    public let subject: SubjectKey
    /// Deceased or bankrupt.
    public let subjectStatus: SubjectStatus?
    /// The account.
    public let account: HeldAccount
    /// The consent that came with the row.
    public let consent: HeldConsent?

    /// Makes an entry.
    public init(
        subject: SubjectKey, subjectStatus: SubjectStatus?, account: HeldAccount,
        consent: HeldConsent?
    ) {
        self.subject = subject
        self.subjectStatus = subjectStatus
        self.account = account
        self.consent = consent
    }
}

/// A consent for a subject, from a consent file.
public struct SubjectConsent: Sendable {
    /// Whose consent.
    public let subject: SubjectKey
    /// The consent.
    public let consent: HeldConsent

    /// Makes an entry.
    public init(subject: SubjectKey, consent: HeldConsent) {
        self.subject = subject
        self.consent = consent
    }
}
