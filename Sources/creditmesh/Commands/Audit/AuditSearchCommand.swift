import ArgumentParser
import Audit
import Exchange
import Foundation
import Membership
import NodeAssembly
import Pseudonym

/// `creditmesh audit search`: finds entries in copied logs, each with its proof.
struct AuditSearchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Find entries in copied logs: by member, purpose, time, outcome, or subject.",
        discussion: """
            A subject's identifier comes from a prompt, standard input or a file, never from the command \
            line. It is found through the boxes that nodes handed over to audit open, which \
            --opening-keys opens; what cannot be found so, protocol/log.md says. With --proofs every \
            entry's proof is written into a folder, for any tool that reads C2SP tlog-proof. Verify the \
            copies first.

            Examples:
              creditmesh audit search copies/* --member harbor --purpose post-loan --outcome refused
              creditmesh audit search copies/* --scheme cn-rid --subject - --opening-keys keys
            """)

    @OptionGroup var output: OutputOptions
    @Argument(help: "The folders of the copies, one a node.")
    var folders: [String]
    @Option(name: .long, help: "A member that asked, published, recorded or read.")
    var member: String?
    @Option(name: .long, help: "A node whose log it is, or on the other side.")
    var node: String?
    @Option(name: .long, help: "What for, as protocol/purposes.json lists them.")
    var purpose: String?
    @Option(name: .long, help: "Not before, YYYY-MM-DDThh:mm:ssZ.")
    var from: String?
    @Option(name: .long, help: "Before, YYYY-MM-DDThh:mm:ssZ.")
    var until: String?
    @Option(name: .long, help: "found, none, refused, timed-out, invalid, or a refusal's code.")
    var outcome: String?
    @Option(name: .long, help: "A type of entries, as protocol/log.md lists them; several times.")
    var type: [String] = []
    @Option(name: .long, help: "Look for a subject: its identifier's scheme.")
    var scheme: String?
    @Option(name: .long, help: "File with the identifier; - is standard input. Else a prompt.")
    var subject: String?
    @Option(name: .long, help: "The folder with the opening keys (audit opening-key).")
    var openingKeys: String?
    @Option(name: .long, help: "Write the proof of every listed entry into this folder.")
    var proofs: String?
    @Option(name: .customLong("lang"), help: "en or zh.")
    var language = ReportLanguage.english

    func run() async throws {
        try await output.runAudit {
            let copies = folders.map { MirrorFolder(URL(filePath: $0)) }
            let result = try LogSearch(copies, for: question(over: copies)).run()
            if let proofs { try write(result.matches, into: proofs) }
            output.write(result.json, text: AuditText(language).text(of: result))
        }
    }

    private func question(over copies: [MirrorFolder]) throws -> SearchQuestion {
        var question = SearchQuestion()
        question.member = try read(member, "--member is no member's id", MemberID.init)
        question.node = try read(node, "--node is no node's id", NodeID.init)
        question.purpose = try read(purpose, "--purpose is none", Purpose.init)
        question.from = try read(from, "--from is no time", Timestamp.init)
        question.until = try read(until, "--until is no time", Timestamp.init)
        question.outcome = try read(outcome, "--outcome is none", SearchOutcome.init)
        question.types = Set(
            try type.compactMap { try read($0, "--type is none of an entry", LogEntryType.init) })
        if let scheme { question.subject = try sought(scheme, over: copies) }
        guard scheme != nil || subject == nil && openingKeys == nil else {
            throw CommandFailure("usage", "a subject needs --scheme")
        }
        return question
    }

    private func read<Value>(
        _ text: String?, _ fault: String, _ convert: (String) -> Value?
    ) throws -> Value? {
        try text.map { text in
            guard let value = convert(text) else { throw CommandFailure("usage", fault) }
            return value
        }
    }

    /// The subject, its check digit checked by the charter of the copies, and the keys.
    private func sought(_ scheme: String, over copies: [MirrorFolder]) throws -> SoughtSubject {
        guard let openingKeys else {
            throw CommandFailure("usage", "a subject is found by --opening-keys alone")
        }
        guard let directory = try copies.first?.directories().last,
            let schemes = try? SchemeRegistry(charter: directory.charter.schemePatterns)
        else { throw CommandFailure("file", "the copies hold no directory with schemes") }
        let typed = try SubjectInput.read(from: subject)
        let identifier: Identifier
        do {
            identifier = try schemes.identifier(typed.identifier, scheme: scheme)
        } catch {
            throw CommandFailure("invalid-identifier", "the identifier is none of \(scheme)")
        }
        do {
            return SoughtSubject(
                identifier,
                keys: try OpeningKeys.load(URL(filePath: openingKeys, directoryHint: .isDirectory)))
        } catch {
            throw CommandFailure(error)
        }
    }

    private func write(_ matches: [SearchMatch], into path: String) throws {
        let folder = URL(filePath: path, directoryHint: .isDirectory)
        do {
            try NodeHome.createFolder(folder)
            for match in matches {
                try PrivateFile.write(
                    match.proof.bytes, to: folder.appending(path: match.proofName))
            }
        } catch {
            throw CommandFailure(error)
        }
    }
}
