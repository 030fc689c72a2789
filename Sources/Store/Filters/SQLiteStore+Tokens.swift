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

    /// What a filter is made of: the tokens under a key of subjects added after `additions`.
    public func tokens(kid: String, after additions: Int64) async throws -> TokenHashes {
        try await read { db in
            try additions == 0
                ? Self.allTokens(kid, db) : Self.newTokens(kid, after: additions, db)
        }
    }

    /// Reads two tables once, each in its own order: looking up a million subjects one by one would
    /// take many times as long.
    private static func allTokens(_ kid: String, _ db: Database) throws -> TokenHashes {
        var held = NumberSet()
        let subjects = try Int64.fetchCursor(
            db, sql: "SELECT id FROM subject WHERE addition IS NOT NULL")
        while let id = try subjects.next() { held.insert(id) }
        let gone = try Int64.fetchCursor(db, sql: "SELECT id FROM subject WHERE leftAt IS NOT NULL")
        while let id = try gone.next() { held.remove(id) }
        var hashes = TokenHashes()
        let tokens = try Row.fetchCursor(
            db, sql: "SELECT subjectID, token FROM token WHERE kid = ? ORDER BY token",
            arguments: [kid])
        while let row = try tokens.next() {
            var columns = ColumnReader(row)
            guard held.contains(try columns.take()) else { continue }
            hashes.append(try columns.take { (bytes: Data) in try? Token(bytes: bytes) })
        }
        return hashes
    }

    private static func newTokens(
        _ kid: String, after additions: Int64, _ db: Database
    ) throws -> TokenHashes {
        let tokens = try Row.fetchCursor(
            db,
            sql: """
                SELECT token.token FROM subject CROSS JOIN token ON token.subjectID = subject.id
                WHERE subject.addition > ? AND subject.leftAt IS NULL AND token.kid = ?
                ORDER BY token.token
                """,
            arguments: [additions, kid])
        var hashes = TokenHashes()
        while let row = try tokens.next() {
            var columns = ColumnReader(row)
            hashes.append(try columns.take { (bytes: Data) in try? Token(bytes: bytes) })
        }
        return hashes
    }
}
