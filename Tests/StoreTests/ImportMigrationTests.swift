import Book
import Exchange
import GRDB
import RiskStandard
import TestSupport
import Testing

@testable import Store

@Suite("A store of the first version")
struct ImportMigrationTests {
    private let temporary: TemporaryStore

    /// A file as `v1` left it, with one account of one subject.
    init() throws {
        temporary = try TemporaryStore()
        let columns = HeldAccount.storedColumns.filter {
            !["noticeHeld", "overduePeak", "overduePeakCurrency"].contains($0)
        }
        let stored = Dictionary(
            uniqueKeysWithValues: zip(
                HeldAccount.storedColumns, Samples.account(1, full: true).storedValues))
        try temporary.withDatabase { db in
            try db.execute(sql: "PRAGMA application_id = \(StoreSchema.applicationID)")
        }
        let queue = try DatabaseQueue(path: temporary.path)
        try StoreSchema.migrator.migrate(queue, upTo: "v1-asking")
        try queue.write { db in
            try db.execute(
                sql: """
                    INSERT INTO member VALUES (1, 'harbor');
                    INSERT INTO part VALUES (1, 1, 'main', 20261031, 1, 'plain');
                    INSERT INTO subject VALUES (1, 1, 'person', 1);
                    UPDATE position SET additions = 1;
                    """)
            try db.execute(
                sql: "INSERT INTO token VALUES ('k1', ?, 1, 1, NULL)",
                arguments: [Samples.token(1).bytes.stored])
            try db.execute(
                sql: """
                    INSERT INTO account (subjectID, partID, \(columns.joined(separator: ", ")))
                    VALUES (1, 1, \(columns.map { _ in "?" }.joined(separator: ", ")))
                    """,
                arguments: StatementArguments(columns.map { stored[$0] ?? nil }))
        }
        try queue.close()
    }

    @Test("is brought up to date, with what it held and one state an account")
    func migrated() async throws {
        let store = try temporary.open()
        defer { try? store.close() }
        let record = try #require(try await store.record(1).first)
        #expect(record.accounts == [Samples.account(1, full: true)])
        #expect(
            try await store.importDays(of: Samples.harbor) == [Samples.date("2026-10-31")])
        let state = try await store.read { db in try StateReader(db).changes(of: 1) }
        #expect(state.map(\.state?.daysPastDue) == [95])
        #expect(state.map(\.state?.isInBadEvent) == [true])
        #expect(state.map(\.state?.statedLetter) == [.upTo120Days])
    }

    @Test("says the same as the file it came from, and recognises its rows from then on")
    func recognised() async throws {
        let store = try temporary.open()
        defer { try? store.close() }
        let position = try await store.tokenPosition()
        let entry = HeldEntry(
            subject: Samples.subject(1), subjectStatus: nil,
            account: Samples.account(1, full: true), consent: nil)
        for standing in [RowStanding.new, .unchanged] {
            var found: [RowStanding] = []
            let changes = try store.importBook(Samples.header()) { draft in
                found = try draft.compare([.read(entry.identity)])
                if found == [.new] { try draft.put([entry]) }
            }
            #expect(found == [standing])
            #expect(changes.isEmpty)
        }
        #expect(try await store.tokenPosition() == position)
    }
}
