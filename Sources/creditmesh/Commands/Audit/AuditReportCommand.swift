import ArgumentParser
import Audit
import Exchange
import Foundation
import NodeAssembly

/// `creditmesh audit report`: one report over the copied logs of several nodes.
struct AuditReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Report over copied logs: volumes, purposes, refusals, hit rates, findings.",
        discussion: """
            Every copy is checked and all are compared, as verify and reconcile do; then is counted who \
            asked whom, how often, for what and with which end, and what is conspicuous is listed with \
            what to look at next. --html writes one page that needs nothing else, --csv one file a \
            table. Files are for their owner alone. The exit status is 3 when anything is wrong with a \
            log; what is only conspicuous does not change it.

            Example:
              creditmesh audit report copies/harbor-node copies/lakeside-node --html examiner.html
            """)

    @OptionGroup var output: OutputOptions
    @Argument(help: "The folders of the copies, one a node.")
    var folders: [String]
    @Option(name: .long, help: "Write the report as one page to this file.")
    var html: String?
    @Option(name: .long, help: "Write every table as CSV into this folder.")
    var csv: String?
    @Option(
        name: .long,
        help: "In whose hours is counted: UTC, +08:00, or a name such as Asia/Shanghai.")
    var zone = ReportZone.standardName
    @Option(name: .customLong("lang"), help: "en or zh.")
    var language = ReportLanguage.english

    func run() async throws {
        try await output.runAudit {
            guard let zone = ReportZone(zone) else {
                throw CommandFailure("usage", "--zone is no zone that this machine knows")
            }
            let report = try ReportBuilder(
                folders.map { MirrorFolder(URL(filePath: $0)) }, zone: zone,
                at: SystemClock().now
            ).run()
            try write(report)
            output.write(
                report.json,
                text: AuditReportText(report: report, language: language).lines
                    .joined(separator: "\n"))
            guard report.findingCount == 0 else { throw AuditStatus.findings }
        }
    }

    private func write(_ report: AuditReport) throws {
        do {
            if let html {
                try PrivateFile.write(
                    Array(ReportPage(report, in: language).html.utf8), to: URL(filePath: html))
            }
            guard let csv else { return }
            let folder = URL(filePath: csv, directoryHint: .isDirectory)
            try NodeHome.createFolder(folder)
            for file in report.csvFiles(in: language) {
                try PrivateFile.write(Array(file.text.utf8), to: folder.appending(path: file.name))
            }
        } catch {
            throw CommandFailure(error)
        }
    }
}
