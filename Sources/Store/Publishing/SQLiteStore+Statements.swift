import Exchange
import GRDB
import Membership
import RiskStandard

extension SQLiteStore {
    /// Keeps what a member published, beside what it published before.
    public func recordPublication(_ publication: Publication) async throws {
        try await write { db in
            try db.execute(
                sql: """
                    INSERT INTO publication
                        (memberID, asOf, publishedAt, subjects, withheld, statement, digest)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    try MemberTable.id(of: publication.member, db), publication.asOf.stored,
                    publication.publishedAt.stored, publication.subjects.count,
                    publication.subjects.undisclosed, publication.statementBytes.stored,
                    publication.digest.stored,
                ])
            let id = db.lastInsertedRowID
            for total in publication.totals {
                try db.execute(
                    sql: "INSERT INTO publicationTotal VALUES (?, ?, ?, ?, ?)",
                    arguments: [
                        id, total.riskClass.rawValue, total.currency, total.accounts,
                        total.balance,
                    ])
            }
        }
    }

    /// The latest statements, newest first.
    public func statements(of member: MemberID?, limit: Int) async throws -> [StoredStatement] {
        try await read { db in
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT publication.id, member.name, publishedAt, asOf, statement, digest
                    FROM publication JOIN member ON member.id = publication.memberID
                    WHERE ?1 IS NULL OR member.name = ?1
                    ORDER BY publication.id DESC LIMIT ?2
                    """,
                arguments: [member?.description, limit])
            return try Array(rows.map(Self.statement))
        }
    }

    private static func statement(_ row: Row) throws -> StoredStatement {
        var columns = ColumnReader(row)
        return StoredStatement(
            id: try columns.take(), member: try columns.take { MemberID($0) },
            publishedAt: try columns.take(Timestamp.init(stored:)),
            asOf: try columns.take(CalendarDate.init(stored:)),
            bytes: try columns.takeOptionalBytes(), digest: try columns.takeOptionalBytes())
    }
}
