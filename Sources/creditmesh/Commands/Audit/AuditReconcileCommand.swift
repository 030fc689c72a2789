import ArgumentParser
import Audit
import Exchange
import Foundation

/// `creditmesh audit reconcile`: compares the copied logs of several nodes.
struct AuditReconcileCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reconcile",
        abstract: "Compare copied logs: every exchange must stand in the logs of both sides.",
        discussion: """
            What one side lacks, what the two say differently, requests without an end, hits that no \
            query followed and evidence that is missing are listed, each with its place in the log. \
            Verify each copy first. The exit status is 3 when anything is found.

            Example:
              creditmesh audit reconcile copies/harbor-node copies/lakeside-node
            """)

    @OptionGroup var output: OutputOptions
    @Argument(help: "The folders of the copies, one a node.")
    var folders: [String]
    @Option(name: .customLong("lang"), help: "en or zh.")
    var language = ReportLanguage.english

    func run() async throws {
        try await output.runAudit {
            let copies = folders.map { MirrorFolder(URL(filePath: $0)) }
            let result = try Reconciliation(copies).run()
            output.write(result.json, text: AuditText(language).text(of: result))
            guard result.findingCount == 0 else { throw AuditStatus.findings }
        }
    }
}
