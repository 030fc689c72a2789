import Exchange
import GRDB

extension ImportApplication {
    /// Says which account an entry is, and whether it says anything new. Whatever else the store
    /// holds of it meanwhile, an account of another part stays there, unless it vanished from it.
    func resolveEntries() throws {
        let base = try Int64.fetchOne(db, sql: "SELECT max(id) FROM main.account") ?? 0
        lastAccountBefore = base
        try overRanges(
            of: "entry",
            """
            INSERT INTO draft.knownEntry
            SELECT e.id, k.subjectID, coalesce(a.id, :base + e.id), a.id IS NULL,
                a.digest IS e.digest
                    OR a.digest IS NULL AND a.vanishedOn IS NULL AND \(Self.sameContent),
                ifnull(iif(a.followsPart, p.asOf, a.asOf) > :asOf, FALSE),
                ifnull(iif(a.followsPart, p.asOf, a.asOf) = :asOf, FALSE)
            FROM draft.entry e
                CROSS JOIN draft.knownSubject k ON k.subject = e.subject
                LEFT JOIN main.account a
                    ON a.subjectID = k.subjectID AND a.reference = e.reference
                LEFT JOIN main.part p ON p.id = a.partID
            WHERE e.id BETWEEN :first AND :last
                AND (a.id IS NULL OR a.partID = :part OR a.vanishedOn IS NOT NULL)
            """,
            ["base": base, "asOf": header.asOf.stored, "part": partID])
        try db.execute(
            sql: """
                CREATE UNIQUE INDEX draft.knownEntryByAccount ON knownEntry(accountID)
                    WHERE NOT isNew
                """)
        let known = try Int64.fetchCursor(
            db, sql: "SELECT accountID FROM draft.knownEntry WHERE NOT isNew")
        while let id = try known.next() { draft.noteSeen(id) }
        let totals = try Row.fetchOne(
            db,
            sql: """
                SELECT count(*) FILTER (WHERE isNew),
                    count(*) FILTER (WHERE \(Self.isChanged)),
                    count(*) FILTER (WHERE \(Self.isChanged) AND isOfSameDay)
                FROM draft.knownEntry
                """)
        guard let totals else { throw UnreadableColumn() }
        var columns = ColumnReader(totals)
        changes.new = try columns.take()
        changes.changed = try columns.take()
        changes.changedOfSameDay = try columns.take()
        changes.historyConflicts = try countHistoryConflicts()
    }

    /// Adds new accounts, brings the changed ones up to date, and notes how both stand.
    func putAccounts() throws {
        let day: [String: (any DatabaseValueConvertible)?] = [
            "part": partID, "asOf": header.asOf.stored, "follows": followsPart,
            "dataKey": dataKeyID,
        ]
        try overRanges(of: "entry", Self.insertAccounts, day)
        try overRanges(of: "knownEntry", Self.noteLooseConsents, day)
        var updated = day
        updated["keepsConsent"] = !header.statesConsents
        try overRanges(of: "knownEntry", Self.updateAccounts, updated)
        try overRanges(of: "entry", Self.insertStates, day)
        let quiet = try overRanges(of: "knownEntry", Self.updateQuietly, day)
        if quiet > 0 { hasQuietChanges = true }
        changes.unchanged = draft.seen.count - changes.changed - changes.outdated
    }

    /// Whether what is put stands on the part's day, or on one of its own.
    private var followsPart: Bool {
        header.extent == .whole || (changes.previousAsOf ?? header.asOf) == header.asOf
    }
}

extension ImportApplication {
    /// Entries of `draft.knownEntry` that say something else than the book.
    static let isChanged = "NOT isNew AND NOT isSame AND NOT isOutdated"

    /// What a row says; its day and what the store derives are not part of it.
    private static let contentColumns = HeldAccount.storedColumns.filter {
        $0 != "asOf" && $0 != "badEventEnded"
    }

    private static let sameContent = {
        let columns = ["subjectStatus"] + contentColumns
        let sides = ["a", "e"].map { side in
            "(" + columns.map { "\(side).\($0)" }.joined(separator: ", ") + ")"
        }
        return sides.joined(separator: " IS ")
    }()

    private static let insertAccounts = {
        let columns = HeldAccount.storedColumns.joined(separator: ", ")
        let values = HeldAccount.storedColumns.map { "e.\($0)" }.joined(separator: ", ")
        return """
            INSERT INTO main.account (id, subjectID, partID, followsPart, digest, line,
                consentID, dataKeyID, sealed, subjectStatus, \(columns))
            SELECT k.accountID, k.subjectID, :part, :follows AND e.asOf = :asOf, e.digest,
                e.line, \(entryConsent), iif(e.sealed IS NULL, NULL, :dataKey), e.sealed, e.subjectStatus, \(values)
            FROM draft.entry e JOIN draft.knownEntry k ON k.entry = e.id
            WHERE e.id BETWEEN :first AND :last AND k.isNew
            """
    }()

    private static let updateAccounts = {
        let plain = ["subjectStatus"] + contentColumns + ["asOf"]
        let columns = plain.joined(separator: ", ")
        let values = plain.map { "e.\($0)" }.joined(separator: ", ")
        return """
            UPDATE main.account SET
                (partID, followsPart, vanishedOn, digest, line, consentID, dataKeyID, sealed,
                    badEventEnded, \(columns)) =
                (SELECT :part, :follows AND e.asOf = :asOf, NULL, e.digest, e.line,
                    iif(:keepsConsent, account.consentID, \(entryConsent)),
                    iif(e.sealed IS NULL, account.dataKeyID, :dataKey),
                    coalesce(e.sealed, account.sealed), \(badEventEnded), \(values)
                FROM draft.knownEntry k JOIN draft.entry e ON e.id = k.entry
                WHERE k.accountID = account.id AND NOT k.isNew)
            WHERE id IN (
                SELECT accountID FROM draft.knownEntry
                WHERE entry BETWEEN :first AND :last AND \(isChanged))
            """
    }()

    /// What the file states; else, when the last day before this one was in a bad event and this
    /// one is not, it ended today; else what stood, unless an earlier import of today derived it.
    private static let badEventEnded = """
        CASE WHEN e.badEventEnded IS NOT NULL THEN e.badEventEnded
            WHEN e.isInBadEvent THEN NULL
            WHEN (
                SELECT isInBadEvent FROM main.accountState
                WHERE accountID = account.id AND asOf < :asOf AND status IS NOT NULL
                ORDER BY asOf DESC LIMIT 1) THEN :asOf
            WHEN account.badEventEnded < :asOf THEN account.badEventEnded
        END
        """

    /// Before the update: which consents the changed accounts stated.
    private static let noteLooseConsents = """
        INSERT OR IGNORE INTO draft.looseConsent
        SELECT consentID FROM main.account
        WHERE consentID IS NOT NULL AND id IN (
            SELECT accountID FROM draft.knownEntry
            WHERE entry BETWEEN :first AND :last AND \(isChanged))
        """

    /// Accounts of which nothing new is said, but which get a digest, a line or a sealed number.
    private static let updateQuietly = """
        UPDATE main.account SET
            (digest, line, consentID, followsPart, dataKeyID, sealed) =
            (SELECT e.digest, coalesce(e.line, account.line), coalesce(\(entryConsent), account.consentID),
                account.followsPart OR :follows AND account.asOf <= :asOf AND account.partID = :part,
                iif(e.sealed IS NULL, account.dataKeyID, :dataKey),
                coalesce(e.sealed, account.sealed)
            FROM draft.knownEntry k JOIN draft.entry e ON e.id = k.entry
            WHERE k.accountID = account.id AND NOT k.isNew)
        WHERE id IN (
            SELECT accountID FROM draft.knownEntry
            WHERE entry BETWEEN :first AND :last AND NOT isNew AND isSame)
        """

    /// How an entry's account stands on the import's day; an outdated one too.
    private static let insertStates = """
        INSERT OR REPLACE INTO main.accountState
        SELECT k.accountID, :asOf, e.status, e.daysPastDue, e.riskClass, e.balance,
            e.balanceCurrency, e.letter, e.isInBadEvent
        FROM draft.entry e JOIN draft.knownEntry k ON k.entry = e.id
        WHERE e.id BETWEEN :first AND :last AND NOT k.isSame
        """
}
