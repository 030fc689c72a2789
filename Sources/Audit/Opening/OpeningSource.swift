import Membership
import TransparencyLog

/// The nodes that hand over evidence for an opening, and log that they did.
public protocol OpeningSource: Sendable {
    /// The evidence of an entry with what opens it, the document of `GET /v1/evidence/<index>`; nil
    /// where there is none.
    func evidence(
        of index: EntryIndex, at node: NodeID
    ) async throws(AuditFailure) -> [UInt8]?
}
