import Book
import Exchange
import GRDB
import Membership

extension SQLiteStore {
    /// Rows of a member's book after one of that number, at most `limit`.
    public func heldRows(
        of member: MemberID, after id: Int64, limit: Int
    ) async throws -> [HeldRow] {
        try await read { db in
            let accounts = try AccountReader(
                db, columns: "id, partID, subjectID, subjectStatus, dataKeyID, sealed",
                where: """
                    account.id > ? AND partID IN (SELECT part.id FROM part WHERE memberID = ?)
                    ORDER BY account.id LIMIT ?
                    """)
            let parties = try PartyReader(db)
            var rows: [HeldRow] = []
            try accounts.each([id, try MemberTable.find(member, db), limit]) { columns, account in
                let id: Int64 = try columns.take()
                let part = try parties.part(columns.take())
                let party = try parties.party(columns.take())
                rows.append(
                    HeldRow(
                        id: id, part: part, subject: party.reference, kind: party.kind,
                        subjectStatus: try columns.takeOptional(SubjectStatus.init(rawValue:)),
                        account: account, consents: party.consents, sealedSubject: party.sealed,
                        sealedAccount: try parties.takeSealed(&columns)))
            }
            return rows
        }
    }

    /// Subjects of a member after one of that number, at most `limit`.
    public func sealedSubjects(
        of member: MemberID, after id: Int64, limit: Int
    ) async throws -> [SealedSubject] {
        try await read { db in
            let parties = try PartyReader(db)
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT id, reference, addition IS NOT NULL, dataKeyID, sealed,
                        (SELECT group_concat(kid) FROM token WHERE subjectID = subject.id)
                    FROM subject WHERE memberID = ? AND id > ? ORDER BY id LIMIT ?
                    """,
                arguments: [try MemberTable.find(member, db), id, limit])
            return try Array(
                rows.map { row in
                    var columns = ColumnReader(row)
                    let id: Int64 = try columns.take()
                    let reference = try columns.takeOptionalBytes().flatMap {
                        SubjectReference(bytes: $0)
                    }
                    let isHeld: Bool = try columns.take()
                    let sealed = try parties.takeSealed(&columns)
                    let kids: String? = try columns.take()
                    return SealedSubject(
                        id: id, reference: reference, sealed: sealed,
                        kids: Set((kids ?? "").split(separator: ",").map(String.init)),
                        isHeld: isHeld)
                })
        }
    }

    /// Adds tokens to subjects; those that a subject has already stay.
    public func addTokens(_ subjects: [RekeyedSubject]) async throws {
        try await write { db in
            let movement = try TokenMovement(db)
            for subject in subjects {
                try Self.addTokens(subject, movement, db)
            }
            try movement.save(db)
        }
    }

    private static func addTokens(
        _ subject: RekeyedSubject, _ movement: TokenMovement, _ db: Database
    ) throws {
        guard let token = subject.tokens.first else { return }
        var names = NameCheckList()
        for check in subject.tokens.reversed().map(\.nameCheck) { names.add(fromBook: check) }
        try db.cachedStatement(
            sql: """
                INSERT INTO token (kid, token, memberID, subjectID, nameChecks)
                SELECT ?2, ?3, memberID, id, ?4 FROM subject WHERE id = ?1
                    AND NOT EXISTS (SELECT 1 FROM token WHERE subjectID = ?1 AND kid = ?2)
                """
        ).execute(arguments: [
            subject.id, token.kid, token.token.bytes.stored, names.stored,
        ])
        guard db.changesCount > 0 else { return }
        try db.cachedStatement(
            sql: "UPDATE subject SET addition = ? WHERE id = ? AND addition IS NOT NULL"
        ).execute(arguments: [movement.addition, subject.id])
        if db.changesCount > 0 { movement.noteAddition() }
    }
}
