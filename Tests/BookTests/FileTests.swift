import Foundation
import RiskStandard
import Testing

@testable import Book

@Suite("Files as a whole")
struct FileTests {
    @Test("an empty file is refused, a header alone is an empty book")
    func emptyFiles() throws {
        let mapping = try BookFixture.mapping()
        #expect(throws: BookError.empty) { try BookFixture.rows(of: "", mapping) }
        #expect(throws: BookError.empty) { try BookFixture.rows(of: "\u{FEFF}\n", mapping) }
        #expect(try BookFixture.rows(of: "ID,ACC", mapping).isEmpty)
        #expect(try BookFixture.rows(of: "\u{FEFF}\"ID\", ACC \r\n", mapping).isEmpty)
    }

    @Test(
        "a header that is no text or no CSV is refused",
        arguments: [
            ("ID,ACC\u{0}\n", BookError.notText), ("ID,A\"CC\n", .malformedHeader),
            ("ID,ACC\rx,y\r", .malformedHeader),
            (String(repeating: ",", count: 600), .tooManyColumns(found: 601)),
        ])
    func header(text: String, error: BookError) throws {
        let mapping = try BookFixture.mapping()
        #expect(throws: error) { try BookFixture.rows(of: text, mapping) }
    }

    @Test("rows that can't be read are rejected with line and code; the others are read")
    func badRows() throws {
        let text = """
            ID,ACC
            i,1
            i
            i,2,x
            ID,ACC
            "i
            i",3
            i,"4"4
            i,\u{0}5
            i,
            ,6
            i,7
            """
        let rows = try BookFixture.rows(of: text, BookFixture.mapping())
        let found = rows.map { row in
            switch row {
            case .record(let record): "\(record.line) \(record.accountNumber)"
            case .rejected(let reject): "\(reject.line) \(reject.code)"
            }
        }
        #expect(
            found == [
                "2 1", "3 column-count", "4 column-count", "5 repeated-header",
                "6 value-malformed", "8 quote", "9 nul-byte", "10 value-missing",
                "11 value-missing", "12 7",
            ])
    }

    @Test("the as-of date comes from the caller, else from the mapping, else not at all")
    func asOf() throws {
        let source = { ByteSource.bytes(Array("ID,ACC".utf8)) }
        let mapping = try BookFixture.mapping()
        let day = CalendarDate("2026-01-31")
        #expect(try BookReader(mapping: mapping, source: source(), asOf: day).asOf == day)
        #expect(
            try BookReader(mapping: mapping, source: source()).asOf == CalendarDate("2026-10-31"))
        let plain = try ShippedMapping.plain.mapping()
        #expect(throws: BookError.asOfMissing) { try BookReader(mapping: plain, source: source()) }
    }

    @Test("a source that fails is reported with its errno")
    func failingSource() throws {
        let mapping = try BookFixture.mapping()
        let source = ByteSource { _ throws(BookError) in throw .readFailed(errno: 5) }
        #expect(throws: BookError.readFailed(errno: 5)) {
            try BookReader(mapping: mapping, source: source)
        }
        let directory = try #require(FileHandle(forReadingAtPath: NSTemporaryDirectory()))
        #expect(throws: BookError.readFailed(errno: EISDIR)) {
            try BookReader(mapping: mapping, source: .file(directory))
        }
    }

    @Test("a reason never shows an identifier, name or account, whatever the column is read for")
    func personalColumns() throws {
        let mapping = try BookFixture.mapping(
            columns: "name: N\nbalance: ID\nownClass: { column: N, map: { x: A } }\nlimit: L")
        let rows = try BookFixture.rows(
            of: "ID,ACC,N,L\n99999919A,acc,secret,1\n1,acc,secret,1\n1,acc,x,\(secret)", mapping)
        let rejects = rows.compactMap { row -> RejectedRow? in
            if case .rejected(let reject) = row { reject } else { nil }
        }
        try #require(rejects.map(\.column) == ["ID", "N", "L"])
        #expect(rejects[0].reason == "not a number")
        #expect(rejects[1].reason == "not in the mapping's list of texts")
        let shown = rejects[2].reason
        #expect(shown.contains("found '\(secret.prefix(BookLimits.shownCharactersMax))'"))
        #expect(shown.contains("cut short"))
    }

    private let secret = String(repeating: "7a", count: 30)

    @Test("what holds a borrower describes itself without them")
    func redaction() throws {
        let mapping = try BookFixture.mapping(columns: "name: N")
        let record = try BookFixture.record(
            of: "ID,ACC,N\nsecret-id,secret-acc,secret-name", mapping)
        let consent = ConsentRecord(
            basis: .consent, purposes: ["loan-approval"], grantedAt: Date(timeIntervalSince1970: 0),
            evidenceFile: "secret.pdf", evidenceDigest: "secret")
        let entry = ConsentEntry(
            line: 2, scheme: "cn-rid", identifier: "secret", consent: consent)
        for value in [record, BookRow.record(record), consent, entry, [ConsentRow.entry(entry)]]
            as [Any]
        {
            var dumped = ""
            dump(value, to: &dumped)
            for text in ["\(value)", String(reflecting: value), dumped] {
                #expect(!text.contains("secret"), "\(text)")
            }
        }
    }
}
