import Book
import Pseudonym

/// What is made of rows in the background, on all cores, while the next rows are read and the last
/// ones are written.
enum RowWork {
    /// What rows become, in their order.
    static func outcomes(
        of rows: [BookRow], _ preparation: RowPreparation
    ) -> [Result<PreparedRow, RejectedRow>] {
        Parallel.map(rows, perTask: 128) { preparation.row($0) }
    }

    /// The entries of rows, in their order: with tokens and seals. `parties` are their subjects with
    /// names, and `known` says which of these need no tokens.
    static func entries(
        of rows: [PreparedRow], parties: [PreparedSubject], known: [Bool],
        preparation: RowPreparation, tokens: TokenMaker,
        session: (any SealingSession)?
    ) throws -> [HeldEntry] {
        let keys = tokens.keys(of: parties, known: known)
        let sealed = Parallel.map(rows, perTask: 128) { row in
            Result { try session?.seal(row) }
        }
        let consents = Parallel.map(rows, perTask: 128) { row in
            Result { try preparation.consentWithEvidence(of: row) }
        }
        return try rows.indices.map { index in
            let row = rows[index]
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
