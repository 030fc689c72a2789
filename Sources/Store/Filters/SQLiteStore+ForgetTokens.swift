import Exchange
import GRDB

extension SQLiteStore {
    /// Forgets all tokens under a key, and the filters made of them, also those that are superseded.
    public func forgetTokens(kid: String) async throws {
        try await write { db in
            try db.execute(sql: "DELETE FROM token WHERE kid = ?", arguments: [kid])
            try db.execute(sql: "DELETE FROM publishedFilter WHERE kid = ?", arguments: [kid])
            try db.execute(
                sql: """
                    DELETE FROM filterBody
                    WHERE digest NOT IN (SELECT digest FROM publishedFilter)
                        AND digest NOT IN (SELECT digest FROM peerFilter)
                    """)
        }
    }
}
