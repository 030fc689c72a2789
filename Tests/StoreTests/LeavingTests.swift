import Exchange
import Foundation
import GRDB
import Membership
import TestSupport
import Testing

@testable import Store

@Suite("A member leaves the store")
struct LeavingTests {
    /// Tables that have rows of nobody's, or are about the store itself.
    private static let others: Set = [
        "arrival", "departure", "position", "grdb_migrations", "sqlite_sequence",
    ]
    private static let earlier = Samples.time("2020-01-01T00:00:00Z")

    /// Something in every table that a member can have rows in.
    private static func fill(
        _ store: SQLiteStore, _ member: MemberID, from number: Int
    ) async throws {
        let full = HeldEntry(
            subject: Samples.subject(number, name: number), subjectStatus: nil,
            account: Samples.account(number, full: true), consent: Samples.consent())
        try store.importBook(
            [full] + (number + 1..<number + 20).map { Samples.entry($0, name: $0) },
            as: Samples.header(member))
        try await store.declareParts(["main", "more"], of: member)
        let inquiry = Inquiry(
            member: member, subject: Samples.subject(number + 50), purpose: "loan-approval",
            at: Samples.now, caseDigest: nil, consent: Samples.consent())
        _ = try await store.recordInquiry(inquiry)
        for (offset, moment) in [earlier, Samples.now].enumerated() {
            try await store.recordConsentEvidence(
                ConsentEvidence(
                    member: member, reference: Samples.bytes(number + offset, count: 16),
                    digest: Samples.bytes(2, count: 32), salt: Samples.bytes(3, count: 32),
                    at: moment))
        }
        try await store.write { db in
            for sql in rawRows {
                try db.execute(sql: sql, arguments: [member.text])
            }
        }
    }

    /// What only other calls would bring, and needs more than a member.
    private static let rawRows = [
        "INSERT INTO dataKey (memberID, box) SELECT id, x'01' FROM member WHERE name = ?",
        """
        INSERT INTO correction (importID, account, asOf)
            SELECT i.id, zeroblob(16), 20261031 FROM bookImport i
            JOIN member m ON m.id = i.memberID WHERE m.name = ? LIMIT 1
        """,
        """
        INSERT INTO idempotentAnswer (memberID, key, requestDigest, answer, at)
            SELECT id, 'key', zeroblob(32), x'01', 1 FROM member WHERE name = ?
        """,
        """
        INSERT INTO publication (memberID, asOf, publishedAt, subjects, withheld)
            SELECT id, 20261031, 1, 1, 0 FROM member WHERE name = ?
        """,
        """
        INSERT INTO publicationTotal (publicationID, riskClass, accounts, balance)
            SELECT p.id, 'loss', 1, 1 FROM publication p
            JOIN member m ON m.id = p.memberID WHERE m.name = ?
        """,
    ]

    /// The rows of every table.
    private static func rows(_ store: SQLiteStore) async throws -> [String: Int] {
        try await store.read { db in
            let tables = try String.fetchAll(
                db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table'")
            var rows: [String: Int] = [:]
            for table in tables where !others.contains(table) {
                rows[table] = try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)")
            }
            return rows
        }
    }

    private static func forget(_ store: SQLiteStore, logSize: Int = 7) async throws -> Departure {
        try await store.forget(
            Samples.lakeside, evidenceBefore: Samples.time("2021-11-25T00:00:00Z"),
            at: Samples.now, logSize: logSize)
    }

    @Test("nothing of it is in any table or byte, but evidence that has its time; others keep all")
    func everyTable() async throws {
        let temporary = try TemporaryStore()
        let store = try temporary.open()
        try await Self.fill(store, Samples.harbor, from: 100)
        let alone = try await Self.rows(store)
        try await Self.fill(store, Samples.lakeside, from: 500)
        try await store.write { db in
            try db.execute(
                sql: """
                    INSERT INTO telling (id, type, memberID, itemsRoot, logSize)
                        SELECT 1, 'consent-recorded', id, zeroblob(32), 0 FROM member
                        WHERE name = ?
                    """, arguments: [Samples.lakeside.text])
        }
        let both = try await Self.rows(store)
        let position = try await store.tokenPosition()
        let departure = try await Self.forget(store)

        var left = alone
        left["consentEvidence", default: 0] += 1
        left["member", default: 0] += 1
        #expect(try await Self.rows(store) == left)
        #expect(try await store.evidenceKept(of: Samples.lakeside) == 1)
        for (table, count) in both where count > left[table, default: 0] {
            #expect(departure.deleted[table] == count - left[table, default: 0], "\(table)")
        }
        // Every table that names a member was filled, so that the test would see what is forgotten.
        #expect(departure.deleted.count == 17, "\(departure.deleted.keys.sorted())")
        #expect(try await store.tokenPosition().removals > position.removals)
        #expect(try await store.record(500).isEmpty)
        #expect(try await store.record(100).count == 1)

        #expect(
            try await store.forgetConsentEvidence(
                before: Samples.now.advanced(bySeconds: 1)) == 3)
        #expect(try await store.evidenceKept(of: Samples.lakeside) == 0)
        let names = try await store.read { try String.fetchAll($0, sql: "SELECT name FROM member") }
        #expect(names == [Samples.harbor.text])
        try store.close()
        let bytes = try temporary.bytes()
        #expect(bytes.range(of: Data(Samples.token(101).bytes)) != nil)
        for number in [500, 501, 550] {
            #expect(bytes.range(of: Data(Samples.token(number).bytes)) == nil)
            #expect(bytes.range(of: Data(Samples.reference(number).bytes)) == nil)
        }
    }

    @Test("done twice it is one departure: the first moment, all rows")
    func twice() async throws {
        let temporary = try TemporaryStore()
        let store = try temporary.open()
        defer { try? store.close() }
        try await Self.fill(store, Samples.lakeside, from: 500)
        let first = try await Self.forget(store)
        let again = try await store.forget(
            Samples.lakeside, evidenceBefore: Self.earlier,
            at: Samples.now.advanced(bySeconds: 60), logSize: 99)
        #expect(again == first && first.logSize == 7)
        let nobody = try await store.forget(
            Samples.harbor, evidenceBefore: Self.earlier, at: Samples.now, logSize: 0)
        #expect(nobody.deleted.isEmpty)
    }

    @Test("what stands behind a query's consent stays while its giver disputes an account")
    func disputed() async throws {
        let temporary = try TemporaryStore()
        let store = try temporary.open()
        defer { try? store.close() }
        var consent = Samples.consent()
        var kept: [[UInt8]] = []
        for number in 1...3 {
            consent.evidenceDigest = Samples.bytes(number, count: 32)
            _ = try await store.recordInquiry(
                Samples.inquiry(number, consent: consent))
            let reference = Samples.bytes(number, count: 16)
            kept.append(reference)
            try await store.recordConsentEvidence(
                ConsentEvidence(
                    member: Samples.harbor, reference: reference,
                    digest: Samples.bytes(number, count: 32), salt: Samples.bytes(9, count: 32),
                    at: Self.earlier))
        }
        // The first disputes an account of the asker, the second one of another member, the third none.
        let full = { (number: Int) in
            HeldEntry(
                subject: Samples.subject(number), subjectStatus: nil,
                account: Samples.account(number, full: true), consent: nil)
        }
        try store.importBook([full(1), Samples.entry(3)])
        try store.importBook([full(2)], as: Samples.header(Samples.lakeside))
        #expect(try await store.forgetConsentEvidence(before: Samples.now) == 2)
        let held = try await store.consentEvidence(of: Samples.harbor, reference: kept[0])
        #expect(held != nil)
        var account = Samples.account(1, full: true)
        account.dispute = nil
        try store.importBook([
            HeldEntry(
                subject: Samples.subject(1), subjectStatus: nil, account: account, consent: nil),
            Samples.entry(3),
        ])
        #expect(try await store.forgetConsentEvidence(before: Samples.now) == 1)
    }

    @Test("a write that fails in its middle deletes nothing; what returned survives a crash")
    func faults() async throws {
        let temporary = try TemporaryStore()
        let store = try temporary.open()
        defer { try? store.close() }
        try await Self.fill(store, Samples.lakeside, from: 500)
        let before = try await Self.rows(store)
        try await store.write { db in
            try db.execute(
                sql: """
                    CREATE TRIGGER fault BEFORE DELETE ON bookImport
                        BEGIN SELECT RAISE(ABORT, 'a fault'); END
                    """)
        }
        await #expect(throws: StoreError.self) { try await Self.forget(store) }
        #expect(try await Self.rows(store) == before)
        let crashed = try temporary.crashed()
        let reopened = try crashed.open()
        #expect(try await Self.rows(reopened) == before)
        try reopened.close()

        try await store.write { try $0.execute(sql: "DROP TRIGGER fault") }
        let departure = try await Self.forget(store)
        let after = try temporary.crashed()
        let kept = try after.open()
        defer { try? kept.close() }
        #expect(try await kept.record(500).isEmpty)
        #expect(try await Self.forget(kept, logSize: 12) == departure)
    }
}
