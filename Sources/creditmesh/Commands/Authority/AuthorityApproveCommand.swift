import ArgumentParser
import Authority
import Exchange
import Foundation
import Membership
import StrictJSON

/// `creditmesh authority approve`
struct AuthorityApproveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve",
        abstract: "Show what came for invitations, and draft the directory with it.",
        discussion: """
            Compare each fingerprint with what the node's administrator reads out from `join`: then \
            the keys are theirs. Nothing is issued by this: officers sign the draft, `publish` puts \
            it in force, and the running service issues the certificates. Without nodes and --all \
            the enrolments are listed.
            """)

    @OptionGroup var output: OutputOptions
    @Argument(help: "The authority's folder.")
    var folder: String
    @Argument(help: "The nodes.")
    var node: [String] = []
    @Option(help: "A file with the nodes, one a line.")
    var file: String?
    @Flag(help: "All that have enrolled.")
    var all = false
    @Option(help: "The charter of the first directory, JSON; later ones keep theirs.")
    var charter: String?
    @Flag(help: "Draft without asking.")
    var yes = false
    @Option(name: .customLong("lang"), help: "en or zh.")
    var language = ReportLanguage.english

    func run() async throws {
        try await output.runAuthority {
            let authority = AuthorityFolder(URL(filePath: folder))
            let records = try authority.allEnrolments()
            let chosen = try chosen(records)
            guard !chosen.isEmpty else {
                guard !all else { throw CommandFailure("draft", "nobody has enrolled") }
                return output.write(
                    .array(records.map(json)),
                    text: records.isEmpty
                        ? words("nobody is invited", "没有受邀节点")
                        : records.map(line).joined(separator: "\n"))
            }
            if !output.json { print(chosen.map(line).joined(separator: "\n")) }
            guard yes || isConfirmed else { throw CommandFailure("draft", "nothing was drafted") }
            let draft = try await authority.draftApproval(
                of: chosen.map(\.invitation.node),
                charter: try charter.map {
                    try Charter.reading(AuthorityInviteCommand.content(of: $0))
                },
                now: .now)
            output.write(
                ["drafts": .array([.string(draft)]), "nodes": .array(chosen.map(json))],
                text: words(
                    "drafted \(draft); officers sign it, then: creditmesh authority publish",
                    "已生成草案 \(draft)；签署官签署后运行：creditmesh authority publish"))
        }
    }

    private func chosen(_ records: [EnrolmentRecord]) throws -> [EnrolmentRecord] {
        if all { return records.filter { $0.state == .enrolled } }
        var names = node
        if let file {
            names += String(
                decoding: try AuthorityInviteCommand.content(of: file), as: UTF8.self
            )
            .split { $0.isNewline }.map(String.init)
        }
        return try names.map { name in
            guard let record = records.first(where: { $0.invitation.node.text == name }) else {
                throw CommandFailure("draft", "'\(name)' was not invited")
            }
            return record
        }
    }

    private var isConfirmed: Bool {
        guard isatty(STDIN_FILENO) == 1 else { return false }
        let question = words(
            "type yes when the fingerprints are those that the nodes read out: ",
            "如指纹与各节点所报一致，请输入 yes：")
        FileHandle.standardError.write(Data(question.utf8))
        return readLine() == "yes"
    }

    private func line(_ record: EnrolmentRecord) -> String {
        let invitation = record.invitation
        let fingerprint = record.keys?.fingerprint ?? "-"
        let members = invitation.members.map { member in
            let trial = member.status == .trial ? words(" on trial", "（试运行）") : ""
            return "  \(member.role) \(member.id)\(trial) \(member.legalName)"
        }
        let head = words(
            "\(invitation.node) of \(invitation.operatorName) at \(invitation.endpoint): "
                + "\(record.state.rawValue)\n  fingerprint \(fingerprint)",
            "\(invitation.node)，运营方 \(invitation.operatorName)，地址 \(invitation.endpoint)："
                + "\(record.state.rawValue)\n  指纹 \(fingerprint)")
        return ([head] + members).joined(separator: "\n")
    }

    private func json(_ record: EnrolmentRecord) -> JSONValue {
        .members([
            "node": .string(record.invitation.node.text),
            "state": .string(record.state.rawValue),
            "fingerprint": record.keys.map { .string($0.fingerprint) },
            "members": .array(record.invitation.members.map { .string($0.id.text) }),
        ])
    }

    private func words(_ english: String, _ chinese: String) -> String {
        language == .chinese ? chinese : english
    }
}
