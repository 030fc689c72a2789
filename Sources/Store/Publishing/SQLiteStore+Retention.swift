import Book
import Exchange
import GRDB
import RiskStandard

extension SQLiteStore {
    /// Deletes closed accounts whose time is over; a page is one write, in which an account is judged
    /// as it stands.
    public func forgetAccounts(
        closedBy month: YearMonth, after id: Int64, limit: Int,
        where hasEnded: @escaping @Sendable (HeldAccount, SubjectKind) -> Bool
    ) async throws -> ReviewedPage {
        try await write { db in
            let closed = try AccountReader(
                db, columns: "id, subjectID, \(Self.kindOfAccount)",
                where: """
                    id > ? AND (status = 'settled' OR status = 'transferred-out'
                        OR status = 'ended') AND ifnull(closedMonth <= ?, TRUE)
                    ORDER BY id LIMIT ?
                    """)
            var (last, ended, subjects): (Int64?, [Int64], Set<Int64>) = (nil, [], [])
            try closed.each([id, month.stored, limit]) { columns, account in
                let id: Int64 = try columns.take()
                let subject: Int64 = try columns.take()
                last = id
                guard hasEnded(account, try columns.take(SubjectKind.init(rawValue:))) else {
                    return
                }
                ended.append(id)
                subjects.insert(subject)
            }
            for id in ended {
                try db.cachedStatement(sql: "DELETE FROM account WHERE id = ?")
                    .execute(arguments: [id])
            }
            try Self.remove(subjects, db)
            return ReviewedPage(last: last, changed: ended.count)
        }
    }

    /// Deletes inquiries made before a moment.
    public func forgetInquiries(before moment: Timestamp) async throws -> Int {
        try await write { db in
            let subjects = try Int64.fetchSet(
                db, sql: "SELECT subjectID FROM inquiry WHERE at < ?", arguments: [moment.stored])
            guard !subjects.isEmpty else { return 0 }
            try db.execute(sql: "DELETE FROM inquiry WHERE at < ?", arguments: [moment.stored])
            let forgotten = db.changesCount
            try Self.remove(subjects, db)
            return forgotten
        }
    }

    /// The kind of the subject of an account.
    static let kindOfAccount = "(SELECT kind FROM subject WHERE subject.id = account.subjectID)"

    private static func remove(_ subjects: Set<Int64>, _ db: Database) throws {
        let movement = try TokenMovement(db)
        try LooseSubjects.remove(subjects, movement: movement, db)
        try movement.save(db)
    }
}
