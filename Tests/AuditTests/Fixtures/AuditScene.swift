import Crypto
import Exchange
import Foundation
import HTTPSignatures
import Membership
import Pseudonym
import Store
import TestSupport
import TransparencyLog

@testable import Audit

/// A sample that cannot be made: a fault of the test.
struct NoSample: Error {}

func sample<Value>(_ value: Value?) throws -> Value {
    guard let value else { throw NoSample() }
    return value
}

/// Two invented nodes that exchange, each with a real log, and a regulator's folders beside them; all
/// removed when the test lets go of it.
final class AuditScene {
    static let start = "2026-11-25T12:00:00Z"

    let folder: URL
    let clock: ManualClock
    let harbor: SceneNode
    let lakeside: SceneNode
    let directory: Directory
    /// Witnesses that count for both logs.
    let witnesses: [Cosigner]

    /// - Parameters:
    ///   - openingKeys: of a regulator that supervises both, and whom the charter names for openings;
    ///     none: it names none.
    ///   - quorum: of witnesses; there is one witness more than it asks for.
    init(openingKeys: [OpeningKeyEntry] = [], quorum: Int = 0) throws {
        let temporary = FileManager.default.temporaryDirectory
        folder = temporary.appending(path: "audit-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700])
        clock = ManualClock(try sample(Timestamp(Self.start)))
        harbor = try SceneNode("harbor", in: folder, clock: clock)
        lakeside = try SceneNode("lakeside", in: folder, clock: clock)
        let regulator = try sample(MemberID("watchdog"))
        witnesses = try (0...quorum).map { try TestLogKeys.cosigner("witness.example/w\($0)") }
        let charter = Charter(
            name: "Test consortium (invented)", standard: "cn-2023@1",
            schemes: [.init(name: "cn-rid")], purposes: Purpose.allCases.map(\.rawValue),
            openingRegulator: openingKeys.isEmpty ? nil : regulator, witnessQuorum: quorum)
        let watchdog = MemberEntry(
            id: regulator, legalName: "Watchdog (invented)", node: harbor.id, role: .regulator,
            supervises: [harbor.member, lakeside.member], openingKeys: openingKeys)
        directory = try Directory(
            version: 1, consortium: try sample(ConsortiumID(SceneNode.consortium)),
            charter: charter, nodes: [harbor.entry(), lakeside.entry()],
            members: [harbor.memberEntry(), lakeside.memberEntry()]
                + (openingKeys.isEmpty ? [] : [watchdog]),
            witnesses: witnesses.enumerated().map { number, witness in
                WitnessEntry(
                    verifierKey: try sample(VerifierKey(witness.key.description)),
                    url: "https://witness.example/w\(number)", operatorName: "Witness \(number)")
            })
    }

    deinit {
        try? harbor.log.close()
        try? lakeside.log.close()
        try? FileManager.default.removeItem(at: folder)
    }

    /// The folder of a node's copy.
    func copy(of node: SceneNode) -> MirrorFolder {
        MirrorFolder(folder.appending(path: "copy-\(node.id)"))
    }

    /// Copies a node's log, from itself and by the scene's directory unless told.
    @discardableResult
    func mirror(
        _ node: SceneNode, from source: (any MirrorSource)? = nil,
        directory: Directory? = nil
    ) async throws -> MirrorResult {
        try await LogMirror(
            of: node.id, from: source ?? LogSource(node.log), to: copy(of: node),
            directory: directory ?? self.directory, at: clock.now
        ).run()
    }

    /// The codes of what a check of a copy finds.
    func verified(_ node: SceneNode) throws -> [AuditFinding.Code] {
        try LogVerification(copy(of: node)).run().findings.map(\.code)
    }

    /// What a comparison of both copies finds.
    func reconciled() throws -> [AuditFinding] {
        try Reconciliation([copy(of: harbor), copy(of: lakeside)]).run().findings
    }

    /// Copies both logs, later than all that is in them.
    func mirrorBoth() async throws {
        clock.advance(by: .seconds(3600))
        try await mirror(harbor)
        try await mirror(lakeside)
    }
}

extension AuditScene {
    /// A log's newest checkpoint with the cosignatures of so many witnesses, now.
    func cosigned(_ node: SceneNode, by count: Int = 1) async throws -> [UInt8] {
        let signed = try await node.log.checkpoint()
        return try witnesses.prefix(count).reduce(signed) { signed, witness in
            try signed.adding(
                witness.signature(of: signed.checkpoint, at: Int(clock.now.secondsSinceEpoch)))
        }.note.bytes
    }

    /// Copies a log anew, as who has no earlier copy.
    @discardableResult
    func mirrorAnew(
        _ node: SceneNode, from source: any MirrorSource
    ) async throws -> MirrorFolder {
        let fresh = MirrorFolder(folder.appending(path: "fresh"))
        _ = try await LogMirror(
            of: node.id, from: source, to: fresh, directory: directory, at: clock.now
        ).run()
        return fresh
    }
}

extension AuditScene {
    /// Another key of a node's log, and the next directory, which lists it alone.
    func rotated(_ node: SceneNode) throws -> (next: NoteSigner, directory: Directory) {
        let next = try sample(
            NoteSigner(
                name: node.logSigner.key.name, privateKey: SceneNode.key("\(node.name) next log")))
        let vkey = try sample(VerifierKey(next.key.description))
        let nodes = directory.nodes.map { entry in
            guard entry.id == node.id, let origin = entry.log?.origin else { return entry }
            return entry.with(
                answerKeys: entry.answerKeys, voprfKeys: entry.voprfKeys,
                log: NodeLog(origin: origin, verifierKeys: [vkey]))
        }
        return (
            next,
            try Directory(
                version: directory.version + 1, consortium: directory.consortium,
                charter: directory.charter, nodes: nodes, members: directory.members,
                witnesses: directory.witnesses)
        )
    }
}
