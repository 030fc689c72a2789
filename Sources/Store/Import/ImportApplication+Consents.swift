import Exchange
import GRDB

extension ImportApplication {
    /// Adds the consents that the import states, and notes those that a consent file stated before
    /// and no longer does.
    func putConsents() throws {
        if header.statesConsents, header.extent == .whole { try dropUnstatedOfFile() }
        try indexForConflicts()
        changes.consentsStated = try overRanges(of: "consent", Self.upsert, ["part": partID])
        try spreadWithdrawals()
    }

    /// Consents that nothing states any more go, unless they were withdrawn: those stay, so that no
    /// import revives them.
    func removeLooseConsents() throws {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                DELETE FROM main.consent
                WHERE id IN (SELECT consentID FROM draft.looseConsent)
                    AND partID = ? AND withdrawnAt IS NULL AND NOT isOfFile
                    AND NOT EXISTS (
                        SELECT 1 FROM main.account
                        WHERE subjectID = consent.subjectID AND consentID = consent.id)
                RETURNING subjectID
                """,
            arguments: [partID])
        while let row = try rows.next() {
            var columns = ColumnReader(row)
            loosened.insert(try columns.take())
            changes.consentsGone += 1
        }
    }

    /// The consent of an entry, in the store. `e` is the entry, `k` who is who of its subject.
    static let entryConsent = """
        (SELECT m.id FROM draft.consent c
            JOIN main.consent m ON m.subjectID = k.subjectID AND m.basis = c.basis
                AND m.purposes = c.purposes AND m.grantedAt = c.grantedAt
                AND ifnull(m.partID, 0) = :part
            WHERE c.id = e.consent)
        """
}

extension ImportApplication {
    /// A consent that only this import states has the end that it states; one that other rows of
    /// the book state too lasts until the earlier end.
    private static let upsert = """
        INSERT INTO main.consent (subjectID, partID, basis, purposes, grantedAt, expiresAt,
            evidenceDigest, evidenceSalt, withdrawnAt, isOfFile)
        SELECT k.subjectID, :part, c.basis, c.purposes, c.grantedAt, c.expiresAt,
            c.evidenceDigest, c.evidenceSalt, coalesce(c.withdrawnAt, (
                SELECT min(withdrawnAt) FROM main.consent m
                WHERE m.subjectID = k.subjectID AND m.basis = c.basis
                    AND m.purposes = c.purposes AND m.grantedAt = c.grantedAt)),
            c.isOfFile
        FROM draft.consent c JOIN draft.knownSubject k ON k.subject = c.subject
        WHERE c.id BETWEEN :first AND :last
        ON CONFLICT DO UPDATE SET
            expiresAt = iif(
                EXISTS (
                    SELECT 1 FROM main.account
                    WHERE subjectID = consent.subjectID AND consentID = consent.id
                        AND reference NOT IN (
                            SELECT e.reference
                            FROM draft.entry e JOIN draft.knownSubject k ON k.subject = e.subject
                            WHERE k.subjectID = consent.subjectID)),
                min(coalesce(expiresAt, excluded.expiresAt),
                    coalesce(excluded.expiresAt, expiresAt)),
                excluded.expiresAt),
            evidenceSalt = iif(excluded.evidenceDigest IS NULL, evidenceSalt, excluded.evidenceSalt),
            evidenceDigest = coalesce(excluded.evidenceDigest, evidenceDigest),
            withdrawnAt = coalesce(withdrawnAt, excluded.withdrawnAt),
            isOfFile = isOfFile OR excluded.isOfFile
        WHERE expiresAt IS NOT excluded.expiresAt
            OR evidenceDigest IS NOT coalesce(excluded.evidenceDigest, evidenceDigest)
            OR withdrawnAt IS NOT coalesce(withdrawnAt, excluded.withdrawnAt)
            OR isOfFile < excluded.isOfFile
        """

    /// Whether other rows state a consent is looked up by subject; not at a first import, where no
    /// consent can be there before.
    private func indexForConflicts() throws {
        let hasStanding = try count(
            "SELECT EXISTS (SELECT 1 FROM main.consent WHERE partID = ?)", [partID])
        guard hasStanding > 0 else { return }
        try db.execute(
            sql: """
                CREATE INDEX draft.entryBySubject ON entry(subject);
                CREATE INDEX draft.knownSubjectByID ON knownSubject(subjectID);
                """)
    }

    private func dropUnstatedOfFile() throws {
        try db.execute(
            sql: """
                INSERT OR IGNORE INTO draft.looseConsent
                    SELECT m.id FROM main.consent m
                    WHERE m.partID = ? AND m.isOfFile AND m.withdrawnAt IS NULL AND NOT EXISTS (
                        SELECT 1 FROM main.subject s
                            JOIN draft.subject d ON d.reference = s.reference
                            JOIN draft.consent c ON c.subject = d.id AND c.basis = m.basis
                                AND c.purposes = m.purposes AND c.grantedAt = m.grantedAt
                                AND c.isOfFile
                        WHERE s.id = m.subjectID)
                """,
            arguments: [partID])
        try db.execute(
            sql: """
                UPDATE main.consent SET isOfFile = FALSE
                WHERE id IN (SELECT consentID FROM draft.looseConsent)
                """)
    }

    /// What is withdrawn in one part is withdrawn in all.
    private func spreadWithdrawals() throws {
        try db.execute(
            sql: """
                UPDATE main.consent SET withdrawnAt = w.withdrawnAt
                FROM (
                    SELECT k.subjectID, c.basis, c.purposes, c.grantedAt, c.withdrawnAt
                    FROM draft.consent c JOIN draft.knownSubject k ON k.subject = c.subject
                    WHERE c.withdrawnAt IS NOT NULL) AS w
                WHERE consent.subjectID = w.subjectID AND consent.basis = w.basis
                    AND consent.purposes = w.purposes AND consent.grantedAt = w.grantedAt
                    AND consent.withdrawnAt IS NULL
                """)
    }
}
