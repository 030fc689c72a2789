import Foundation
import Testing

@testable import Book

@Suite("Encodings and files that are no text")
struct EncodingTests {
    /// 贷款台账, 张三 and so on in GB 18030; glibc's tables are what is tested, so they make it not.
    private static let gb: [Character: [UInt8]] = [
        "证": [0xD6, 0xA4], "件": [0xBC, 0xFE], "号": [0xBA, 0xC5], "账": [0xD5, 0xCB],
        "户": [0xBB, 0xA7], "名": [0xC3, 0xFB], "测": [0xB2, 0xE2], "试": [0xCA, 0xD4],
        "甲": [0xBC, 0xD7], "龢": [0xFD, 0x98], "𠀀": [0x95, 0x32, 0x82, 0x36],
        "（": [0xA3, 0xA8], "１": [0xA3, 0xB1],
    ]

    private func gb(_ text: String) throws -> [UInt8] {
        try text.flatMap { character -> [UInt8] in
            if let ascii = character.asciiValue { return [ascii] }
            return try #require(Self.gb[character])
        }
    }

    private func mapping(_ encoding: String = "auto") throws -> ColumnMapping {
        let yaml = BookFixture.constants.replacing(
            "asOf:", with: "encoding: \(encoding), asOf:")
        return try ColumnMapping(
            yaml: Array((yaml + "\ncolumns: { identifier: 证件号, accountNumber: 账号, name: 户名 }").utf8)
        )
    }

    private func names(
        _ bytes: [UInt8], encoding: String = "auto", chunk: Int = .max
    ) throws -> (names: [String], found: TextEncoding) {
        let whole = ByteSource.bytes(bytes)
        let source = ByteSource { buffer throws(BookError) in
            try whole.read(
                UnsafeMutableRawBufferPointer(rebasing: buffer[..<min(chunk, buffer.count)]))
        }
        var reader = try BookReader(mapping: mapping(encoding), source: source)
        var names: [String] = []
        while let row = try reader.next() {
            switch row {
            case .record(let record): names.append(record.name ?? "")
            case .rejected(let reject): names.append("\(reject.line) \(reject.code)")
            }
        }
        return (names, reader.encoding)
    }

    private static let text = "证件号,账号,户名\n9,a,测试甲\n9,b,龢\n9,c,𠀀（１\n"

    @Test("GB 18030 is found out, in pieces of any size", arguments: [1, 2, 3, 7, 4096])
    func gb18030(chunk: Int) throws {
        let found = try names(gb(Self.text), chunk: chunk)
        #expect(found.names == ["测试甲", "龢", "𠀀（１"])
        #expect(found.found == .gb18030)
        #expect(try names(gb(Self.text), encoding: "gb18030").names == found.names)
    }

    @Test("UTF-8 is found out, with and without a byte order mark", arguments: ["", "\u{FEFF}"])
    func utf8(mark: String) throws {
        let found = try names(Array((mark + Self.text).utf8), chunk: 5)
        #expect(found.names == ["测试甲", "龢", "𠀀（１"])
        #expect(found.found == .utf8)
    }

    @Test("a byte order mark decides against the mapping: rejects are UTF-8")
    func markWins() throws {
        let found = try names(Array(("\u{FEFF}" + Self.text).utf8), encoding: "gb18030")
        #expect(found.names.first == "测试甲")
    }

    @Test("the first character that is not ASCII may stand far below")
    func lateDecision() throws {
        let mapping = try BookFixture.mapping(columns: "name: N")
        let plain = String(repeating: "9,a,x\n", count: 50_000)
        var reader = try BookReader(
            mapping: mapping, source: .bytes(Array("ID,ACC,N\n\(plain)9,z,".utf8) + gb("测试")))
        var last: AccountRecord?
        while case .record(let record) = try reader.next() { last = record }
        #expect(last?.name == "测试")
        #expect(reader.counts.records == 50_001)
        #expect(reader.encoding == .gb18030)
    }

    @Test("one broken row is rejected, the others are read, in either encoding")
    func brokenRows() throws {
        let utf8 = Array(Self.text.utf8) + [0x39, 0x2C, 0x64, 0x2C, 0xFF, 0x0A]
        #expect(try names(utf8).names == ["测试甲", "龢", "𠀀（１", "5 encoding"])
        let wide = try gb(Self.text) + [0x39, 0x2C, 0x64, 0x2C, 0xFF, 0x0A] + gb("9,e,甲\n")
        #expect(try names(wide).names == ["测试甲", "龢", "𠀀（１", "5 encoding", "甲"])
        let cut = try gb(Self.text) + gb("9,d,") + [0xB2]
        #expect(try names(cut).names == ["测试甲", "龢", "𠀀（１", "5 encoding"])
    }

    @Test("Big5, Shift-JIS and Latin letters are not taken for GB 18030")
    func otherEncodings() throws {
        let big5: [UInt8] = [0xB1, 0x69, 0xA4, 0x54, 0xC0, 0x73, 0xA5, 0x40, 0xBE, 0x5F]
        let shiftJIS: [UInt8] = [0x83, 0x4A, 0x83, 0x5E, 0x83, 0x4A, 0x83, 0x69]
        let latin = Array("Jos".utf8) + [0xE9] + Array(" M".utf8) + [0xFC] + Array("ller".utf8)
        for bytes in [big5, shiftJIS, latin] {
            #expect(throws: BookError.encodingUnknown) {
                try names(Array("ID,ACC,N\n9,a,".utf8) + bytes)
            }
        }
    }

    @Test("what is no text is told by its content, with what to do")
    func foreign() throws {
        let files: [(ForeignContent, [UInt8])] = [
            (.xlsx, Array("PK\u{3}\u{4}..........[Content_Types].xml".utf8)),
            (.archive, Array("PK\u{3}\u{4}..........loans.csv".utf8)),
            (.archive, [0x1F, 0x8B, 8, 0]), (.xls, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1]),
            (.pdf, Array("%PDF-1.7".utf8)), (.html, Array("\r\n <html><table>".utf8)),
            (.html, Array("\u{FEFF}<?xml version=\"1.0\"?>".utf8)),
            (.html, Array("<!DOCTYPE html>".utf8)),
            (.utf16, [0xFF, 0xFE, 0x49, 0x00]), (.utf16, [0xFE, 0xFF, 0x00, 0x49]),
            (.utf16, "ID,ACC,N".utf8.flatMap { [$0, 0] }),
        ]
        #expect(Set(files.map(\.0.description)).count == ForeignContent.allCases.count)
        for (content, bytes) in files {
            #expect(throws: BookError.foreign(content)) { try names(bytes) }
        }
        #expect(ForeignContent.xlsx.description.contains("CSV UTF-8"))
    }

    @Test("a file that changes while it is read is refused, a pipe has nothing to compare")
    func growing() throws {
        let path = FileManager.default.temporaryDirectory
            .appendingPathComponent(UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data("ID,ACC\n9,a\n".utf8).write(to: URL(fileURLWithPath: path))
        let handle = try #require(FileHandle(forUpdatingAtPath: path))
        let whole = try BookReader(mapping: BookFixture.mapping(), source: .file(handle))
        var reader = whole
        #expect(try reader.next() != nil)
        #expect(try reader.next() == nil)

        try handle.seek(toOffset: 0)
        let source = ByteSource.file(handle)
        let writer = try #require(FileHandle(forWritingAtPath: path))
        try writer.seekToEnd()
        try writer.write(contentsOf: Data("9,b\n".utf8))
        #expect(throws: BookError.changedWhileRead) {
            var reader = try BookReader(mapping: BookFixture.mapping(), source: source)
            while try reader.next() != nil {}
        }

        let pipe = Pipe()
        try pipe.fileHandleForWriting.write(contentsOf: Data("ID,ACC\n9,a\n".utf8))
        try pipe.fileHandleForWriting.close()
        var piped = try BookReader(
            mapping: BookFixture.mapping(), source: .file(pipe.fileHandleForReading))
        #expect(try piped.next() != nil)
        #expect(try piped.next() == nil)
    }
}
