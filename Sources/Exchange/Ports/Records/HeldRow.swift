import Book

/// An account with its party, as it stands in the book; what an export works on.
public struct HeldRow: Sendable, Equatable {
    /// Its number in the store, by which pages go on.
    public let id: Int64
    /// The part of the book.
    public let part: String
    /// The borrower; nil for one that was stored before there were references.
    public let subject: SubjectReference?
    /// Person or enterprise.
    public let kind: SubjectKind
    /// Deceased or bankrupt.
    public let subjectStatus: SubjectStatus?
    /// The account.
    public let account: HeldAccount
    /// The consents of the subject that came with the member's book.
    public let consents: [HeldConsent]
    /// Identifier and names, sealed; nil when nothing is.
    public let sealedSubject: SealedBytes?
    /// The account number, sealed; nil when nothing is.
    public let sealedAccount: SealedBytes?

    /// Makes a row.
    public init(
        id: Int64, part: String, subject: SubjectReference?, kind: SubjectKind,
        subjectStatus: SubjectStatus?, account: HeldAccount, consents: [HeldConsent],
        sealedSubject: SealedBytes?, sealedAccount: SealedBytes?
    ) {
        self.id = id
        self.part = part
        self.subject = subject
        self.kind = kind
        self.subjectStatus = subjectStatus
        self.account = account
        self.consents = consents
        self.sealedSubject = sealedSubject
        self.sealedAccount = sealedAccount
    }
}
