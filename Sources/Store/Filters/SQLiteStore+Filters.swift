import Exchange
import Foundation
import GRDB
import Membership
import TransparencyLog

extension SQLiteStore {
    /// Keeps a filter that this node made and serves from now on. Published once more, it takes the
    /// place of what stood there and is the newest.
    public func publishFilter(
        _ filter: PublishedFilter, body: [UInt8], supersedes: [[UInt8]]
    ) async throws {
        let entry = filter.entry
        try await write { db in
            for digest in supersedes {
                try db.execute(
                    sql: """
                        UPDATE publishedFilter SET supersededAt = ?
                        WHERE kid = ? AND digest = ? AND supersededAt IS NULL
                        """,
                    arguments: [entry.generated.stored, entry.kid, digest.stored])
            }
            try Self.keepBody(body, digest: entry.digest, db)
            try db.execute(
                sql: """
                    INSERT OR REPLACE INTO publishedFilter
                        (kid, digest, tokens, generated, logIndex, additions, removals,
                        isComplete)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    entry.kid, entry.digest.stored, entry.count, entry.generated.stored,
                    entry.logIndex?.value, filter.position.additions, filter.position.removals,
                    filter.isComplete,
                ])
        }
    }

    /// The filters that the manifest names, oldest first.
    public func publishedFilters() async throws -> [PublishedFilter] {
        try await read { db in
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT kid, tokens, digest, generated, logIndex, additions, removals,
                        isComplete
                    FROM publishedFilter WHERE supersededAt IS NULL ORDER BY id
                    """)
            return try Array(rows.map(Self.publishedFilter))
        }
    }

    /// The bytes of a filter that this node published; nil when it did not, or has forgotten it.
    public func filterBody(digest: [UInt8]) async throws -> [UInt8]? {
        try await body(digest: digest, in: "publishedFilter")
    }

    /// Forgets own filters that were superseded before a moment, and peers' filters that were made
    /// more than `peerFilterDays` before it.
    public func pruneFilters(supersededBefore moment: Timestamp) async throws {
        let peerMoment = moment.advanced(
            bySeconds: -Int64(Self.peerFilterDays) * Timestamp.secondsPerDay)
        try await write { db in
            try db.execute(
                sql: "DELETE FROM publishedFilter WHERE supersededAt < ?",
                arguments: [moment.stored])
            var forgotten = db.changesCount
            try db.execute(
                sql: "DELETE FROM peerFilter WHERE generated < ?", arguments: [peerMoment.stored])
            forgotten += db.changesCount
            guard forgotten > 0 else { return }
            try db.execute(
                sql: """
                    DELETE FROM filterBody
                    WHERE digest NOT IN (SELECT digest FROM publishedFilter)
                        AND digest NOT IN (SELECT digest FROM peerFilter)
                    """)
        }
    }

    /// Keeps a peer's filter that was fetched and verified; harmless when it is here already.
    public func keepPeerFilter(
        _ filter: ManifestFilter, of node: NodeID, body: [UInt8]
    ) async throws {
        try await write { db in
            try Self.keepBody(body, digest: filter.digest, db)
            try db.execute(
                sql: """
                    INSERT INTO peerFilter (node, kid, digest, tokens, generated)
                    VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT DO UPDATE SET generated = max(generated, excluded.generated)
                    """,
                arguments: [
                    node.description, filter.kid, filter.digest.stored, filter.count,
                    filter.generated.stored,
                ])
        }
    }

    /// The bytes of a peer's filter fetched before; nil when it is not here.
    public func peerFilterBody(digest: [UInt8]) async throws -> [UInt8]? {
        try await body(digest: digest, in: "peerFilter")
    }
}

extension SQLiteStore {
    /// Bodies are shared; `table` says whose filter it has to be.
    private func body(digest: [UInt8], in table: String) async throws -> [UInt8]? {
        try await read { db in
            let body = try Data.fetchOne(
                db,
                sql: """
                    SELECT body FROM filterBody
                    WHERE digest = ?1 AND EXISTS (SELECT 1 FROM \(table) WHERE digest = ?1)
                    """,
                arguments: [digest.stored])
            return body.map { Array($0) }
        }
    }

    private static func keepBody(_ body: [UInt8], digest: [UInt8], _ db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO filterBody (digest, body) VALUES (?, ifnull(?, x''))
                ON CONFLICT DO NOTHING
                """,
            arguments: [digest.stored, body.stored])
    }

    private static func publishedFilter(_ row: Row) throws -> PublishedFilter {
        var columns = ColumnReader(row)
        return PublishedFilter(
            entry: ManifestFilter(
                kid: try columns.take(), count: try columns.take(),
                digest: try columns.takeBytes(),
                generated: try columns.take(Timestamp.init(stored:)),
                logIndex: try columns.takeOptional { EntryIndex($0) }),
            position: TokenPosition(
                additions: try columns.take(), removals: try columns.take()),
            isComplete: try columns.take())
    }
}
