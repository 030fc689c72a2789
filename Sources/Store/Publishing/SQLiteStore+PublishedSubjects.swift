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
            let subjects = try Self.published(of: id, db)
            let disclosable = try Self.surelyDisclosable(at: now, db)
            let judge = try db.cachedStatement(sql: Self.withheldSQL)
            let reader = try RecordReader(db, at: now)
            var withheld: [RefusalCode: Int] = [:]
            try subjects.each { subject in
                guard !disclosable.contains(subject) else { return }
                let text = try String.fetchOne(
                    judge, arguments: ["subject": subject, "now": now.stored])
                guard let text else { return }
                guard let code = RefusalCode(rawValue: text) else { throw UnreadableColumn() }
                // Statements cannot judge what asks for the charter; few subjects need it.
                if code == .heldBack || code == .consentWithdrawn,
                    let record = try reader.record(ofSubject: subject)
                {
                    let isCovered =
                        code == .heldBack
                        || record.consents.contains { survives($0, record) }
                    if isCovered {
                        withheld[.heldBack, default: 0] += isHeldBack(record) ? 1 : 0
                        return
                    }
                }
                withheld[code, default: 0] += 1
            }
            return PublishedSubjects(count: subjects.count, withheld: withheld)
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
    /// Subjects of a member that are in the filters.
    private static func published(of member: Int64, _ db: Database) throws -> NumberSet {
        var subjects = NumberSet()
        let held = try Int64.fetchCursor(
            db, sql: "SELECT id FROM subject WHERE memberID = ? AND addition IS NOT NULL",
            arguments: [member])
        while let id = try held.next() { subjects.insert(id) }
        let gone = try Int64.fetchCursor(db, sql: "SELECT id FROM subject WHERE leftAt IS NOT NULL")
        while let id = try gone.next() { subjects.remove(id) }
        return subjects
    }

    /// Subjects with a consent of the book that holds and no account that may lack a notice: nearly
    /// all of most books. Found by reading tables once, each in its own order; whoever is left out
    /// is looked at one by one.
    private static func surelyDisclosable(at now: Timestamp, _ db: Database) throws -> NumberSet {
        var subjects = NumberSet()
        let consents = try Int64.fetchCursor(
            db, sql: "SELECT subjectID FROM consent WHERE partID IS NOT NULL AND \(holds)",
            arguments: ["now": now.stored])
        while let id = try consents.next() { subjects.insert(id) }
        var inArrears = NumberSet()
        let states = try Int64.fetchCursor(
            db, sql: "SELECT accountID FROM accountState WHERE \(isNegativeState)")
        while let id = try states.next() { inArrears.insert(id) }
        let accounts = try Row.fetchCursor(
            db,
            sql: "SELECT id, subjectID, \(isNegativeAccount) FROM account WHERE NOT noticeHeld")
        while let row = try accounts.next() {
            var columns = ColumnReader(row)
            let (id, subject): (Int64, Int64) = (try columns.take(), try columns.take())
            if try columns.take(Bool.self) || inArrears.contains(id) { subjects.remove(subject) }
        }
        return subjects
    }

    /// Why nothing of a subject may be disclosed for any purpose; `held-back` for one that may show
    /// arrears without a notice. Consents as `HeldConsent.state(at:)` judges them; accounts rest on
    /// those of the book.
    private static let withheldSQL = """
        SELECT
            CASE
                WHEN \(hasConsent(holds)) THEN iif(\(mayLackNotice), 'held-back', NULL)
                WHEN \(hasConsent("withdrawnAt <= :now")) THEN 'consent-withdrawn'
                WHEN \(hasConsent("grantedAt <= :now")) THEN 'consent-expired'
                WHEN \(hasConsent("TRUE")) THEN 'consent-not-yet-valid'
                ELSE 'consent-purpose'
            END
        FROM (
            SELECT :subject AS id,
                EXISTS (SELECT 1 FROM account WHERE subjectID = :subject) AS isBooked) AS held
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
