import Exchange
import Foundation
import GRDB
import Pseudonym

extension SQLiteStore {
    /// How far the tokens of the store have moved on.
    public func tokenPosition() async throws -> TokenPosition {
        try await read { db in
            let row = try Row.fetchOne(db, sql: "SELECT additions, removals FROM position")
            guard let row else { throw UnreadableColumn() }
            var columns = ColumnReader(row)
            return TokenPosition(additions: try columns.take(), removals: try columns.take())
        }
    }

    /// The distinct tokens under a key of the subjects with an account or an inquiry since after
    /// `additions`.
    public func tokens(kid: String, after additions: Int64) async throws -> [Token] {
        // All of them are read in the tokens' own order; a few, from the subjects that are new.
        let join = additions == 0 ? "JOIN" : "CROSS JOIN"
        return try await read { db in
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT DISTINCT token.token
                    FROM subject \(join) token ON token.subjectID = subject.id
                    WHERE subject.addition > ? AND subject.leftAt IS NULL AND token.kid = ?
                    """,
                arguments: [additions, kid])
            return try Array(
                rows.map { row in
                    var columns = ColumnReader(row)
                    return try columns.take { (bytes: Data) in try? Token(bytes: bytes) }
                })
        }
    }
}
