import Exchange
import GRDB
import Membership
import StrictJSON

extension SQLiteStore {
    /// Deletes everything of a member; see `LeavingStore`.
    public func forget(
        _ member: MemberID, evidenceBefore moment: Timestamp, at now: Timestamp, logSize: Int
    ) async throws -> Departure {
        try await write { db in
            let before = try Self.departure(of: member, db)
            var deleted = before?.deleted ?? [:]
            if let id = try MemberTable.find(member, db) {
                try Self.leaveFilters(id, db)
                for part in MemberRows.all {
                    try db.execute(
                        sql: "DELETE FROM \(part.table) WHERE \(part.condition)",
                        arguments: part.asksMoment ? [id, moment.stored] : [id])
                    deleted[part.table, default: 0] += db.changesCount
                }
            }
            let departure = Departure(
                member: member, at: before?.at ?? now, logSize: before?.logSize ?? logSize,
                deleted: deleted.filter { $0.value > 0 })
            try db.execute(
                sql: """
                    INSERT INTO departure (member, at, logSize, deleted) VALUES (?, ?, ?, ?)
                    ON CONFLICT DO UPDATE SET deleted = excluded.deleted
                    """,
                arguments: [
                    member.text, departure.at.stored, departure.logSize,
                    String(decoding: departure.deletedJSON.encoded, as: UTF8.self),
                ])
            return departure
        }
    }

    /// How many digests of evidence of a member are kept; see `LeavingStore`.
    public func evidenceKept(of member: MemberID) async throws -> Int {
        try await read { db in
            try Int.fetchOne(
                db,
                sql: """
                    SELECT count(*) FROM consentEvidence
                    WHERE memberID = (SELECT id FROM member WHERE name = ?)
                    """, arguments: [member.text]) ?? 0
        }
    }

    /// Deletes what stands behind consents of queries, once its time is over; see `LeavingStore`.
    public func forgetConsentEvidence(before moment: Timestamp) async throws -> Int {
        // Nearly always there is none, which costs no write.
        let isThere = try await read { db in
            try Bool.fetchOne(
                db, sql: "SELECT EXISTS (SELECT 1 FROM consentEvidence WHERE \(Self.isOver))",
                arguments: [moment.stored]) ?? false
        }
        guard isThere else { return 0 }
        return try await write { db in
            try db.execute(
                sql: "DELETE FROM consentEvidence WHERE \(Self.isOver)", arguments: [moment.stored])
            let forgotten = db.changesCount
            try db.execute(
                sql: """
                    DELETE FROM member WHERE name IN (SELECT member FROM departure)
                        AND id NOT IN (SELECT memberID FROM consentEvidence)
                    """)
            return forgotten
        }
    }

    /// Its time is over, and whoever gave the consent disputes no account with the member that asked.
    private static let isOver = """
        at < ? AND NOT EXISTS (
            SELECT 1 FROM account a JOIN subject s ON s.id = a.subjectID
                JOIN consent c ON c.subjectID = s.id
            WHERE a.dispute IS NOT NULL AND s.memberID = consentEvidence.memberID
                AND c.evidenceDigest = consentEvidence.digest)
        """

    private static func leaveFilters(_ member: Int64, _ db: Database) throws {
        let movement = try TokenMovement(db)
        try db.execute(
            sql: """
                UPDATE subject SET addition = NULL, leftAt = NULL
                WHERE memberID = ? AND addition IS NOT NULL
                """, arguments: [member])
        movement.noteRemovals(db.changesCount)
        try movement.save(db)
    }

    private static func departure(of member: MemberID, _ db: Database) throws -> Departure? {
        let row = try Row.fetchOne(
            db, sql: "SELECT at, logSize, deleted FROM departure WHERE member = ?",
            arguments: [member.text])
        guard let row else { return nil }
        var columns = ColumnReader(row)
        return Departure(
            member: member, at: try columns.take(Timestamp.init(stored:)),
            logSize: try columns.take(),
            deleted: try columns.take { (text: String) in Departure.counts(Array(text.utf8)) })
    }
}

/// The rows of a member, table by table: those that hang on others before these, so that each is counted
/// where it stands.
private struct MemberRows {
    let table: String
    /// `?1` is the member's number, `?2` the moment, where it is asked for.
    let condition: String
    let asksMoment: Bool

    static let all = [
        MemberRows("accountState", "accountID IN (SELECT id FROM account WHERE \(ofSubject))"),
        MemberRows("account", ofSubject),
        MemberRows("consent", ofSubject),
        MemberRows("inquiry", ofSubject),
        MemberRows("token", ofMember),
        MemberRows("subject", ofMember),
        MemberRows("partDay", "partID IN (SELECT id FROM part WHERE \(ofMember))"),
        MemberRows("part", ofMember),
        MemberRows("dataKey", ofMember),
        MemberRows(
            "publicationTotal", "publicationID IN (SELECT id FROM publication WHERE \(ofMember))"),
        MemberRows("publication", ofMember),
        MemberRows("correction", "importID IN (SELECT id FROM bookImport WHERE \(ofMember))"),
        MemberRows("bookImport", ofMember),
        MemberRows("expectedPart", ofMember),
        MemberRows("idempotentAnswer", ofMember),
        MemberRows("telling", ofMember),
        MemberRows("consentEvidence", "\(ofMember) AND at < ?2", asksMoment: true),
        MemberRows(
            "member",
            "id = ?1 AND NOT EXISTS (SELECT 1 FROM consentEvidence WHERE \(ofMember))"),
    ]

    private static let ofMember = "memberID = ?1"
    private static let ofSubject = "subjectID IN (SELECT id FROM subject WHERE memberID = ?1)"

    private init(_ table: String, _ condition: String, asksMoment: Bool = false) {
        self.table = table
        self.condition = condition
        self.asksMoment = asksMoment
    }
}
