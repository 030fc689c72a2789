import Book
import Exchange
import GRDB
import Membership
import Pseudonym

/// Reads what is held under tokens: the way that every query of a peer takes, so each statement is
/// one look-up in an index and prepared once a connection.
struct RecordReader {
    private let now: Timestamp
    private let subjects: Statement
    private let subject: Statement
    private let accounts: AccountReader
    private let consents: Statement
    private let inquiries: Statement

    init(_ db: Database, at now: Timestamp) throws {
        self.now = now
        subjects = try db.cachedStatement(sql: Self.subjectsSQL)
        subject = try db.cachedStatement(sql: Self.subjectSQL)
        accounts = try AccountReader(db, columns: "subjectStatus", where: "subjectID = ?")
        consents = try db.cachedStatement(sql: Self.consentsSQL)
        inquiries = try db.cachedStatement(sql: Self.inquiriesSQL)
    }

    /// One record a member that holds an account or an inquiry under the token, by member.
    func records(kid: String, token: Token) throws -> [HeldRecord] {
        let rows = try Row.fetchCursor(subjects, arguments: [kid, token.bytes.stored])
        return try Array(rows.map(record))
    }

    /// The record of a subject of that number; nil when it holds nothing.
    func record(ofSubject id: Int64) throws -> HeldRecord? {
        let rows = try Row.fetchCursor(subject, arguments: [id])
        return try rows.next().map(record)
    }

    private func record(_ row: Row) throws -> HeldRecord {
        var columns = ColumnReader(row)
        let id: Int64 = try columns.take()
        let member: MemberID = try columns.take { MemberID($0) }
        let kind: SubjectKind = try columns.take(SubjectKind.init(rawValue:))
        let names = try columns.takeOptional(NameCheckList.init(stored:))
        let (accounts, status) = try accounts(of: id)
        let consents = try consents(of: id)
        return HeldRecord(
            member: member, kind: kind, status: status, nameChecks: names?.checks ?? [],
            accounts: accounts, consents: consents.ofBook, inquiryConsents: consents.ofInquiries,
            inquiries: try inquiries(of: id), statement: nil)
    }

    /// The status stands with each account that stated it, so that it goes with them; should two
    /// parts differ, death outweighs bankruptcy.
    private func accounts(of id: Int64) throws -> ([HeldAccount], SubjectStatus?) {
        var found: [HeldAccount] = []
        var statuses: Set<SubjectStatus> = []
        try accounts.each([id]) { columns, account in
            if let status = try columns.takeOptional(SubjectStatus.init(rawValue:)) {
                statuses.insert(status)
            }
            found.append(account)
        }
        return (found, statuses.contains(.deceased) ? .deceased : statuses.first)
    }

    private func consents(
        of id: Int64
    ) throws -> (ofBook: [HeldConsent], ofInquiries: [HeldConsent]) {
        var ofBook: [HeldConsent] = []
        var ofInquiries: [HeldConsent] = []
        let rows = try Row.fetchCursor(consents, arguments: [id])
        while let row = try rows.next() {
            var columns = ColumnReader(row)
            let isOfInquiry: Bool = try columns.take()
            let (number, isTold): (Int, Bool) = (try columns.take(), try columns.take())
            var consent = try HeldConsent(columns: &columns)
            consent.number = number
            consent.isTold = isTold
            if isOfInquiry { ofInquiries.append(consent) } else { ofBook.append(consent) }
        }
        return (ofBook, ofInquiries)
    }

    /// Windows include their first second; an inquiry from after a clock was set back counts too.
    private func inquiries(of id: Int64) throws -> InquiryCounts {
        let since = { (days: Int64) in
            now.advanced(bySeconds: -days * Timestamp.secondsPerDay).stored
        }
        let row = try Row.fetchOne(
            inquiries, arguments: [id, since(30), since(90), since(365)])
        guard let row else { return InquiryCounts() }
        var columns = ColumnReader(row)
        return InquiryCounts(
            days30: try columns.take(), days90: try columns.take(), days365: try columns.take())
    }
}

extension RecordReader {
    private static let subjectsSQL = """
        SELECT subject.id, member.name, subject.kind, token.nameChecks
        FROM token
            JOIN subject ON subject.id = token.subjectID
            JOIN member ON member.id = token.memberID
        WHERE token.kid = ? AND token.token = ? AND subject.addition IS NOT NULL
        ORDER BY token.memberID
        """

    private static let subjectSQL = """
        SELECT subject.id, member.name, subject.kind, NULL
        FROM subject JOIN member ON member.id = subject.memberID
        WHERE subject.id = ? AND subject.addition IS NOT NULL
        """

    private static let consentsSQL = """
        SELECT partID IS NULL, id, told >= 2, \(HeldConsent.storedColumns.joined(separator: ", "))
        FROM consent WHERE subjectID = ?
        """

    private static let inquiriesSQL = """
        SELECT count(*) FILTER (WHERE at >= ?2), count(*) FILTER (WHERE at >= ?3), count(*)
        FROM inquiry WHERE subjectID = ?1 AND at >= ?4
        """
}

extension SQLiteStore {
    /// Most tokens of a request that is answered by a look-up; more are read by one of the readers.
    public static let tokensLookedUpMax = 16

    /// What is held under tokens of one key, read as one state of the store.
    public func records(
        kid: String, tokens: [Token], at now: Timestamp
    ) async throws -> [[HeldRecord]] {
        let records = { @Sendable (db: Database) in
            let reader = try RecordReader(db, at: now)
            return try tokens.map { try reader.records(kid: kid, token: $0) }
        }
        return tokens.count <= Self.tokensLookedUpMax
            ? try lookUp(records) : try await read(records)
    }
}
