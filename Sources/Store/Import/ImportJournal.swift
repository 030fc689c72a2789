import Book
import Exchange
import Foundation
import GRDB
import Membership
import RiskStandard
import StrictJSON

/// The book's own journal: which imports changed it, and of which accounts they corrected what had
/// been told.
enum ImportJournal {
    /// Adds an import; returns its number.
    static func add(
        _ header: BookHeader, rows: Int, rejects: [String: Int], changes: ImportChanges,
        memberID: Int64, _ db: Database
    ) throws -> Int64 {
        let counts = JSONValue.object(
            rejects.sorted { $0.key < $1.key }.map { JSONMember($0.key, .integer($0.value)) })
        try db.execute(
            sql: """
                INSERT INTO bookImport (memberID, part, asOf, importedAt, mapping, extent,
                    correction, readRows, rejects, new, changed, vanished)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                memberID, header.part, header.asOf.stored, header.importedAt.stored,
                header.mapping, header.extent.rawValue, header.correction, rows, counts.stored,
                changes.new, changes.changed, changes.vanished,
            ])
        return db.lastInsertedRowID
    }

    /// Notes of which accounts an import corrected what had been told: those of its entries that
    /// differ, and others.
    static func addCorrections(
        of importID: Int64, _ application: ImportApplication, _ db: Database
    ) throws {
        let asOf = application.header.asOf.stored
        let condition =
            application.changes.isKnownDay
            ? "NOT k.isSame AND NOT k.isOutdated"
            : "k.isOfSameDay AND NOT k.isNew AND NOT k.isSame AND NOT k.isOutdated"
        try db.execute(
            sql: """
                INSERT INTO main.correction (importID, account, subject, asOf)
                SELECT ?, a.reference, s.reference, ?
                FROM draft.knownEntry k JOIN main.account a ON a.id = k.accountID
                    JOIN main.subject s ON s.id = k.subjectID
                WHERE \(condition)
                """,
            arguments: [importID, asOf])
        for (account, subject) in application.corrected {
            try db.cachedStatement(
                sql: """
                    INSERT INTO main.correction (importID, account, subject, asOf)
                    VALUES (?, ?, ?, ?)
                    """
            ).execute(arguments: [importID, account.bytes.stored, subject, asOf])
        }
    }
}

extension SQLiteStore {
    /// The latest imports into a member's book that changed it, newest first.
    public func imports(of member: MemberID, limit: Int) async throws -> [ImportRecord] {
        try await read { db in
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT id, part, asOf, importedAt, mapping, extent, correction, readRows,
                        rejects, new, changed, vanished
                    FROM bookImport WHERE memberID = ? ORDER BY id DESC LIMIT ?
                    """,
                arguments: [try MemberTable.find(member, db), limit])
            return try Array(rows.map { try Self.importRecord($0, member: member) })
        }
    }

    /// Reads every import into a member's book, within a transaction: so it is known that all can be.
    static func readImports(of member: MemberID, _ id: Int64, _ db: Database) throws {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT id, part, asOf, importedAt, mapping, extent, correction, readRows, rejects,
                    new, changed, vanished
                FROM bookImport WHERE memberID = ?
                """, arguments: [id])
        while let row = try rows.next() { _ = try importRecord(row, member: member) }
    }

    /// Corrections after one of that number, oldest first.
    public func corrections(after id: Int64, limit: Int) async throws -> [Correction] {
        try await read { db in
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT correction.id, member.name, importID, account, subject, correction.asOf
                    FROM correction JOIN bookImport ON bookImport.id = importID
                        JOIN member ON member.id = bookImport.memberID
                    WHERE correction.id > ? ORDER BY correction.id LIMIT ?
                    """,
                arguments: [id, limit])
            return try Array(rows.map(Self.correction))
        }
    }

    private static func importRecord(_ row: Row, member: MemberID) throws -> ImportRecord {
        var columns = ColumnReader(row)
        let id: Int64 = try columns.take()
        let part: String = try columns.take()
        let asOf = try columns.take(CalendarDate.init(stored:))
        let importedAt = try columns.take(Timestamp.init(stored:))
        let mapping: String = try columns.take()
        let extent = try columns.take(BookHeader.Extent.init(rawValue:))
        let header = BookHeader(
            member: member, part: part, asOf: asOf, importedAt: importedAt, mapping: mapping,
            extent: extent, correction: try columns.take())
        return ImportRecord(
            id: id, header: header, rows: try columns.take(),
            rejects: try columns.take { JSONValue(stored: $0)?.counts },
            new: try columns.take(), changed: try columns.take(), vanished: try columns.take())
    }

    private static func correction(_ row: Row) throws -> Correction {
        var columns = ColumnReader(row)
        return Correction(
            id: try columns.take(), member: try columns.take { MemberID($0) },
            importID: try columns.take(),
            account: try columns.take { (bytes: Data) in
                AccountReference(bytes: Array(bytes))
            },
            subject: try columns.takeOptional { (bytes: Data) in
                SubjectReference(bytes: Array(bytes))
            },
            asOf: try columns.take(CalendarDate.init(stored:)))
    }
}

extension JSONValue {
    /// An object of whole numbers.
    fileprivate var counts: [String: Int]? {
        guard case .object(let members) = self else { return nil }
        var counts: [String: Int] = [:]
        for member in members {
            guard case .integer(let count) = member.value else { return nil }
            counts[member.name] = count
        }
        return counts
    }
}
