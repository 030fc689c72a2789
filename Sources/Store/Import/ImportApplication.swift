import Book
import Exchange
import Foundation
import GRDB

/// Applies a draft to the book, inside one transaction, with the draft attached.
///
/// What is many is done by statements over both files, a range of rows at a time: what SQLite keeps
/// to undo a statement stays small. New numbers are given by the draft's, so that rows are added at
/// the end of their tables.
final class ImportApplication {
    let db: Database
    let draft: ImportDraft
    let header: BookHeader
    let memberID: Int64
    let partID: Int64
    let movement: TokenMovement
    /// The data key of this import; nil when nothing is sealed.
    let dataKeyID: Int64?
    var changes = ImportChanges()
    /// Whether something has to be kept although the file says nothing new: a digest, a line,
    /// a seal.
    var hasQuietChanges = false
    /// Accounts of which peers may have been told otherwise, beside those of entries.
    var corrected: [(account: AccountReference, subject: Data?)] = []
    /// Subjects that may hold nothing any more.
    var loosened: Set<Int64> = []

    /// The number of the newest account before the import.
    var lastAccountBefore: Int64 = 0

    /// Rows that one statement takes.
    static let rowsPerStatement: Int64 = 1_000

    init(_ db: Database, _ draft: ImportDraft) throws {
        self.db = db
        self.draft = draft
        header = draft.header
        let member = try MemberTable.id(of: header.member, db)
        let standing = try StandingPart(header, db)
        memberID = member
        partID = try standing.partID ?? Self.insertPart(header, memberID: member, db)
        movement = try TokenMovement(db)
        dataKeyID = try header.sealedKey.map { box in
            try db.execute(
                sql: "INSERT INTO dataKey (memberID, box) VALUES (?, ?)",
                arguments: [member, box.stored])
            return db.lastInsertedRowID
        }
        changes.previousAsOf = standing.asOf
        changes.isOfPastDay = draft.isOfPastDay
        changes.isKnownDay =
            try Bool.fetchOne(
                db, sql: "SELECT EXISTS (SELECT 1 FROM partDay WHERE partID = ? AND asOf = ?)",
                arguments: [partID, header.asOf.stored]) ?? false
        changes.outdated = draft.outdated
    }

    /// Applies everything but the journal; what was changed is in `changes`.
    func run() throws {
        try DraftSchema.createResolution(db)
        if draft.isOfPastDay {
            try rewritePastDay()
        } else {
            changes.stoodBefore = try count(
                "SELECT count(*) FROM account WHERE partID = ? AND followsPart", [partID])
            try resolveSubjects()
            try putSubjects()
            try putTokens()
            try putConsents()
            try resolveEntries()
            try putAccounts()
            if header.extent == .whole { try settleMissing() }
            try removeLooseConsents()
            try removeLooseSubjects()
            try movePart()
        }
        if header.extent == .whole {
            try db.execute(
                sql: "INSERT OR IGNORE INTO partDay VALUES (?, ?)",
                arguments: [partID, header.asOf.stored])
        }
        try movement.save(db)
    }

    /// Adds the import to the journal, and where it corrects, what it corrected.
    func keepJournal() throws {
        let id = try ImportJournal.add(
            header, rows: draft.rows, rejects: draft.rejects, changes: changes,
            memberID: memberID, db)
        if header.correction != nil, changes.differing > 0 {
            try ImportJournal.addCorrections(of: id, self, db)
        }
    }

    private static func insertPart(
        _ header: BookHeader, memberID: Int64, _ db: Database
    ) throws -> Int64 {
        try db.execute(
            sql: """
                INSERT INTO part (memberID, name, asOf, importedAt, mapping) VALUES (?, ?, ?, ?, ?)
                """,
            arguments: [
                memberID, header.part, header.asOf.stored, header.importedAt.stored,
                header.mapping,
            ])
        return db.lastInsertedRowID
    }

    private func movePart() throws {
        guard header.extent == .whole else { return }
        try db.execute(
            sql: "UPDATE part SET asOf = ?, importedAt = ?, mapping = ? WHERE id = ?",
            arguments: [
                header.asOf.stored, header.importedAt.stored, header.mapping, partID,
            ])
    }
}

extension ImportApplication {
    /// A number that a statement counts.
    func count(_ sql: String, _ arguments: StatementArguments = []) throws -> Int {
        try Int.fetchOne(db, sql: sql, arguments: arguments) ?? 0
    }

    /// Runs a statement over the rows of a table of the draft, a range at a time; `:first` and
    /// `:last` are the range. Returns how many rows it changed.
    @discardableResult
    func overRanges(
        of table: String, _ sql: String, _ arguments: [String: (any DatabaseValueConvertible)?]
    ) throws -> Int {
        let last = try Int64.fetchOne(db, sql: "SELECT max(rowid) FROM draft.\(table)") ?? 0
        var changed = 0
        for first in stride(from: 1, through: last, by: Int(Self.rowsPerStatement)) {
            try Task.checkCancellation()
            var arguments = arguments
            arguments["first"] = first
            arguments["last"] = first + Self.rowsPerStatement - 1
            try db.execute(sql: sql, arguments: StatementArguments(arguments))
            changed += db.changesCount
        }
        return changed
    }
}
