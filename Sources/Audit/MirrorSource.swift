import TransparencyLog

/// Where a log is copied from: a node, as a regulator reads it.
public protocol MirrorSource: Sendable {
    /// The bytes of the log's checkpoint.
    func checkpoint() async throws(AuditFailure) -> [UInt8]

    /// A tile's bytes.
    func tile(_ id: TileID) async throws(AuditFailure) -> [UInt8]

    /// A bundle's bytes.
    func entries(_ id: EntryBundleID) async throws(AuditFailure) -> [UInt8]

    /// The evidence of an entry, the document of `GET /v1/evidence/<index>`; nil where there is
    /// none.
    func evidence(of index: EntryIndex) async throws(AuditFailure) -> [UInt8]?
}
