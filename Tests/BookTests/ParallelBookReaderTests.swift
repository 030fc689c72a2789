import Testing

@testable import Book

@Suite("Reading on all cores")
struct ParallelBookReaderTests {
    private struct Part: Sendable {
        var found: [String] = []
        mutating func add(_ row: BookRow) {
            switch row {
            case .record(let record): found.append("\(record.line) \(record.accountNumber)")
            case .rejected(let reject): found.append("\(reject.line) \(reject.code)")
            }
        }
    }

    private func both(_ csv: String, _ mapping: ColumnMapping) throws -> (
        one: [String], all: [String], counts: (BookCounts, BookCounts)
    ) {
        var reader = try BookReader(mapping: mapping, source: .bytes(Array(csv.utf8)))
        var one = Part()
        while let row = try reader.next() { one.add(row) }
        var parallel = try ParallelBookReader(mapping: mapping, source: .bytes(Array(csv.utf8)))
        var all: [String] = []
        var counts = BookCounts()
        try parallel.read(
            into: { Part() }, add: { $1.add($0) },
            finish: { part, read in
                all += part.found
                counts.add(read)
            })
        return (one.found, all, (reader.counts, counts))
    }

    @Test("gives what one core gives, in the file's order, line for line", arguments: [0, 1, 2])
    func sameRows(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let mapping = try BookFixture.mapping(
            columns: "name: N", blocks: "skip: [{ when: { column: N, equals: skip } }]")
        var csv = "ID,ACC,N\n"
        for number in 0..<40_000 {
            switch Int.random(in: 0..<12, using: &generator) {
            case 0: csv += "1,\(number)\n"
            case 1: csv += "\"1\",\(number),\"line\nbreak, \"\"quoted\"\"\"\r\n"
            case 2: csv += "1,\(number),skip\n"
            case 3: csv += "\n"
            case 4: csv += "1,,\(String(repeating: "长", count: 100))\n"
            case 5: csv += "1,\(number),\"a\"b\n"
            default: csv += "1,\(number),\(String(repeating: "名", count: 20))\n"
            }
        }
        csv += "1,last,x"
        let result = try both(csv, mapping)
        #expect(result.one.count > 30_000)
        #expect(result.all == result.one)
        #expect(result.counts.0 == result.counts.1)
        #expect(result.counts.0.skipped > 1_000)
    }

    @Test("gathers files with periods like one core")
    func periods() throws {
        let mapping = try BookFixture.mapping(
            columns: "daysPastDue: D", blocks: "periods: { period: P }")
        let csv = "ID,ACC,D,P\n1,a,0,2026-08\n1,a,5,2026-09\n1,b,x,2026-09\n1,c,1,2026-09\n"
        let result = try both(csv, mapping)
        #expect(result.all == result.one)
        #expect(result.all.count == 3)
        #expect(result.counts.0 == result.counts.1)
    }

    @Test("a fault of the file is thrown, from whichever batch")
    func faults() throws {
        let rows = String(repeating: "1,a,x\n", count: 300_000)
        let mapping = try BookFixture.mapping()
        #expect(throws: BookError.unclosedQuote(line: 300_002)) {
            try both("ID,ACC,N\n\(rows)1,\"b,x\n", mapping)
        }
    }
}
