import GRDB
import Membership

/// Finds and adds members within one write; other tables name them by number.
enum MemberTable {
    /// The number of a member, new if need be.
    static func id(of member: MemberID, _ db: Database) throws -> Int64 {
        if let id = try find(member, db) { return id }
        try db.execute(sql: "INSERT INTO member (name) VALUES (?)", arguments: [member.description])
        return db.lastInsertedRowID
    }

    /// The number of a member; nil when nothing was ever written of it.
    static func find(_ member: MemberID, _ db: Database) throws -> Int64? {
        try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT id FROM member WHERE name = ?"),
            arguments: [member.description])
    }
}
