import Book
import Exchange
import Foundation
import GRDB
import RiskStandard

/// Collects an import in a file of its own, while the store is read and written by others.
final class ImportDraft: BookDraft {
    let standingAsOf: CalendarDate?
    let header: BookHeader
    private(set) var seen = NumberSet()
    private(set) var rows = 0
    private(set) var rejects: [String: Int] = [:]
    private(set) var outdated = 0

    private let pool: DatabasePool
    private let queue: DatabaseQueue
    private let memberID: Int64?
    private let partID: Int64?
    private var ahead: LinesAhead?
    /// The first error that a call threw: an import of a part of the rows must never be applied,
    /// even when `fill` went on.
    private var failure: StoreError?

    init(_ header: BookHeader, pool: DatabasePool, queue: DatabaseQueue) throws {
        self.header = header
        self.pool = pool
        self.queue = queue
        let part = try pool.read { db in try StandingPart(header, db) }
        (memberID, partID, standingAsOf) = (part.memberID, part.partID, part.asOf)
        if let partID = part.partID, !isOfPastDay {
            ahead = try pool.read { db in
                try LinesAhead(partID: partID, isSealing: header.sealedKey != nil, db)
            }
        }
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: "BEGIN")
            try DraftSchema.create(db)
        }
    }

    var isOfPastDay: Bool {
        guard header.extent == .whole, let standingAsOf else { return false }
        return header.asOf < standingAsOf
    }

    func linesAhead(of rows: Int) throws -> [LineDigest: StandingLine] {
        try recordingFailure {
            try pool.read { try ahead?.advance(for: rows, $0) }
            return ahead?.lines ?? [:]
        }
    }

    func compare(_ rows: [SightedRow]) throws -> [RowStanding] {
        try recordingFailure {
            var recognised: [Int64] = []
            defer { ahead?.pass(recognised) }
            return try pool.read { db in
                let standing = try StandingRows(db, memberID: memberID)
                return try queue.writeWithoutTransaction { draft in
                    let table = try DraftTable(draft)
                    return try rows.map { row in
                        switch row {
                        case .line(let line):
                            recognised.append(line.account)
                            return seen.insert(line.account) ? .unchanged : .duplicate
                        case .read(let row):
                            return try compare(row, standing, table) { recognised.append($0) }
                        }
                    }
                }
            }
        }
    }

    func knows(_ subjects: [SubjectIdentity], kids: [String]) throws -> [Bool] {
        try recordingFailure {
            try pool.read { db in
                let standing = try StandingRows(db, memberID: memberID)
                return try queue.writeWithoutTransaction { draft in
                    let table = try DraftTable(draft)
                    return try subjects.map { try knows($0, kids: kids, standing, table) }
                }
            }
        }
    }

    func put(_ entries: [HeldEntry]) throws {
        try recordingFailure {
            try queue.writeWithoutTransaction { db in
                let table = try DraftTable(db)
                for entry in entries { try table.put(entry) }
            }
        }
    }

    func keep(_ accounts: [AccountReference]) throws {
        try recordingFailure {
            try queue.writeWithoutTransaction { db in
                let table = try DraftTable(db)
                for account in accounts { try table.keep(account) }
            }
        }
    }

    func put(_ consents: [SubjectConsent]) throws {
        try recordingFailure {
            try queue.writeWithoutTransaction { db in
                let table = try DraftTable(db)
                for consent in consents { try table.put(consent) }
            }
        }
    }

    func note(rows: Int, rejects: [String: Int]) {
        self.rows = rows
        self.rejects = rejects
    }

    /// Ends the collecting; the draft can be attached afterwards.
    func finish() throws {
        if let failure { throw failure }
        try queue.writeWithoutTransaction { try $0.execute(sql: "COMMIT") }
        try queue.close()
    }

    /// Notes accounts that turned out to be in the file although the comparison did not know them.
    func noteSeen(_ account: Int64) {
        seen.insert(account)
    }
}

extension ImportDraft {
    private func compare(
        _ row: RowIdentity, _ standing: StandingRows, _ table: DraftTable,
        recognised: (Int64) -> Void
    ) throws -> RowStanding {
        guard let account = try standing.account(row) else {
            return try table.isFirst(row) ? .new : .duplicate
        }
        guard account.partID == partID else {
            // What vanished from another part has moved here.
            guard try standing.day(of: account.id).hasVanished else { return .duplicate }
            return seen.insert(account.id) ? .changed : .duplicate
        }
        guard seen.insert(account.id) else { return .duplicate }
        if isOfPastDay { return outdatedRow() }
        recognised(account.id)
        if account.isSame {
            guard account.isSealed || header.sealedKey == nil else { return .unsealed }
            guard let line = row.line else { return .unchanged }
            return try standing.line(of: account.id) == line ? .unchanged : .unmarked
        }
        return try standing.day(of: account.id).asOf > header.asOf ? outdatedRow() : .changed
    }

    private func outdatedRow() -> RowStanding {
        outdated += 1
        return .outdated
    }

    private func knows(
        _ subject: SubjectIdentity, kids: [String], _ standing: StandingRows, _ table: DraftTable
    ) throws -> Bool {
        let stored = try standing.subject(subject.reference)
        let drafted = try table.subject(subject.reference)
        let hasTokens =
            drafted?.hasTokens == true
            || stored.map { stored in kids.allSatisfy { stored.kids.contains($0[...]) } } == true
        guard hasTokens, let name = subject.nameDigest else { return hasTokens }
        return stored?.names.digests.contains(name) == true
            || drafted?.names.contains(name) == true
    }

    private func recordingFailure<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch {
            let mapped = StoreError(error, path: pool.path)
            failure = failure ?? mapped ?? .failed(code: 1, message: "the draft cannot be made")
            throw mapped ?? error
        }
    }
}

/// The part of a member's book that an import is about, as it stands before it.
struct StandingPart {
    /// Nil: nothing was ever written of the member.
    let memberID: Int64?
    /// Nil: nothing was imported into the part.
    let partID: Int64?
    let asOf: CalendarDate?

    init(_ header: BookHeader, _ db: Database) throws {
        memberID = try MemberTable.find(header.member, db)
        let row = try Row.fetchOne(
            db, sql: "SELECT id, asOf FROM part WHERE memberID = ? AND name = ?",
            arguments: [memberID, header.part])
        guard let row else {
            (partID, asOf) = (nil, nil)
            return
        }
        var columns = ColumnReader(row)
        partID = try columns.take(Int64.self)
        asOf = try columns.take(CalendarDate.init(stored:))
    }
}
