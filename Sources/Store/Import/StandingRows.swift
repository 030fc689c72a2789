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
    private let findAccount: BoundStatement
    private let findDay: Statement
    private let findLine: BoundStatement
    private let findSubject: BoundStatement

    init(_ db: Database, memberID: Int64?) throws {
        self.memberID = memberID
        findAccount = try BoundStatement(
            db,
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
        findLine = try BoundStatement(db, sql: "SELECT line FROM account WHERE id = ?")
        findSubject = try BoundStatement(
            db,
            sql: """
                SELECT nameDigests,
                    (SELECT group_concat(kid) FROM token WHERE subjectID = subject.id)
                FROM subject WHERE memberID = ? AND reference = ?
                """)
    }

    func account(_ row: RowIdentity) throws -> Account? {
        try findAccount.first([
            StoredValue(memberID), .bytes(row.subject.bytes), .bytes(row.account.bytes),
            .bytes(row.digest),
        ]) { found in
            Account(
                id: found.integer(0), partID: found.integer(1), isSame: found.holds(2),
                isSealed: found.holds(3))
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

    /// By which an account's row is known without being read; nil where it has to be read.
    func line(of account: Int64) throws -> LineDigest? {
        try findLine.first([.integer(account)]) { LineDigest($0.bytes(0)) } ?? nil
    }

    /// The digests of a subject's names and the keys of its tokens; nil for one that is not known.
    func subject(
        _ reference: SubjectReference
    ) throws -> (names: NameDigestList, kids: Set<Substring>)? {
        try findSubject.first([StoredValue(memberID), .bytes(reference.bytes)]) { row in
            guard let names = NameDigestList(stored: Data(row.bytes(0))) else {
                throw UnreadableColumn()
            }
            return (names, Set(row.text(1).split(separator: ",")))
        }
    }
}
