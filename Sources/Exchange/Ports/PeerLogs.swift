import Membership
import TransparencyLog

/// The logs of other nodes, as an asker looks into them. Nothing of it is verified: it proves itself.
public protocol PeerLogs: Sendable {
    /// The newest checkpoint of a node's log that enough witnesses cosigned.
    ///
    /// - Throws: `PeerFailure.refused(.notFound)` where there is none.
    func logCosigned(
        of node: NodeEntry, as member: MemberID, deadline: ContinuousClock.Instant
    ) async throws(PeerFailure) -> [UInt8]

    /// A tile of a node's log.
    func logTile(
        _ id: TileID, of node: NodeEntry, as member: MemberID, deadline: ContinuousClock.Instant
    ) async throws(PeerFailure) -> [UInt8]
}
