import Book
import Exchange
import Foundation
import RiskStandard

/// `book check` over a lender's export with Chinese headers, in both encodings, without a mapping:
/// proposal, parsing, identifiers, classes and class table, by the code that the command runs.
struct CheckBench {
    let rows: Int

    func run(into table: inout BenchTable) throws {
        for encoding in [TextEncoding.utf8, .gb18030] {
            let file = FileManager.default.temporaryDirectory
                .appending(path: "creditmesh-bench-\(UUID().uuidString).csv")
            defer { try? FileManager.default.removeItem(at: file) }
            try ChineseExport(rows: rows).write(to: file, encoding: encoding)
            let measured = try MeasuredRun.start(.check, file: file)
            guard measured.count == rows else { throw BenchError.incompleteFile }
            let name = "book check, Chinese export, \(encoding.rawValue)"
            table.add(
                name, Double(rows) / measured.seconds, "1/s", aim: .rowsChecked.at(rows))
            table.add("  its peak memory", measured.peakMebibytes, "MiB")
        }
    }

    /// Checks a file, in a process of its own; returns the accounts that were understood.
    static func check(_ file: URL) throws -> Int {
        guard let id = StandardID("cn-2023@1"),
            let standard = StandardLibrary.embedded.standard(id)
        else { return 0 }
        var handles: [FileHandle] = []
        let result = try BookCheck(standard: standard, judge: IdentifierJudge(charter: nil)).run(
            mapping: nil, name: "bench", asOf: CalendarDate("2026-10-31"), today: nil,
            open: {
                handles.append(try FileHandle(forReadingFrom: file))
                return .file(handles[handles.count - 1])
            })
        return result.survey.accounts
    }
}
