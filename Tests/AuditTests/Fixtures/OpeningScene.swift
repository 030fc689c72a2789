import Exchange
import Foundation
import Membership
import Pseudonym
import Synchronization
import TransparencyLog

@testable import Audit

/// Two nodes under a charter that wants evaluations openable, and the regulator's keys.
final class OpeningScene {
    static let zhang = "999999199012310022"
    static let li = "999999200002290131"

    let scene: AuditScene
    let keys: [String: OpeningPrivateKey]
    let publicKeys: [String: OpeningKey]
    /// What the nodes are asked to hand over.
    let nodes: HandingNodes
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory
            .appending(path: "opening-keys-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700])
        var entries: [OpeningKeyEntry] = []
        var keys: [String: OpeningPrivateKey] = [:]
        var publicKeys: [String: OpeningKey] = [:]
        for month in ["2026-11", "2026-12"] {
            let path = folder.appending(path: month).path
            let publicKey = try OpeningPrivateKey.create(at: path)
            let kid = "o-\(month)"
            keys[kid] = try OpeningPrivateKey.load(path)
            publicKeys[month] = OpeningKey(kid: kid, publicKey: publicKey)
            entries.append(
                OpeningKeyEntry(
                    kid: try sample(Membership.KeyName(kid)), month: month,
                    publicKey: try sample(PublicKeyBytes(publicKey.bytes))))
        }
        self.keys = keys
        self.publicKeys = publicKeys
        scene = try AuditScene(openingKeys: entries)
        nodes = HandingNodes(scene)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// What an honest asker seals.
    func seal(
        _ session: BlindingSession, _ subjects: [String], number: Int,
        purpose: Purpose = .loanApproval, month: String = "2026-11"
    ) throws -> [[UInt8]] {
        try SealedBoxes(
            opening: session,
            of: subjects.map {
                BoxedSubject(
                    try BlindExchange.identifier($0), consent: BlindExchange.consent(number))
            },
            purpose: purpose, to: try sample(publicKeys[month])
        ).boxes
    }

    /// An honest exchange.
    func exchange(_ number: Int, about subjects: [String]) throws -> BlindExchange {
        try BlindExchange(scene, number, about: subjects) {
            try seal($0, subjects, number: number)
        }
    }

    /// An exchange whose asker keeps other boxes, and binds itself to them.
    func exchange(
        _ number: Int, about subjects: [String], keeping change: ([[UInt8]]) throws -> [[UInt8]]
    ) throws -> BlindExchange {
        try BlindExchange(scene, number, about: subjects) {
            try change(seal($0, subjects, number: number))
        }
    }

    /// Copies both logs, unless told, and opens what is chosen; all, unless told.
    func opened(
        _ selection: EntrySelection? = nil, keys: [String: OpeningPrivateKey]? = nil,
        offline: Bool = false, mirrors: Bool = true
    ) async throws -> OpeningResult {
        if mirrors { try await scene.mirrorBoth() }
        return try await EvaluationOpening(
            [scene.copy(of: scene.harbor), scene.copy(of: scene.lakeside)],
            keys: keys ?? self.keys, at: scene.clock.now
        ).run(try selection ?? all, from: offline ? nil : nodes)
    }

    var all: EntrySelection {
        get throws {
            try sample(EntrySelection(member: scene.harbor.member, day: nil, count: nil, seed: 0))
        }
    }
}

/// The nodes, which hand over what their logs hold unless a test has them do otherwise.
final class HandingNodes: OpeningSource {
    /// Changes what a node hands over; nil: nothing.
    typealias Handing = @Sendable (NodeID, [UInt8]) -> [UInt8]?

    private let logs: [NodeID: LogSource]
    private let handing = Mutex<Handing>({ $1 })
    private let asked = Mutex<[String]>([])

    init(_ scene: AuditScene) {
        logs = [
            scene.harbor.id: LogSource(scene.harbor.log),
            scene.lakeside.id: LogSource(scene.lakeside.log),
        ]
    }

    /// Who was asked for which entries.
    var calls: [String] { asked.withLock { $0 } }

    func hand(_ handing: @escaping Handing) { self.handing.withLock { $0 = handing } }

    func evidence(
        of index: EntryIndex, at node: NodeID
    ) async throws(AuditFailure) -> [UInt8]? {
        asked.withLock { $0.append("\(node) \(index)") }
        guard let bytes = try await logs[node]?.evidence(of: index) else { return nil }
        return handing.withLock { $0 }(node, bytes)
    }
}
