import Exchange
import Membership
import TUF

/// The directory's repository as a peer mirrors it. The peer signs its answers; what they hold is
/// believed for its own signatures alone.
public struct PeerRepository: RepositorySource {
    private let node: NodeEntry
    private let member: MemberID
    private let peers: PeerClient

    /// Asks a node in the name of a member.
    public init(of node: NodeEntry, as member: MemberID, through peers: PeerClient) {
        self.node = node
        self.member = member
        self.peers = peers
    }

    /// One file; nil when the peer has none.
    public func file(_ name: String, bytesMax: Int) async throws(UpdateFault) -> [UInt8]? {
        guard let name = DirectoryFileName(name) else { return nil }
        do {
            return try await peers.directoryFile(
                name, bytesMax: bytesMax, of: node, as: member,
                deadline: .now + PeerHTTPLimits.repositoryPatience)
        } catch .refused(.notFound) {
            return nil
        } catch {
            throw .unreachable
        }
    }
}
