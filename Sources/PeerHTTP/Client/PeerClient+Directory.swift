import Exchange
import Membership

/// The directory's repository at other nodes.
extension PeerClient {
    /// A file of the repository, signed by the node that gave it.
    ///
    /// - Throws: `PeerFailure.refused(.notFound)` where there is none.
    func directoryFile(
        _ name: DirectoryFileName, bytesMax: Int, of node: NodeEntry, as member: MemberID,
        deadline: ContinuousClock.Instant
    ) async throws(PeerFailure) -> [UInt8] {
        try await signed(
            PeerCall(get: .directory(name), answerBytesMax: bytesMax), of: node, as: member,
            deadline: deadline)
    }
}
