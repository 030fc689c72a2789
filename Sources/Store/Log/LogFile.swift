import Exchange
import Foundation
import GRDB
import TransparencyLog

/// What stands in the log's file, read and written within a transaction.
struct LogFile {
    let db: Database

    init(_ db: Database) { self.db = db }

    /// How many entries there are.
    func size() throws -> TreeSize {
        let last = try Int.fetchOne(db, sql: "SELECT max(id) FROM entry")
        guard let size = TreeSize(last.map { $0 + 1 } ?? 0) else { throw UnreadableColumn() }
        return size
    }

    /// The tree as its right edge has it; `nil` when tiles are missing or not of the entries' number.
    func tree() throws -> TileAppender? {
        let size = try size()
        var edge: [Tile] = []
        for id in TileID.edge(of: size) {
            guard let bytes = try hashes(of: id), let tile = try? Tile(id, bytes: bytes) else {
                return nil
            }
            edge.append(tile)
        }
        return try? TileAppender(size: size, edge: edge)
    }

    /// The hashes of the tile at a place, as wide as it is now.
    func hashes(of id: TileID) throws -> [UInt8]? {
        let statement = try db.cachedStatement(sql: "SELECT hashes FROM tile WHERE id = ?")
        return try Data.fetchOne(statement, arguments: [id.stored]).map { Array($0) }
    }

    /// The entries of some places, as many of them as there are.
    func entries(_ places: Range<Int>) throws -> [[UInt8]] {
        let statement = try db.cachedStatement(
            sql: "SELECT content FROM entry WHERE id >= ? AND id < ? ORDER BY id")
        let arguments: StatementArguments = [places.lowerBound, places.upperBound]
        return try Data.fetchAll(statement, arguments: arguments).map { Array($0) }
    }

    /// The checkpoint of the whole; nil before the first entry.
    func checkpoint() throws -> [UInt8]? {
        try Data.fetchOne(db, sql: "SELECT note FROM checkpoint").map { Array($0) }
    }

    func insert(_ entry: [UInt8], at index: Int) throws {
        let statement = try db.cachedStatement(
            sql: "INSERT INTO entry (id, content) VALUES (?, ?)")
        try statement.execute(arguments: [index, entry.stored])
    }

    func insert(_ evidence: StoredEvidence, of index: Int) throws {
        let statement = try db.cachedStatement(
            sql: "INSERT INTO evidence (entryID, retainUntil, content) VALUES (?, ?, ?)")
        try statement.execute(
            arguments: [index, evidence.retainUntil.stored, evidence.content.stored])
    }

    func insert(_ nonce: NonceDigest, keepUntil: Timestamp) throws {
        let statement = try db.cachedStatement(
            sql: "INSERT INTO nonce (keepUntil, digest) VALUES (?, ?)")
        try statement.execute(arguments: [keepUntil.stored, nonce.bytes.stored])
    }

    func put(_ tile: Tile) throws {
        let statement = try db.cachedStatement(
            sql: "INSERT OR REPLACE INTO tile (id, hashes) VALUES (?, ?)")
        try statement.execute(arguments: [tile.id.stored, tile.bytes.stored])
    }

    func put(_ checkpoint: SignedCheckpoint) throws {
        let statement = try db.cachedStatement(
            sql: "INSERT OR REPLACE INTO checkpoint (id, note) VALUES (1, ?)")
        try statement.execute(arguments: [checkpoint.note.bytes.stored])
    }

    /// All nonces that are remembered.
    func nonces() throws -> Set<NonceDigest> {
        let rows = try Data.fetchCursor(db, sql: "SELECT digest FROM nonce")
        var nonces: Set<NonceDigest> = []
        while let bytes = try rows.next() {
            guard let nonce = NonceDigest(bytes: Array(bytes)) else { throw UnreadableColumn() }
            nonces.insert(nonce)
        }
        return nonces
    }

    /// Forgets nonces whose time ended before a moment, oldest first, up to the first whose time did
    /// not; returns them.
    func forgetNonces(before moment: Timestamp) throws -> [NonceDigest] {
        let statement = try db.cachedStatement(
            sql: "SELECT id, keepUntil, digest FROM nonce ORDER BY id LIMIT ?")
        let rows = try Row.fetchCursor(statement, arguments: [SQLiteLog.noncesForgottenMax])
        var last: Int64?
        var forgotten: [NonceDigest] = []
        while let row = try rows.next() {
            var columns = ColumnReader(row)
            let id = try columns.take(Int64.self)
            guard try columns.take(Timestamp.init(stored:)) < moment else { break }
            guard let nonce = NonceDigest(bytes: try columns.takeBytes()) else {
                throw UnreadableColumn()
            }
            last = id
            forgotten.append(nonce)
        }
        if let last {
            try db.execute(sql: "DELETE FROM nonce WHERE id <= ?", arguments: [last])
        }
        return forgotten
    }
}

extension TileID {
    /// The number of the tile's place in the file; its width is the row's.
    var stored: Int64 { Int64(level) << 48 | Int64(index) }
}
