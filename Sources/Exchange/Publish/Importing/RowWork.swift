import Book
import Pseudonym

/// What is made of rows in the background, on all cores, while the next rows are read and the last
/// ones are written.
enum RowWork {
    /// What becomes of rows, in their order. Those whose line is among `ahead` are not read.
    static func outcomes(
        of batch: BookBatch, _ preparation: RowPreparation, marker: LineMarker?,
        ahead: [LineDigest: StandingLine]
    ) throws -> [RowOutcome] {
        switch batch {
        case .rows(let rows):
            return Parallel.map(rows, perTask: 128) { preparation.outcome(of: $0) }
        case .unread(let pieces):
            let outcomes = Parallel.map(pieces, perTask: 1) { piece in
                Result { try Self.outcomes(of: piece, preparation, marker, ahead) }
            }
            return try outcomes.flatMap { try $0.get() }
        }
    }

    private static func outcomes(
        of rows: UnreadRows, _ preparation: RowPreparation, _ marker: LineMarker?,
        _ ahead: [LineDigest: StandingLine]
    ) throws -> [RowOutcome] {
        var cells: [UInt8] = []
        return try rows.compactMap { row in
            let line = marker?.digest(of: row, cells: &cells)
            if let line, let standing = ahead[line] {
                return .standing(standing, line: row.line)
            }
            return row.read().map { preparation.outcome(of: $0, line: line) }
        }
    }

    /// The entries of rows, in their order: with tokens and seals. `parties` are their subjects with
    /// names, and `known` says which of these need no tokens.
    static func entries(
        of rows: [WantedRow], parties: [PreparedSubject], known: [Bool],
        preparation: RowPreparation, tokens: TokenMaker,
        session: (any SealingSession)?
    ) throws -> [HeldEntry] {
        let keys = tokens.keys(of: parties, known: known)
        let sealed = Parallel.map(rows, perTask: 128) { row in
            Result { row.isSealed ? nil : try session?.seal(row.row) }
        }
        let consents = Parallel.map(rows, perTask: 128) { row in
            Result { try preparation.consentWithEvidence(of: row.row) }
        }
        return try rows.indices.map { index in
            let row = rows[index].row
            return HeldEntry(
                identity: row.identity, subject: keys[index],
                subjectStatus: row.record.subjectStatus, account: row.account,
                consent: try consents[index].get(), sealed: try sealed[index].get())
        }
    }
}

extension SealingSession {
    /// Identity and account number of a row.
    fileprivate func seal(_ row: PreparedRow) throws -> SealedIdentity {
        SealedIdentity(
            subject: try seal(row.party.clear, for: row.party.identity.reference),
            account: try seal(
                accountNumber: row.record.accountNumber, for: row.identity.account))
    }
}
