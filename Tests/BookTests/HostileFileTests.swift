import Foundation
import RiskStandard
import Testing

@testable import Book

/// Whatever the bytes, reading ends with rows or an error of ours, and rejects can be read again.
@Suite("Hostile files")
struct HostileFileTests {
    private static let export = """
        台账,,,,,,,
        客户名称,证件号码,借据号,放款日期,贷款余额（万元）,逾期天数,五级分类,币种
        测试甲,999999199012310022,JJ-1,2025/1/5,"1,234.5",95,关注,人民币
        测试乙,'999999200002290131,JJ-2,45231,￥2,0,正常,CNY
        测试丙,4.2E+17,"J""J",2025年1月5日,１２.５万,３天,,CNY
        合计,,,,11.5,,,

        """

    /// Bytes that mean something to one of the readers.
    private static let pieces: [[UInt8]] = [
        [0], [0x22], [0x0A], [0x0D], [0x2C], [0x3B], [0xFF], [0x80], [0xE4], [0xB2, 0xE2], [0x45],
        Array("\u{FEFF}".utf8), Array("年".utf8), Array("万".utf8), Array("=\"".utf8), [0x27],
        Array("99999999999999999999".utf8), Array("-".utf8), Array("１".utf8), [0xC2, 0xA0],
        Array("reject_line,reject_column,reject_code,reject_reason,reject_mend,".utf8), [0x25],
    ]

    private static func mutated(_ seed: UInt64) -> [UInt8] {
        var generator = SeededGenerator(seed: seed)
        var bytes = Array(export.utf8)
        for _ in 0..<Int.random(in: 1...12, using: &generator) {
            let place = Int.random(in: 0..<bytes.count, using: &generator)
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: bytes.remove(at: place)
            case 1: bytes[place] = UInt8.random(in: 0...255, using: &generator)
            case 2: bytes.removeSubrange(place..<min(bytes.count, place + 20))
            default:
                let piece = pieces[Int.random(in: 0..<pieces.count, using: &generator)]
                bytes.insert(contentsOf: piece, at: place)
            }
            if bytes.isEmpty { bytes = [0x0A] }
        }
        return bytes
    }

    private static let mapping: ColumnMapping? = try? MappingProposal(
        name: "x", source: .bytes(Array(export.utf8))
    ).mapping

    @Test("changed at random they are read, rejected or refused", arguments: 0..<40)
    func mutations(block: UInt64) throws {
        let mapping = try #require(Self.mapping)
        for seed in block * 10..<(block + 1) * 10 {
            let bytes = Self.mutated(seed)
            _ = try? MappingProposal(name: "x", source: .bytes(bytes))
            var rejects: [RejectedRow] = []
            var header: [UInt8] = []
            do throws(BookError) {
                var reader = try BookReader(
                    mapping: mapping, source: .bytes(bytes), asOf: CalendarDate("2026-10-31"))
                header = reader.headerText
                while let row = try reader.next() {
                    if case .rejected(let reject) = row { rejects.append(reject) }
                }
            } catch {
                #expect(!error.description.isEmpty)
                continue
            }
            try checkRejects(rejects, header, mapping)
        }
    }

    /// Every reject of a reject file is rejected again: nothing in it reads as an account.
    private func checkRejects(
        _ rejects: [RejectedRow], _ header: [UInt8], _ mapping: ColumnMapping
    ) throws {
        let path = FileManager.default.temporaryDirectory
            .appendingPathComponent(UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: path) }
        var file = try RejectFile(path: path, header: header, delimiter: mapping.delimiter)
        for reject in rejects { try file.write(reject) }
        try file.finish()
        let bytes = try Array(Data(contentsOf: URL(fileURLWithPath: path)))
        var reader = try BookReader(
            mapping: mapping, source: .bytes(bytes), asOf: CalendarDate("2026-10-31"))
        while try reader.next() != nil {}
        #expect(reader.counts.records == 0)
        #expect(reader.counts.rejected == rejects.count)
    }
}
