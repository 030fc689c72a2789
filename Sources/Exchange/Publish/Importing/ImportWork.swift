import Book
import Pseudonym

/// The rows of one import on their way into a draft.
struct ImportWork {
    let preparation: RowPreparation
    let tokens: TokenMaker
    let session: (any SealingSession)?
    let draft: any BookDraft
    /// Makes digests of lines; nil before the file's first rows, and where lines say too little.
    private var marker: LineMarker?
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
        _ batches: () throws -> BookBatch?, reject: (RejectedRow) throws -> Void,
        progress: (Int) -> Void
    ) throws {
        var prepared: PreparedBatch?
        var entries: BackgroundJob<[HeldEntry]>?
        repeat {
            let next = try batches().map { try prepare($0) }
            if let prepared {
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

    /// The next rows; none at the end.
    static func batch<Row>(_ rows: () throws -> Row?) throws -> [Row] {
        var batch: [Row] = []
        batch.reserveCapacity(BookImporter.batchSize)
        while batch.count < BookImporter.batchSize, let row = try rows() { batch.append(row) }
        return batch
    }
}

extension ImportWork {
    /// Rows with what becomes of them, once that is known.
    private struct PreparedBatch {
        let batch: BookBatch
        let outcomes: BackgroundJob<[RowOutcome]>
    }

    private mutating func prepare(_ batch: BookBatch) throws -> PreparedBatch {
        if marker == nil, case .unread(let pieces) = batch, let meaning = pieces.first?.meaning {
            marker = preparation.lineMarker(meaning: meaning)
        }
        let (preparation, marker) = (preparation, marker)
        let ahead = marker == nil ? [:] : try draft.linesAhead(of: BookImporter.batchSize)
        return PreparedBatch(
            batch: batch,
            outcomes: BackgroundJob {
                try RowWork.outcomes(of: batch, preparation, marker: marker, ahead: ahead)
            })
    }

    /// The rows that say something new, and those that are left out, both in the file's order.
    private mutating func recognise(
        _ batch: PreparedBatch
    ) throws -> (wanted: [WantedRow], rejected: [RejectedRow]) {
        let outcomes = try batch.outcomes.finish()
        result.rows += outcomes.count
        var standings = try standings(of: outcomes)[...]
        var rejected: [RejectedRow] = []
        var wanted: [WantedRow] = []
        for outcome in outcomes {
            switch outcome {
            case .rejected(let rejection, _): rejected.append(rejection)
            case .standing(let standing, let line):
                if standings.popFirst() == .duplicate {
                    rejected.append(
                        Self.duplicate(
                            line: line, original: try batch.batch.original(ofLine: line)))
                } else {
                    result.count(standing.riskClass)
                }
            case .prepared(let row):
                switch standings.popFirst() {
                case .duplicate?, nil:
                    rejected.append(
                        Self.duplicate(line: row.record.line, original: row.record.original))
                case .unchanged: result.count(row.account.riskClass)
                // Publishing would delete it, and the next import of the file bring it back. What
                // the book has is put all the same, so that it is not left standing as it was.
                case .new where preparation.hasEnded(row): result.ended += 1
                case .unmarked:
                    result.count(row.account.riskClass)
                    wanted.append(WantedRow(row: row, isSealed: true))
                case .new, .changed, .unsealed, .outdated:
                    result.count(row.account.riskClass)
                    wanted.append(WantedRow(row: row, isSealed: false))
                }
            }
        }
        return (wanted, rejected)
    }

    /// How the rows that can be taken stand to the book; accounts of the others have not vanished.
    private mutating func standings(of outcomes: [RowOutcome]) throws -> [RowStanding] {
        var sighted: [SightedRow] = []
        var kept: [AccountReference] = []
        for outcome in outcomes {
            switch outcome {
            case .standing(let standing, _): sighted.append(.line(standing))
            case .prepared(let row): sighted.append(.read(row.identity))
            case .rejected(_, let account?): kept.append(account)
            case .rejected(_, nil): result.unplaced += 1
            }
        }
        try draft.keep(kept)
        return try draft.compare(sighted)
    }

    private func job(_ rows: [WantedRow]) throws -> BackgroundJob<[HeldEntry]> {
        let (preparation, tokens) = (preparation, tokens)
        let parties = Parallel.map(rows, perTask: 128) { preparation.named($0.row.party) }
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

    private static func duplicate(line: Int, original: [UInt8]) -> RejectedRow {
        var row = RejectedRow(
            line: line, column: nil, code: "duplicate-account",
            reason: "this account of this borrower is in the book already; keep one row of it")
        row.original = original
        return row
    }
}
