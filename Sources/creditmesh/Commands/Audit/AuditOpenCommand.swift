import ArgumentParser
import Audit
import Exchange
import Foundation
import Membership
import NodeAssembly
import TransparencyLog

/// `creditmesh audit open`: opens blind evaluations.
struct AuditOpenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open",
        abstract: "Open blind evaluations with the regulator's own keys.",
        discussion: """
            Chosen are evaluations of the copied logs: so many by lot, or those of a member or a day. \
            The asker's node hands over the boxes, and the answerer's its side, for the authority \
            that is given; both log it. What they hand over is kept in the copies under opened/, as \
            the proof of what is found. Verify the copies first. The exit status is 3 when anything \
            is found.

            Examples:
              creditmesh audit open copies/* --keys keys --home regulator --sample 20 \\
                --authority "Order 2026/113"
              creditmesh audit open copies/* --keys keys --offline --member harbor \\
                --day 2026-11-25 --identifiers
            """)

    @OptionGroup var output: OutputOptions
    @Argument(help: "The folders of the copies, one a node.")
    var folders: [String]
    @Option(name: .long, help: "The folder with the opening keys' private halves.")
    var keys: String
    @Option(name: .long, help: "By what authority: both nodes keep it. 1 to 256 bytes.")
    var authority: String?
    @Option(name: .long, help: "The folder of the regulator's node, whose certificate is shown.")
    var home: String?
    @Option(name: .customLong("as"), help: "The regulator, when the home's node serves several.")
    var regulator: String?
    @Flag(name: .long, help: "Open what was handed over before; ask no node.")
    var offline = false
    @OptionGroup var choice: SelectionOptions
    @Flag(name: .long, help: "Show whom the evaluations were about.")
    var identifiers = false
    @Option(name: .customLong("lang"), help: "en or zh.")
    var language = ReportLanguage.english

    func validate() throws {
        guard offline != (authority != nil && home != nil) else {
            throw ValidationError("give --authority and --home, or --offline alone")
        }
    }

    func run() async throws {
        try await output.runAudit {
            let selection = try choice.selection()
            let nodes = try remote()
            let opening = try opening()
            let result: OpeningResult
            do {
                result = try await opening.run(selection, from: nodes)
            } catch {
                await nodes?.close()
                throw error
            }
            await nodes?.close()
            output.write(
                result.json(identifiers: identifiers),
                text: AuditText(language).text(of: result, identifiers: identifiers))
            guard result.findings.isEmpty else { throw AuditStatus.findings }
        }
    }

    private func opening() throws -> EvaluationOpening {
        do throws(NodeError) {
            return EvaluationOpening(
                folders.map { MirrorFolder(URL(filePath: $0)) },
                keys: try OpeningKeys.load(URL(filePath: keys)), at: SystemClock().now)
        } catch {
            throw CommandFailure(error)
        }
    }

    private func remote() throws -> RemoteOpening? {
        guard let home, let text = authority else { return nil }
        guard let authority = AuthorityReference(text) else {
            throw CommandFailure(
                "usage",
                "--authority must have 1 to \(AuthorityReference.bytesMax) bytes of plain text")
        }
        return RemoteOpening(
            home: NodeHome(URL(filePath: home, directoryHint: .isDirectory)),
            regulator: try regulator.map { try SelectionOptions.id($0, of: "--as") },
            authority: authority)
    }
}

/// Nodes over the network, each connected to when it is first asked.
private actor RemoteOpening: OpeningSource {
    private let home: NodeHome
    private let regulator: MemberID?
    private let authority: AuthorityReference
    private var logs: [NodeID: RemoteLog] = [:]

    init(home: NodeHome, regulator: MemberID?, authority: AuthorityReference) {
        self.home = home
        self.regulator = regulator
        self.authority = authority
    }

    func evidence(
        of index: EntryIndex, at node: NodeID
    ) async throws(AuditFailure) -> [UInt8]? {
        let log = try log(of: node)
        do {
            return try await log.evidence(of: index, authority: authority)
        } catch {
            throw AuditFailure(error)
        }
    }

    func close() async {
        for log in logs.values { await log.close() }
        logs = [:]
    }

    private func log(of node: NodeID) throws(AuditFailure) -> RemoteLog {
        if let log = logs[node] { return log }
        do throws(NodeError) {
            let log = try RemoteLog(
                home: home, of: node, as: regulator, logger: HomeOptions.quietLogger)
            logs[node] = log
            return log
        } catch {
            throw .source(error.description)
        }
    }
}
