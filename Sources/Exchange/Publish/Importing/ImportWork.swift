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

    /// Takes the book file to its end. Three batches are on their way at a time: one is read, the one
    /// before is recognised, and tokens are made for the one before that.
    mutating func putRows(
        _ rows: () throws -> BookRow?, reject: (RejectedRow) throws -> Void,
        progress: (Int) -> Void
    ) throws {
        let preparation = preparation
        var prepared: PreparedBatch?
        var entries: BackgroundJob<[HeldEntry]>?
        repeat {
            let batch = try Self.batch(rows)
            let next =
                batch.isEmpty
                ? nil
                : PreparedBatch(
                    rows: batch,
                    outcomes: BackgroundJob { RowWork.outcomes(of: batch, preparation) })
            if let prepared {
                result.rows += prepared.rows.count
                let (wanted, rejected) = try recognise(prepared)
                let made = try entries?.finish() ?? []
                entries = try job(wanted)
                try draft.put(made)
                for rejection in rejected {
                    result.countReject(rejection.code)
                    try reject(rejection)
                }
                progress(result.rows)
            }
            prepared = next
        } while prepared != nil
        try draft.put(try entries?.finish() ?? [])
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
    /// Rows with what they become, once that is made.
    private struct PreparedBatch {
        let rows: [BookRow]
        let outcomes: BackgroundJob<[Result<PreparedRow, RejectedRow>]>
    }

    /// The rows that say something new, and those that are left out, both in the file's order.
    private mutating func recognise(
        _ batch: PreparedBatch
    ) throws -> (wanted: [PreparedRow], rejected: [RejectedRow]) {
        var rejected: [(index: Int, row: RejectedRow)] = []
        var prepared: [(index: Int, row: PreparedRow)] = []
        var kept: [AccountReference] = []
        for (index, outcome) in try batch.outcomes.finish().enumerated() {
            switch outcome {
            case .success(let row): prepared.append((index, row))
            case .failure(let rejection):
                rejected.append((index, rejection))
                if let account = Self.account(of: batch.rows[index], preparation) {
                    kept.append(account)
                } else {
                    result.unplaced += 1
                }
            }
        }
        try draft.keep(kept)
        var wanted: [PreparedRow] = []
        let standings = try draft.compare(prepared.map(\.row.identity))
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
        return (wanted, rejected.sorted { $0.index < $1.index }.map(\.row))
    }

    private func job(_ rows: [PreparedRow]) throws -> BackgroundJob<[HeldEntry]> {
        let (preparation, tokens) = (preparation, tokens)
        let parties = Parallel.map(rows, perTask: 128) { preparation.named($0.party) }
        let known = try known(parties)
        let session = draft.isOfPastDay ? nil : session
        return BackgroundJob {
            try RowWork.entries(
                of: rows, parties: parties, known: known, preparation: preparation, tokens: tokens,
                session: session)
        }
    }

    /// Which subjects need no tokens; for a past day none does.
    private func known(_ parties: [PreparedSubject]) throws -> [Bool] {
        guard !draft.isOfPastDay else { return parties.map { _ in true } }
        return try draft.knows(parties.map(\.identity), kids: tokens.kids)
    }

    private mutating func put(
        _ batch: [ConsentRow], reject: (RejectedRow) throws -> Void
    ) throws {
        let preparation = preparation
        let outcomes = Parallel.map(batch, perTask: 128) { preparation.consent($0) }
        let taken = outcomes.compactMap { try? $0.get() }
        let parties = taken.map(\.party)
        let keys = tokens.keys(of: parties, known: try known(parties))
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
