import Book
import Exchange
import GRDB
import Membership
import RiskStandard

extension SQLiteStore {
    /// The books as they stand, by member.
    public func books(at now: Timestamp) async throws -> [BookState] {
        try await read { db in
            let rows = try Row.fetchCursor(db, sql: Self.booksSQL, arguments: [now.stored])
            return try Array(rows.map(Self.bookState))
        }
    }
}

extension SQLiteStore {
    /// A consent holds as `HeldConsent.state(at:)` says: granted, not expired, not withdrawn.
    private static let booksSQL = """
        SELECT name,
            (SELECT min(asOf) FROM part WHERE memberID = member.id),
            (SELECT count(*) FROM subject WHERE memberID = member.id AND addition IS NOT NULL),
            (SELECT count(*) FROM subject
                WHERE memberID = member.id AND addition IS NOT NULL AND NOT EXISTS (
                    SELECT 1 FROM consent
                    WHERE subjectID = subject.id AND grantedAt <= ?1
                        AND ifnull(expiresAt > ?1, TRUE) AND ifnull(withdrawnAt > ?1, TRUE))),
            (SELECT count(*) FROM part JOIN account ON account.partID = part.id
                WHERE part.memberID = member.id)
        FROM member
        WHERE EXISTS (SELECT 1 FROM part WHERE memberID = member.id)
        ORDER BY name
        """

    private static func bookState(_ row: Row) throws -> BookState {
        var columns = ColumnReader(row)
        return BookState(
            member: try columns.take { MemberID($0) },
            asOf: try columns.take(CalendarDate.init(stored:)), subjects: try columns.take(),
            undisclosed: try columns.take(), accounts: try columns.take())
    }
}
