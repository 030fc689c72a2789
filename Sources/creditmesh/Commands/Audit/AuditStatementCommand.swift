import ArgumentParser
import Audit
import Exchange
import Foundation

/// `creditmesh audit statement`: a lender's published totals against its supervisory return.
struct AuditStatementCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "statement",
        abstract: "Compare a lender's published totals with its supervisory return.",
        discussion: """
            The return is a CSV file with the columns member, as_of, item, name, currency, count, balance \
            (protocol/statement.md). Each line is compared with the newest statement of that member and \
            date in the copied log; classes also the other way round. Balances are in the currency's \
            major unit. The exit status is 3 when a figure differs.

            Example:
              creditmesh audit statement copies/lakeside-node --return lakeside-2026-10.csv
            """)

    @OptionGroup var output: OutputOptions
    @Argument(help: "The folder of the copy.")
    var folder: String
    @Option(name: .customLong("return"), help: "The supervisory return, a CSV file.")
    var file: String
    @Option(name: .customLong("lang"), help: "en or zh.")
    var language = ReportLanguage.english

    func run() async throws {
        try await output.runAudit {
            guard let bytes = FileManager.default.contents(atPath: file) else {
                throw CommandFailure("file", "\(file): cannot be read")
            }
            let result = try StatementComparison(
                MirrorFolder(URL(filePath: folder)),
                with: SupervisoryReturn(csv: Array(bytes), named: file)
            ).run()
            output.write(result.json, text: AuditText(language).text(of: result))
            guard result.differences.isEmpty else { throw AuditStatus.findings }
        }
    }
}
