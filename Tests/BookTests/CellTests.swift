import Foundation
import RiskStandard
import Testing

@testable import Book

@Suite("Mapping language: cells, constants, rules")
struct CellTests {
    /// The record of one row with a cell `X` read by a rule.
    private func record(_ rule: String, cell: String) throws -> AccountRecord {
        try BookFixture.record(
            of: "ID,ACC,X\nid,acc,\"\(cell)\"", BookFixture.mapping(columns: rule))
    }

    private func reject(_ rule: String, cell: String) throws -> RejectedRow {
        try BookFixture.reject(
            of: "ID,ACC,X\nid,acc,\"\(cell)\"", BookFixture.mapping(columns: rule))
    }

    @Test("a name alone is a column; spaces around a cell do not count")
    func plainColumn() throws {
        #expect(try record("name: X", cell: "  测试 甲 ").name == "测试 甲")
        #expect(try record("name: X", cell: "   ").name == nil)
        #expect(try record("name: X", cell: "'t Sample").name == "'t Sample")
        #expect(try record("name: X", cell: "'测试").name == "测试")
        #expect(try record("ownClass: X", cell: "'A").ownClass == "A")
    }

    @Test(
        "amounts come in units, in ten thousands, in minor units",
        arguments: [
            ("balance: X", "1234.56", 123_456),
            ("balance: { column: X, unit: ten-thousand }", "1.5", 1_500_000),
            ("balance: { column: X, unit: minor }", "123456", 123_456),
            ("balance: { column: X, scientific: true }", "2.00E+05", 20_000_000),
            ("balance: { column: X, negative: zero }", "-0.01", 0),
            ("balance: { column: X, map: { 无: 0 }, unmapped: read }", "无", 0),
            ("balance: { column: X, map: { 无: 0 }, unmapped: read }", "7", 700),
            ("balance: X", "1,234,567.89", 123_456_789), ("balance: X", "¥1,234.5", 123_450),
            ("balance: X", "￥ 12", 1_200), ("balance: X", "CNY 12.00", 1_200),
            ("balance: X", "人民币3元", 300), ("balance: X", "12.5万元", 12_500_000),
            ("balance: X", "１２３，４５６．７０", 12_345_670), ("balance: X", "0.5亿", 5_000_000_000),
            ("balance: { column: X, unit: ten-thousand }", "3万", 3_000_000),
            ("balance: { column: X, unit: thousand }", "1,234.5", 123_450_000),
            ("balance: { column: X, negative: zero }", "-1,234", 0), ("balance: X", "'88", 8_800),
            ("balance: X", "\u{3000}7\u{A0}", 700),
        ] as [(String, String, Int64)])
    func amounts(rule: String, cell: String, minorUnits: Int64) throws {
        let money = Money(minorUnits: minorUnits, currency: "CNY")
        #expect(try record(rule, cell: cell).balance == money)
    }

    @Test(
        "bad amounts are rejected with a code",
        arguments: [
            ("-1", "negative"), ("1e5", "scientific-notation"), ("1.005", "amount-too-precise"),
            ("92233720368547759", "amount-overflow"), ("99999999999999999999", "amount-overflow"),
            ("1,00", "value-malformed"), ("1,0000", "value-malformed"), ("万", "value-malformed"),
            ("1,000,00.5", "value-malformed"), ("USD 5", "currency"), ("5%", "value-malformed"),
            ("¥", "value-malformed"), ("1.5.2万", "value-malformed"),
        ])
    func badAmounts(cell: String, code: String) throws {
        let reject = try reject("balance: X", cell: cell)
        #expect(reject.code == code)
        #expect(reject.column == "X")
        #expect(reject.line == 2)
    }

    @Test("the currency may stand in a column; what is not ISO 4217 is rejected")
    func currencyColumn() throws {
        let yaml = BookFixture.constants.replacing("currency: CNY", with: "currency: {column: CUR}")
        let mapping = try ColumnMapping(
            yaml: Array((yaml + "\ncolumns: { identifier: ID, accountNumber: ACC, limit: X }").utf8)
        )
        let head = "ID,ACC,X,CUR\n"
        #expect(
            try BookFixture.record(of: head + "i,a,5,JPY", mapping).limit
                == Money(minorUnits: 5, currency: "JPY"))
        for wrong in ["RMB", "cny", "￥", "12"] {
            #expect(try BookFixture.reject(of: head + "i,a,5,\(wrong)", mapping).code == "currency")
        }
        #expect(try BookFixture.reject(of: head + "i,a,5,", mapping).code == "value-missing")
        #expect(try BookFixture.record(of: head + "i,a,,", mapping).limit == nil)
    }

    @Test(
        "days past due: as days, from months late, from the oldest unpaid due date",
        arguments: [
            ("days", "95", 95), ("days", "0.0", 0), ("months-late", "0", 0),
            ("months-late", "3", 90), ("months-late", "2期", 60), ("days", "３０天", 30),
            ("due-date", "2026/10/30", 1), ("due-date", "46326", 0),
            ("due-date", "2026-10-31", 0), ("due-date", "2026-10-30", 1),
            ("due-date", "2026-07-28", 95),
            ("due-date", "2026-11-15", 0), ("due-date", "", 0),
        ])
    func daysPastDue(basis: String, cell: String, days: Int) throws {
        let record = try record("daysPastDue: { column: X, from: \(basis) }", cell: cell)
        #expect(record.facts.daysPastDue == .known(days))
    }

    @Test("blank days are not known, never nil days late", arguments: ["days", "months-late"])
    func blankDays(basis: String) throws {
        let blank = try record("daysPastDue: { column: X, from: \(basis) }", cell: "")
        #expect(blank.facts.daysPastDue == .unknown)
        let stated = try record("daysPastDue: { column: X, blank: 0 }", cell: "")
        #expect(stated.facts.daysPastDue == .known(0))
    }

    @Test(
        "bad days are rejected",
        arguments: [
            ("days", "-1", "negative"), ("days", "36501", "value-out-of-range"),
            ("days", "1.5", "value-malformed"), ("days", "99999999999999999999", "amount-overflow"),
            ("months-late", "2000", "value-out-of-range"),
            ("due-date", "1900-01-01", "date"), ("due-date", "2999-12-31", "date"),
            ("due-date", "01/02/2026", "date-order"), ("days", "3万", "value-malformed"),
            ("due-date", "1899-12-31", "date"), ("due-date", "2026-02-29", "date"),
        ])
    func badDays(basis: String, cell: String, code: String) throws {
        let reject = try reject("daysPastDue: { column: X, from: \(basis) }", cell: cell)
        #expect(reject.code == code)
    }

    @Test("facts: yes, no, unknown, blank")
    func facts() throws {
        #expect(try record("evadingDebt: X", cell: "yes").facts.evadingDebt == .known(true))
        #expect(try record("evadingDebt: X", cell: "0").facts.evadingDebt == .absent)
        #expect(try record("evadingDebt: X", cell: "").facts.evadingDebt == .absent)
        #expect(try record("evadingDebt: X", cell: "unknown").facts.evadingDebt == .unknown)
        #expect(try reject("evadingDebt: X", cell: "maybe").code == "value-malformed")
        #expect(
            try reject("expectedLossBasisPoints: X", cell: "10001").code == "value-out-of-range")
    }

    @Test("an expected loss may be written in percent")
    func percent() throws {
        func read(_ text: String) throws(CellFault) -> FieldValue {
            let cell = CellText.cleaned(Array(text.utf8)[...], isPlainText: false)
            return try CellParser(
                field: .expectedLossBasisPoints, format: CellFormat(), asOf: nil
            ).value(of: cell)
        }
        #expect(try read("49.99%") == .count(4_999))
        #expect(try read("４９.９９ ％") == .count(4_999))
        #expect(try read("4999") == .count(4_999))
        #expect(throws: CellFault.self) { try read("49.999%") }
        #expect(throws: CellFault.self) { try read("101%") }
        #expect(throws: CellFault.self) { try read("%") }
    }

    @Test(
        "a key that a spreadsheet has destroyed is named; marks for text are taken off",
        arguments: ["4.2E+17", "9.99999E+17", "1E+20"])
    func damagedKeys(cell: String) throws {
        let mapping = try BookFixture.mapping()
        for row in ["\(cell),a", "i,\(cell)"] {
            let reject = try BookFixture.reject(of: "ID,ACC\n\(row)", mapping)
            #expect(reject.code == "identifier-damaged-by-spreadsheet")
            #expect(!reject.reason.contains(cell))
        }
        let marked = try BookFixture.record(of: "ID,ACC\n'0017,\"=\"\"42\"\"\"", mapping)
        #expect(marked.identifier == "0017")
        #expect(marked.accountNumber == "42")
    }

    @Test("facts that exclude each other are rejected with the fact's column")
    func contradictoryFacts() throws {
        let mapping = try BookFixture.mapping(
            columns: "expectedLossBasisPoints: X\ncreditImpaired: Y")
        let reject = try BookFixture.reject(of: "ID,ACC,X,Y\ni,a,5000,no", mapping)
        #expect(reject.code == "contradiction")
        #expect(reject.column == "X")
    }

    @Test("every fact of the risk standard can be mapped")
    func allFacts() {
        for name in LoanFacts.names {
            #expect(Field(rawValue: name)?.isFact == true, "\(name)")
        }
        #expect(Field.allCases.count(where: \.isFact) == LoanFacts.names.count)
    }

    @Test(
        "a map rejects what it does not know, reads it, or leaves it out",
        arguments: [
            ("", "value-unknown"), (", unmapped: reject", "value-unknown"),
            (", unmapped: blank", nil),
            (", unmapped: read", "value-unknown"),
        ] as [(String, String?)])
    func unmapped(key: String, code: String?) throws {
        let rule = "dispute: { column: X, map: { J: paid }\(key) }"
        #expect(try record(rule, cell: "J").dispute == .paid)
        if let code {
            #expect(try reject(rule, cell: "K").code == code)
        } else {
            #expect(try record(rule, cell: "K").dispute == nil)
        }
    }

    @Test("columns are joined; a blank part makes the whole blank")
    func joined() throws {
        let mapping = try ColumnMapping(
            yaml: Array(
                """
                \(BookFixture.constants)
                columns:
                  identifier: ID
                  accountNumber: { column: [BRANCH, NO], join: "/" }
                """.utf8))
        #expect(
            try BookFixture.record(of: "ID,BRANCH,NO\ni, 7 ,42", mapping).accountNumber == "7/42")
        let reject = try BookFixture.reject(of: "ID,BRANCH,NO\ni,,42", mapping)
        #expect(reject.code == "value-missing")
        #expect(reject.column == "BRANCH+NO")
    }

    @Test("an optional column may be missing, another may not, none may stand twice")
    func columns() throws {
        let optional = try BookFixture.mapping(columns: "name: { column: X, optional: true }")
        #expect(try BookFixture.record(of: "ID,ACC\ni,a", optional).name == nil)
        let needed = try BookFixture.mapping(columns: "name: X")
        #expect(throws: BookError.missingColumn("X")) {
            try BookFixture.rows(of: "ID,ACC\ni,a", needed)
        }
        #expect(throws: BookError.duplicateColumn("X")) {
            try BookFixture.rows(of: "ID,X,ACC,X\ni,1,a,2", needed)
        }
        #expect(try BookFixture.rows(of: "ID,Y,ACC,Y\ni,1,a,2", optional).count == 1)
    }

    @Test("rules set fields when all conditions hold, later ones win")
    func rules() throws {
        let mapping = try BookFixture.mapping(
            blocks: """
                skip:
                  - when: { column: S, in: [void, test] }
                  - when: [{ column: S, blank: true }, { column: N, above: 10 }]
                rules:
                  - when: { column: S, equals: paid }
                    set: { status: settled, balance: 0, closedMonth: { column: D, date: yyyyMMdd } }
                  - when: [{ column: S, notIn: [paid] }, { column: N, above: 100 }]
                    set: { status: ended }
                  - when: { column: S, equals: late }
                    set: { status: open, daysPastDue: unknown }
                """)
        let text = """
            ID,ACC,S,N,D
            i,1,void,0,
            i,2,,11,
            i,3,paid,0,20260131
            i,4,odd,100.01,
            i,5,late,101,
            i,6,odd,many,
            i,7,,10,
            """
        var reader = try BookReader(mapping: mapping, source: .bytes(Array(text.utf8)))
        var records: [AccountRecord] = []
        while let row = try reader.next() {
            if case .record(let record) = row { records.append(record) }
        }
        #expect(records.map(\.accountNumber) == ["3", "4", "5", "6", "7"])
        #expect(records.map(\.status) == [.settled, .ended, .open, .open, .open])
        #expect(records[0].balance == Money(minorUnits: 0, currency: "CNY"))
        #expect(records[0].closedMonth == YearMonth("2026-01"))
        #expect(records[2].facts.daysPastDue == .unknown)
        #expect(reader.counts == BookCounts(rows: 7, skipped: 2, records: 5))
    }

    @Test("dates after the as-of date, and closings before openings, are rejected")
    func dates() throws {
        let mapping = try BookFixture.mapping(
            columns: "openedMonth: O\nclosedMonth: C\nbadEventEnded: B")
        func code(_ row: String) throws -> String {
            try BookFixture.reject(of: "ID,ACC,O,C,B\ni,a,\(row)", mapping).code
        }
        #expect(try code("2026-11-01,,") == "date-after-as-of")
        #expect(try code("2026-01-01,2999-12-31,") == "date")
        #expect(try code("2026-01-01,2199-12-31,") == "date-after-as-of")
        #expect(try code(",,2026-11-01") == "date-after-as-of")
        #expect(try code("2026-02-01,2026-01-31,") == "contradiction")
        #expect(try code("1900-01-01,,") == "date")
        let fine = "ID,ACC,O,C,B\ni,a,1950-01-01,2026-10-31,2026-10-31"
        #expect(try BookFixture.record(of: fine, mapping).openedMonth == YearMonth("1950-01"))
    }

    @Test("texts with control characters or beyond their length are rejected")
    func texts() throws {
        #expect(try reject("ownClass: X", cell: "a\u{1}b").code == "value-malformed")
        #expect(try reject("ownClass: X", cell: "a\nb").code == "value-malformed")
        let long = String(repeating: "文", count: BookLimits.ownClassBytesMax / 3 + 1)
        #expect(try reject("ownClass: X", cell: long).code == "value-out-of-range")
        #expect(try reject("relief: X", cell: "Nice Relief").code == "value-malformed")
    }
}
