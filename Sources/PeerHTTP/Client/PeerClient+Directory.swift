import Exchange
import Membership
import StrictJSON

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

    /// Tells a node which directory is held here.
    ///
    /// - Returns: which one is held there; not verified.
    /// - Throws: `PeerFailure.refused(.notFound)` by a node that is not told.
    public func tell(
        _ edition: DirectoryEdition, to node: NodeEntry, as member: MemberID,
        deadline: ContinuousClock.Instant
    ) async throws(PeerFailure) -> DirectoryEdition {
        let call = PeerCall(news: DirectoryNews(member: member, edition: edition))
        let body = try await signed(call, of: node, as: member, deadline: deadline)
        do throws(JSONError) {
            let limits = JSONLimits(documentBytesMax: call.answerBytesMax)
            return try DirectoryEdition(json: JSONValue(parsing: body, limits: limits))
        } catch {
            throw .malformed(error.description)
        }
    }
}
