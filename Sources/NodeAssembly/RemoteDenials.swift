import Exchange
import Foundation
import Logging
import Membership
import PeerHTTP

/// Gives a regulator's denial to nodes, with the certificate and a request key of any home
/// (protocol/directory.md, "Denials").
public struct RemoteDenials: Sendable {
    /// How long one node may take.
    static let patience: Duration = .seconds(10)
    /// Nodes that are told at the same time.
    static let nodesAtOnceMax = 32

    /// What a node said.
    public enum Reply: Sendable, Equatable {
        /// The denial, or a newer one of the regulator, counts there.
        case held
        /// The node refused it with a code, or knows no denials.
        case refused(ProblemCode?)
        /// The node did not answer, or what it said cannot be used.
        case failed
    }

    private let remote: RemotePeers
    private let member: MemberID

    /// Dials nothing yet.
    ///
    /// - Parameter member: who signs the requests; nil: any member whose key the home holds.
    /// - Throws: `NodeError`.
    public init(
        home: NodeHome, as member: MemberID?, clock: any Exchange.Clock = SystemClock(),
        logger: Logger
    ) throws(NodeError) {
        remote = try RemotePeers(home: home, clock: clock, logger: logger)
        let served = remote.directory.members(servedBy: remote.own)
        let found = served.first { [signers = remote.signers] entry in
            (member.map { $0 == entry.id } ?? true) && signers.signer(ofRequestsBy: entry) != nil
        }
        guard let found else {
            throw .directory("lists no request key of a member that this home holds")
        }
        self.member = found.id
    }

    /// The nodes that a denial is given to, those that it names among them.
    public var nodes: [NodeID] {
        remote.directory.nodes.filter { $0.status != .withdrawn }.map(\.id)
    }

    /// The directory by which is sent.
    public var directory: Directory { remote.directory }

    /// Gives a note to nodes; what each said, in their order.
    public func send(
        _ note: [UInt8], to nodes: [NodeID]
    ) async -> [(node: NodeID, reply: Reply)] {
        var replies: [NodeID: Reply] = [:]
        var waiting = nodes.compactMap(remote.directory.node).makeIterator()
        await withTaskGroup(of: (NodeID, Reply).self) { group in
            for _ in 0..<Self.nodesAtOnceMax {
                guard let node = waiting.next() else { break }
                group.addTask { (node.id, await give(note, to: node)) }
            }
            for await (node, reply) in group {
                replies[node] = reply
                if let next = waiting.next() {
                    group.addTask { (next.id, await give(note, to: next)) }
                }
            }
        }
        return nodes.map { ($0, replies[$0] ?? .failed) }
    }

    /// Closes all connections.
    public func close() async { await remote.client.shutdown() }

    private func give(_ note: [UInt8], to node: NodeEntry) async -> Reply {
        do {
            _ = try await remote.client.give(
                denial: note, to: node, as: member, deadline: .now + Self.patience)
            return .held
        } catch .refused(let code) {
            return .refused(code)
        } catch {
            return .failed
        }
    }
}
