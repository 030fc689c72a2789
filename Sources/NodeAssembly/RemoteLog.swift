import Exchange
import Foundation
import Logging
import Membership
import PeerHTTP
import TransparencyLog

/// The log of another node, read with the certificate and the request key of a home: what a regulator's
/// tools copy. The home's own node may run meanwhile; nothing of its store is touched.
public struct RemoteLog: Sendable {
    /// How long one answer may take.
    static let patience: Duration = .seconds(30)

    /// The directory by which is read.
    public let directory: Directory
    private let node: NodeEntry
    private let member: MemberID
    private let peers: PeerClient
    private let witnesses: WitnessClient

    /// Dials nothing yet.
    ///
    /// - Parameters:
    ///   - home: of the node that serves the reader.
    ///   - node: whose log.
    ///   - member: who reads; nil: the regulator that the home's node serves.
    /// - Throws: `NodeError`.
    public init(
        home: NodeHome, of node: NodeID, as member: MemberID?, logger: Logger
    ) throws(NodeError) {
        let remote = try RemotePeers(home: home, logger: logger)
        directory = remote.directory
        guard let entry = directory.node(node) else {
            throw .directory("does not list node '\(node)'")
        }
        self.node = entry
        self.member = try Self.reader(member, at: remote.own, in: directory)
        witnesses = WitnessClient(tls: TLSInForce(remote.tls), logger: logger)
        peers = remote.client
    }

    /// The checkpoint, not verified.
    public func checkpoint() async throws(PeerFailure) -> [UInt8] {
        try await peers.logCheckpoint(of: node, as: member, deadline: deadline)
    }

    /// The newest checkpoint that enough witnesses cosigned, not verified; nil where there is none.
    public func cosigned() async throws(PeerFailure) -> [UInt8]? {
        do {
            return try await peers.logCosigned(of: node, as: member, deadline: deadline)
        } catch .refused(.notFound) {
            return nil
        }
    }

    /// The checkpoint that a witness cosigned last of a log, not verified; nil when it does not say.
    public func witnessed(by witness: WitnessEntry, of origin: String) async -> [UInt8]? {
        try? await witnesses.latest(of: origin, from: witness, deadline: deadline)
    }

    /// A tile, not verified.
    public func tile(_ id: TileID) async throws(PeerFailure) -> [UInt8] {
        try await peers.logTile(id, of: node, as: member, deadline: deadline)
    }

    /// A bundle of entries.
    public func entries(_ id: EntryBundleID) async throws(PeerFailure) -> [UInt8] {
        try await peers.logEntries(id, of: node, as: member, deadline: deadline)
    }

    /// The evidence of an entry; nil where there is none.
    ///
    /// - Parameter authority: by what authority it is opened; nil to read it without what opens it.
    public func evidence(
        of index: EntryIndex, authority: AuthorityReference? = nil
    ) async throws(PeerFailure) -> [UInt8]? {
        do {
            return try await peers.logEvidence(
                of: index, authority: authority, of: node, as: member, deadline: deadline)
        } catch .refused(.notFound) {
            return nil
        }
    }

    /// Closes all connections.
    public func close() async {
        await peers.shutdown()
        await witnesses.shutdown()
    }

    private var deadline: ContinuousClock.Instant { .now + Self.patience }

    private static func reader(
        _ member: MemberID?, at node: NodeID, in directory: Directory
    ) throws(NodeError) -> MemberID {
        if let member { return member }
        let regulators = directory.members(servedBy: node).filter { $0.role == .regulator }
        guard let regulator = regulators.first, regulators.count == 1 else {
            throw .directory(
                "lists \(regulators.count) regulators of '\(node)'; say which with --member")
        }
        return regulator.id
    }
}
