import ArgumentParser
import Audit
import Exchange
import Foundation
import Membership
import StrictJSON

/// `creditmesh audit consents`: demands the evidence of consents, and checks it.
struct AuditConsentsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "consents",
        abstract: "Demand the files behind the consents of queries, and check them.",
        discussion: """
            Chosen are queries of the copied logs: so many by lot, or those of a member or a day. \
            Without --files the demand is written, for the lender to answer: its references and \
            digests, and no subject. With --files the same choice is checked against what was handed \
            over: of each consent its file, named for the reference, and the random bytes that \
            'creditmesh node consents' writes. The exit status is 3 when anything is found.

            Examples:
              creditmesh audit consents copies/* --sample 20 --seed 00000000000000ab --json
              creditmesh audit consents copies/* --sample 20 --seed 00000000000000ab --files handed
            """)

    @OptionGroup var output: OutputOptions
    @Argument(help: "The folders of the copies.")
    var folders: [String]
    @OptionGroup var choice: SelectionOptions
    @Option(name: .long, help: "The folder with what the lender handed over.")
    var files: String?
    @Option(name: .customLong("lang"), help: "en or zh.")
    var language = ReportLanguage.english

    func run() async throws {
        try await output.runAudit {
            let audit = ConsentAudit(folders.map { MirrorFolder(URL(filePath: $0)) })
            var (demand, findings) = try audit.demand(try choice.selection())
            let text = AuditText(language)
            guard let files else {
                output.write(demand.json, text: text.text(of: demand, findings))
                guard findings.isEmpty else { throw AuditStatus.findings }
                return
            }
            findings += ConsentAudit.findings(demand.consents, handedOver: URL(filePath: files))
            output.write(
                [
                    "seed": .string(demand.seed), "candidates": .integer(demand.candidates),
                    "checked": .integer(demand.consents.count),
                    "findingCount": .integer(findings.count),
                    "findings": .array(findings.map(\.json)),
                ],
                text: text.text(of: demand, checked: findings))
            guard findings.isEmpty else { throw AuditStatus.findings }
        }
    }
}
