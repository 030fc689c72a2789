import Dispatch
import Synchronization

/// Makes entries of rows in the background: tokens and seals on all cores, while the next rows are
/// read and the last ones are written.
final class EntryJob: Sendable {
    private let group = DispatchGroup()
    private let entries = Mutex<Result<[HeldEntry], any Error>>(.success([]))

    /// Begins at once. `known` says which rows' subjects need no tokens.
    init(
        _ rows: [PreparedRow], known: [Bool], preparation: RowPreparation, tokens: TokenMaker,
        session: (any SealingSession)?
    ) {
        DispatchQueue.global().async(group: group) {
            let made = Result {
                try Self.entries(
                    rows, known: known, preparation: preparation, tokens: tokens,
                    session: session)
            }
            self.entries.withLock { $0 = made }
        }
    }

    /// The entries, in the order of the rows; waits for them.
    func finish() throws -> [HeldEntry] {
        group.wait()
        return try entries.withLock { try $0.get() }
    }

    private static func entries(
        _ rows: [PreparedRow], known: [Bool], preparation: RowPreparation, tokens: TokenMaker,
        session: (any SealingSession)?
    ) throws -> [HeldEntry] {
        let keys = tokens.keys(of: rows.map(\.party), known: known)
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
