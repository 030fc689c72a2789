import Book
import Pseudonym

/// The rows of one import on their way into a draft.
struct ImportWork {
    let preparation: RowPreparation
    let tokens: TokenMaker
    let session: (any SealingSession)?
    let draft: any BookDraft
    var result = BookImportResult()

    init(
        preparation: RowPreparation, tokens: TokenMaker, session: (any SealingSession)?,
        draft: any BookDraft
    ) {
        self.preparation = preparation
        self.tokens = tokens
        self.session = session
        self.draft = draft
    }

    /// Takes the book file to its end.
    mutating func putRows(
        _ rows: () throws -> BookRow?, reject: (RejectedRow) throws -> Void,
        progress: (Int) -> Void
    ) throws {
        while true {
            let batch = try Self.batch(rows)
            if batch.isEmpty { return }
            result.rows += batch.count
            try put(batch, reject: reject)
            progress(result.rows)
        }
    }

    /// Takes the consent file to its end.
    mutating func putConsents(
        _ consents: () throws -> ConsentRow?, reject: (RejectedRow) throws -> Void
    ) throws {
        while true {
            let batch = try Self.batch(consents)
            if batch.isEmpty { return }
            try put(batch, reject: reject)
        }
    }

    private static func batch<Row>(_ rows: () throws -> Row?) throws -> [Row] {
        var batch: [Row] = []
        batch.reserveCapacity(BookImporter.batchSize)
        while batch.count < BookImporter.batchSize, let row = try rows() { batch.append(row) }
        return batch
    }
}

extension ImportWork {
    private mutating func put(
        _ batch: [BookRow], reject: (RejectedRow) throws -> Void
    ) throws {
        let preparation = preparation
        let outcomes = Parallel.map(batch, perTask: 128) { preparation.row($0) }
        var rejected: [(Int, RejectedRow)] = []
        var prepared: [(index: Int, row: PreparedRow)] = []
        var kept: [AccountReference] = []
        for (index, outcome) in outcomes.enumerated() {
            switch outcome {
            case .success(let row): prepared.append((index, row))
            case .failure(let rejection):
                rejected.append((index, rejection))
                if let account = Self.account(of: batch[index], preparation) {
                    kept.append(account)
                }
            }
        }
        try draft.keep(kept)
        let standings = try draft.compare(prepared.map(\.row.identity))
        var wanted: [PreparedRow] = []
        for ((index, row), standing) in zip(prepared, standings) {
            switch standing {
            case .duplicate: rejected.append((index, Self.duplicate(row.record)))
            case .unchanged: result.count(row.account.riskClass)
            // Publishing would delete it, and the next import of the file bring it back. What the
            // book has is put all the same, so that it is not left standing as it was.
            case .new where preparation.hasEnded(row): result.ended += 1
            case .new, .changed, .unsealed, .outdated:
                result.count(row.account.riskClass)
                wanted.append(row)
            }
        }
        try draft.put(try entries(wanted))
        for (_, rejection) in rejected.sorted(by: { $0.0 < $1.0 }) {
            result.countReject(rejection.code)
            try reject(rejection)
        }
    }

    private func entries(_ rows: [PreparedRow]) throws -> [HeldEntry] {
        let keys = try subjectKeys(rows.map(\.party))
        let session = session
        let isOfPastDay = draft.isOfPastDay
        let sealed = try Parallel.map(rows, perTask: 128) { row in
            Result {
                guard let session, !isOfPastDay else { return SealedIdentity?.none }
                return SealedIdentity(
                    subject: try session.seal(
                        row.party.clear, for: row.party.identity.reference),
                    account: try session.seal(
                        accountNumber: row.record.accountNumber, for: row.identity.account))
            }
        }.map { try $0.get() }
        let preparation = preparation
        let consents = try Parallel.map(rows, perTask: 128) { row in
            Result { try preparation.consentWithEvidence(of: row) }
        }.map { try $0.get() }
        return rows.indices.map { index in
            let row = rows[index]
            return HeldEntry(
                identity: row.identity, subject: keys[index],
                subjectStatus: row.record.subjectStatus, account: row.account,
                consent: consents[index], sealed: sealed[index])
        }
    }

    /// The keys of subjects, in their order; tokens only of those that need them, and once where a
    /// batch names a subject several times.
    private func subjectKeys(_ parties: [PreparedSubject]) throws -> [SubjectKey] {
        guard !draft.isOfPastDay else { return parties.map(tokens.knownKey) }
        let known = try draft.knows(parties.map(\.identity), kids: tokens.kids)
        var places: [SubjectIdentity: Int] = [:]
        var unknown: [PreparedSubject] = []
        for (party, isKnown) in zip(parties, known) where !isKnown {
            guard places[party.identity] == nil else { continue }
            places[party.identity] = unknown.count
            unknown.append(party)
        }
        let made = tokens.keys(of: unknown)
        return zip(parties, known).map { party, isKnown in
            guard !isKnown, let place = places[party.identity] else {
                return tokens.knownKey(party)
            }
            let key = made[place]
            return SubjectKey(tokens: key.tokens, kind: party.kind, nameDigest: key.nameDigest)
        }
    }

    private mutating func put(
        _ batch: [ConsentRow], reject: (RejectedRow) throws -> Void
    ) throws {
        let preparation = preparation
        let outcomes = Parallel.map(batch, perTask: 128) { preparation.consent($0) }
        let taken = outcomes.compactMap { try? $0.get() }
        let keys = try subjectKeys(taken.map(\.party))
        let session = session
        let entries = try zip(taken, keys).map { consent, key in
            SubjectConsent(
                reference: consent.party.identity.reference, subject: key,
                consent: consent.consent,
                sealed: key.tokens.isEmpty
                    ? nil
                    : try session?.seal(
                        consent.party.clear, for: consent.party.identity.reference))
        }
        try draft.put(entries)
        result.consents += entries.count
        for case .failure(let rejection) in outcomes {
            result.countReject(rejection.code)
            try reject(rejection)
        }
    }

    /// The account of a row that is left out; nil where its number cannot be read.
    private static func account(
        of row: BookRow, _ preparation: RowPreparation
    ) -> AccountReference? {
        switch row {
        case .record(let record): preparation.reference(record.accountNumber)
        case .rejected(let rejection): rejection.accountNumber.map(preparation.reference)
        }
    }

    private static func duplicate(_ record: AccountRecord) -> RejectedRow {
        var row = RejectedRow(
            line: record.line, column: nil, code: "duplicate-account",
            reason: "this account of this borrower is in the book already; keep one row of it")
        row.original = record.original
        return row
    }
}
