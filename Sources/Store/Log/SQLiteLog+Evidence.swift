import Exchange
import Foundation
import GRDB
import StrictJSON
import TransparencyLog

extension SQLiteLog {
    /// Evidence whose time ended; see `ExchangeLog`.
    public func endedEvidence(
        before moment: Timestamp, after place: EvidencePlace?
    ) async throws(LogError) -> [EndedEvidence] {
        try await read { db in
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT retainUntil, entryID, entry.content, evidence.content
                    FROM evidence JOIN entry ON entry.id = entryID
                    WHERE retainUntil < ? AND (retainUntil, entryID) > (?, ?)
                    ORDER BY retainUntil, entryID LIMIT ?
                    """,
                arguments: [
                    moment.stored, place?.retainUntil.stored ?? .min, place?.index.value ?? -1,
                    Self.evidencePageMax,
                ])
            var (found, byteCount): ([EndedEvidence], Int) = ([], 0)
            while byteCount < Self.evidencePageBytesMax, let row = try rows.next() {
                var columns = ColumnReader(row)
                let place = try EvidencePlace(columns: &columns)
                let (entry, content) = (try columns.takeBytes(), try columns.takeBytes())
                byteCount += content.count
                found.append(
                    EndedEvidence(
                        place: place,
                        evidence: ServedEvidence(
                            of: place.index, entry: entry, stored: content)))
            }
            return found
        }
    }

    /// Deletes evidence; see `ExchangeLog`.
    public func forgetEvidence(of entries: [EntryIndex]) async throws(LogError) {
        guard !entries.isEmpty else { return }
        do {
            try await pool.write { [tuning] db in
                let statement = try db.cachedStatement(
                    sql: "DELETE FROM evidence WHERE entryID = ?")
                for entry in entries { try statement.execute(arguments: [entry.value]) }
                try tuning.atForgetting(.beforeCommit)
            }
            try tuning.atForgetting(.afterCommit)
        } catch {
            throw failure(error)
        }
    }
}

extension EvidencePlace {
    fileprivate init(columns: inout ColumnReader) throws {
        self.init(
            retainUntil: try columns.take(Timestamp.init(stored:)),
            index: try columns.take { EntryIndex($0) })
    }
}

extension ServedEvidence {
    /// Evidence as it is stored; nil for what cannot be read.
    init?(of index: EntryIndex, entry: [UInt8], stored content: [UInt8]) {
        guard let json = try? JSONValue(parsing: content, limits: Evidence.jsonLimits),
            let evidence = try? Evidence(json: json)
        else { return nil }
        self.init(index: index, entry: entry, evidence: evidence)
    }
}
