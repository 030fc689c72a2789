import Exchange
import GRDB
import Membership

extension SQLiteStore {
    /// Elements that were set aside for peers on a UTC day.
    public func quotaReserved(day: Int) async throws -> [QuotaKey: Int] {
        try await read { db in
            let rows = try Row.fetchCursor(
                db, sql: "SELECT node, member, total FROM quota WHERE day = ?", arguments: [day])
            var reserved: [QuotaKey: Int] = [:]
            while let row = try rows.next() {
                var columns = ColumnReader(row)
                let key = QuotaKey(
                    node: try columns.take { NodeID($0) },
                    member: try columns.take { MemberID($0) })
                reserved[key] = try columns.take()
            }
            return reserved
        }
    }

    /// Sets aside elements; the greater total stays. Days before the last `quotaDaysKept` go.
    public func reserveQuota(_ key: QuotaKey, day: Int, total: Int) async throws {
        try await write { db in
            try db.execute(
                sql: """
                    INSERT INTO quota (day, node, member, total) VALUES (?, ?, ?, ?)
                    ON CONFLICT DO UPDATE SET total = max(total, excluded.total)
                    """,
                arguments: [day, key.node.description, key.member.description, total])
            try db.execute(
                sql: "DELETE FROM quota WHERE day <= ?", arguments: [day - Self.quotaDaysKept])
        }
    }
}
