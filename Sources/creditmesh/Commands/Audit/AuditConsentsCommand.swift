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
        abstract: "Demand the files behind consents, and check them.",
        discussion: """
            Chosen are queries of the copied logs, for the askers' consents, and consents of lenders' \
            books, on which their answers rest: so many of each by lot, or those of a member or a day. \
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
    @Option(name: .long, help: "Whose consents: of 'queries', of 'books', or of all.")
    var of: ConsentKind?
    @Option(name: .long, help: "The folder with what the lender handed over.")
    var files: String?
    @Option(name: .customLong("lang"), help: "en or zh.")
    var language = ReportLanguage.english

    func run() async throws {
        try await output.runAudit {
            let audit = ConsentAudit(folders.map { MirrorFolder(URL(filePath: $0)) })
            var (demand, findings) = try audit.demand(
                try choice.selection(), of: of.map { [$0] } ?? Set(ConsentKind.allCases))
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
                    "bookCandidates": .integer(demand.bookCandidates),
                    "checked": .integer(demand.consents.count),
                    "findingCount": .integer(findings.count),
                    "findings": .array(findings.map(\.json)),
                ],
                text: text.text(of: demand, checked: findings))
            guard findings.isEmpty else { throw AuditStatus.findings }
        }
    }
}

extension ConsentKind: ExpressibleByArgument {}
