import Exchange
import Foundation
import HTTPSignatures
import Logging
import Membership
import PeerHTTP
import StrictJSON

/// Asks every active node of the directory whether it answers this one, and whether it reaches it:
/// both certificates, both directories and both ways are tried at once.
public struct PeerTest: Sendable {
    /// How long one node may take.
    static let patience: Duration = .seconds(15)
    /// Most nodes that are asked at a time.
    static let atATimeMax = 16

    /// What a node said.
    public struct Answer: Sendable, Equatable {
        /// The node.
        public let node: NodeID
        /// The version of its software, or why there is no answer.
        public let result: Result<String, PeerFailure>
        /// Whether it reaches this node; nil when it did not tell, or is of a version that does not.
        public let back: Reachability?
    }

    private let client: PeerClient
    private let directory: Directory
    private let own: NodeID
    /// Whether the node runs, so that others may reach it.
    private let isRunning: Bool

    /// Tests the peers of a running node, by its own connections and the directory in force now.
    public init(_ node: RunningNode) {
        client = node.parts.peers
        directory = node.parts.offline.context.directory.current
        own = node.id
        isRunning = true
    }

    private init(_ client: PeerClient, _ directory: Directory, _ own: NodeID) {
        self.client = client
        self.directory = directory
        self.own = own
        isRunning = false
    }

    /// One round for a home on which no node runs.
    public static func run(
        _ home: NodeHome, directory: Directory, clock: any Exchange.Clock = SystemClock()
    ) async throws(NodeError) -> [Answer] {
        let own = try NodeConfiguration(home: home).node
        let material = try CertificateFiles(
            home: home, identity: NodeIdentity(consortium: directory.consortium, node: own)
        ).load()
        let keys = try SigningKeys(home: home)
        let client = PeerClient(
            tls: TLSInForce(material),
            signers: MessageSigners(answers: keys.answers, requests: keys.requests),
            directory: FixedDirectory(current: directory), clock: clock,
            logger: Logger(label: "creditmesh") { _ in SwiftLogNoOpLogHandler() })
        let answers = await PeerTest(client, directory, own).run()
        await client.shutdown()
        return answers
    }

    /// One round, in the directory's order.
    public func run() async -> [Answer] {
        guard let member = directory.members(servedBy: own).first?.id else { return [] }
        return await ask(
            directory.nodes.filter { $0.status == .active && $0.id != own }, as: member)
    }

    private func ask(_ peer: NodeEntry, as member: MemberID) async -> Answer {
        let deadline = ContinuousClock.now + Self.patience
        do throws(PeerFailure) {
            let version = try await client.meet(peer, as: member, deadline: deadline)
            guard isRunning, peer.features.contains(PeerFeature.reachability.rawValue) else {
                return Answer(node: peer.id, result: .success(version), back: nil)
            }
            let back = try? await client.reachability(
                of: own, from: peer, as: member, deadline: deadline)
            return Answer(node: peer.id, result: .success(version), back: back)
        } catch {
            return Answer(node: peer.id, result: .failure(error), back: nil)
        }
    }

    private func ask(_ peers: [NodeEntry], as member: MemberID) async -> [Answer] {
        await withTaskGroup(of: (Int, Answer).self) { tasks in
            var answers: [Answer?] = Array(repeating: nil, count: peers.count)
            for (index, peer) in peers.enumerated() {
                if index >= Self.atATimeMax, let (place, answer) = await tasks.next() {
                    answers[place] = answer
                }
                tasks.addTask { (index, await ask(peer, as: member)) }
            }
            for await (place, answer) in tasks { answers[place] = answer }
            return answers.compactMap(\.self)
        }
    }
}

extension PeerTest.Answer {
    /// The answer as JSON (protocol/local-api.md, "GET /api/v1/peers").
    public var json: JSONValue {
        let (version, reason): (String?, String?) =
            switch result {
            case .success(let version): (version, nil)
            case .failure(let failure): (nil, failure.word)
            }
        return .members([
            "node": .string(node.text), "answers": .bool(version != nil),
            "version": version.map(JSONValue.string), "reason": reason.map(JSONValue.string),
            "reached": back.map { .bool($0.code == nil) },
            "reachedReason": back?.code.map(JSONValue.string),
        ])
    }
}

/// A directory that does not change while it is looked at.
private struct FixedDirectory: DirectorySource {
    let current: Directory
    var issued: Directory { current }
    var expires: Timestamp? { nil }
}
