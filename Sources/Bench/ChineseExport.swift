import Book
import Foundation
import RiskStandard

/// A loan ledger as a core-banking system writes it: Chinese headers and terms, amounts in 万元, a
/// title above, and residents of the area that is not assigned, each with a true check character.
struct ChineseExport {
    let rows: Int

    private static let head = """
        某银行贷款台账,,,,,,,,,
        客户名称,证件类型,证件号码,借据号,放款日期,币种,贷款余额（万元）,逾期天数,五级分类,备注

        """

    func write(to file: URL, encoding: TextEncoding) throws {
        try Data().write(to: file)
        let handle = try FileHandle(forWritingTo: file)
        defer { try? handle.close() }
        let write = { (text: String) in
            try handle.write(contentsOf: encoding == .utf8 ? Data(text.utf8) : Self.gb18030(text))
        }
        try write(Self.head)
        for first in stride(from: 0, to: rows, by: 10_000) {
            let numbers = first..<min(first + 10_000, rows)
            try write(numbers.map(Self.row).joined())
        }
    }

    private static func row(_ number: Int) -> String {
        let days = number % 40 == 0 ? 95 : number % 9 == 0 ? number % 90 : 0
        let own = days > 90 ? "次级" : days > 0 ? "关注" : "正常"
        return "测试\(number % 9973),身份证,\(resident(number)),JJ-\(10_000_000 + number),"
            + "202\(number % 6)-0\(1 + number % 9)-1\(number % 10),人民币,"
            + "\(1 + number % 300).\(10 + number % 90),\(days),\(own),正常还款\n"
    }

    /// A number of a resident (GB 11643), another for each of 18 million numbers.
    private static func resident(_ number: Int) -> String {
        let day = CalendarDate(daysSinceEpoch: number % 18_000)?.description ?? ""
        let serial = String(number / 18_000 + 1_000).suffix(3)
        let digits = "999999" + day.filter { $0 != "-" } + serial
        let sum = zip(digits.utf8, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
            .reduce(0) { $0 + Int($1.0 - 0x30) * $1.1 }
        let check = Array("10X98765432")[sum % 11]
        return digits + String(check)
    }

    /// Whole rows in GB 18030, by the C library.
    private static func gb18030(_ text: String) throws -> Data {
        guard let converter = iconv_open("GB18030", "UTF-8"),
            converter != iconv_t(bitPattern: -1)
        else { throw BenchError.encoding }
        defer { iconv_close(converter) }
        var input = Array(text.utf8.map { CChar(bitPattern: $0) })
        var output = [CChar](repeating: 0, count: input.count * 2)
        let written = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                var (from, to) = (input.baseAddress, output.baseAddress)
                var (left, free) = (input.count, output.count)
                let result = iconv(converter, &from, &left, &to, &free)
                return result == 0 && left == 0 ? output.count - free : 0
            }
        }
        guard written > 0 else { throw BenchError.encoding }
        return Data(output.prefix(written).map { UInt8(bitPattern: $0) })
    }
}
