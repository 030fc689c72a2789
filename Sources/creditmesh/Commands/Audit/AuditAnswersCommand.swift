import ArgumentParser
import Audit
import Exchange
import Foundation
import Membership

/// `creditmesh audit answers`: checks on which consents answers rested.
struct AuditAnswersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "answers",
        abstract: "Check that answers rested on consents that the log knew.",
        discussion: """
            Of every answer in the copies that disclosed something, its evidence names the consent on \\
            which that rests. It must be one of which the lender told its log before, that covered the \\
            purpose, that had not been withdrawn, and on which nothing about another subject rests. \\
            Nothing is asked of any node. The exit status is 3 when anything is found.

            Examples:
              creditmesh audit answers copies/*
              creditmesh audit answers copies/lakeside --member lakeside --day 2026-11-25 --json
            """)

    @OptionGroup var output: OutputOptions
    @Argument(help: "The folders of the copies.")
    var folders: [String]
    @Option(name: .long, help: "Only what this member disclosed.")
    var member: String?
    @Option(name: .long, help: "Only answers of this day (UTC), such as 2026-11-25.")
    var day: String?
    @Option(name: .customLong("lang"), help: "en or zh.")
    var language = ReportLanguage.english

    func run() async throws {
        try await output.runAudit {
            let member = try member.map { try SelectionOptions.id($0, of: "--member") }
            guard day.map({ Timestamp("\($0)T00:00:00Z") != nil }) ?? true else {
                throw CommandFailure("usage", "--day must be a date")
            }
            let result = try ConsentTrail(folders.map { MirrorFolder(URL(filePath: $0)) })
                .run(member: member, day: day)
            output.write(result.json, text: AuditText(language).text(of: result))
            guard result.findingCount == 0 else { throw AuditStatus.findings }
        }
    }
}
