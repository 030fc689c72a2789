import Exchange
import Foundation
import GRDB
import TransparencyLog

extension SQLiteLog {
    /// The checkpoint that was promised last; see `ExchangeLog`.
    public func checkpoint() async throws(LogError) -> SignedCheckpoint { writer.checkpoint }

    /// A tile's bytes; see `ExchangeLog`.
    public func tile(_ id: TileID) async throws(LogError) -> [UInt8]? {
        guard isPromised(id) else { return nil }
        let bytes = try await read { try LogFile($0).hashes(of: id) }
        return bytes.map { Array($0.prefix(id.byteCount)) }
    }

    /// A bundle of entries; see `ExchangeLog`.
    public func entries(_ id: EntryBundleID) async throws(LogError) -> [UInt8]? {
        guard isPromised(id.tile) else { return nil }
        let entries = try await read { try LogFile($0).entries(id.entries) }
        guard entries.count == id.width, let bundle = try? EntryBundle(entries: entries) else {
            throw .store(.damaged(path: pool.path))
        }
        return bundle.bytes
    }

    /// An entry's evidence; see `ExchangeLog`.
    public func evidence(of index: EntryIndex) async throws(LogError) -> ServedEvidence? {
        guard index.value < writer.checkpoint.checkpoint.head.size.value else { return nil }
        let found = try await read { db -> (entry: [UInt8], content: [UInt8])? in
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT entry.content, evidence.content FROM evidence
                    JOIN entry ON entry.id = entryID WHERE entryID = ?
                    """,
                arguments: [index.value])
            guard let row else { return nil }
            var columns = ColumnReader(row)
            return (try columns.takeBytes(), try columns.takeBytes())
        }
        guard let found else { return nil }
        guard let served = ServedEvidence(of: index, entry: found.entry, stored: found.content)
        else { throw .store(.damaged(path: pool.path)) }
        return served
    }

    /// Askings without an end; see `ExchangeLog`.
    public func unfinishedAskings() async throws(LogError) -> [LogEntry] {
        let entries = try await read { try LogFile($0).askings(countMax: Self.askingsMax) }
        return entries.compactMap { try? LogEntry(bytes: $0) }
    }

    /// Whether the tile lies within what was promised: more is shown to nobody.
    private func isPromised(_ id: TileID) -> Bool {
        let size = writer.checkpoint.checkpoint.head.size
        guard let widest = TileID(level: id.level, index: id.index, in: size) else { return false }
        return id.width <= widest.width
    }

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(LogError) -> Value {
        do { return try await pool.read(body) } catch { throw failure(error) }
    }

    func failure(_ error: any Error) -> LogError {
        .store(
            StoreError(error, path: pool.path)
                ?? .failed(code: 1, message: "the log cannot be read"))
    }
}
