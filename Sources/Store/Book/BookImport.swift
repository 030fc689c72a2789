import Exchange
import GRDB

/// One import of one part of a member's book, inside its transaction.
///
/// What the part held before is deleted first and what it holds now is added; subjects stay, so that
/// those that are in both keep their place in the filters; what then holds nothing is deleted last.
final class BookImport: BookWriter {
    private let db: Database
    private let path: String
    private let memberID: Int64
    private let partID: Int64
    private let movement: TokenMovement
    private let subjects: SubjectTable
    private let consents: ConsentTable
    private let insertAccount: Statement
    /// The first error that a `put` threw: an import of a part of the rows must never be committed,
    /// even when `fill` went on.
    private var failure: StoreError?

    /// Begins the import: what the part held goes, but consents that were withdrawn.
    init(_ db: Database, _ header: BookHeader, path: String) throws {
        self.db = db
        self.path = path
        memberID = try MemberTable.id(of: header.member, db)
        partID = try Self.partID(header, memberID: memberID, db)
        movement = try TokenMovement(db)
        subjects = try SubjectTable(db, memberID: memberID, movement: movement)
        consents = try ConsentTable(db)
        insertAccount = try Self.insertAccount(db)
        try db.execute(sql: "DELETE FROM account WHERE partID = ?", arguments: [partID])
        try db.execute(
            sql: "DELETE FROM consent WHERE partID = ? AND withdrawnAt IS NULL",
            arguments: [partID])
    }

    func put(_ entries: [HeldEntry]) throws -> [Int] {
        try recordingFailure {
            try entries.indices.filter { try !put(entries[$0]) }
        }
    }

    func put(_ consents: [SubjectConsent]) throws {
        try recordingFailure {
            for entry in consents {
                let id = try subjects.id(of: entry.subject, isHeld: false, origin: .elsewhere)
                try self.consents.put(entry.consent, subjectID: id, partID: partID)
            }
        }
    }

    /// Ends the import: subjects without account and inquiry leave the filters, and those that have
    /// no consent either are deleted.
    func finish() throws {
        if let failure { throw failure }
        try db.execute(
            sql: """
                UPDATE subject SET addition = NULL
                WHERE memberID = ? AND addition IS NOT NULL
                    AND NOT EXISTS (SELECT 1 FROM account WHERE subjectID = subject.id)
                    AND NOT EXISTS (SELECT 1 FROM inquiry WHERE subjectID = subject.id)
                """,
            arguments: [memberID])
        movement.noteRemovals(db.changesCount)
        try db.execute(
            sql: """
                DELETE FROM subject
                WHERE memberID = ? AND addition IS NULL
                    AND NOT EXISTS (SELECT 1 FROM consent WHERE subjectID = subject.id)
                """,
            arguments: [memberID])
        try movement.save(db)
    }
}

extension BookImport {
    /// Adds one entry; false when the account of this subject is in the book already.
    private func put(_ entry: HeldEntry) throws -> Bool {
        let subjectID: Int64
        if let known = try subjects.find(entry.subject) {
            subjectID = known.id
            guard try insert(entry, subjectID: subjectID) else { return false }
            try subjects.update(known, from: entry.subject, isHeld: true, origin: .book)
        } else {
            subjectID = try subjects.insert(entry.subject, isHeld: true, origin: .book)
            _ = try insert(entry, subjectID: subjectID)
        }
        if let consent = entry.consent {
            try consents.put(consent, subjectID: subjectID, partID: partID)
        }
        return true
    }

    private func insert(_ entry: HeldEntry, subjectID: Int64) throws -> Bool {
        try insertAccount.execute(
            arguments: StatementArguments(
                [subjectID, partID, entry.subjectStatus?.rawValue] + entry.account.storedValues))
        return db.changesCount > 0
    }

    private func recordingFailure<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch {
            guard let mapped = StoreError(error, path: path) else { throw error }
            failure = failure ?? mapped
            throw mapped
        }
    }

    private static func insertAccount(_ db: Database) throws -> Statement {
        let columns = ["subjectID", "partID", "subjectStatus"] + HeldAccount.storedColumns
        let places = Array(repeating: "?", count: columns.count)
        return try db.cachedStatement(
            sql: """
                INSERT INTO account (\(columns.joined(separator: ", ")))
                VALUES (\(places.joined(separator: ", ")))
                ON CONFLICT (subjectID, reference) DO NOTHING
                """)
    }

    private static func partID(
        _ header: BookHeader, memberID: Int64, _ db: Database
    ) throws -> Int64 {
        let id = try Int64.fetchOne(
            db,
            sql: """
                INSERT INTO part (memberID, name, asOf, importedAt, mapping) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (memberID, name) DO UPDATE SET asOf = excluded.asOf,
                    importedAt = excluded.importedAt, mapping = excluded.mapping
                RETURNING id
                """,
            arguments: [
                memberID, header.part, header.asOf.stored, header.importedAt.stored,
                header.mapping,
            ])
        guard let id else { throw UnreadableColumn() }
        return id
    }
}
