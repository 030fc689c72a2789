import Testing

@testable import Book

@Suite("Headers that stand elsewhere, or say more than a name")
struct HeaderTests {
    private func mapping(_ file: String, columns: String = "") throws -> ColumnMapping {
        let yaml = BookFixture.constants.replacing("asOf:", with: "\(file), asOf:")
        return try ColumnMapping(
            yaml: Array(
                (yaml + "\ncolumns:\n  identifier: ID\n  accountNumber: ACC\n" + columns).utf8))
    }

    private static let titled = "某银行贷款台账,,\n\"单位：元\",,\nID,ACC,N\n9,a,x\n合计,,\n"

    @Test("lines above the header are passed over where the mapping says so; lines count on")
    func skipLines() throws {
        let rows = try BookFixture.rows(of: Self.titled, mapping("skipLines: 2"))
        try #require(rows.count == 2)
        guard case .record(let record) = rows[0], case .rejected(let reject) = rows[1] else {
            Issue.record("\(rows)")
            return
        }
        #expect(record.line == 4)
        #expect(reject.line == 5)
        #expect(reject.code == "totals-row")
    }

    @Test("a title above the header is told, with the line of the header")
    func title() throws {
        #expect(throws: BookError.headerBelow(line: 3)) {
            try BookFixture.rows(of: Self.titled, mapping("skipLines: 0"))
        }
        #expect(throws: BookError.missingColumn("ID")) {
            try BookFixture.rows(of: "a,b\n1,2\n", mapping("skipLines: 0"))
        }
        #expect(throws: BookError.empty) {
            try BookFixture.rows(of: Self.titled, mapping("skipLines: 9"))
        }
        #expect(BookError.headerBelow(line: 3).description.contains("skipLines: 2"))
    }

    @Test("another delimiter than the mapping's is told", arguments: [";", "|", "\t"])
    func delimiter(delimiter: String) throws {
        let csv = "\"N\"\(delimiter)ID\(delimiter)ACC\n1\(delimiter)9\(delimiter)a\n"
        let name = delimiter == "\t" ? "tab" : delimiter
        #expect(throws: BookError.otherDelimiter(name)) {
            try BookFixture.rows(of: csv, mapping("skipLines: 0"))
        }
        #expect(
            try BookFixture.rows(of: csv, mapping("delimiter: \"\(name)\"")).count == 1)
    }

    @Test("lines above the header have a limit", arguments: ["-1", "51", "two"])
    func badSkipLines(value: String) {
        #expect {
            try mapping("skipLines: \(value)")
        } throws: { ($0 as? MappingError)?.path == "file.skipLines" }
    }

    @Test(
        "a unit in the header must be the mapping's",
        arguments: [
            ("余额（万元）", "ten-thousand"), ("余额(元)", "one"), ("余额万元", "ten-thousand"),
            ("余额[单位:千元]", "thousand"), ("余额(亿元)", "hundred-million"), ("余额", "million"),
            ("余额（本金）", "one"),
        ])
    func units(name: String, unit: String) throws {
        let csv = "ID,ACC,\(name)\n9,a,1\n"
        func rows(_ unit: String) throws -> Int {
            try BookFixture.rows(
                of: csv,
                mapping(
                    "skipLines: 0", columns: "  balance: { column: \"\(name)\", unit: \(unit) }")
            ).count
        }
        #expect(try rows(unit) == 1)
        guard AmountUnit(inHeader: name) != nil else { return }
        #expect(throws: BookError.otherUnit(column: name, unit: unit)) { try rows("minor") }
    }

    @Test("rows of another width, and totals, are rejected one by one")
    func widths() throws {
        let rows = try BookFixture.rows(
            of: "ID,ACC,N\n9,a,x\n9,b\n9,c,x,y\n9\n 总计 ,12\nTotal:,,3\n9,d,x\n",
            BookFixture.mapping())
        let found = rows.map { row in
            switch row {
            case .record(let record): record.accountNumber
            case .rejected(let reject): "\(reject.line) \(reject.code)"
            }
        }
        #expect(
            found == [
                "a", "3 column-count", "4 column-count", "5 column-count", "6 totals-row",
                "7 totals-row", "d",
            ])
    }

    @Test("a row of a hundred megabytes is refused before it is held")
    func longLine() throws {
        let chunk = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
        for (begin, error) in [
            ("9,", BookError.recordTooLong(line: 2)), ("9,\"", .unclosedQuote(line: 2)),
        ] {
            let read = Counter()
            let head = Array("ID,ACC\n\(begin)".utf8)
            let source = ByteSource { buffer in
                let piece = read.value == 0 ? head[...] : chunk.prefix(buffer.count)
                guard read.value < 100 << 20 else { return 0 }
                buffer.copyBytes(from: piece)
                read.value += piece.count
                return piece.count
            }
            var reader = try BookReader(mapping: BookFixture.mapping(), source: source)
            #expect(throws: error) { try reader.next() }
            #expect(read.value < 4 << 20)
        }
    }

    /// Read and written by one reader at a time.
    private final class Counter: @unchecked Sendable {
        var value = 0
    }
}
