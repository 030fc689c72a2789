import ArgumentParser
import Audit
import Exchange
import Foundation
import Logging
import Membership
import NodeAssembly
import TransparencyLog

/// `creditmesh audit mirror`: copies a node's log into a folder.
struct AuditMirrorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mirror",
        abstract: "Copy a node's log into a folder of plain files, checked while it is copied.",
        discussion: """
            The home's certificate and request key must be those of a regulator that supervises a \
            member of the node. Run again, it copies what is new and goes on where it was \
            interrupted; what the log serves must follow on the copy that is there.

            Example:
              creditmesh audit mirror lakeside-node copies/lakeside-node --home regulator
            """)

    @OptionGroup var home: HomeOptions
    @OptionGroup var output: OutputOptions
    @Argument(help: "The node whose log is copied.")
    var node: String
    @Argument(help: "The folder of the copy.")
    var folder: String
    @Option(name: .long, help: "The regulator that reads, when the home's node serves several.")
    var member: String?
    @Option(name: .customLong("lang"), help: "en or zh.")
    var language = ReportLanguage.english

    func run() async throws {
        try await output.runAudit {
            guard let id = NodeID(node) else {
                throw CommandFailure("usage", "NODE is no node's id")
            }
            let reader = try member.map { text in
                guard let member = MemberID(text) else {
                    throw CommandFailure("usage", "--member is no member's id")
                }
                return member
            }
            let log = try open(id, as: reader)
            let result: MirrorResult
            do {
                result = try await LogMirror(
                    of: id, from: RemoteSource(log: log), to: MirrorFolder(URL(filePath: folder)),
                    directory: log.directory, at: SystemClock().now
                ).run()
            } catch {
                await log.close()
                throw error
            }
            await log.close()
            output.write(result.json, text: AuditText(language).text(of: result))
            guard result.missingEvidence == 0 else { throw AuditStatus.findings }
        }
    }

    private func open(_ node: NodeID, as member: MemberID?) throws -> RemoteLog {
        do {
            return try RemoteLog(
                home: home.nodeHome, of: node, as: member, logger: HomeOptions.quietLogger)
        } catch {
            throw CommandFailure(error)
        }
    }
}

/// A node's log over the network.
private struct RemoteSource: MirrorSource {
    let log: RemoteLog

    func checkpoint() async throws(AuditFailure) -> [UInt8] {
        do { return try await log.checkpoint() } catch { throw AuditFailure(error) }
    }

    func cosigned() async throws(AuditFailure) -> [UInt8]? {
        do { return try await log.cosigned() } catch { throw AuditFailure(error) }
    }

    func witnessed(by witness: WitnessEntry, of origin: String) async -> [UInt8]? {
        await log.witnessed(by: witness, of: origin)
    }

    func tile(_ id: TileID) async throws(AuditFailure) -> [UInt8] {
        do { return try await log.tile(id) } catch { throw AuditFailure(error) }
    }

    func entries(_ id: EntryBundleID) async throws(AuditFailure) -> [UInt8] {
        do { return try await log.entries(id) } catch { throw AuditFailure(error) }
    }

    func evidence(of index: EntryIndex) async throws(AuditFailure) -> [UInt8]? {
        do { return try await log.evidence(of: index) } catch { throw AuditFailure(error) }
    }
}

extension AuditFailure {
    /// What kept a node from answering.
    init(_ failure: PeerFailure) {
        switch failure {
        case .refused(let code):
            self = .source("the node refused it (\(code?.rawValue ?? "unknown"))")
        case .timedOut: self = .source("the node did not answer in time")
        case .unreachable: self = .source("no connection to the node")
        case .wrongIdentity: self = .source("the certificate is not that of the node")
        default: self = .source("the answer cannot be used")
        }
    }
}
