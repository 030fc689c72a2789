import Book
import Membership
import Pseudonym
import RiskStandard

/// Checks rows against the charter and the standard, and makes of them what is cheap: references
/// and digests.
struct RowPreparation: Sendable {
    let schemes: SchemeRegistry
    /// The charter's schemes as text, by which another charter is told.
    let schemePatterns: String
    let standard: Standard
    let references: ReferenceKey
    let header: BookHeader
    /// Whether only subjects may be held that are nobody: the member is on trial.
    let inventedOnly: Bool
    /// Digests files that are evidence; nil: none is within reach.
    let evidence: EvidenceDigester?
    /// What may be displayed today; nil: whatever the book holds.
    let terms: DisplayTerms?

    /// What becomes of a row; `line` is its digest where it has one.
    func outcome(of row: BookRow, line: LineDigest? = nil) -> RowOutcome {
        switch row {
        case .rejected(let rejection):
            return .rejected(rejection, account: rejection.accountNumber.map(reference))
        case .record(let record):
            do {
                return .prepared(try prepare(record, line: line))
            } catch {
                return .rejected(error, account: reference(record.accountNumber))
            }
        }
    }

    /// What a line of a consent file becomes, or why there is nothing.
    func consent(_ row: ConsentRow) -> Result<PreparedConsent, RejectedRow> {
        switch row {
        case .rejected(let rejection): return .failure(rejection)
        case .entry(let entry):
            do {
                let party = try subject(
                    scheme: entry.scheme, identifier: entry.identifier, name: nil, kind: nil,
                    refusing: Refusal(line: entry.line, original: entry.original))
                let consent = try HeldConsent.checked(entry.consent, line: entry.line).get()
                return .success(PreparedConsent(party: party, consent: consent))
            } catch {
                return .failure(error)
            }
        }
    }

    /// The subject with its name in normal form and that name's digest, which only rows that say
    /// something new need.
    func named(_ party: PreparedSubject) -> PreparedSubject {
        guard let stated = party.statedName, let name = SubjectName(stated) else { return party }
        var named = party
        named.name = name
        named.identity = SubjectIdentity(
            reference: party.identity.reference,
            nameDigest: references.nameDigest(member: header.member, name: name.bytes))
        return named
    }

    /// Whether the account's time is over, so that it would be deleted as soon as it is published.
    func hasEnded(_ row: PreparedRow) -> Bool {
        terms?.hasEnded(row.account, of: row.party.kind) ?? false
    }

    /// A row's consent with the digest of the file that proves it.
    /// - Throws: the file could be read when the row was prepared, and no longer can.
    func consentWithEvidence(of row: PreparedRow) throws(EvidenceFault) -> HeldConsent? {
        guard var consent = row.consent, consent.evidenceDigest == nil, let evidence,
            let file = row.record.consent?.evidenceFile
        else { return row.consent }
        let digested = try evidence.digest(file)
        consent.evidenceDigest = digested.digest
        consent.evidenceSalt = digested.salt
        return consent
    }

    /// The reference of a record's account.
    func reference(_ accountNumber: String) -> AccountReference {
        references.reference(member: header.member, accountNumber: accountNumber)
    }
}

extension RowPreparation {
    /// Where a row stands and what it was, for its reject.
    struct Refusal {
        let line: Int
        let original: [UInt8]

        func callAsFunction(_ code: String, _ reason: String) -> RejectedRow {
            var row = RejectedRow(line: line, column: nil, code: code, reason: reason)
            row.original = original
            return row
        }
    }

    private func prepare(
        _ record: AccountRecord, line: LineDigest?
    ) throws(RejectedRow) -> PreparedRow {
        let refusal = Refusal(line: record.line, original: record.original)
        let party = try subject(
            scheme: record.scheme, identifier: record.identifier, name: record.name,
            kind: record.subjectKind, refusing: refusal)
        let classification = try classify(record, refusing: refusal)
        guard record.fitsMessages else {
            throw refusal(
                RejectCode.amountOverflow.rawValue, "an amount of more than 2^53 − 1 minor units")
        }
        var consent: HeldConsent?
        if let stated = record.consent {
            do {
                consent = try HeldConsent.checked(stated, line: record.line).get()
            } catch {
                var row = error
                row.original = record.original
                throw row
            }
            try checkEvidence(of: stated, refusing: refusal)
        }
        let reference = reference(record.accountNumber)
        let content = RowContent(
            record, kind: party.kind, classification: classification, by: standard)
        return PreparedRow(
            record: record, party: party,
            identity: RowIdentity(
                account: reference, subject: party.identity.reference,
                digest: references.rowDigest(member: header.member, content: content.bytes),
                line: record.meansTheSameLater ? line : nil),
            account: HeldAccount(
                record, reference: reference, classification: classification,
                standard: standard.id, asOf: header.asOf),
            consent: consent)
    }

    /// The file is read only when the row says something new.
    private func checkEvidence(
        of consent: ConsentRecord, refusing refusal: Refusal
    ) throws(RejectedRow) {
        guard let evidence, let file = consent.evidenceFile, consent.evidenceDigest == nil else {
            return
        }
        do {
            try evidence.check(file)
        } catch {
            throw refusal("evidence-file", error.rawValue)
        }
    }

    private func classify(
        _ record: AccountRecord, refusing refusal: Refusal
    ) throws(RejectedRow) -> Classification {
        do {
            return try standard.classify(
                record.facts, segment: record.retail ? .retail : .nonRetail, asOf: header.asOf,
                opened: record.openedMonth)
        } catch {
            throw refusal("facts-contradict", "\(error)")
        }
    }

    private func subject(
        scheme: String, identifier: String, name: String?, kind: SubjectKind?,
        refusing refusal: Refusal
    ) throws(RejectedRow) -> PreparedSubject {
        let normal: Identifier
        do {
            normal = try schemes.identifier(identifier, scheme: scheme)
        } catch {
            let isRounded = SpreadsheetDamage.mayBeRounded(identifier.utf8)
            let found = isRounded ? .damagedBySpreadsheet : error
            throw refusal(found.code, found.rule)
        }
        guard !inventedOnly || normal.isInvented else {
            throw refusal(
                "invented-only", "a member on trial holds nobody but invented subjects")
        }
        return PreparedSubject(
            identifier: normal, statedName: name,
            kind: kind ?? (normal.isPersonal ? .person : .enterprise),
            identity: SubjectIdentity(
                reference: references.subject(
                    member: header.member, scheme: normal.scheme.rawValue,
                    identifier: normal.normalForm),
                nameDigest: nil))
    }
}

extension RejectedRow: Error {}

extension AccountRecord {
    /// Whether the same record means the same on any later day, with no look at anything else: a
    /// class may move with the age of a date, and a file of evidence may be gone.
    fileprivate var meansTheSameLater: Bool {
        guard consent?.evidenceFile == nil else { return false }
        return !facts.fields.contains { field in
            if case .date = field.value { true } else { false }
        }
    }
}

extension RejectedRow {
    /// A reject of the importer, whose codes are its own.
    init(line: Int, column: String?, code: String, reason: String) {
        self.init(line: line, column: column, code: .valueMalformed, reason: reason)
        self.code = code
    }
}
