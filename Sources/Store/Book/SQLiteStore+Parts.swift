import Book
import Exchange
import GRDB
import Membership
import RiskStandard

extension SQLiteStore {
    /// Declares which parts make a member's book, in place of what was declared before.
    public func declareParts(_ names: [String], of member: MemberID) async throws {
        try await write { db in
            let memberID = try MemberTable.id(of: member, db)
            try db.execute(
                sql: "DELETE FROM expectedPart WHERE memberID = ?", arguments: [memberID])
            for name in Set(names) {
                try db.execute(
                    sql: "INSERT INTO expectedPart VALUES (?, ?)", arguments: [memberID, name])
            }
        }
    }

    /// The parts of a member's book, imported or declared, by name.
    public func parts(of member: MemberID) async throws -> [BookPart] {
        try await read { db in
            let rows = try Row.fetchCursor(
                db, sql: Self.partsSQL, arguments: [try MemberTable.find(member, db)])
            return try Array(rows.map(Self.part))
        }
    }

    /// The days for which anything was imported into a member's book, oldest first.
    public func importDays(of member: MemberID) async throws -> [CalendarDate] {
        try await read { db in
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT DISTINCT partDay.asOf FROM part JOIN partDay ON partDay.partID = part.id
                    WHERE memberID = ? ORDER BY 1
                    """,
                arguments: [try MemberTable.find(member, db)])
            return try Array(
                rows.map { row in
                    var columns = ColumnReader(row)
                    return try columns.take(CalendarDate.init(stored:))
                })
        }
    }

    private static let partsSQL = """
        SELECT name, asOf, importedAt,
            name IN (SELECT name FROM expectedPart WHERE memberID = ?1),
            (SELECT count(*) FROM account WHERE partID = part.id)
        FROM part WHERE memberID = ?1
        UNION ALL
        SELECT name, NULL, NULL, TRUE, 0 FROM expectedPart
        WHERE memberID = ?1 AND name NOT IN (SELECT name FROM part WHERE memberID = ?1)
        ORDER BY 1
        """

    private static func part(_ row: Row) throws -> BookPart {
        var columns = ColumnReader(row)
        return BookPart(
            name: try columns.take(),
            asOf: try columns.takeOptional(CalendarDate.init(stored:)),
            importedAt: try columns.takeOptional(Timestamp.init(stored:)),
            isExpected: try columns.take(), accounts: try columns.take())
    }
}
