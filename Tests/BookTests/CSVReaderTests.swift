import Synchronization
import Testing

@testable import Book

@Suite("CSV reader")
struct CSVReaderTests {
    /// What the reader makes of bytes: fields as text, or the fault.
    private struct Line: Equatable {
        let line: Int
        let fields: [String]
        var fault: CSVRecord.Fault?
    }

    /// Reads bytes that arrive in chunks of the given size.
    private func read(_ bytes: [UInt8], chunk: Int = .max) throws -> [Line] {
        let position = Mutex(0)
        let source = ByteSource { buffer in
            position.withLock { position in
                let count = min(chunk, buffer.count, bytes.count - position)
                buffer.copyBytes(from: bytes[position..<position + count])
                position += count
                return count
            }
        }
        var reader = try CSVReader(source: source, delimiter: UInt8(ascii: ","))
        var lines: [Line] = []
        while let record = try reader.next() {
            let count = min(record.fieldCount, BookLimits.columnsMax)
            lines.append(
                Line(
                    line: record.line, fields: (0..<count).map { record[$0].text },
                    fault: record.fault))
        }
        return lines
    }

    private func read(_ text: String, chunk: Int = .max) throws -> [Line] {
        try read(Array(text.utf8), chunk: chunk)
    }

    @Test(
        "reads LF, CRLF and a last line without end, whatever the chunks",
        arguments: ["\n", "\r\n"], [1, 2, 3, 7, Int.max])
    func lineEnds(end: String, chunk: Int) throws {
        let text = ["a,b", "1,", ",\"x,\"\"y\"\"\"", "\"\",\"l\(end)m\"", "é,文"].joined(
            separator: end)
        let expected = [
            Line(line: 1, fields: ["a", "b"]), Line(line: 2, fields: ["1", ""]),
            Line(line: 3, fields: ["", "x,\"y\""]), Line(line: 4, fields: ["", "l\(end)m"]),
            Line(line: 6, fields: ["é", "文"]),
        ]
        #expect(try read(text, chunk: chunk) == expected)
        #expect(try read(text + end, chunk: chunk) == expected)
    }

    @Test("drops a byte order mark and blank lines, and counts the lines")
    func markAndBlankLines() throws {
        let lines = try read([0xEF, 0xBB, 0xBF] + Array("a\n\n\r\nb\n".utf8), chunk: 1)
        #expect(lines == [Line(line: 1, fields: ["a"]), Line(line: 4, fields: ["b"])])
    }

    @Test("finds nothing in nothing", arguments: ["", "\n", "\r\n\n", "\u{FEFF}"])
    func nothing(text: String) throws {
        #expect(try read(text).isEmpty)
    }

    @Test(
        "marks a broken record and goes on behind it",
        arguments: [
            ("a\"b,c", CSVRecord.Fault.quote), ("\"a\"b,c", .quote), ("\"a\" ,c", .quote),
            ("a\rb,c", .carriageReturn), ("a\u{0},c", .nulByte), ("\"a\u{0}\",c", .nulByte),
        ])
    func faults(record: String, fault: CSVRecord.Fault) throws {
        let lines = try read("h,i\n\(record)\nx,y\n")
        try #require(lines.count == 3)
        #expect(lines[1].fault == fault)
        #expect(lines[2] == Line(line: 3, fields: ["x", "y"]))
    }

    @Test(
        "marks what is not UTF-8: GB18030, a lone continuation, an overlong form, a surrogate",
        arguments: [[0xC4, 0xE3], [0x80], [0xC0, 0xAF], [0xED, 0xA0, 0x80]] as [[UInt8]])
    func encoding(bytes: [UInt8]) throws {
        let lines = try read(Array("a\n".utf8) + bytes + Array("\nb".utf8))
        #expect(lines.map(\.fault) == [nil, .encoding, nil])
    }

    @Test("marks a field of more than 64 KiB, and only that", arguments: [false, true])
    func longField(quoted: Bool) throws {
        let fits = String(repeating: "x", count: BookLimits.fieldBytesMax)
        let quote = quoted ? "\"" : ""
        let lines = try read("a,\(quote)\(fits)\(quote)\nb,\(quote)\(fits)x\(quote)\nc,d")
        #expect(lines.map(\.fault) == [nil, .fieldTooLong(column: 1), nil])
    }

    @Test("counts columns beyond the limit without keeping them")
    func manyColumns() throws {
        let text = String(repeating: ",", count: BookLimits.columnsMax)
        var reader = try CSVReader(
            source: .bytes(Array("\(text)\na".utf8)), delimiter: UInt8(ascii: ","))
        #expect(try reader.next()?.fieldCount == BookLimits.columnsMax + 1)
        #expect(try reader.next()?.fieldCount == 1)
    }

    @Test("a line of 100 MB is refused after little more than a record's limit")
    func endlessLine() throws {
        let given = Mutex(0)
        let source = ByteSource { buffer in
            given.withLock { given in
                guard given < 100 << 20 else { return 0 }
                buffer.initializeMemory(as: UInt8.self, repeating: UInt8(ascii: "x"))
                given += buffer.count
                return buffer.count
            }
        }
        var reader = try CSVReader(source: source, delimiter: UInt8(ascii: ","))
        #expect(throws: BookError.recordTooLong(line: 1)) { try reader.next() }
        #expect(given.withLock(\.self) <= 2 * BookLimits.recordBytesMax)
    }

    @Test("a quote that never closes is named with the line on which its record begins")
    func unclosedQuote() throws {
        let open = "a,b\n1,2\n3,\"4\n5,6\n7,8\n"
        #expect(throws: BookError.unclosedQuote(line: 3)) { try read(open) }
        let long = open + String(repeating: "9\n", count: BookLimits.recordBytesMax)
        #expect(throws: BookError.unclosedQuote(line: 3)) { try read(long) }
    }

    @Test("a record of exactly 1 MiB is read, one byte more is not")
    func longestRecord() throws {
        let field = String(repeating: "x", count: BookLimits.fieldBytesMax - 1)
        let fields = Array(repeating: field, count: 16).joined(separator: ",")
        #expect(fields.utf8.count + 1 == BookLimits.recordBytesMax)
        #expect(try read(fields + "\n")[0].fields.count == 16)
        #expect(throws: BookError.recordTooLong(line: 1)) { try read("x" + fields + "\n") }
    }

    @Test("reads any text back that was written with quotes")
    func roundTrip() throws {
        var random = SeededGenerator(seed: 3)
        let alphabet = ["a", "\"", ",", "\n", "\r", "文", " ", ""]
        for _ in 0..<300 {
            let rows = (0..<4).map { _ in
                (0..<3).map { _ in
                    (0..<5).map { _ in alphabet.randomElement(using: &random) ?? "" }.joined()
                }
            }
            let text = rows.map { row in
                row.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",")
            }.joined(separator: "\r\n")
            let chunk = Int.random(in: 1...64, using: &random)
            #expect(try read(text, chunk: chunk).map(\.fields) == rows)
        }
    }

    @Test("survives random bytes: every record ends, or the file is refused")
    func randomBytes() throws {
        var random = SeededGenerator(seed: 11)
        let alphabet: [UInt8] = [0x22, 0x2C, 0x0A, 0x0D, 0x00, 0x61, 0xE6, 0x96, 0x87]
        for _ in 0..<2_000 {
            let count = Int.random(in: 0...40, using: &random)
            let bytes = (0..<count).map { _ in alphabet.randomElement(using: &random) ?? 0 }
            let whole = Result { try read(bytes) }
            let bytewise = Result { try read(bytes, chunk: 1) }
            switch (whole, bytewise) {
            case (.success(let left), .success(let right)): #expect(left == right)
            case (.failure(let left as BookError), .failure(let right as BookError)):
                #expect(left == right)
            default: Issue.record("chunks change what is read: \(bytes)")
            }
        }
    }
}
