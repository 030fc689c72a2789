import Membership
import TransparencyLog

/// Where a log is copied from: a node, as a regulator reads it.
public protocol MirrorSource: Sendable {
    /// The bytes of the log's checkpoint.
    func checkpoint() async throws(AuditFailure) -> [UInt8]

    /// The bytes of the newest checkpoint that enough witnesses cosigned, as the log serves it; nil
    /// where there is none.
    func cosigned() async throws(AuditFailure) -> [UInt8]?

    /// The checkpoint that a witness itself cosigned last of a log; nil when it does not say.
    func witnessed(by witness: WitnessEntry, of origin: String) async -> [UInt8]?

    /// A tile's bytes.
    func tile(_ id: TileID) async throws(AuditFailure) -> [UInt8]

    /// A bundle's bytes.
    func entries(_ id: EntryBundleID) async throws(AuditFailure) -> [UInt8]

    /// The evidence of an entry, the document of `GET /v1/evidence/<index>`; nil where there is
    /// none.
    func evidence(of index: EntryIndex) async throws(AuditFailure) -> [UInt8]?
}

extension MirrorSource {
    /// None: for a log that nobody witnesses.
    public func cosigned() async throws(AuditFailure) -> [UInt8]? { nil }

    /// None, likewise.
    public func witnessed(by witness: WitnessEntry, of origin: String) async -> [UInt8]? { nil }
}
