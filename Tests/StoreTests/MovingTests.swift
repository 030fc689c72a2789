import Exchange
import Foundation
import GRDB
import Membership
import TestSupport
import Testing

@testable import Store

@Suite("A member moves to another store")
struct MovingTests {
    private struct Cut: Error {}

    /// What stays with the old node, and why.
    private static let staying = [
        "member": "its number is each store's own",
        "token": "made by the new node's keys",
        "dataKey": "what is sealed is sealed anew",
        "consentEvidence": "it stands behind entries of the old node's log",
        "idempotentAnswer": "references in it are the old node's",
        "telling": "each log is told by its own store", "toldLog": "the node's",
        "departure": "of members that left", "arrival": "of members that came",
        "position": "the store's", "quota": "of peers", "filterBody": "the node's",
        "publishedFilter": "the node's", "peerFilter": "of peers", "grdb_migrations": "the store's",
        "sqlite_sequence": "the store's",
    ]

    /// Borrowers `number` to `number + 9`, of whom the first has everything that a row can have.
    private static func fill(
        _ store: SQLiteStore, _ member: MemberID = Samples.harbor, from number: Int
    ) async throws {
        let full = HeldEntry(
            subject: Samples.subject(number, name: number), subjectStatus: .bankrupt,
            account: Samples.account(number, full: true),
            consent: Samples.consent(withdrawn: "2026-05-01T00:00:00Z"))
        let others = (number + 1..<number + 10).map {
            Samples.entry($0, name: $0, consent: Samples.consent())
        }
        try store.importBook([full] + others, as: Samples.header(member))
        try await store.declareParts(["main", "more"], of: member)
        _ = try await store.recordInquiry(
            Inquiry(
                member: member, subject: Samples.subject(number + 20, name: number + 20),
                purpose: "loan-approval", at: Samples.now,
                caseDigest: Samples.bytes(1, count: 32), consent: Samples.consent()))
        try await store.write { db in
            for sql in rawRows { try db.execute(sql: sql, arguments: [member.text]) }
            // As if a file had brought them, with something sealed.
            try db.execute(
                sql: """
                    INSERT INTO dataKey (memberID, box) SELECT id, x'0B' FROM member WHERE name = ?
                    """, arguments: [member.text])
            let key = db.lastInsertedRowID
            try db.execute(
                sql: """
                    UPDATE subject SET dataKeyID = ?1, sealed = x'05',
                        reference = CAST(printf('%016d', id) AS BLOB)
                        WHERE memberID = (SELECT id FROM member WHERE name = ?2);
                    """, arguments: [key, member.text])
            try db.execute(
                sql: """
                    UPDATE account SET dataKeyID = ?1, sealed = x'06' WHERE subjectID IN (
                        SELECT s.id FROM subject s JOIN member m ON m.id = s.memberID
                        WHERE m.name = ?2)
                    """, arguments: [key, member.text])
            try db.execute(
                sql: """
                    INSERT INTO correction (importID, account, subject, asOf)
                        SELECT i.id, a.reference, s.reference, 20261031
                        FROM bookImport i JOIN member m ON m.id = i.memberID
                            JOIN subject s ON s.memberID = m.id
                            JOIN account a ON a.subjectID = s.id
                        WHERE m.name = ? LIMIT 1
                    """, arguments: [member.text])
        }
    }

    private static let rawRows = [
        """
        INSERT INTO publication (memberID, asOf, publishedAt, subjects, withheld, statement, digest)
            SELECT id, 20261031, 1, 1, 0, x'01', zeroblob(32) FROM member WHERE name = ?
        """,
        """
        INSERT INTO publicationTotal (publicationID, riskClass, accounts, balance)
            SELECT p.id, 'loss', 1, 1 FROM publication p
            JOIN member m ON m.id = p.memberID WHERE m.name = ?
        """,
    ]

    private static func rows(
        of store: SQLiteStore, _ member: MemberID = Samples.harbor
    ) throws -> [MovedRow] {
        var rows: [MovedRow] = []
        try store.handOver(member) { rows.append($0) }
        return rows
    }

    /// As the new node would make them of what is sealed: the number that the old reference has is the
    /// borrower's.
    private static func arriving(
        _ rows: [MovedRow], form: MoveForm, unopened: Set<Int> = []
    ) throws -> [ArrivingRow] {
        var subjects = 0
        var accounts = 0
        return try rows.map { row in
            switch form.tables[row.table].name {
            case "subject":
                subjects += 1
                if unopened.contains(subjects) {
                    return ArrivingRow(row: row, identity: .unopened)
                }
                let reference = try #require(
                    SubjectReference(bytes: Samples.bytes(7000 + subjects, count: 16)))
                return ArrivingRow(
                    row: row,
                    identity: .subject(
                        SubjectIdentity(
                            reference: reference, nameDigest: Samples.bytes(1, count: 8)),
                        tokens: Samples.subject(7000 + subjects, name: 1).tokens, sealed: [9]))
            case "account":
                accounts += 1
                return ArrivingRow(
                    row: row, identity: .account(Samples.reference(8000 + accounts), sealed: [8]))
            default: return ArrivingRow(row: row, identity: .none)
            }
        }
    }

    private static func stamp(_ number: Int = 1) -> MoveStamp {
        MoveStamp(
            member: Samples.harbor, source: Samples.node, name: Samples.bytes(number, count: 32),
            at: Samples.now, keyBox: [7])
    }

    /// Takes rows in two batches.
    @discardableResult
    private static func take(
        _ rows: [ArrivingRow], into store: SQLiteStore, _ number: Int = 1,
        approve: (Arrival) throws -> Void = { _ in }
    ) throws -> Arrival {
        var batches = [Array(rows.prefix(rows.count / 2)), Array(rows.dropFirst(rows.count / 2))]
        return try store.take(
            stamp(number), rows: { batches.isEmpty ? nil : batches.removeFirst() },
            approve: approve)
    }

    /// Every table's rows as text, but of columns that mean something at one node alone.
    private static func content(_ store: SQLiteStore) async throws -> [String] {
        try await store.read { db in
            try MovedTable.all.flatMap { table in
                let columns = try table.columns(db).filter {
                    $0 != "id" && $0 != "addition" && table.numbers[$0] == nil
                        && !table.further.map(\.table).contains($0)
                }
                let text = columns.map { "quote(\($0))" }.joined(separator: " || ' ' || ")
                return try String.fetchAll(
                    db, sql: "SELECT '\(table.name) ' || \(text) FROM \(table.name) ORDER BY 1")
            }
        }
    }

    @Test("every table of the store moves, or stays for a reason")
    func tables() async throws {
        let temporary = try TemporaryStore()
        let store = try temporary.open()
        defer { try? store.close() }
        let tables = try await store.read { db in
            try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table'")
        }
        let moving = MovedTable.all.map(\.name)
        #expect(Set(tables) == Set(moving).union(Self.staying.keys))
        #expect(Set(moving).isDisjoint(with: Self.staying.keys))
    }

    @Test("what comes is what went, behind what is there, under other references and tokens")
    func whole() async throws {
        let old = try TemporaryStore()
        let new = try TemporaryStore()
        let (source, target) = (try old.open(), try new.open())
        defer { try? source.close() }
        try await Self.fill(source, Samples.lakeside, from: 500)
        try await Self.fill(source, from: 100)
        let form = try await source.moveForm()
        let rows = try Self.rows(of: source)
        #expect(Set(rows.map(\.table)) == Set(MovedTable.all.indices))
        try await Self.fill(target, Samples.lakeside, from: 300)
        let neighbours = try Self.rows(of: target, Samples.lakeside)

        #expect(try await target.moveForm() == form)
        let position = try await target.tokenPosition()
        let arrival = try Self.take(try Self.arriving(rows, form: form), into: target)
        #expect(arrival.left.isEmpty && arrival.taken["account"] == 10)
        #expect(arrival.taken.values.reduce(0, +) == rows.count)
        #expect(try await target.tokenPosition().additions > position.additions)
        #expect(try Self.rows(of: target, Samples.lakeside) == neighbours)

        let alone = try TemporaryStore()
        let single = try alone.open()
        try Self.take(try Self.arriving(rows, form: form), into: single)
        try await source.write { db in
            try db.execute(sql: "DELETE FROM inquiry WHERE subjectID IN (\(Self.lakesides))")
        }
        let here = try await Self.content(single)
        let there = try await Self.withoutLakeside(source)
        #expect(here == there)
        let record = try #require(try await single.record(7001).first)
        #expect(record.accounts.first?.dispute == .identityTheft && record.status == .bankrupt)
        #expect(try await single.record(100).isEmpty)
        let corrected = try #require(try await single.corrections(after: 0, limit: 9).first)
        #expect((8001...8010).map { Samples.reference($0) }.contains(corrected.account))
        try single.close()
        let bytes = try alone.bytes()
        #expect(bytes.range(of: Data(Samples.reference(100).bytes)) == nil)
        try target.close()
    }

    private static let lakesides = """
        SELECT s.id FROM subject s JOIN member m ON m.id = s.memberID WHERE m.name = 'lakeside'
        """

    private static func withoutLakeside(_ store: SQLiteStore) async throws -> [String] {
        _ = try await store.forget(
            Samples.lakeside, evidenceBefore: Samples.now, at: Samples.now, logSize: 0)
        return try await content(store)
    }

    @Test(
        "fails, fails but persisted, crash: all is there or nothing, and once more is the same",
        arguments: ["a row that is refused", "the reader", "the last word"])
    func faults(_ fault: String) async throws {
        let old = try TemporaryStore()
        let new = try TemporaryStore()
        let (source, target) = (try old.open(), try new.open())
        defer { try? source.close() }
        try await Self.fill(source, from: 100)
        let form = try await source.moveForm()
        let rows = try Self.arriving(try Self.rows(of: source), form: form)
        switch fault {
        case "a row that is refused":
            try await target.write { db in
                try db.execute(
                    sql: """
                        CREATE TRIGGER fault BEFORE INSERT ON publication
                            BEGIN SELECT RAISE(ABORT, 'a fault'); END
                        """)
            }
            #expect(throws: MoveFault.form) { try Self.take(rows, into: target) }
            try await target.write { try $0.execute(sql: "DROP TRIGGER fault") }
        case "the reader":
            var batches = [rows]
            #expect(throws: Cut.self) {
                _ = try target.take(
                    Self.stamp(),
                    rows: {
                        guard let batch = batches.popLast() else { throw Cut() }
                        return batch
                    }, approve: { _ in })
            }
        default:
            #expect(throws: Cut.self) { try Self.take(rows, into: target) { _ in throw Cut() } }
        }
        #expect(try Self.rows(of: target).isEmpty)
        let crashed = try new.crashed()
        let reopened = try crashed.open()
        #expect(try Self.rows(of: reopened).isEmpty)
        let arrival = try Self.take(rows, into: reopened)
        // Persisted, and nobody was told.
        let after = try crashed.crashed()
        try reopened.close()
        let kept = try after.open()
        defer { try? kept.close() }
        let content = try await Self.content(kept)
        #expect(try Self.take([], into: kept) == arrival)
        #expect(try await Self.content(kept) == content)
        #expect(throws: MoveFault.notEmpty) { try Self.take(rows, into: kept, 2) }
        try target.close()
    }

    @Test("a book that is there already is not touched; a borrower asked about before is joined")
    func joined() async throws {
        let old = try TemporaryStore()
        let new = try TemporaryStore()
        let (source, target) = (try old.open(), try new.open())
        defer {
            try? source.close()
            try? target.close()
        }
        try await Self.fill(source, from: 100)
        let form = try await source.moveForm()
        let rows = try Self.arriving(try Self.rows(of: source), form: form)
        _ = try await target.recordInquiry(Samples.inquiry(7003))
        try Self.take(rows, into: target)
        let joined = try #require(try await target.record(7003).first)
        #expect(joined.accounts.count == 1 && joined.inquiries.days30 == 1)
        #expect(try Self.rows(of: target).filter { $0.table == 3 }.count == 11)

        let third = try TemporaryStore()
        let busy = try third.open()
        defer { try? busy.close() }
        try busy.importBook([Samples.entry(1)])
        let before = try await Self.content(busy)
        #expect(throws: MoveFault.notEmpty) { try Self.take(rows, into: busy) }
        #expect(try await Self.content(busy) == before)
    }

    @Test("what does not open is left out with all that hangs on it, and told")
    func unopened() async throws {
        let old = try TemporaryStore()
        let new = try TemporaryStore()
        let (source, target) = (try old.open(), try new.open())
        defer {
            try? source.close()
            try? target.close()
        }
        try await Self.fill(source, from: 100)
        let form = try await source.moveForm()
        let rows = try Self.arriving(try Self.rows(of: source), form: form, unopened: [1])
        let arrival = try Self.take(rows, into: target)
        #expect(
            arrival.left
                == ["subject": 1, "account": 1, "accountState": 1, "consent": 1])
        #expect(arrival.taken["subject"] == 10 && arrival.taken["account"] == 9)
        #expect(try await target.record(7001).isEmpty)
        #expect(try await target.record(7002).count == 1)
    }

    @Test(
        "rows that no store would hold are refused",
        arguments: [
            "number", "huge number", "count", "table", "class", "facts", "month", "consent",
            "rejects", "part",
        ])
    func refused(_ what: String) async throws {
        let old = try TemporaryStore()
        let new = try TemporaryStore()
        let (source, target) = (try old.open(), try new.open())
        defer {
            try? source.close()
            try? target.close()
        }
        try await Self.fill(source, from: 100)
        let form = try await source.moveForm()
        let rows = try Self.arriving(try Self.rows(of: source), form: form)
        let bad = try Self.change(rows, what, form)
        #expect(throws: MoveFault.form) { try Self.take(bad, into: target) }
        #expect(try Self.rows(of: target).isEmpty)
    }

    /// One row changed.
    private static func change(
        _ rows: [ArrivingRow], _ what: String, _ form: MoveForm
    ) throws -> [ArrivingRow] {
        let (table, column, value): (String, String, MovedValue) =
            switch what {
            case "number": ("subject", "id", .text("1"))
            case "huge number": ("part", "id", .integer(.max))
            case "class": ("account", "riskClass", .text("good"))
            case "facts": ("account", "facts", .text("{\"daysPastDue\":\"many\"}"))
            case "month": ("account", "openedMonth", .integer(202513))
            case "consent": ("consent", "purposes", .text("[\"loan-approval\",7]"))
            case "rejects": ("bookImport", "rejects", .text("{\"a\":\"b\"}"))
            default: ("account", "partID", .integer(99))
            }
        let place = try #require(form.tables.firstIndex { $0.name == table })
        let index = try #require(form.tables[place].columns.firstIndex(of: column))
        let first = try #require(rows.firstIndex { $0.row.table == place })
        var changed = rows
        var values = rows[first].row.values
        values[index] = value
        if what == "count" { values.removeLast() }
        changed[first] = ArrivingRow(
            row: MovedRow(
                table: what == "table" ? 99 : place, values: values,
                identity: rows[first].row.identity), identity: rows[first].identity)
        return changed
    }
}
