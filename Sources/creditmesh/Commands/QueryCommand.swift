import ArgumentParser
import Exchange
import Foundation
import NodeAssembly
import StrictJSON

/// `creditmesh query`: asks the consortium about one subject, through the running node.
struct QueryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "query",
        abstract: "Ask all lenders about one subject and print one report.",
        discussion: """
            The identifier, and in a second line the name, come from a prompt, from standard input \
            or from a file; never from the command line, where other users would see them.

            Exit status: 0 the report is complete, 3 it is not, 1 nothing was asked.

            Example:
              creditmesh query --home ./harbor --member harbor --scheme cn-rid \\
                --purpose loan-approval --evidence consent.pdf \\
                --granted-at 2026-11-01T09:00:00Z --expires-at 2027-11-01T09:00:00Z
            """)

    @OptionGroup var home: HomeOptions
    @OptionGroup var output: OutputOptions
    @Option(name: .long, help: "The member that asks; it must be one of the node's own.")
    var member: String
    @Option(name: .long, help: "The identifier's scheme: cn-rid, cn-uscc, lei or the charter's.")
    var scheme: String
    @Option(name: .long, help: "What for, as protocol/purposes.json lists them.")
    var purpose: String
    @Option(name: .long, help: "File with identifier and name in two lines; - is standard input.")
    var subject: String?
    @Option(name: .long, help: "The file that proves the subject's consent.")
    var evidence: String
    @Option(name: .long, help: "When the consent was given, YYYY-MM-DDThh:mm:ssZ.")
    var grantedAt: String
    @Option(name: .long, help: "When it ends; may be left out with --basis legal-duty.")
    var expiresAt: String?
    @Option(name: .long, help: "consent or legal-duty.")
    var basis = "consent"
    @Option(name: .long, help: "Purposes that the consent covers; the asked one by default.")
    var consentPurpose: [String] = []
    @Option(
        name: .customLong("case"),
        help: "Your name for the case: asking again within 30 days counts once.")
    var caseName: String?
    @Option(
        name: .customLong("operator"),
        help: "Who asks; your own log commits to it. By default the name of the login.")
    var operatorName = NSUserName()
    @Option(name: .long, help: "Seconds for the whole report, 1 to 60.")
    var deadline = 10
    @Option(name: .long, help: "Language of the report: en or zh.")
    var lang = "en"

    func run() async throws {
        try await output.run {
            let client = try LocalClient(home: home.nodeHome, member: member)
            let subject = try SubjectInput.read(from: subject)
            let answer = try await client.report(
                question(subject), isJSON: output.json, language: lang)
            print(answer.body, terminator: answer.body.hasSuffix("\n") ? "" : "\n")
            if !answer.isComplete { throw ExitCode(3) }
        }
    }

    private func question(_ subject: SubjectInput) throws -> JSONValue {
        guard let evidence = FileManager.default.contents(atPath: evidence) else {
            throw CommandFailure("file", "\(evidence): cannot be read")
        }
        guard evidence.count <= ExchangeLimits.evidenceBytesMax else {
            throw CommandFailure(
                "file", "the evidence is larger than \(ExchangeLimits.evidenceBytesMax) bytes")
        }
        let purposes = consentPurpose.isEmpty ? [purpose] : consentPurpose
        return .members([
            "member": .string(member), "scheme": .string(scheme),
            "identifier": .string(subject.identifier),
            "name": subject.name.map(JSONValue.string),
            "purpose": .string(purpose),
            "case": caseName.map(JSONValue.string),
            "channel": "console",
            "operator": operatorName.isEmpty ? nil : .string(operatorName),
            "deadlineSeconds": .integer(deadline),
            "consent": .members([
                "basis": .string(basis), "purposes": .array(purposes.map(JSONValue.string)),
                "grantedAt": .string(grantedAt), "expiresAt": expiresAt.map(JSONValue.string),
                "evidence": .string(evidence.base64URL),
            ]),
        ])
    }
}

extension Data {
    fileprivate var base64URL: String {
        base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
            .replacing("=", with: "")
    }
}
