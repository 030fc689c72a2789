import ArgumentParser
import Audit
import Exchange
import Foundation

/// `creditmesh audit verify`: checks a copied log, without a network.
struct AuditVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check a copied log as a whole, without a network.",
        discussion: """
            The whole tree is computed anew and compared with the log's signed checkpoint and with \
            every checkpoint that was copied before; every entry is read, and all evidence with the \
            signatures of both parties. The exit status is 3 when anything is found.

            Example:
              creditmesh audit verify copies/lakeside-node
            """)

    @OptionGroup var output: OutputOptions
    @Argument(help: "The folder of the copy.")
    var folder: String
    @Option(name: .customLong("lang"), help: "en or zh.")
    var language = ReportLanguage.english

    func run() async throws {
        try await output.runAudit {
            let result = try LogVerification(MirrorFolder(URL(filePath: folder))).run()
            output.write(result.json, text: AuditText(language).text(of: result))
            guard result.findingCount == 0 else { throw AuditStatus.findings }
        }
    }
}
