import Exchange
import Foundation
import GRDB
import Membership

extension SQLiteStore {
    /// Brings rows into one part of a member's book: collected in a draft while the store is in use,
    /// then applied in one transaction. Other writes wait only for that transaction.
    @discardableResult
    public func importBook(
        _ header: BookHeader, fill: (any BookDraft) throws -> Void,
        approve: (ImportChanges) throws -> IdempotentAnswer?
    ) throws -> ImportChanges {
        guard importing.withLock({ $0.begin() }) else { throw StoreError.busy }
        defer { importing.withLock { $0.end() } }
        let file = DraftFile(ofStoreAt: path)
        defer { file.remove() }
        do {
            let queue = try file.make(tuning)
            defer { try? queue.close() }
            let draft = try ImportDraft(header, pool: pool, queue: queue)
            try fill(draft)
            try draft.finish()
            return try apply(draft, file, approve)
        } catch {
            throw StoreError(error, path: path) ?? error
        }
    }

    /// What was answered before to a request of this key.
    public func idempotentAnswer(
        of member: MemberID, key: String
    ) async throws -> IdempotentAnswer? {
        try await read { db in
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT requestDigest, answer, at FROM idempotentAnswer
                    WHERE memberID = ? AND key = ?
                    """,
                arguments: [try MemberTable.find(member, db), key])
            guard let row else { return nil }
            var columns = ColumnReader(row)
            return IdempotentAnswer(
                member: member, key: key, requestDigest: try columns.takeBytes(),
                answer: try columns.takeBytes(), at: try columns.take(Timestamp.init(stored:)))
        }
    }
}

/// Whether an import is in the making.
struct ImportGate {
    private var isOpen = true

    /// Takes the gate; false when it is taken.
    mutating func begin() -> Bool {
        defer { isOpen = false }
        return isOpen
    }

    /// Gives the gate back.
    mutating func end() {
        isOpen = true
    }
}

extension SQLiteStore {
    private func apply(
        _ draft: ImportDraft, _ file: DraftFile,
        _ approve: (ImportChanges) throws -> IdempotentAnswer?
    ) throws -> ImportChanges {
        try pool.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA main.cache_size = -\(tuning.importCacheKiB)")
            try file.attach(to: db, tuning)
            var changes = ImportChanges()
            var unwritten: IdempotentAnswer?
            let result = Result {
                try db.inTransaction(.immediate) {
                    let application = try ImportApplication(db, draft)
                    try application.run()
                    changes = application.changes
                    let answer = try approve(changes)
                    if changes.isEmpty, !application.hasQuietChanges {
                        unwritten = answer
                        return .rollback
                    }
                    if !changes.isEmpty { try application.keepJournal() }
                    if let answer { try Self.keep(answer, db) }
                    return .commit
                }
            }
            try file.detach(from: db)
            // No other write needs so many pages of a large book.
            try db.execute(sql: "PRAGMA main.cache_size = -\(tuning.pageCacheKiB)")
            db.releaseMemory()
            ProcessMemory.giveBackFree()
            try result.get()
            if let unwritten {
                try db.inTransaction(.immediate) {
                    try Self.keep(unwritten, db)
                    return .commit
                }
            }
            return changes
        }
    }

    /// Keeps an answer, and forgets those that are too old.
    private static func keep(_ answer: IdempotentAnswer, _ db: Database) throws {
        let oldest = answer.at.advanced(
            bySeconds: -Int64(IdempotentAnswer.daysKept) * Timestamp.secondsPerDay)
        try db.execute(
            sql: "DELETE FROM idempotentAnswer WHERE at < ?", arguments: [oldest.stored])
        try db.execute(
            sql: """
                INSERT INTO idempotentAnswer (memberID, key, requestDigest, answer, at)
                VALUES (?, ?, ?, ?, ?)
                """,
            arguments: [
                try MemberTable.id(of: answer.member, db), answer.key,
                answer.requestDigest.stored, answer.answer.stored, answer.at.stored,
            ])
    }
}
