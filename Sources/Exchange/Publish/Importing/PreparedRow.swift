import Book
import Pseudonym
import RiskStandard

/// A row that can be taken: everything but its subject's tokens, which cost more than the rest
/// together. A class, because it is large and handed on from array to array.
final class PreparedRow: Sendable {
    let record: AccountRecord
    let party: PreparedSubject
    let identity: RowIdentity
    let account: HeldAccount
    let consent: HeldConsent?

    init(
        record: AccountRecord, party: PreparedSubject, identity: RowIdentity,
        account: HeldAccount, consent: HeldConsent?
    ) {
        self.record = record
        self.party = party
        self.identity = identity
        self.account = account
        self.consent = consent
    }
}

/// Whom a row is about.
struct PreparedSubject: Sendable {
    let identifier: Identifier
    /// Nil until `RowPreparation.named`, and so is the digest of the name.
    var name: SubjectName?
    /// The name as the file states it.
    let statedName: String?
    let kind: SubjectKind
    var identity: SubjectIdentity

    /// The identity in the clear, for sealing.
    var clear: ClearIdentity {
        ClearIdentity(
            scheme: identifier.scheme.rawValue, identifier: identifier.normalForm,
            name: statedName)
    }
}

/// A line of a consent file that can be taken.
struct PreparedConsent: Sendable {
    let party: PreparedSubject
    let consent: HeldConsent
}
