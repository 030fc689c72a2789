import Book
import Exchange
import GRDB
import Membership
import RiskStandard

extension SQLiteStore {
    /// The oldest as-of date over the parts of every book.
    public func bookDays() async throws -> [MemberID: CalendarDate] {
        try await read { db in
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT member.name, min(part.asOf)
                    FROM part JOIN member ON member.id = part.memberID GROUP BY member.id
                    """)
            var days: [MemberID: CalendarDate] = [:]
            while let row = try rows.next() {
                var columns = ColumnReader(row)
                let member: MemberID = try columns.take { MemberID($0) }
                days[member] = try columns.take(CalendarDate.init(stored:))
            }
            return days
        }
    }

    /// How many subjects of a member are in the filters, and of how many nothing may be disclosed.
    public func publishedSubjects(
        of member: MemberID, at now: Timestamp,
        survives: @escaping @Sendable (HeldConsent, HeldRecord) -> Bool,
        isHeldBack: @escaping @Sendable (HeldRecord) -> Bool
    ) async throws -> PublishedSubjects {
        try await read { db in
            guard let id = try MemberTable.find(member, db) else {
                return PublishedSubjects(count: 0, withheld: [:])
            }
            let count = try Int.fetchOne(
                db,
                sql: """
                    SELECT count(*) FROM subject
                    WHERE memberID = ? AND addition IS NOT NULL AND leftAt IS NULL
                    """,
                arguments: [id])
            var withheld: [RefusalCode: Int] = [:]
            let reader = try RecordReader(db, at: now)
            let rows = try Row.fetchCursor(
                db, sql: Self.withheldSQL, arguments: ["member": id, "now": now.stored])
            while let row = try rows.next() {
                var columns = ColumnReader(row)
                let subject: Int64 = try columns.take()
                let code: RefusalCode = try columns.take(RefusalCode.init(rawValue:))
                // Statements cannot judge what asks for the charter; few subjects need it.
                if code == .heldBack || code == .consentWithdrawn,
                    let record = try reader.record(ofSubject: subject)
                {
                    let isCovered =
                        code == .heldBack
                        || record.consents.contains { survives($0, record) }
                    if isCovered {
                        withheld[.heldBack, default: 0] += isHeldBack(record) ? 1 : 0
                        continue
                    }
                }
                withheld[code, default: 0] += 1
            }
            return PublishedSubjects(count: count ?? 0, withheld: withheld)
        }
    }

    /// How many accounts of a member, each once, a judgement holds of.
    public func countAccounts(
        of member: MemberID,
        where isHidden: @escaping @Sendable (HeldAccount, SubjectKind) -> Bool
    ) async throws -> Int {
        try await read { db in
            let peaked = try AccountReader(
                db, columns: Self.kindOfAccount,
                where: """
                    overduePeak IS NOT NULL AND partID IN (
                        SELECT part.id FROM part JOIN member ON member.id = part.memberID
                        WHERE member.name = ?)
                    """)
            var hidden: Set<AccountReference> = []
            try peaked.each([member.description]) { columns, account in
                let kind: SubjectKind = try columns.take(SubjectKind.init(rawValue:))
                if isHidden(account, kind) { hidden.insert(account.reference) }
            }
            return hidden.count
        }
    }
}

extension SQLiteStore {
    /// Subjects of whom nothing may be disclosed for any purpose, with the reason; `held-back` for
    /// all that may show arrears without a notice. Consents as `HeldConsent.state(at:)` judges them;
    /// accounts rest on those of the book.
    private static let withheldSQL = """
        SELECT id, code FROM (
            SELECT id,
                CASE
                    WHEN \(hasConsent(holds)) THEN iif(\(mayLackNotice), 'held-back', NULL)
                    WHEN \(hasConsent("withdrawnAt <= :now")) THEN 'consent-withdrawn'
                    WHEN \(hasConsent("grantedAt <= :now")) THEN 'consent-expired'
                    WHEN \(hasConsent("TRUE")) THEN 'consent-not-yet-valid'
                    ELSE 'consent-purpose'
                END AS code
            FROM (
                SELECT id, EXISTS (SELECT 1 FROM account WHERE subjectID = subject.id) AS isBooked
                FROM subject
                WHERE memberID = :member AND addition IS NOT NULL AND leftAt IS NULL) AS held)
        WHERE code IS NOT NULL
        """

    private static let holds = """
        grantedAt <= :now AND ifnull(expiresAt > :now, TRUE) AND ifnull(withdrawnAt > :now, TRUE)
        """

    private static let mayLackNotice = """
        EXISTS (
            SELECT 1 FROM account
            WHERE subjectID = held.id AND NOT noticeHeld AND \(mayBeNegative))
        """

    private static func hasConsent(_ condition: String) -> String {
        """
        EXISTS (
            SELECT 1 FROM consent
            WHERE subjectID = held.id AND (partID IS NOT NULL OR NOT held.isBooked)
                AND \(condition))
        """
    }
}
