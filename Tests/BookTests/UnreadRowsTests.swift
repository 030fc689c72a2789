import RiskStandard
import Testing

@testable import Book

@Suite("Unread rows")
struct UnreadRowsTests {
    private let mapping: ColumnMapping

    init() throws {
        mapping = try BookFixture.mapping(columns: "daysPastDue: DPD\nbalance: BAL")
    }

    @Test("read later are the rows that a reader hands out one by one")
    func same() throws {
        let header = "ID,ACC,DPD,BAL,NOTE\n"
        let rows = (0..<1000).map { number in
            switch number % 5 {
            case 0: "999999,\(number),-1,5,x\n"
            case 1: "\"9,9\",\(number),3,\"1,000.00\",\"a\nb\"\n"
            case 2: "1,\(number)\n"
            default: "1,\(number),0,7,\n"
            }
        }
        let text = header + rows.joined()
        var reader = try reader(of: text)
        var found: [BookRow] = []
        var batches = 0
        while let batch = try reader.nextBatch(rowsMax: 300) {
            guard case .unread(let pieces) = batch else {
                Issue.record("read too early")
                return
            }
            batches += 1
            for piece in pieces { found += try piece.compactMap { $0.read() } }
        }
        #expect(batches == 3)
        #expect(found.count == 1000)
        #expect(found == (try BookFixture.rows(of: text, mapping)))
    }

    @Test("have equal cells when all that the mapping reads is equal, wherever it stands")
    func cells() throws {
        let plain = try cells(of: "ID,ACC,DPD,BAL,NOTE\n1,A,0,5,x\n")
        #expect(plain.count == 1)
        #expect(try cells(of: "NOTE,BAL,DPD,ACC,ID,MORE\ny,5,0,A,1,z\n") == plain)
        #expect(try cells(of: "ID,ACC,DPD,BAL\n1,A,0,\"5\"\n") == plain)
        for other in ["2,A,0,5", "1,B,0,5", "1,A,1,5", "1,A,0,6", "1,A,05,", "1,A0,,5"] {
            #expect(try cells(of: "ID,ACC,DPD,BAL\n\(other)\n") != plain, "\(other)")
        }
    }

    @Test("have none when they are malformed, or mean something else on another day")
    func unknown() throws {
        for row in ["1,A,0", "1,A,0,5,6", "1,A\u{0},0,5", "1,\"A\"B,0,5"] {
            #expect(try cells(of: "ID,ACC,DPD,BAL\n\(row)\n").isEmpty, "\(row)")
        }
        let due = try BookFixture.mapping(
            columns: "daysPastDue: { column: DPD, from: due-date }\nbalance: BAL")
        #expect(try cells(of: "ID,ACC,DPD,BAL\n1,A,2026-10-01,5\n", due).isEmpty)
        var reader = try BookReader(
            mapping: due, source: .bytes(Array("ID,ACC,DPD,BAL\n1,A,2026-10-01,5\n".utf8)))
        guard case .unread(let pieces)? = try reader.nextBatch(rowsMax: 9) else {
            Issue.record("no rows")
            return
        }
        #expect(pieces.map(\.meaning) == [nil])
    }

    @Test("mean something else under another mapping, or in a file without an optional column")
    func meaning() throws {
        let other = try BookFixture.mapping(columns: "daysPastDue: DPD\noverdue: BAL")
        let optional = try BookFixture.mapping(
            columns: "daysPastDue: DPD\nbalance: { column: BAL, optional: true }")
        let full = "ID,ACC,DPD,BAL\n1,A,0,5\n"
        let meanings = try [
            meaning(of: full, mapping), meaning(of: full, other), meaning(of: full, optional),
            meaning(of: "ID,ACC,DPD\n1,A,0\n", optional),
        ]
        #expect(Set(meanings).count == 4)
        #expect(try meaning(of: "BAL,DPD,ACC,ID\n5,0,A,1\n", mapping) == meanings[0])
    }

    @Test("show the row of a line as the file has it")
    func original() throws {
        var reader = try reader(of: "ID,ACC,DPD,BAL\n1,A,0,5\n2,\"B\",0,5\n")
        let batch = try #require(try reader.nextBatch(rowsMax: 9))
        #expect(try batch.original(ofLine: 3) == Array("2,\"B\",0,5".utf8))
        #expect(try batch.original(ofLine: 4).isEmpty)
    }

    private func reader(of text: String) throws -> BookReader {
        try BookReader(mapping: mapping, source: .bytes(Array(text.utf8)))
    }

    private func pieces(of text: String, _ mapping: ColumnMapping) throws -> [UnreadRows] {
        var reader = try BookReader(mapping: mapping, source: .bytes(Array(text.utf8)))
        guard case .unread(let pieces)? = try reader.nextBatch(rowsMax: 9) else { return [] }
        return pieces
    }

    private func cells(of text: String, _ mapping: ColumnMapping? = nil) throws -> [[UInt8]] {
        try pieces(of: text, mapping ?? self.mapping).flatMap { piece in
            try piece.compactMap { row in
                var cells: [UInt8] = []
                return row.addCells(to: &cells) ? cells : nil
            }
        }
    }

    private func meaning(of text: String, _ mapping: ColumnMapping) throws -> [UInt8] {
        try #require(try pieces(of: text, mapping).first?.meaning)
    }
}
