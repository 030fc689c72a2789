import Exchange
import Foundation
import GRDB
import Membership

extension SQLiteStore {
    /// Keeps a hard inquiry; false when it repeats one of the same case within
    /// `Inquiry.repeatDays`, before or after. Its consent is kept in either case: it may last longer.
    public func recordInquiry(_ inquiry: Inquiry) async throws -> Bool {
        try await write { db in
            let memberID = try MemberTable.id(of: inquiry.member, db)
            let movement = try TokenMovement(db)
            let subjects = try SubjectTable(db, memberID: memberID, movement: movement)
            let subjectID = try subjects.id(of: inquiry.subject, isHeld: true)
            try Self.identify(subjectID, memberID: memberID, by: inquiry, db)
            try ConsentTable(db).put(inquiry.consent, subjectID: subjectID, partID: nil)
            let counts = try !Self.isRepeat(inquiry, subjectID: subjectID, db)
            if counts {
                try db.execute(
                    sql: """
                        INSERT INTO inquiry (subjectID, purpose, at, caseDigest)
                        VALUES (?, ?, ?, ?)
                        """,
                    arguments: [
                        subjectID, inquiry.purpose, inquiry.at.stored, inquiry.caseDigest?.stored,
                    ])
            }
            try movement.save(db)
            return counts
        }
    }

    /// Keeps what stands behind the digest of a consent; a reference is used once.
    public func recordConsentEvidence(_ evidence: ConsentEvidence) async throws {
        try await write { db in
            try db.execute(
                sql: """
                    INSERT INTO consentEvidence (memberID, reference, digest, salt, at)
                    VALUES (?, ?, ?, ?, ?)
                    """,
                arguments: [
                    try MemberTable.id(of: evidence.member, db), evidence.reference.stored,
                    evidence.digest.stored, evidence.salt.stored, evidence.at.stored,
                ])
        }
    }

    /// What stands behind the digest of a consent; nil for an unknown reference.
    public func consentEvidence(
        of member: MemberID, reference: [UInt8]
    ) async throws -> ConsentEvidence? {
        try await read { db in
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT digest, salt, at FROM consentEvidence
                    WHERE memberID = (SELECT id FROM member WHERE name = ?) AND reference = ?
                    """,
                arguments: [member.text, reference.stored])
            guard let row else { return nil }
            let (digest, salt): (Data, Data) = (row["digest"], row["salt"])
            return ConsentEvidence(
                member: member, reference: reference, digest: Array(digest), salt: Array(salt),
                at: Timestamp(secondsSinceEpoch: row["at"]))
        }
    }

    /// Gives a subject that has none yet its reference and its sealed identity, so that a change of
    /// keys does not lose it.
    private static func identify(
        _ subjectID: Int64, memberID: Int64, by inquiry: Inquiry, _ db: Database
    ) throws {
        guard let reference = inquiry.reference else { return }
        try db.execute(
            sql: "UPDATE OR IGNORE subject SET reference = ? WHERE id = ? AND reference IS NULL",
            arguments: [reference.bytes.stored, subjectID])
        let lacks = try Bool.fetchOne(
            db, sql: "SELECT sealed IS NULL AND reference = ? FROM subject WHERE id = ?",
            arguments: [reference.bytes.stored, subjectID])
        guard let sealed = inquiry.sealed, lacks == true else { return }
        try db.execute(
            sql: "INSERT INTO dataKey (memberID, box) VALUES (?, ?)",
            arguments: [memberID, sealed.keyBox.stored])
        try db.execute(
            sql: "UPDATE subject SET dataKeyID = ?, sealed = ? WHERE id = ?",
            arguments: [db.lastInsertedRowID, sealed.bytes.stored, subjectID])
    }

    /// An inquiry that counted and stands in for this one. Only those are kept, so the days run from
    /// the one that counted.
    private static func isRepeat(
        _ inquiry: Inquiry, subjectID: Int64, _ db: Database
    ) throws -> Bool {
        guard let caseDigest = inquiry.caseDigest else { return false }
        let days = Int64(Inquiry.repeatDays) * Timestamp.secondsPerDay
        let found = try Bool.fetchOne(
            db,
            sql: """
                SELECT EXISTS (
                    SELECT 1 FROM inquiry
                    WHERE subjectID = ? AND at BETWEEN ? AND ? AND caseDigest = ?)
                """,
            arguments: [
                subjectID, inquiry.at.advanced(bySeconds: -days).stored,
                inquiry.at.advanced(bySeconds: days).stored, caseDigest.stored,
            ])
        return found ?? false
    }
}
