import Book
import Crypto
import Exchange
import Membership
import RiskStandard

extension HeldEntry {
    /// An entry whose row is recognised by its account, one of its subject's tokens and what it says.
    public init(
        subject: SubjectKey, subjectStatus: SubjectStatus?, account: HeldAccount,
        consent: HeldConsent?
    ) {
        var stated = account
        stated.asOf = CalendarDate(daysSinceEpoch: 0) ?? account.asOf
        var content = Array("\(stated)\(subjectStatus as Any)\(subject.kind)".utf8)
        if let consent { content += "\(consent)".utf8 }
        for token in subject.tokens {
            content += Array(token.kid.utf8) + (token.nameCheck?.bytes ?? [])
        }
        let digest = SHA256.hash(data: content)
        self.init(
            identity: RowIdentity(
                account: account.reference, subject: SubjectReference(of: subject),
                digest: Array(digest.prefix(RowIdentity.digestCount))),
            subject: subject, subjectStatus: subjectStatus, account: account, consent: consent)
    }
}

extension SubjectConsent {
    /// A consent of a subject that is recognised by one of its tokens.
    public init(subject: SubjectKey, consent: HeldConsent) {
        self.init(
            reference: SubjectReference(of: subject), subject: subject, consent: consent)
    }
}

extension SubjectReference {
    /// The same whatever keys the subject has tokens under, as long as the first by name is there.
    init(of subject: SubjectKey) {
        let token = subject.tokens.min { $0.kid < $1.kid }?.token.bytes ?? []
        let digest = Array(SHA256.hash(data: token).prefix(Self.count))
        guard let reference = SubjectReference(bytes: digest) else {
            preconditionFailure("16 bytes are a reference")
        }
        self = reference
    }
}

extension BookDraft {
    /// Compares entries and puts what is new; returns the indexes of the duplicates.
    @discardableResult
    public func add(_ entries: [HeldEntry]) throws -> [Int] {
        let standings = try compare(entries.map { .read($0.identity) })
        try put(
            zip(entries, standings).filter { ![.duplicate, .unchanged].contains($0.1) }.map(\.0))
        return standings.indices.filter { standings[$0] == .duplicate }
    }
}

extension Store {
    /// Imports without asking anyone.
    @discardableResult
    public func importBook(
        _ header: BookHeader, fill: (any BookDraft) throws -> Void
    ) throws -> ImportChanges {
        try importBook(header, fill: fill, approve: { _ in nil })
    }
}

extension Store {
    /// The accounts of a member by the classes that were imported.
    public func classTotals(of member: MemberID) async throws -> [ClassTotal] {
        try await classTotals(of: member, judged: { $0 })
    }
}
