import Exchange
import GRDB

/// Adds consents within one write.
///
/// Basis, purposes and the moment of granting make a consent what it is: the same one from two parts
/// of a book, or from two imports, is one consent, and once withdrawn it stays withdrawn.
final class ConsentTable {
    private let db: Database
    private let upsert: Statement

    init(_ db: Database) throws {
        self.db = db
        let columns = HeldConsent.storedColumns.joined(separator: ", ")
        upsert = try db.cachedStatement(
            sql: """
                INSERT INTO consent (subjectID, partID, \(columns))
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, coalesce(?8, (
                    SELECT min(withdrawnAt) FROM consent
                    WHERE subjectID = ?1 AND basis = ?3 AND purposes = ?4 AND grantedAt = ?5)), ?9)
                ON CONFLICT DO UPDATE SET
                    expiresAt = min(
                        coalesce(expiresAt, excluded.expiresAt),
                        coalesce(excluded.expiresAt, expiresAt)),
                    evidenceSalt = iif(
                        excluded.evidenceDigest IS NULL, evidenceSalt, excluded.evidenceSalt),
                    evidenceDigest = coalesce(excluded.evidenceDigest, evidenceDigest),
                    withdrawnAt = coalesce(withdrawnAt, excluded.withdrawnAt)
                """)
    }

    /// Adds a consent of a subject. When one write states it twice, the earlier end counts.
    /// `partID` nil: the consent under which a member asked.
    func put(_ consent: HeldConsent, subjectID: Int64, partID: Int64?) throws {
        let values = consent.storedValues
        try upsert.execute(
            arguments: StatementArguments([.integer(subjectID), StoredValue(partID)] + values))
        guard let withdrawnAt = consent.withdrawnAt else { return }
        // The parts that stated it before as one that holds.
        try db.cachedStatement(
            sql: """
                UPDATE consent SET withdrawnAt = ?
                WHERE subjectID = ? AND basis = ? AND purposes = ? AND grantedAt = ?
                    AND withdrawnAt IS NULL
                """
        ).execute(
            arguments:
                StatementArguments(
                    [.integer(withdrawnAt.stored), .integer(subjectID)] + values.prefix(3)))
    }
}
