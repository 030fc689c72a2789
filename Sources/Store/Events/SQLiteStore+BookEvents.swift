import Book
import Exchange
import Foundation
import GRDB
import Membership
import TransparencyLog

extension SQLiteStore {
    /// Says which log is told; see `BookEventStore`.
    public func tellLog(named origin: String) async throws {
        // Nearly always the same, which costs no write.
        guard try await read({ try Self.toldLog($0) }) != origin else { return }
        try await write { db in
            // A file of before the name was kept told the log that its node has.
            if try Self.toldLog(db) != nil { try UntoldEvents.tellAllAnew(db) }
            try db.execute(
                sql: "INSERT OR REPLACE INTO toldLog (id, origin) VALUES (1, ?)",
                arguments: [origin])
        }
    }

    private static func toldLog(_ db: Database) throws -> String? {
        try String.fetchOne(db, sql: "SELECT origin FROM toldLog")
    }

    /// What was taken up and not settled; see `BookEventStore`.
    public func takenEvents() async throws -> TakenEvents? {
        try await read { db in
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT type, m.name, itemsRoot, logSize
                    FROM telling JOIN member m ON m.id = memberID
                    """)
            guard let row else { return nil }
            var columns = ColumnReader(row)
            return TakenEvents(
                type: try columns.take(LogEntryType.init(rawValue:)),
                member: try columns.take { MemberID($0) },
                itemsRoot: try columns.take { (bytes: Data) in MerkleHash(bytes: bytes) },
                logSize: try columns.take())
        }
    }

    /// Takes up events; see `BookEventStore`.
    public func takeEvents(
        limit: Int, logSize: Int, root: @escaping @Sendable ([BookEvent]) -> MerkleHash
    ) async throws -> (taken: TakenEvents, events: [BookEvent])? {
        // Nearly always there are none, which costs no write.
        guard try await read({ try Self.untold(limit: 1, $0) }) != nil else { return nil }
        return try await write { db in
            guard let lot = try Self.untold(limit: limit, db) else { return nil }
            let taken = TakenEvents(
                type: lot.kind.type, member: lot.member, itemsRoot: root(lot.events),
                logSize: logSize)
            try db.cachedStatement(sql: lot.kind.mark)
                .execute(arguments: [lot.firstID, lot.lastID])
            try db.execute(
                sql: """
                    INSERT INTO telling (id, type, memberID, itemsRoot, logSize, firstID, lastID)
                    VALUES (1, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    taken.type.rawValue, lot.memberID, taken.itemsRoot.bytes.stored, logSize,
                    lot.firstID, lot.lastID,
                ])
            return (taken, lot.events)
        }
    }

    /// Settles what was taken up; see `BookEventStore`.
    public func settleEvents(areLogged: Bool) async throws {
        try await write { db in
            try UntoldEvents.settle(areLogged: areLogged, db)
            try db.execute(sql: "DELETE FROM telling")
        }
    }

    /// Accounts that are disputed; see `BookEventStore`.
    public func disputedAccounts(
        among accounts: Set<AccountReference>
    ) async throws -> Set<AccountReference> {
        try await read { db in
            let statement = try db.cachedStatement(
                sql: """
                    SELECT EXISTS (
                        SELECT 1 FROM account WHERE reference = ? AND dispute IS NOT NULL)
                    """)
            return try accounts.filter {
                try Bool.fetchOne(statement, arguments: [$0.bytes.stored]) ?? false
            }
        }
    }

    /// Consents of whoever disputes an account; see `BookEventStore`.
    public func disputedConsents(among numbers: Set<Int>) async throws -> Set<Int> {
        try await read { db in
            let statement = try db.cachedStatement(
                sql: """
                    SELECT EXISTS (
                        SELECT 1 FROM consent c JOIN account a ON a.subjectID = c.subjectID
                        WHERE c.id = ? AND a.dispute IS NOT NULL)
                    """)
            return try numbers.filter {
                try Bool.fetchOne(statement, arguments: [$0]) ?? false
            }
        }
    }

    /// What stands behind digests of consents; see `BookEventStore`.
    public func bookConsents(
        of member: MemberID, digests: Set<[UInt8]>
    ) async throws -> [BookConsentEvidence] {
        try await read { db in
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT c.evidenceDigest, c.evidenceSalt, c.subjectID
                    FROM consent c JOIN subject s ON s.id = c.subjectID
                    WHERE s.memberID = ? AND c.partID IS NOT NULL
                        AND c.evidenceDigest IS NOT NULL
                    ORDER BY c.id
                    """,
                arguments: [try MemberTable.find(member, db)])
            var found: [BookConsentEvidence] = []
            while let row = try rows.next() {
                var columns = ColumnReader(row)
                let digest = try columns.takeBytes()
                guard digests.contains(digest) else { continue }
                found.append(
                    BookConsentEvidence(
                        digest: digest, salt: try columns.takeOptionalBytes(),
                        accounts: try Self.accounts(of: columns.take(), db)))
            }
            return found
        }
    }

    private static func accounts(
        of subjectID: Int64, _ db: Database
    ) throws -> [AccountReference] {
        try Data.fetchAll(
            db, sql: "SELECT reference FROM account WHERE subjectID = ? ORDER BY reference",
            arguments: [subjectID]
        ).compactMap { AccountReference(bytes: Array($0)) }
    }
}

/// Events of one kind and one member that the log was not told of: all that there are of the kind
/// between the rows' numbers.
private struct UntoldLot {
    let kind: UntoldEvents
    let memberID: Int64
    let member: MemberID
    let firstID: Int64
    var lastID: Int64
    var events: [BookEvent] = []
}

extension SQLiteStore {
    /// The first lot; of several members that of the first.
    private static func untold(limit: Int, _ db: Database) throws -> UntoldLot? {
        for kind in UntoldEvents.all {
            let rows = try Row.fetchCursor(
                db.cachedStatement(sql: kind.select), arguments: [limit])
            var lot: UntoldLot?
            while let row = try rows.next() {
                var columns = ColumnReader(row)
                let id: Int64 = try columns.take()
                let memberID: Int64 = try columns.take()
                let member = try columns.take { MemberID($0) }
                if lot == nil {
                    lot = UntoldLot(
                        kind: kind, memberID: memberID, member: member, firstID: id, lastID: id)
                }
                guard lot?.memberID == memberID else { break }
                lot?.lastID = id
                lot?.events.append(try kind.read(id, &columns))
            }
            if let lot { return lot }
        }
        return nil
    }
}
