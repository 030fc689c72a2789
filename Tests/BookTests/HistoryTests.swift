import RiskStandard
import Testing

@testable import Book

@Suite("Repayment history")
struct HistoryTests {
    @Test(
        "month columns become letters, newest last, in either order",
        arguments: [
            ("[M1, M2, M3]", "oldest-first"), ("[M3, M2, M1]", "newest-first"),
        ])
    func wide(columns: String, order: String) throws {
        let mapping = try BookFixture.mapping(
            blocks: """
                history:
                  columns: \(columns)
                  order: \(order)
                  ends: as-of
                  from: months-late
                  letters: { "-2": "*", "-1": N }
                """)
        let record = try BookFixture.record(of: "ID,ACC,M1,M2,M3\ni,a,-2,-1,3", mapping)
        #expect(record.history?.letters == "*N3")
        #expect(record.historyEnds == YearMonth("2026-10"))
        let gap = try BookFixture.record(of: "ID,ACC,M1,M2,M3\ni,a,0,,8", mapping)
        #expect(gap.history?.letters == "N#7")
        let reject = try BookFixture.reject(of: "ID,ACC,M1,M2,M3\ni,a,-3,0,0", mapping)
        #expect(reject.code == "negative")
        #expect(reject.column == "M1")
    }

    @Test("the end may stand in a column")
    func endColumn() throws {
        let mapping = try BookFixture.mapping(
            blocks: """
                history:
                  columns: [M1, M2]
                  order: oldest-first
                  ends: { column: END, date: yyyy-MM }
                """)
        let record = try BookFixture.record(of: "ID,ACC,M1,M2,END\ni,a,0,31,2026-08", mapping)
        #expect(record.history?.letters == "N2")
        #expect(record.historyEnds == YearMonth("2026-08"))
        #expect(
            try BookFixture.reject(of: "ID,ACC,M1,M2,END\ni,a,0,31,", mapping).code
                == "value-missing")
        #expect(
            try BookFixture.reject(of: "ID,ACC,M1,M2,END\ni,a,0,31,2026-11", mapping).code
                == "date-after-as-of")
    }

    @Test(
        "letters may stand in one column, with their end",
        arguments: [
            ("NN1*#", "2026-09", nil), ("NX", "2026-09", "value-malformed"),
            ("", "2026-09", "value-missing"), ("NN", "", "value-missing"),
            (String(repeating: "N", count: 61), "2026-09", "value-malformed"),
        ] as [(String, String, String?)])
    func letters(text: String, end: String, code: String?) throws {
        let mapping = try BookFixture.mapping(
            columns: "history: H\nhistoryEnds: { column: E, date: yyyy-MM }")
        let csv = "ID,ACC,H,E\ni,a,\(text),\(end)"
        if let code {
            #expect(try BookFixture.reject(of: csv, mapping).code == code)
        } else {
            #expect(try BookFixture.record(of: csv, mapping).history?.letters == text)
        }
    }
}
