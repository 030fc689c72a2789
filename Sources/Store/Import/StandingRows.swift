import Book
import Exchange
import Foundation
import GRDB
import RiskStandard

/// Looks up how the store stands to rows and subjects of an import: two look-ups in narrow indices a
/// row, since most rows of most imports say nothing new.
struct StandingRows {
    struct Account {
        let id: Int64
        let partID: Int64
        /// Whether the digest is the row's.
        let isSame: Bool
        let isSealed: Bool
    }

    private let memberID: Int64?
    private let findAccount: Statement
    private let findDay: Statement
    private let findSubject: Statement

    init(_ db: Database, memberID: Int64?) throws {
        self.memberID = memberID
        findAccount = try db.cachedStatement(
            sql: """
                SELECT account.id, account.partID, account.digest IS ?4,
                    account.dataKeyID IS NOT NULL
                FROM subject CROSS JOIN account INDEXED BY accountByReference
                    ON account.reference = ?3 AND account.subjectID = subject.id
                WHERE subject.memberID = ?1 AND subject.reference = ?2
                """)
        findDay = try db.cachedStatement(
            sql: """
                SELECT CASE WHEN followsPart THEN part.asOf ELSE account.asOf END, vanishedOn
                FROM account JOIN part ON part.id = account.partID WHERE account.id = ?
                """)
        findSubject = try db.cachedStatement(
            sql: """
                SELECT nameDigests,
                    (SELECT group_concat(kid) FROM token WHERE subjectID = subject.id)
                FROM subject WHERE memberID = ? AND reference = ?
                """)
    }

    func account(_ row: RowIdentity) throws -> Account? {
        let rows = try Row.fetchCursor(
            findAccount,
            arguments: [
                memberID, row.subject.bytes.stored, row.account.bytes.stored, row.digest.stored,
            ])
        // A row is the statement's own: it is gone with the cursor.
        return try withExtendedLifetime(rows) {
            guard let found = try rows.next() else { return nil }
            var columns = ColumnReader(found)
            return Account(
                id: try columns.take(), partID: try columns.take(), isSame: try columns.take(),
                isSealed: try columns.take())
        }
    }

    /// The day on which an account stands, and whether it has vanished.
    func day(of account: Int64) throws -> (asOf: CalendarDate, hasVanished: Bool) {
        guard let row = try Row.fetchOne(findDay, arguments: [account]) else {
            throw UnreadableColumn()
        }
        var columns = ColumnReader(row)
        let asOf = try columns.take(CalendarDate.init(stored:))
        return (asOf, try columns.take(Int?.self) != nil)
    }

    /// The digests of a subject's names and the keys of its tokens; nil for one that is not known.
    func subject(
        _ reference: SubjectReference
    ) throws -> (names: NameDigestList, kids: Set<Substring>)? {
        let row = try Row.fetchOne(findSubject, arguments: [memberID, reference.bytes.stored])
        guard let row else { return nil }
        var columns = ColumnReader(row)
        let names = try columns.takeOptional(NameDigestList.init(stored:)) ?? NameDigestList()
        let kids: String? = try columns.take()
        return (names, Set((kids ?? "").split(separator: ",")))
    }
}
