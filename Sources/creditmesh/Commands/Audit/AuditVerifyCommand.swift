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
            every checkpoint that was copied before, or that witnesses cosigned; every entry is read, and all evidence with the \
            signatures of both parties. The exit status is 3 when anything is found.

            Example:
              creditmesh audit verify copies/lakeside-node
              creditmesh audit verify copies/lakeside-node --cosigned from-a-witness.txt
            """)

    @OptionGroup var output: OutputOptions
    @Argument(help: "The folder of the copy.")
    var folder: String
    @Option(
        name: .long,
        help: "A cosigned checkpoint from elsewhere, a witness or another member; repeatable.")
    var cosigned: [String] = []
    @Option(name: .customLong("lang"), help: "en or zh.")
    var language = ReportLanguage.english

    func run() async throws {
        try await output.runAudit {
            let given = try cosigned.map { name in
                guard let bytes = FileManager.default.contents(atPath: name) else {
                    throw CommandFailure("file", "\(name) cannot be read")
                }
                return (name: name, bytes: [UInt8](bytes))
            }
            let result = try LogVerification(
                MirrorFolder(URL(filePath: folder)), cosigned: given
            ).run()
            output.write(result.json, text: AuditText(language).text(of: result))
            guard result.findingCount == 0 else { throw AuditStatus.findings }
        }
    }
}
