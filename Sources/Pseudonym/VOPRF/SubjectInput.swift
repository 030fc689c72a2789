/// What is evaluated for a subject: the bytes that consortium, scheme and identifier make together,
/// and their point of the group, computed once for any number of nodes.
public struct SubjectInput: Sendable, Redacted {
    /// See `Redacted`.
    public static let redactedLabel = "<subject input>"

    /// The longest consortium name, in bytes; the directory holds names to `[a-z0-9.-]{3,60}`.
    public static let consortiumBytesMax = 60

    private static let label = "creditmesh-subject-v1"

    let bytes: [UInt8]
    let point: RistrettoPoint

    /// `creditmesh-subject-v1` 0x00 consortium 0x00 scheme 0x00 identifier (protocol.md §3).
    ///
    /// No part can hold a zero byte, so no two subjects share their bytes.
    ///
    /// - Precondition: `consortium` is a name that the directory's check let pass: at most
    ///   `consortiumBytesMax` bytes, none of them zero.
    public init(consortium: String, identifier: Identifier) {
        precondition(consortium.utf8.count <= Self.consortiumBytesMax)
        precondition(!consortium.utf8.contains(0))
        let parts = [Self.label, consortium, identifier.scheme.rawValue, identifier.normalForm]
        self.init(bytes: Array(parts.joined(separator: "\0").utf8))
    }

    /// Any bytes, at most 65535, so that the standard's vectors can be run.
    init(bytes: [UInt8]) {
        self.bytes = bytes
        point = VOPRFSuite.point(of: bytes)
    }
}
