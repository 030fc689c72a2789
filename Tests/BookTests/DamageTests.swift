import Testing

@testable import Book

@Suite("Identifiers that a spreadsheet has destroyed")
struct DamageTests {
    @Test(
        "tells a number in scientific notation",
        arguments: [
            ("4.2E+17", true), ("9.99999199012E+17", true), ("1e+20", true), ("4.2E17", false),
            ("4.2E-17", false), ("E+17", false), ("1E05", false), ("4.2.1E+17", false),
            ("A1E+17", false), ("4.2E+1", false), ("4.2E+1234", false), ("", false),
        ])
    func scientific(text: String, expected: Bool) {
        #expect(SpreadsheetDamage.isScientific(Array(text.utf8)) == expected)
    }

    @Test(
        "tells digits after the fifteenth that are zeros",
        arguments: [
            ("999999199012310000", true), ("9999991990123100", true), ("999999199012310022", false),
            ("999999199012310", false), ("99999919901231000X", false), ("000000000000000", false),
        ])
    func rounded(text: String, expected: Bool) {
        #expect(SpreadsheetDamage.mayBeRounded(Array(text.utf8)) == expected)
    }

    @Test(
        "refuses a file from three rows and above one percent",
        arguments: [
            (0, 0, false), (2, 2, false), (3, 3, true), (3, 299, true), (3, 300, false),
            (4, 300, true), (10_000, 1_000_000, false), (10_001, 1_000_000, true),
        ])
    func share(damaged: Int, rows: Int, expected: Bool) {
        var count = DamageCount()
        for row in 0..<rows { count.add(isDamaged: row < damaged) }
        #expect(count.refusesFile == expected)
        #expect(count.rows == rows)
        if expected {
            #expect(
                BookError.damagedIdentifiers(count).description
                    .hasPrefix("\(damaged) of \(rows) identifiers"))
        }
    }

    @Test("counts rejects by their code, and adds up")
    func rejects() {
        var count = DamageCount()
        count.add(RejectedRow(line: 1, column: nil, code: .identifierDamaged, reason: ""))
        count.add(RejectedRow(line: 2, column: nil, code: .valueMissing, reason: ""))
        var sum = DamageCount()
        sum.add(count)
        sum.add(count)
        #expect(sum.rows == 4)
        #expect(sum.damaged == 2)
    }
}
