import RiskStandard
import Testing

@testable import Book

@Suite("Files with one row per account and period")
struct PeriodTests {
    private static let blocks = """
        periods:
          period: { column: P, date: yyyy-MM }
          keepLastBy: { column: R, date: yyyyMMdd }
        rules:
          - when: { column: Z, equals: paid }
            set: { status: settled, letter: C }
          - when: { column: Z, equals: off }
            lasting: true
            set:
              status: written-off-still-claimed
              balance: { column: X }
              daysPastDue: unknown
              creditImpaired: true
              expectedLossBasisPoints: 10000
              letter: B
        """

    private func read(_ lines: String) throws -> (rows: [BookRow], counts: BookCounts) {
        let mapping = try BookFixture.mapping(
            columns: "daysPastDue: D\nbalance: X", blocks: Self.blocks)
        var reader = try BookReader(
            mapping: mapping, source: .bytes(Array("ID,ACC,P,R,D,X,Z\n\(lines)".utf8)))
        var rows: [BookRow] = []
        while let row = try reader.next() { rows.append(row) }
        return (rows, reader.counts)
    }

    private func record(_ lines: String) throws -> AccountRecord {
        let rows = try read(lines).rows
        try #require(rows.count == 1)
        guard case .record(let record) = rows[0] else {
            throw Rejected(row: rows[0])
        }
        return record
    }

    private struct Rejected: Error { let row: BookRow }

    @Test("rows in any order become one account with its newest month's values")
    func newest() throws {
        let record = try record(
            """
            i,a,2026-03,20260401,0,300,
            i,a,2026-01,20260201,0,500,
            i,a,2026-02,20260301,20,400,
            """)
        #expect(record.history?.letters == "N1N")
        #expect(record.historyEnds == YearMonth("2026-03"))
        #expect(record.balance == Money(minorUnits: 30_000, currency: "CNY"))
        #expect(record.line == 2)
    }

    @Test("of one period the latest report is kept, of equals the last in the file")
    func duplicates() throws {
        let (rows, counts) = try read(
            """
            i,a,2026-01,20260220,31,200,
            i,a,2026-01,20260210,0,100,
            i,a,2026-01,20260220,61,300,
            i,a,2026-01,,0,400,
            """)
        #expect(counts == BookCounts(rows: 4, superseded: 3, records: 1))
        guard case .record(let record) = rows.first else {
            Issue.record("no record")
            return
        }
        #expect(record.history?.letters == "3")
        #expect(record.facts.daysPastDue == .known(61))
        #expect(record.balance == Money(minorUnits: 30_000, currency: "CNY"))
    }

    @Test("a month without a row is unknown, not clean")
    func gaps() throws {
        let record = try record("i,a,2026-01,,0,1,\ni,a,2026-04,,0,1,")
        #expect(record.history?.letters == "N##N")
    }

    @Test("a lasting rule holds from its first month, with that month's values")
    func lasting() throws {
        let record = try record(
            """
            i,a,2026-01,,90,700,
            i,a,2026-02,,0,650,off
            i,a,2026-03,,0,1,off
            i,a,2026-05,,0,0,
            """)
        #expect(record.status == .writtenOffStillClaimed)
        #expect(record.history?.letters == "3BBBB")
        #expect(record.balance == Money(minorUnits: 65_000, currency: "CNY"))
        #expect(record.facts.daysPastDue == .unknown)
        #expect(record.facts.creditImpaired == .known(true))
        #expect(record.facts.expectedLossBasisPoints == .known(10_000))
    }

    @Test("a superseded row leaves nothing behind, not even what lasts")
    func supersededLasting() throws {
        let record = try record("i,a,2026-01,20260201,9,5,off\ni,a,2026-01,20260202,9,5,")
        #expect(record.status == .open)
        #expect(record.history?.letters == "1")
    }

    @Test("only the newest 60 months make the history")
    func longHistory() throws {
        let lines = (0..<70).map { index in
            let month = YearMonth("2026-10")?.adding(months: -index)
            return "i,a,\(month?.description ?? ""),,\(index == 59 ? 40 : 0),1,"
        }
        let record = try record(lines.joined(separator: "\n"))
        #expect(record.history?.letters == "2" + String(repeating: "N", count: 59))
    }

    @Test("a rejected row leaves its account's standing unknown: none of it is taken")
    func incomplete() throws {
        let (rows, counts) = try read(
            """
            i,a,2026-01,,0,1,
            j,b,2026-01,,0,1,
            i,a,2026-02,,-5,1,
            """)
        #expect(counts == BookCounts(rows: 3, records: 1, rejected: 2))
        let codes = rows.map { row in
            if case .rejected(let reject) = row { reject.code } else { "record" }
        }
        #expect(codes == ["negative", "account-incomplete", "record"])
    }

    @Test(
        "rows that can't belong together are rejected",
        arguments: [
            ("i,a,2026-01,,0,1,\nj,a,2026-02,,0,1,", "borrower-differs"),
            ("i,a,2026-11,,0,1,", "date-after-as-of"), ("i,a,,,0,1,", "value-missing"),
            ("i,,2026-01,,0,1,", "value-missing"), ("i,a,2026-1,,0,1,", "date"),
        ])
    func rejected(lines: String, code: String) throws {
        guard case .rejected(let reject) = try read(lines).rows.first else {
            Issue.record("not rejected")
            return
        }
        #expect(reject.code == code)
    }

    @Test("an account has at most 240 periods")
    func tooManyPeriods() throws {
        let lines = (0...BookLimits.periodsPerAccountMax).map { index in
            "i,a,\(YearMonth("2026-10")?.adding(months: -index)?.description ?? ""),,0,1,"
        }
        let (rows, counts) = try read(lines.joined(separator: "\n"))
        #expect(counts.records == 0)
        guard case .rejected(let reject) = rows.first else {
            Issue.record("not rejected")
            return
        }
        #expect(reject.code == "too-many-periods")
        #expect(reject.line == 2 + BookLimits.periodsPerAccountMax)
    }
}
