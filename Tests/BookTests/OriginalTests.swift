import Testing

@testable import Book

@Suite("The row that a record or reject gives back")
struct OriginalTests {
    private func originals(
        _ csv: [UInt8], columns: String = "", encoding: String = "auto"
    ) throws -> [String] {
        let yaml = BookFixture.constants.replacing("asOf:", with: "encoding: \(encoding), asOf:")
        let mapping = try ColumnMapping(
            yaml: Array(
                "\(yaml)\ncolumns:\n  identifier: ID\n  accountNumber: ACC\n  \(columns)".utf8))
        var reader = try BookReader(mapping: mapping, source: .bytes(csv))
        var originals: [String] = []
        while let row = try reader.next() {
            switch row {
            case .record(let record): originals.append(record.original[...].text)
            case .rejected(let reject): originals.append(reject.original[...].text)
            }
        }
        return originals
    }

    @Test("is the record as the file has it, quotes and all, without its line end")
    func asWritten() throws {
        let csv = "ID,ACC,N\r\n1,a,x\r\n 2 ,\"b\"\"c\",\"d\nd\"\n\n3,,x\n4,a\n5,\"a\"x,y"
        #expect(
            try originals(Array(csv.utf8), columns: "name: N")
                == ["1,a,x", " 2 ,\"b\"\"c\",\"d\nd\"", "3,,x", "4,a", "5,\"a\"x,y"])
    }

    @Test("is text, whatever the bytes were")
    func notText() throws {
        let csv = Array("ID,ACC\n1,".utf8) + [0xFF, 0x0A]
        #expect(try originals(csv, encoding: "utf-8") == ["1,\u{FFFD}"])
        #expect(throws: BookError.encodingUnknown) { try originals(csv) }
    }

    @Test("is left out beyond its limit")
    func tooLong() throws {
        let cell = String(repeating: "x", count: BookLimits.originalBytesMax - 4)
        #expect(try originals(Array("ID,ACC,N\n1,a,\(cell)\n".utf8)) == ["1,a,\(cell)"])
        #expect(try originals(Array("ID,ACC,N\n1,a,\(cell)x\n".utf8)) == [""])
    }

    @Test("is shown by no description")
    func redaction() throws {
        let mapping = try BookFixture.mapping(columns: "balance: B")
        let reject = try BookFixture.reject(of: "ID,ACC,B\nsecret-id,secret-acc,x", mapping)
        #expect(reject.original == Array("secret-id,secret-acc,x".utf8))
        for value in [reject, BookRow.rejected(reject), [reject]] as [Any] {
            var dumped = ""
            dump(value, to: &dumped)
            for text in ["\(value)", String(reflecting: value), dumped] {
                #expect(!text.contains("secret"), "\(text)")
                #expect(text.contains("line 2, column B: value-malformed"), "\(text)")
            }
        }
    }
}
