import Exchange
import Foundation
import HTTPSignatures
import Logging
import Membership
import PeerHTTP

/// Asks every active node of the directory whether it answers this one: both certificates, both
/// directories and the way there are tried at once. The way back is tried when that node asks.
public struct PeerTest: Sendable {
    /// How long one node may take.
    static let patience: Duration = .seconds(10)
    /// Most nodes that are asked at a time.
    static let atATimeMax = 16

    /// What a node said.
    public struct Answer: Sendable, Equatable {
        /// The node.
        public let node: NodeID
        /// The version of its software, or why there is no answer.
        public let result: Result<String, PeerFailure>
    }

    private let client: PeerClient
    private let directory: Directory
    private let own: NodeID

    /// Tests the peers of a running node, by its own connections and the directory in force now.
    public init(_ node: RunningNode) {
        client = node.parts.peers
        directory = node.parts.offline.context.directory.current
        own = node.id
    }

    private init(_ client: PeerClient, _ directory: Directory, _ own: NodeID) {
        self.client = client
        self.directory = directory
        self.own = own
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

    private func ask(_ peers: [NodeEntry], as member: MemberID) async -> [Answer] {
        await withTaskGroup(of: (Int, Answer).self) { tasks in
            var answers: [Answer?] = Array(repeating: nil, count: peers.count)
            for (index, peer) in peers.enumerated() {
                if index >= Self.atATimeMax, let (place, answer) = await tasks.next() {
                    answers[place] = answer
                }
                tasks.addTask { [client] in
                    let result: Result<String, PeerFailure>
                    do throws(PeerFailure) {
                        result = .success(
                            try await client.meet(
                                peer, as: member, deadline: .now + Self.patience))
                    } catch {
                        result = .failure(error)
                    }
                    return (index, Answer(node: peer.id, result: result))
                }
            }
            for await (place, answer) in tasks { answers[place] = answer }
            return answers.compactMap(\.self)
        }
    }
}

/// A directory that does not change while it is looked at.
private struct FixedDirectory: DirectorySource {
    let current: Directory
    var issued: Directory { current }
    var expires: Timestamp? { nil }
}
