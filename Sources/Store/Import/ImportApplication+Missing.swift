import Book
import Exchange
import Foundation
import GRDB
import RiskStandard

extension ImportApplication {
    /// Accounts of the part that the file does not have, at an import of the whole part.
    ///
    /// Closed ones stay as they are, on their last day; those whose row was rejected too, but how
    /// they stand today is not known. Those that only an earlier file of this day had are taken out;
    /// the others have vanished.
    func settleMissing() throws {
        for (id, followed) in try missingAccounts() {
            try Task.checkCancellation()
            try settle(id, followed: followed)
        }
        try moveOnUnchanged()
    }

    /// Accounts that the file before this one had, and those that stand on a day of their own
    /// although nothing closed them.
    private func missingAccounts() throws -> [(id: Int64, followed: Bool)] {
        var missing: [(id: Int64, followed: Bool)] = []
        let followers = try Int64.fetchCursor(
            db, sql: "SELECT id FROM main.account WHERE partID = ? AND followsPart",
            arguments: [partID])
        while let id = try followers.next() {
            if !draft.seen.contains(id), id <= lastAccountBefore { missing.append((id, true)) }
        }
        for id in try accountsOnOwnDay() where !draft.seen.contains(id) {
            missing.append((id, false))
        }
        return missing
    }

    private func accountsOnOwnDay() throws -> [Int64] {
        try Int64.fetchAll(
            db,
            sql: """
                SELECT id FROM main.account
                WHERE partID = ? AND asOf <= ? AND \(ImportMigration.isOnOwnDay)
                """,
            arguments: [partID, header.asOf.stored])
    }

    private func settle(_ id: Int64, followed: Bool) throws {
        let row = try Row.fetchOne(
            db.cachedStatement(sql: Self.missingAccount),
            arguments: [id, header.asOf.stored])
        guard let row else { return }
        let account = try MissingAccount(row)
        if account.isKept {
            changes.keptFromBefore += 1
            if followed { try stayOnOldDay(id) }
            if account.isOpen { try noteUnknown(id) }
        } else if account.isOnlyOfToday, changes.isKnownDay {
            try takeOut(id, account)
        } else if account.isOpen {
            if followed { try stayOnOldDay(id) }
            try vanish(id, account)
        } else if followed {
            try stayOnOldDay(id)
        }
    }

    private func takeOut(_ id: Int64, _ account: MissingAccount) throws {
        changes.removed += 1
        corrected.append((account.listed.reference, account.subject))
        loosened.insert(account.subjectID)
        try noteLooseConsent(of: id)
        try db.execute(sql: "DELETE FROM main.account WHERE id = ?", arguments: [id])
    }

    private func vanish(_ id: Int64, _ account: MissingAccount) throws {
        changes.vanished += 1
        if changes.vanishedAccounts.count < ImportChanges.vanishedListMax {
            changes.vanishedAccounts.append(account.listed)
        }
        corrected.append((account.listed.reference, account.subject))
        try noteUnknown(id)
        try db.execute(
            sql: """
                UPDATE main.account SET status = 'ended', vanishedOn = ?2, digest = NULL,
                    line = NULL, closedMonth = coalesce(closedMonth, ?3)
                WHERE id = ?1
                """,
            arguments: [id, header.asOf.stored, header.asOf.yearMonth.stored])
    }

    /// Its own day becomes what the part's was: before an import of the same day, the day of its
    /// last state.
    private func stayOnOldDay(_ id: Int64) throws {
        let old = changes.isKnownDay ? nil : changes.previousAsOf?.stored
        try db.cachedStatement(
            sql: """
                UPDATE main.account SET followsPart = FALSE, asOf = coalesce(?2, (
                    SELECT max(asOf) FROM main.accountState
                    WHERE accountID = ?1 AND asOf < ?3), asOf)
                WHERE id = ?1
                """
        ).execute(arguments: [id, old, header.asOf.stored])
    }

    private func noteUnknown(_ id: Int64) throws {
        try db.cachedStatement(
            sql: "INSERT OR REPLACE INTO main.accountState (accountID, asOf) VALUES (?, ?)"
        ).execute(arguments: [id, header.asOf.stored])
    }

    private func noteLooseConsent(of id: Int64) throws {
        try db.execute(
            sql: """
                INSERT OR IGNORE INTO draft.looseConsent
                SELECT consentID FROM main.account WHERE id = ? AND consentID IS NOT NULL
                """,
            arguments: [id])
    }

    /// Accounts that stood on an older day and are in the file as they were stand on its day.
    private func moveOnUnchanged() throws {
        for id in try accountsOnOwnDay() where draft.seen.contains(id) { try moveOn(id) }
    }

    /// The state before it went unknown holds again.
    private func moveOn(_ id: Int64) throws {
        try db.cachedStatement(
            sql: "UPDATE main.account SET followsPart = TRUE WHERE id = ?"
        ).execute(arguments: [id])
        try db.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO main.accountState
                SELECT accountID, ?2, status, daysPastDue, riskClass, balance, balanceCurrency,
                    NULL, isInBadEvent
                FROM main.accountState
                WHERE accountID = ?1 AND asOf < ?2 AND status IS NOT NULL
                ORDER BY asOf DESC LIMIT 1
                """
        ).execute(arguments: [id, header.asOf.stored])
    }

    /// Subjects without account and inquiry leave the filters, and those that have no consent
    /// either are deleted.
    func removeLooseSubjects() throws {
        for id in loosened {
            try db.cachedStatement(
                sql: """
                    UPDATE main.subject SET addition = NULL
                    WHERE id = ?1 AND addition IS NOT NULL
                        AND NOT EXISTS (SELECT 1 FROM main.account WHERE subjectID = ?1)
                        AND NOT EXISTS (SELECT 1 FROM main.inquiry WHERE subjectID = ?1)
                    """
            ).execute(arguments: [id])
            movement.noteRemovals(db.changesCount)
            try db.cachedStatement(
                sql: """
                    DELETE FROM main.subject
                    WHERE id = ?1 AND addition IS NULL
                        AND NOT EXISTS (SELECT 1 FROM main.consent WHERE subjectID = ?1)
                    """
            ).execute(arguments: [id])
        }
    }
}

/// An account that a file does not have.
private struct MissingAccount {
    let subjectID: Int64
    let subject: Data?
    /// Whether its row was rejected.
    let isKept: Bool
    /// Whether nothing closed it.
    let isOpen: Bool
    /// Whether it was never imported before this day.
    let isOnlyOfToday: Bool
    let listed: VanishedAccount

    init(_ row: Row) throws {
        var columns = ColumnReader(row)
        subjectID = try columns.take()
        subject = try columns.take()
        isKept = try columns.take()
        isOnlyOfToday = try columns.take()
        let account = try HeldAccount(columns: &columns)
        isOpen = account.status == .open || account.status == .writtenOffStillClaimed
        listed = VanishedAccount(
            reference: account.reference, product: account.product,
            openedMonth: account.openedMonth, riskClass: account.riskClass,
            balance: account.balance)
    }
}

extension ImportApplication {
    fileprivate static let missingAccount = """
        SELECT subjectID, (SELECT reference FROM main.subject WHERE id = subjectID),
            reference IN (SELECT reference FROM draft.kept),
            NOT EXISTS (
                SELECT 1 FROM main.accountState WHERE accountID = account.id AND asOf < ?2),
            \(HeldAccount.storedColumns.joined(separator: ", "))
        FROM main.account WHERE id = ?1
        """
}
