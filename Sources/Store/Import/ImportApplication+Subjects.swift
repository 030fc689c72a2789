import Exchange
import Foundation
import GRDB
import Pseudonym

extension ImportApplication {
    /// Says who of the draft is who in the store: by reference, and those of whom the store has none
    /// yet by token. The others are new.
    func resolveSubjects() throws {
        try db.execute(
            sql: """
                INSERT INTO draft.knownSubject
                    SELECT s.id, m.id, FALSE
                    FROM draft.subject s CROSS JOIN main.subject m INDEXED BY subjectByReference
                        ON m.memberID = ? AND m.reference = s.reference
                """,
            arguments: [memberID])
        try db.execute(
            sql: """
                INSERT OR IGNORE INTO draft.knownSubject
                    SELECT t.subject, m.subjectID, FALSE
                    FROM draft.token t CROSS JOIN main.token m
                        ON m.kid = t.kid AND m.token = t.token AND m.memberID = ?
                """,
            arguments: [memberID])
        let base = try Int64.fetchOne(db, sql: "SELECT max(id) FROM main.subject") ?? 0
        try db.execute(
            sql: """
                INSERT INTO draft.knownSubject
                    SELECT id, ? + id, TRUE FROM draft.subject
                    WHERE id NOT IN (SELECT subject FROM draft.knownSubject)
                """,
            arguments: [base])
        // Known when it was asked, gone since: without tokens nobody would ever find it.
        let lost = try count(
            """
            SELECT count(*) FROM draft.knownSubject k JOIN draft.subject s ON s.id = k.subject
            WHERE k.isNew AND NOT s.hasTokens
            """)
        if lost > 0 { throw StoreError.busy }
    }

    /// Adds new subjects and brings known ones up to date.
    func putSubjects() throws {
        try shortenNameDigests()
        try overRanges(
            of: "subject",
            """
            INSERT INTO main.subject
                (id, memberID, kind, addition, reference, nameDigests, dataKeyID, sealed)
            SELECT k.subjectID, :member, s.kind, iif(s.isHeld, :addition, NULL), s.reference,
                s.nameDigests, iif(s.sealed IS NULL, NULL, :dataKey), s.sealed
            FROM draft.subject s JOIN draft.knownSubject k ON k.subject = s.id
            WHERE s.id BETWEEN :first AND :last AND k.isNew
            """,
            ["member": memberID, "addition": movement.addition, "dataKey": dataKeyID])
        if try count(
            """
            SELECT EXISTS (
                SELECT 1 FROM draft.knownSubject k JOIN draft.subject s ON s.id = k.subject
                WHERE k.isNew AND s.isHeld)
            """) > 0
        {
            movement.noteAddition()
        }
        let known = try Row.fetchCursor(db, sql: Self.knownSubjects)
        while let row = try known.next() {
            try Task.checkCancellation()
            try update(KnownSubject(row))
        }
    }

    /// Adds the tokens of new subjects in their own order, and to known ones what is new of them.
    func putTokens() throws {
        try shortenNameChecks()
        var last: (kid: String, token: Data) = ("", Data())
        while let next = try tokenBound(after: last) {
            try Task.checkCancellation()
            try db.execute(
                sql: """
                    INSERT INTO main.token (kid, token, memberID, subjectID, nameChecks)
                    SELECT t.kid, t.token, ?, k.subjectID, t.nameChecks
                    FROM draft.token t CROSS JOIN draft.knownSubject k ON k.subject = t.subject
                    WHERE (t.kid, t.token) > (?, ?) AND (t.kid, t.token) <= (?, ?) AND k.isNew
                    ORDER BY t.kid, t.token
                    """,
                arguments: [memberID, last.kid, last.token, next.kid, next.token])
            last = next
        }
        let tokens = try Row.fetchCursor(
            db,
            sql: """
                SELECT k.subjectID, t.kid, t.token, t.nameChecks
                FROM draft.token t JOIN draft.knownSubject k ON k.subject = t.subject
                WHERE NOT k.isNew
                """)
        while let row = try tokens.next() {
            try Task.checkCancellation()
            try putKnownToken(row)
        }
    }
}

extension ImportApplication {
    private static let knownSubjects = """
        SELECT m.id, s.kind, s.isHeld, s.reference, s.nameDigests, s.sealed, m.kind,
            m.addition IS NOT NULL, m.reference, m.nameDigests
        FROM draft.subject s JOIN draft.knownSubject k ON k.subject = s.id
            JOIN main.subject m ON m.id = k.subjectID
        WHERE NOT k.isNew
        """

    /// A subject that both have; what the draft says stands first.
    private struct KnownSubject {
        let id: Int64
        let kind: String
        let isHeld: Bool
        let reference: Data
        let added: [[UInt8]]
        let sealed: Data?
        let standingKind: String
        let wasHeld: Bool
        let standingReference: Data?
        let names: NameDigestList

        init(_ row: Row) throws {
            var columns = ColumnReader(row)
            id = try columns.take()
            kind = try columns.take()
            isHeld = try columns.take()
            reference = try columns.take()
            added = DraftTable.pieces(
                try columns.takeOptionalBytes() ?? [], of: SubjectIdentity.nameDigestCount)
            sealed = try columns.take()
            standingKind = try columns.take()
            wasHeld = try columns.take()
            standingReference = try columns.take()
            names = try columns.takeOptional(NameDigestList.init(stored:)) ?? NameDigestList()
        }
    }

    /// Only an account says what kind a subject is; a consent file does not.
    private func update(_ subject: KnownSubject) throws {
        var names = subject.names
        names.add(subject.added.reversed())
        let kind = subject.isHeld ? subject.kind : subject.standingKind
        let comes = subject.isHeld && !subject.wasHeld
        if subject.sealed != nil { hasQuietChanges = true }
        guard
            comes || names != subject.names || kind != subject.standingKind
                || subject.sealed != nil || subject.reference != subject.standingReference
        else { return }
        try db.cachedStatement(
            sql: """
                UPDATE main.subject SET kind = ?2, addition = iif(?3, ?4, addition),
                    reference = ?5, nameDigests = ?6,
                    dataKeyID = iif(?7 IS NULL, dataKeyID, ?8), sealed = coalesce(?7, sealed)
                WHERE id = ?1
                """
        ).execute(arguments: [
            subject.id, kind, comes, movement.addition, subject.reference, names.stored,
            subject.sealed, dataKeyID,
        ])
        if comes { movement.noteAddition() }
        hasQuietChanges = true
    }

    /// A token under a key that is new to the subject makes it new to that key's filters.
    private func putKnownToken(_ row: Row) throws {
        var columns = ColumnReader(row)
        let (subjectID, kid): (Int64, String) = (try columns.take(), try columns.take())
        let token: Data = try columns.take()
        let checks = try columns.takeOptional(NameCheckList.init(stored:))?.checks ?? []
        let stored = try Row.fetchOne(
            db.cachedStatement(
                sql: "SELECT nameChecks FROM main.token WHERE subjectID = ? AND kid = ?"),
            arguments: [subjectID, kid])
        var names = NameCheckList()
        if let stored {
            var columns = ColumnReader(stored)
            names = try columns.takeOptional(NameCheckList.init(stored:)) ?? NameCheckList()
        }
        let before = names
        for check in checks.reversed() { names.add(fromBook: check) }
        if stored == nil {
            try db.cachedStatement(
                sql: """
                    INSERT INTO main.token (kid, token, memberID, subjectID, nameChecks)
                    VALUES (?, ?, ?, ?, ?)
                    """
            ).execute(arguments: [kid, token, memberID, subjectID, names.stored])
            try renewAddition(of: subjectID)
        } else if names != before {
            try db.cachedStatement(
                sql: "UPDATE main.token SET nameChecks = ? WHERE subjectID = ? AND kid = ?"
            ).execute(arguments: [names.stored, subjectID, kid])
        } else {
            return
        }
        hasQuietChanges = true
    }

    private func renewAddition(of subjectID: Int64) throws {
        try db.cachedStatement(
            sql: "UPDATE main.subject SET addition = ? WHERE id = ? AND addition IS NOT NULL"
        ).execute(arguments: [movement.addition, subjectID])
        if db.changesCount > 0 { movement.noteAddition() }
    }

    /// The last token of the next range; nil after all.
    private func tokenBound(
        after last: (kid: String, token: Data)
    ) throws -> (kid: String, token: Data)? {
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT kid, token FROM (
                    SELECT kid, token FROM draft.token WHERE (kid, token) > (?, ?)
                    ORDER BY kid, token LIMIT \(Self.rowsPerStatement))
                ORDER BY kid DESC, token DESC LIMIT 1
                """,
            arguments: [last.kid, last.token])
        guard let row else { return nil }
        var columns = ColumnReader(row)
        return (try columns.take(), try columns.take())
    }

    /// In the draft names are strung together, oldest first; the store keeps the newest first.
    private func shortenNameDigests() throws {
        let count = SubjectIdentity.nameDigestCount
        let rows = try Row.fetchAll(
            db,
            sql: "SELECT id, nameDigests FROM draft.subject WHERE length(nameDigests) > \(count)")
        for row in rows {
            var columns = ColumnReader(row)
            let id: Int64 = try columns.take()
            var names = NameDigestList()
            names.add(DraftTable.pieces(try columns.takeBytes(), of: count))
            try db.cachedStatement(sql: "UPDATE draft.subject SET nameDigests = ? WHERE id = ?")
                .execute(arguments: [names.stored, id])
        }
    }

    private func shortenNameChecks() throws {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT kid, token, nameChecks FROM draft.token
                WHERE length(nameChecks) > \(NameCheck.count)
                """)
        for row in rows {
            var columns = ColumnReader(row)
            let (kid, token): (String, Data) = (try columns.take(), try columns.take())
            var names = NameCheckList()
            for check in try columns.take(NameCheckList.init(stored:)).checks {
                names.add(fromBook: check)
            }
            try db.cachedStatement(
                sql: "UPDATE draft.token SET nameChecks = ? WHERE kid = ? AND token = ?"
            ).execute(arguments: [names.stored, kid, token])
        }
    }
}
