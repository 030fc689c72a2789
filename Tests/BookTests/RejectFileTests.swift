import Foundation
import Testing

@testable import Book

@Suite("Reject file")
struct RejectFileTests {
    private static let header = Array("ID,ACC,\"B\"".utf8)

    /// A path in a directory of its own, removed afterwards.
    private func withPath(_ body: (String) throws -> Void) throws {
        let directory = FileManager.default.temporaryDirectory
            .appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        try body(directory.appendingPathComponent("rejects.csv").path)
    }

    private func reject(
        _ line: Int, _ column: String?, _ code: RejectCode, _ reason: String, _ original: String
    ) -> RejectedRow {
        var row = RejectedRow(line: line, column: column, code: code, reason: reason)
        row.original = Array(original.utf8)
        return row
    }

    @Test("holds the rows with place, reason and the way to mend them; only the owner may read it")
    func contents() throws {
        try withPath { path in
            var file = try RejectFile(
                path: path, header: Self.header, delimiter: UInt8(ascii: ","))
            try file.write(reject(3, "a,\"b\"", .negative, "line\nbreak", "9,\"a\"\"b\",-1"))
            try file.write(reject(4, "=1+1", .columnCount, "plain", "9,\"x"))
            try file.write(reject(5, nil, .repeatedHeader, "x", ""))
            try file.finish()
            let text = String(
                decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
            let mends = [RejectCode.negative, .columnCount, .repeatedHeader]
                .map { RejectMend(code: $0.rawValue) }.map { "\($0.english) \($0.chinese)" }
            #expect(
                text == """
                    \u{FEFF}reject_line,reject_column,reject_code,reject_reason,reject_mend,ID,ACC,"B"
                    3,"a,""b\""",negative,"line
                    break","\(mends[0])",9,"a""b",-1
                    4,'=1+1,column-count,plain,\(mends[1]),"9,""x"
                    5,,repeated-header,x,\(mends[2]),,,

                    """)
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
            #expect(mode as? Int == 0o600)
        }
    }

    @Test("every code has a way to mend it, in both languages")
    func mends() {
        let general = RejectMend(code: "no-such-code")
        for code in RejectCode.allCases {
            let mend = RejectMend(code: code.rawValue)
            #expect(mend != general, "\(code)")
            #expect(mend.english.hasSuffix("."))
            #expect(mend.chinese.hasSuffix("。"))
        }
    }

    /// Reads all of a file; its rejects go to a reject file, whose text is given back.
    private func pass(
        _ csv: [UInt8], _ mapping: ColumnMapping
    ) throws -> (accounts: [String], places: [String], rejects: [UInt8]) {
        var result: (accounts: [String], places: [String], rejects: [UInt8]) = ([], [], [])
        try withPath { path in
            var reader = try BookReader(mapping: mapping, source: .bytes(csv))
            var file = try RejectFile(
                path: path, header: reader.headerText, delimiter: mapping.delimiter)
            while let row = try reader.next() {
                switch row {
                case .record(let record): result.accounts.append(record.accountNumber)
                case .rejected(let row):
                    result.places.append("\(row.line) \(row.code)")
                    try file.write(row)
                }
            }
            try file.finish()
            result.rejects = try Array(Data(contentsOf: URL(fileURLWithPath: path)))
        }
        return result
    }

    @Test("is read like the file it came from, and what is still wrong is rejected alike")
    func readAgain() throws {
        let yaml = BookFixture.constants.replacing(
            "asOf:", with: "delimiter: \";\", skipLines: 1, asOf:")
        let mapping = try ColumnMapping(
            yaml: Array(
                (yaml + "\ncolumns: { identifier: ID, accountNumber: ACC, balance: B }").utf8))
        let csv = "Title\r\nID;ACC;B;\"No;te\"\r\n9;a;1;x\r\n9;b;-1;\"y;\"\"z\"\r\n9;c\r\n;d;1;\r\n"
        let first = try pass(Array(csv.utf8), mapping)
        #expect(first.accounts == ["a"])
        #expect(first.places == ["4 negative", "5 column-count", "6 value-missing"])

        let second = try pass(first.rejects, mapping)
        #expect(second.accounts == [])
        #expect(second.places == ["2 negative", "3 column-count", "4 value-missing"])
        let text = String(decoding: second.rejects, as: UTF8.self)
        #expect(text.contains(";ID;ACC;B;\"No;te\"\n"))
        #expect(text.ranges(of: "reject_line").count == 1)

        let mended = String(decoding: first.rejects, as: UTF8.self)
            .replacing(";-1;", with: ";1;").replacing("9;c", with: "9;c;2;")
            .replacing("\"9;c;2;\"", with: "9;c;2;").replacing(";;d;1;", with: ";9;d;1;")
        #expect(try pass(Array(mended.utf8), mapping).accounts == ["b", "c", "d"])
    }

    @Test("an existing file is not overwritten, a missing folder is an error")
    func failures() throws {
        func make(_ path: String) throws(RejectFile.Failure) {
            _ = try RejectFile(path: path, header: Self.header, delimiter: UInt8(ascii: ","))
        }
        try withPath { path in
            try Data("kept".utf8).write(to: URL(fileURLWithPath: path))
            #expect(throws: RejectFile.Failure.exists) { try make(path) }
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "kept")
            #expect(throws: RejectFile.Failure.failed(errno: ENOENT)) {
                try make(path + ".d/rejects.csv")
            }
        }
    }

    @Test(
        "a full disk is an error, not a shorter file", .enabled(if: access("/dev/full", W_OK) == 0))
    func fullDisk() throws {
        var file = RejectFile(
            descriptor: open("/dev/full", O_WRONLY), header: Self.header,
            delimiter: UInt8(ascii: ","))
        try file.write(reject(1, nil, .quote, "x", "9"))
        do {
            try file.finish()
            Issue.record("finished on a full disk")
        } catch {
            #expect(error == .failed(errno: ENOSPC))
        }
    }
}
