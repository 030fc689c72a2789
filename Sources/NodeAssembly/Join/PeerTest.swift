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

    private let home: NodeHome
    private let directory: Directory
    private let clock: any Exchange.Clock

    /// Tests the peers of a home.
    public init(
        _ home: NodeHome, directory: Directory, clock: any Exchange.Clock = SystemClock()
    ) {
        self.home = home
        self.directory = directory
        self.clock = clock
    }

    /// One round, in the directory's order.
    public func run() async throws(NodeError) -> [Answer] {
        let node = try NodeConfiguration(home: home).node
        let material = try CertificateFiles(
            home: home, identity: NodeIdentity(consortium: directory.consortium, node: node)
        ).load()
        let keys = try SigningKeys(home: home)
        let client = PeerClient(
            tls: TLSInForce(material),
            signers: MessageSigners(answers: keys.answers, requests: keys.requests),
            directory: FixedDirectory(current: directory), clock: clock,
            logger: Logger(label: "creditmesh") { _ in SwiftLogNoOpLogHandler() })
        var answers: [Answer] = []
        if let member = directory.members(servedBy: node).first?.id {
            let peers = directory.nodes.filter { $0.status == .active && $0.id != node }
            answers = await ask(peers, as: member, client)
        }
        await client.shutdown()
        return answers
    }

    private func ask(
        _ peers: [NodeEntry], as member: MemberID, _ client: PeerClient
    ) async -> [Answer] {
        await withTaskGroup(of: (Int, Answer).self) { tasks in
            var answers: [Answer?] = Array(repeating: nil, count: peers.count)
            for (index, peer) in peers.enumerated() {
                if index >= Self.atATimeMax, let (place, answer) = await tasks.next() {
                    answers[place] = answer
                }
                tasks.addTask {
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
